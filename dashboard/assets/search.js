/* The search box: suggestions as one types, walked by the arrow keys. Without this script it opens the page of results. */
(function () {
  "use strict";

  var PAUSE = 150;
  var NOTHING = [{ name: "No match", found: [] }];
  var waiting = null;
  var asked = null;
  var announcing = null;

  function boxOf(element) {
    var form = element.closest && element.closest("form.search");
    return form && { form: form, input: form.querySelector("input"), list: form.querySelector("[role=listbox]") };
  }

  function options(box) {
    return Array.from(box.list.querySelectorAll("[role=option]"));
  }

  /* The field becomes a combobox once suggestions can be given. */

  function prepare(box) {
    var said = { role: "combobox", "aria-autocomplete": "list", "aria-controls": box.list.id, "aria-expanded": "false" };
    if (box.input.getAttribute("role") === "combobox") return;
    Object.keys(said).forEach(function (name) {
      box.input.setAttribute(name, said[name]);
    });
  }

  function type(event) {
    var box = boxOf(event.target);
    if (!box || event.target !== box.input) return;
    prepare(box);
    clearTimeout(waiting);
    if (asked) asked.abort();
    if (box.input.value.trim()) waiting = setTimeout(ask, PAUSE, box);
    else close(box);
  }

  /* An answer to what is no longer typed is dropped: its question was aborted. */

  function ask(box) {
    asked = new AbortController();
    fetch(box.form.dataset.suggest + "?" + new URLSearchParams({ q: box.input.value }), { signal: asked.signal })
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.json();
      })
      .then(function (answer) {
        if (document.activeElement !== box.input) return;
        offer(box, answer.kinds.length ? answer.kinds : NOTHING);
        announce(options(box).length);
      })
      .catch(function (error) {
        if (error.name !== "AbortError") close(box);
      });
  }

  function offer(box, kinds) {
    box.list.replaceChildren.apply(box.list, kinds.map(groupOf));
    options(box).forEach(function (option, number) {
      option.id = "suggestion-" + number;
    });
    box.list.hidden = !kinds.length;
    box.input.setAttribute("aria-expanded", String(Boolean(kinds.length)));
    stand(box, null);
  }

  function groupOf(kind) {
    var group = made("div", "", "");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", kind.name);
    group.append(made("div", "kind", kind.name));
    group.firstChild.setAttribute("aria-hidden", "true");
    kind.found.forEach(function (one) {
      var option = made("div", "option", "");
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.address = one.address;
      option.append(made("span", "what", one.text), " ", made("span", "note", one.note));
      group.append(option);
    });
    return group;
  }

  function made(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    element.textContent = text;
    return element;
  }

  function announce(number) {
    clearTimeout(announcing);
    announcing = setTimeout(function () {
      var said = number === 1 ? "1 suggestion." : (number || "No") + " suggestions.";
      document.getElementById("live").textContent = number ? said + " Arrow keys walk them." : said;
    }, 400);
  }

  function close(box) {
    clearTimeout(waiting);
    if (asked) asked.abort();
    offer(box, []);
  }

  function stand(box, option) {
    options(box).forEach(function (one) {
      one.setAttribute("aria-selected", String(one === option));
    });
    if (option) box.input.setAttribute("aria-activedescendant", option.id);
    else box.input.removeAttribute("aria-activedescendant");
    if (option) option.scrollIntoView({ block: "nearest" });
  }

  function press(event) {
    var box = boxOf(event.target);
    if (!box || event.target !== box.input || box.list.hidden) return;
    var all = options(box);
    var at = all.findIndex(function (option) {
      return option.getAttribute("aria-selected") === "true";
    });
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      var next = at + (event.key === "ArrowDown" ? 1 : -1);
      stand(box, at < 0 && next < 0 ? all[all.length - 1] : all[next] || null);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      open(box, all[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(box);
    }
  }

  /* A suggestion is opened as a link of the page would be. */

  function open(box, option) {
    close(box);
    var link = made("a", "hidden", "");
    link.href = option.dataset.address;
    box.form.append(link);
    link.click();
    link.remove();
  }

  function choose(event) {
    var option = event.target.closest("form.search [role=option]");
    if (option) open(boxOf(option), option);
  }

  /* The field keeps the focus while a suggestion is pressed. */

  function hold(event) {
    if (event.target.closest("form.search [role=listbox]")) event.preventDefault();
  }

  function leave(event) {
    var box = boxOf(event.target);
    if (box && event.target === box.input) close(box);
  }

  document.addEventListener("input", type);
  document.addEventListener("keydown", press, true);
  document.addEventListener("mousedown", hold);
  document.addEventListener("click", choose);
  document.addEventListener("focusout", leave);
  document.addEventListener("submit", function (event) {
    var box = boxOf(event.target);
    if (box) close(box);
  });
})();
