/* Copying a citation: to the clipboard, or where that is closed to us, by selecting the text. */
(function () {
  "use strict";

  function say(text) {
    document.getElementById("live").textContent = text;
  }

  function copied(button) {
    say("Citation copied.");
    button.dataset.done = "true";
    setTimeout(function () {
      delete button.dataset.done;
    }, 3000);
  }

  function selected(citation) {
    citation.classList.add("shown");
    window.getSelection().selectAllChildren(citation);
    say("The citation is selected: copy it with the keys of your system.");
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button.copy");
    if (!button) return;
    var citation = button.closest(".cited").querySelector(".citation");
    /* Browsers give a clipboard to secure addresses alone. */
    var written = navigator.clipboard ? navigator.clipboard.writeText(citation.textContent) : Promise.reject();
    written.then(copied.bind(null, button), selected.bind(null, citation));
  });
})();
