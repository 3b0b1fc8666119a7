/* Taking a chart away, as a picture or on paper: the stored figure in its light colours, whatever the screen shows. */
(function () {
  "use strict";

  var WIDTH = 1000;
  var EDGE = 24;
  var ROW = 22;
  var PAPER = 690;
  var onScreen = [];
  var KEYS = {
    about: { symbol: "circle", line: { width: 5, opacity: 0.28 } },
    range: { symbol: "line-ns", size: 13, line: { width: 2 } },
    dash: { symbol: "line-ew", line: { width: 2 } },
    "line-ew": { symbol: "line-ew", line: { width: 3 } },
    bar: { symbol: "square" },
    "bar-pale": { symbol: "square", opacity: 0.5 },
    "bar-open": { symbol: "square-open" },
  };

  function take(event) {
    var button = event.target.closest("button[data-take]");
    if (!button || !window.Plotly || !window.dash_component_api) return;
    var card = button.closest("section");
    var chart = card.querySelector(".plot").dataset.chart;
    var subject = document.querySelector("main h1").textContent;
    var figure = enlarged(storedOf(chart), wordsOf(card, button, subject), keysOf(card));
    var name = slug(subject).indexOf(chart) === 0 ? "" : chart;
    window.Plotly.downloadImage(figure, {
      format: button.dataset.take,
      width: WIDTH,
      height: figure.layout.height,
      scale: 2,
      filename: [slug(subject), name, button.dataset.date].filter(Boolean).join("-"),
    });
  }

  function storedOf(chart) {
    var store = window.dash_component_api.getLayout({ part: "figure", chart: chart });
    return JSON.parse(JSON.stringify(store.props.data));
  }

  function wordsOf(card, button, subject) {
    return { subject: subject, title: card.querySelector("h2").textContent, unit: button.dataset.unit, note: button.dataset.note };
  }

  function keysOf(card) {
    return Array.from(card.querySelectorAll(".keys li"), function (item) {
      return { shape: item.querySelector(".shape").classList[1], meaning: item.textContent };
    });
  }

  function slug(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  /* The figure in its broad form, with room over it for what it is and under it for its key and its sources. */

  function enlarged(figure, said, keys) {
    var layout = Object.assign(figure.layout, figure.layout.meta.broad);
    var under = rowsOf(keys) * ROW + 52;
    var over = 66 + lines(said.unit).length * 19;
    delete layout.meta;
    layout.margin = Object.assign({}, layout.margin, { t: layout.margin.t + over, b: layout.margin.b + under, autoexpand: false });
    layout.height += over + under;
    layout.width = WIDTH;
    layout.paper_bgcolor = layout.template.layout.hoverlabel.bgcolor;
    layout.annotations = (layout.annotations || []).concat(headline(said, layout), footline(said, layout));
    layout.showlegend = true;
    layout.legend = {
      orientation: "h", xref: "container", x: EDGE / WIDTH, yref: "container", y: 44 / layout.height, yanchor: "bottom",
      itemsizing: "trace", font: { size: 13 },
    };
    var bar = figure.data.find(function (trace) { return trace.type === "bar"; });
    figure.data.forEach(function (trace) { trace.showlegend = false; });
    keys.forEach(function (key) {
      figure.data.push(keyed(key, bar ? bar.marker.line.color : layout.template.layout.font.color));
    });
    return figure;
  }

  /* A legend sets its entries in one row if they fit, else in columns as wide as the longest of them. */

  function rowsOf(keys) {
    var widths = keys.map(function (key) { return key.meaning.length * 7.5 + 48; });
    var all = widths.reduce(function (sum, width) { return sum + width; }, 0);
    var room = WIDTH - 2 * EDGE;
    return all <= room ? 1 : Math.ceil(keys.length / Math.max(1, Math.floor(room / Math.max.apply(null, widths))));
  }

  function keyed(key, colour) {
    var shape = Object.assign({ symbol: key.shape, size: 10 }, KEYS[key.shape]);
    var thin = key.shape === "thin";
    var line = Object.assign({ color: colour, width: /open/.test(shape.symbol) ? 2 : 0 }, shape.line);
    if (line.opacity) line.color = faint(colour, line.opacity);
    delete line.opacity;
    return {
      type: "scatter", x: [null], y: [null], name: key.meaning, showlegend: true,
      mode: thin ? "lines" : "markers",
      line: { color: colour, width: 1 },
      marker: { symbol: shape.symbol, size: shape.size, color: colour, opacity: shape.opacity || 1, line: line },
    };
  }

  function faint(colour, opacity) {
    var parts = [1, 3, 5].map(function (at) { return parseInt(colour.slice(at, at + 2), 16); });
    return "rgba(" + parts.join(",") + "," + opacity + ")";
  }

  function headline(said, layout) {
    var text = ["<b>" + escaped(said.subject) + "</b>", escaped(said.title)].concat(lines(said.unit).map(escaped));
    return [
      written(text[0], { y: 1, yanchor: "top", yshift: layout.margin.t - 16, font: { size: 21 } }, layout),
      written(text[1], { y: 1, yanchor: "top", yshift: layout.margin.t - 46, font: { size: 16 } }, layout),
      written(text.slice(2).join("<br>"), { y: 1, yanchor: "top", yshift: layout.margin.t - 70, font: soft(layout) }, layout),
    ];
  }

  function footline(said, layout) {
    return [written(escaped(said.note), { y: 0, yanchor: "bottom", yshift: 14 - layout.margin.b, font: soft(layout) }, layout)];
  }

  function written(text, placed, layout) {
    var usual = { text: text, xref: "paper", yref: "paper", x: 0, xanchor: "left", xshift: EDGE - layout.margin.l, align: "left", showarrow: false };
    return Object.assign(usual, placed);
  }

  function soft(layout) {
    return { size: 13, color: layout.template.layout.xaxis.tickfont.color };
  }

  function lines(text) {
    var made = [""];
    text.split(" ").forEach(function (word) {
      var last = made[made.length - 1];
      if (last && last.length + word.length > 140) made.push(word);
      else made[made.length - 1] = (last + " " + word).trim();
    });
    return made;
  }

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  /* On paper a chart has the width of the page; what the screen shows returns when it is printed. */

  function toPaper() {
    document.querySelectorAll(".plot").forEach(function (plot) {
      var gd = plot.querySelector(".js-plotly-plot");
      if (!gd || !gd.data) return;
      var figure = storedOf(plot.dataset.chart);
      onScreen.push({ gd: gd, data: gd.data, layout: gd.layout });
      plot.style.setProperty("--paper", figure.layout.height + "px");
      window.Plotly.react(gd, figure.data, Object.assign(figure.layout, { width: PAPER, autosize: false }));
    });
  }

  function toScreen() {
    onScreen.splice(0).forEach(function (kept) {
      window.Plotly.react(kept.gd, kept.data, kept.layout);
    });
  }

  document.addEventListener("click", take);
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);
})();
