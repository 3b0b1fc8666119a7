/* In a page that is a file: what Dash and the server do elsewhere, from what the file holds. */
(function () {
  "use strict";

  var CONFIG = { displayModeBar: false, doubleClick: false, responsive: true };
  var kept = null;
  var picked = null;

  window.dash_clientside = { callback_context: { triggered: [] }, set_props: set };

  function ours() {
    return window.dash_clientside.tradetrace;
  }

  function set(id, props) {
    if (id === "screen") draw();
    if (id === "picked") open(props.data);
  }

  function draw() {
    Object.keys(kept.charts).forEach(function (name) {
      var place = document.querySelector('[data-chart="' + name + '"] .dash-graph');
      var figure = ours().paint(kept.charts[name], null, { claim: picked });
      var isNew = !place.on;
      if (place) window.Plotly.react(place, figure.data, figure.layout, CONFIG);
      if (isNew) place.on("plotly_click", choose);
    });
  }

  function choose(click) {
    window.dash_clientside.callback_context = { triggered: [{ value: click }] };
    open(ours().choose());
  }

  function open(chosen) {
    var held = chosen.claim && document.querySelector('template[data-source="' + chosen.claim + '"]');
    if (!held) return;
    var source = document.getElementById("source");
    picked = chosen.claim;
    source.replaceChildren(held.content.cloneNode(true));
    if (chosen.position) source.querySelector(".position").textContent = "Selected: " + chosen.position;
    ours().show(chosen);
  }

  document.addEventListener("DOMContentLoaded", function () {
    kept = JSON.parse(document.getElementById("kept").textContent);
    picked = kept.picked;
    draw();
    var asked = new URLSearchParams(location.search).get("claim");
    if (asked) open({ claim: asked, asked: true });
  });
})();
