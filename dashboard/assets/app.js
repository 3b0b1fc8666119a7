/* What happens in the browser: addresses, the theme, painting charts, and choosing a mark by click, tap or keys. */
(function () {
  "use strict";

  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var narrow = window.matchMedia("(max-width: 640px)");
  var THEMES = ["system", "light", "dark"];
  var cursor = { chart: null, at: -1 };
  var picked = null;
  var current = null;
  var focused = null;
  var form = null;

  function set(id, props) {
    if (isLive()) window.dash_clientside.set_props(id, props);
  }

  /* The answer to a sent text is a page without Dash: its links and forms are the browser's own. */

  function isLive() {
    return Boolean(document.getElementById("react-entry-point"));
  }

  function plotOf(name) {
    return document.querySelector('[data-chart="' + name + '"] .js-plotly-plot');
  }

  /* Addresses: a link or a form of ours changes the page without loading it again. */

  function goTo(url) {
    var samePage = url.pathname === location.pathname;
    focused = samePage ? sameAs(document.activeElement) : null;
    history.pushState({}, "", url.pathname + url.search + url.hash);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (!samePage) window.scrollTo(0, 0);
  }

  /* A page's parts are replaced whole: what had the focus is found again in the new ones. */

  function sameAs(element) {
    if (!element || element === document.body) return null;
    if (element.id) return "#" + CSS.escape(element.id);
    var group = element.closest("[aria-label]");
    return { within: group && group.getAttribute("aria-label"), text: element.textContent };
  }

  function refocus() {
    if (!focused || document.activeElement !== document.body) return;
    var found = typeof focused === "string" ? document.querySelector(focused) : null;
    document.querySelectorAll("main a, main summary, main button").forEach(function (element) {
      var group = element.closest("[aria-label]");
      var within = group && group.getAttribute("aria-label");
      if (!found && within === focused.within && element.textContent === focused.text) found = element;
    });
    if (found) found.focus({ preventScroll: true });
  }

  function isOurs(url) {
    return url.origin === location.origin && url.pathname.indexOf("/api/") < 0;
  }

  function followLink(event) {
    var link = event.target.closest("a[href]");
    if (!link || !isLive() || link.target || link.hasAttribute("download")) return;
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    var url = new URL(link.href);
    var picks = link.dataset.claim && document.getElementById("source");
    if (!picks && (!isOurs(url) || (url.hash && url.pathname === location.pathname && url.search === location.search))) return;
    event.preventDefault();
    if (picks) pick(link.dataset.claim, true);
    else goTo(url);
  }

  function sendForm(event) {
    if (!isLive() || event.target.method === "post") return;
    event.preventDefault();
    var url = new URL(event.target.action);
    new FormData(event.target).forEach(function (value, name) {
      if (String(value).trim()) url.searchParams.append(name, value);
    });
    goTo(url);
  }

  /* The theme: the system's, light or dark; remembered. */

  function theme() {
    return root.dataset.theme || "system";
  }

  function isDark() {
    return theme() === "dark" || (theme() === "system" && dark.matches);
  }

  function nameTheme() {
    var name = theme();
    var said = name.charAt(0).toUpperCase() + name.slice(1);
    document.querySelectorAll(".theme").forEach(function (button) {
      var label = button.querySelector(".theme-name");
      if (label.textContent !== said) label.textContent = said;
      button.setAttribute("aria-label", "Theme: " + name + ". Change it");
    });
  }

  function nextTheme() {
    var name = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
    if (name === "system") delete root.dataset.theme;
    else root.dataset.theme = name;
    try {
      localStorage.setItem("theme", name);
    } catch (error) {
      /* Storage may be closed to us; the choice then lasts as long as the page. */
    }
    nameTheme();
    repaint();
  }

  function repaint() {
    form = formOf();
    set("screen", { data: { dark: isDark(), narrow: narrow.matches } });
  }

  /* Painting: the stored figure in the colours of the theme and for the width of the screen. */

  function paint(stored, _screen, chosen) {
    form = formOf();
    var text = JSON.stringify(stored);
    if (isDark()) text = recoloured(text);
    var figure = JSON.parse(text);
    Object.assign(figure.layout, figure.layout.meta[formOf()] || {});
    figure.layout.meta = { height: figure.layout.height };
    current = picked === null ? chosen && chosen.claim : picked;
    return figure;
  }

  /* Which of the layouts fits: the one for a phone, the usual one, or the one for a broad screen. */

  function formOf() {
    var plot = document.querySelector(".plot");
    return narrow.matches ? "narrow" : plot && plot.clientWidth > 925 ? "broad" : "wide";
  }

  function resized() {
    if (document.querySelector(".plot") && formOf() !== form) repaint();
  }

  function recoloured(text) {
    var colours = JSON.parse(document.getElementById("colours").dataset.dark);
    return text.replace(/#[0-9A-F]{6}/g, function (colour) {
      return colours[colour] || colour;
    });
  }

  function findClaim(data, claim) {
    var found = null;
    data.forEach(function (trace, curve) {
      if (trace.meta !== "marks" || !claim) return;
      trace.customdata.forEach(function (carried, point) {
        var at = carried[2].split(" ").indexOf(claim);
        if (at >= 0) found = { curve: curve, point: point, figure: carried[3].split("|")[at] };
      });
    });
    return found;
  }

  function centre(trace, point) {
    if (trace.type !== "bar") return trace.x[point];
    var middle = Date.parse(trace.x[point]) + trace.offset[point] + trace.width[point] / 2;
    return new Date(middle).toISOString();
  }

  /* The chosen figure: a ring around its mark and a flag with its words, laid over the chart, which stays as it is. */

  function mark(gd) {
    var found = findClaim(gd.data, current);
    var flagged = found && placed(flag(gd.data[found.curve], found), gd.layout, gd.data);
    var over = overlay(gd);
    over.hidden = !found;
    if (found) lay(over, gd, flagged);
    gd.querySelectorAll(".annotation[data-index]").forEach(function (label) {
      var note = gd.layout.annotations[label.dataset.index];
      label.style.visibility = found && note && touches(note, flagged, gd.layout) ? "hidden" : "";
    });
  }

  function overlay(gd) {
    var plot = gd.closest(".plot");
    var over = plot.querySelector(".over");
    if (over) return over;
    over = document.createElement("div");
    over.className = "over";
    over.setAttribute("aria-hidden", "true");
    over.appendChild(document.createElement("div")).className = "ring";
    over.appendChild(document.createElement("div")).className = "flag";
    return plot.appendChild(over);
  }

  function lay(over, gd, flagged) {
    var whole = over.parentNode.getBoundingClientRect();
    var inside = gd.getBoundingClientRect();
    var across = gd._fullLayout.xaxis;
    var up = gd._fullLayout[flagged.yref.replace("y", "yaxis")];
    var x = inside.left - whole.left + across._offset + across.d2p(flagged.x);
    var y = inside.top - whole.top + up._offset + up.d2p(flagged.y);
    var aside = { left: "0", right: "-100%" }[flagged.xanchor] || "-50%";
    place(over.firstChild, x, y, "-50%", "-50%");
    place(over.lastChild, x + (flagged.xshift || 0), y - flagged.yshift, aside, flagged.yanchor === "top" ? "0" : "-100%");
    over.lastChild.textContent = flagged.text;
  }

  function place(element, x, y, across, down) {
    element.style.transform = "translate(" + x + "px," + y + "px) translate(" + across + "," + down + ")";
  }

  /* Whenever a chart is painted anew, its chosen figure is marked anew. */

  function follow() {
    document.querySelectorAll(".plot .js-plotly-plot").forEach(function (gd) {
      if (!gd.on || !gd.data || gd.followed) return;
      gd.followed = true;
      gd.on("plotly_afterplot", function () {
        mark(gd);
      });
      mark(gd);
    });
  }

  /* The flag goes where it covers fewest marks: over its mark, under it, or further over it. */

  function placed(flagged, layout, data) {
    var tries = flagged.yanchor === "top" ? [["top", -14], ["bottom", 14]] : [["bottom", 14], ["top", -14], ["bottom", 38], ["top", -38]];
    var best = null;
    tries.forEach(function (where) {
      var middle = where[1] + (where[0] === "top" ? -13 : 13);
      var covered = 0;
      data.forEach(function (trace) {
        if (trace.meta !== "marks" || (trace.yaxis || "y") !== flagged.yref) return;
        trace.y.forEach(function (value, point) {
          var away = distance(centre(trace, point), value, flagged, layout);
          if (Math.abs(away.right) < 46 && Math.abs(away.up - middle) < 20) covered += 1;
        });
      });
      if (!best || covered < best.covered) best = { covered: covered, where: where };
    });
    flagged.yanchor = best.where[0];
    flagged.yshift = best.where[1];
    var ahead = distance(layout.xaxis.range[1], flagged.y, flagged, layout).right + (layout.margin.r > 99 ? 4 : layout.margin.r);
    var behind = layout.margin.l - distance(layout.xaxis.range[0], flagged.y, flagged, layout).right;
    if (ahead < 52 || behind < 52) {
      flagged.xanchor = ahead < 52 ? "right" : "left";
      flagged.xshift = ahead < 52 ? ahead - 2 : 2 - behind;
    }
    return flagged;
  }

  function distance(x, y, flagged, layout) {
    var plot = document.querySelector(".plot");
    var width = plot.clientWidth - layout.margin.l - layout.margin.r;
    var axis = layout[flagged.yref.replace("y", "yaxis")];
    var share = axis.domain ? axis.domain[1] - axis.domain[0] : 1;
    var height = (layout.meta.height - layout.margin.t - layout.margin.b) * share;
    var days = Date.parse(layout.xaxis.range[1]) - Date.parse(layout.xaxis.range[0]);
    return {
      right: ((Date.parse(x) - Date.parse(flagged.x)) / days) * width,
      up: ((y - flagged.y) / (axis.range[1] - axis.range[0])) * height,
    };
  }

  /* Whether a label stands where the chosen figure's flag will; the flag's figure takes its place. */

  function touches(note, flagged, layout) {
    if (note.xref === "paper" || (note.yref || "y") !== flagged.yref) return false;
    if (note.y === flagged.y && Date.parse(note.x) === Date.parse(flagged.x) && Math.abs(note.yshift) < 20) return true;
    var away = distance(note.x, note.y, flagged, layout);
    var aside = flagged.xanchor ? flagged.xshift + (flagged.xanchor === "right" ? -38 : 38) : 0;
    var right = away.right + (note.xshift || 0) - aside;
    var up = away.up + (note.yshift || 0) - flagged.yshift - (flagged.yanchor === "top" ? -13 : 13);
    return Math.abs(right) < 62 && Math.abs(up) < 24;
  }

  function flag(trace, found) {
    var y = trace.y[found.point];
    var up = !(trace.type === "bar" && y < 0);
    return {
      x: centre(trace, found.point),
      y: y,
      yref: trace.yaxis || "y",
      yanchor: up ? "bottom" : "top",
      yshift: up ? 14 : -14,
      text: found.figure,
    };
  }

  /* Choosing: a click or tap on a mark, a link to a claim, Enter; the server answers with the source panel. */

  function choose(clicks) {
    var triggered = window.dash_clientside.callback_context.triggered[0];
    var points = triggered && triggered.value && triggered.value.points;
    var carried = points && points[0] && points[0].customdata;
    if (!carried) return window.dash_clientside.no_update;
    return chosenOf(carried[0], true);
  }

  function chosenOf(claim, asked) {
    return { claim: claim, asked: asked, position: positionOf(claim) };
  }

  function pick(claim, asked) {
    set("picked", { data: chosenOf(claim, asked) });
  }

  function positionOf(claim) {
    var place = placeOf(claim);
    return place ? "mark " + (place.at + 1) + " of " + place.marks.length : "";
  }

  function placeOf(claim) {
    var place = null;
    document.querySelectorAll(".plot").forEach(function (plot) {
      var marks = marksOf(plot);
      marks.forEach(function (mark, at) {
        if (!place && mark.ids.indexOf(claim) >= 0) place = { plot: plot, marks: marks, at: at };
      });
    });
    return place;
  }

  function show(chosen) {
    if (!chosen) return;
    picked = current = chosen.claim;
    document.querySelectorAll(".plot").forEach(function (plot) {
      var gd = plot.querySelector(".js-plotly-plot");
      if (gd && gd.followed) mark(gd);
    });
    document.querySelectorAll("tr[data-row]").forEach(function (row) {
      row.classList.toggle("chosen", row.dataset.row === chosen.claim);
    });
    if (chosen.asked) {
      var panel = document.getElementById("panel");
      if (panel) panel.classList.add("opened");
      remember(chosen.claim);
    }
  }

  function remember(claim) {
    if (location.protocol === "file:") return;
    var url = new URL(location.href);
    url.searchParams.set("claim", claim);
    history.replaceState(history.state, "", url.pathname + url.search + url.hash);
  }

  /* Keys: arrows walk the marks of a chart in the order of time, up and down change the series. */

  function marksOf(plot) {
    var gd = plot.querySelector(".js-plotly-plot");
    var marks = [];
    ((gd && gd.data) || []).forEach(function (trace, curve) {
      if (trace.meta !== "marks") return;
      trace.customdata.forEach(function (carried, point) {
        marks.push({ curve: curve, point: point, time: Date.parse(centre(trace, point)), said: carried[1], ids: carried[2].split(" "), id: carried[0] });
      });
    });
    return marks;
  }

  function walk(event) {
    var plot = event.target.closest(".plot");
    if (!plot) return;
    var marks = marksOf(plot);
    var at = cursor.chart === plot.dataset.chart ? cursor.at : startOf(marks);
    var next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (event.key === "ArrowUp" || event.key === "ArrowDown") next = across(marks, at, event.key === "ArrowUp" ? -1 : 1);
    if (next !== undefined) {
      event.preventDefault();
      standOn(plot, marks, Math.max(0, Math.min(marks.length - 1, next)));
    } else if ((event.key === "Enter" || event.key === " ") && marks[at]) {
      event.preventDefault();
      pick(marks[at].id, true);
      window.requestAnimationFrame(focusPanel);
    }
  }

  function startOf(marks) {
    var at = marks.findIndex(function (mark) {
      return mark.ids.indexOf(current) >= 0;
    });
    return at;
  }

  function across(marks, at, step) {
    var from = marks[at] || marks[0];
    var curves = Array.from(new Set(marks.map(function (mark) { return mark.curve; })));
    var curve = curves[curves.indexOf(from.curve) + step];
    if (curve === undefined) return at;
    var best = at;
    marks.forEach(function (mark, i) {
      if (mark.curve !== curve) return;
      if (marks[best].curve !== curve || Math.abs(mark.time - from.time) < Math.abs(marks[best].time - from.time)) best = i;
    });
    return best;
  }

  function standOn(plot, marks, at) {
    if (!marks[at]) return;
    cursor = { chart: plot.dataset.chart, at: at };
    var gd = plot.querySelector(".js-plotly-plot");
    /* Each row of bars is a subplot of its own. */
    var subplot = "x" + (gd.data[marks[at].curve].yaxis || "y");
    window.Plotly.Fx.hover(gd, [{ curveNumber: marks[at].curve, pointNumber: marks[at].point }], subplot);
    say(marks[at].said + " Mark " + (at + 1) + " of " + marks.length + ".");
  }

  function leave(event) {
    var gd = event.target.matches(".plot") && event.target.querySelector(".js-plotly-plot");
    if (gd) window.Plotly.Fx.unhover(gd);
  }

  function say(text) {
    document.getElementById("live").textContent = text;
  }

  function focusPanel() {
    var inside = document.getElementById("source");
    if (inside) inside.focus({ preventScroll: !narrow.matches });
  }

  function step(by) {
    var place = placeOf(current);
    if (!place) return;
    var mark = place.marks[place.at + by];
    if (!mark) return;
    pick(mark.id, true);
    say(mark.said);
  }

  function closePanel() {
    var panel = document.getElementById("panel");
    if (panel) panel.classList.remove("opened");
  }

  function press(event) {
    var button = event.target.closest("button");
    if (!button) return;
    if (button.classList.contains("theme")) nextTheme();
    if (button.dataset.step) step(Number(button.dataset.step));
    if (button.dataset.close) closePanel();
    if (button.classList.contains("more")) showFilters(button);
  }

  function showFilters(button) {
    var all = button.form.classList.toggle("all");
    button.setAttribute("aria-expanded", String(all));
    button.textContent = all ? "Fewer filters" : "More filters";
  }

  function closeMenus(event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
    });
  }

  function escape(event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else closePanel();
  }

  /* The page that was sent ahead gives way to the live one as soon as that is there. */

  function carry(first, live) {
    first.querySelectorAll("input[name], textarea[name]").forEach(function (field) {
      var same = live.querySelector(field.tagName + '[name="' + field.name + '"]:not([type=checkbox], [type=radio], [type=hidden])');
      if (same && field.value !== field.defaultValue) same.value = field.value;
    });
  }

  function arrived() {
    follow();
    var page = document.querySelector("#react-entry-point main h1");
    if (!page) return;
    var first = document.getElementById("first");
    if (first) {
      carry(first, document.getElementById("react-entry-point"));
      first.remove();
    }
    nameTheme();
    if (arrived.shown && arrived.shown !== page && arrived.path !== location.pathname) {
      document.getElementById("main").focus({ preventScroll: true });
      say(document.title);
    }
    if (arrived.shown !== page) picked = null;
    refocus();
    arrived.shown = page;
    arrived.path = location.pathname;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    tradetrace: { paint: paint, choose: choose, show: show },
  });
  document.addEventListener("click", followLink);
  document.addEventListener("click", press);
  document.addEventListener("click", closeMenus);
  document.addEventListener("submit", sendForm);
  document.addEventListener("keydown", walk);
  document.addEventListener("keydown", escape);
  document.addEventListener("focusout", leave);
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form.filters");
    if (form && event.target.tagName === "SELECT") form.requestSubmit();
  });
  dark.addEventListener("change", repaint);
  window.addEventListener("resize", resized);
  document.addEventListener("DOMContentLoaded", function () {
    nameTheme();
    new MutationObserver(arrived).observe(document.body, { childList: true, subtree: true });
  });
})();
