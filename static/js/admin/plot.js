// One figure over the last ten minutes, as an SVG that this module builds, with the value under the finger.

import { nearest, SPAN_MS, summary } from "./history.js";
import { put } from "./keyed.js";
import { areaPath, createScale, linePath, roundTop, runs } from "./scale.js";

const SVG = "http://www.w3.org/2000/svg";
// Room for the words below the plot, and above its highest line.
const FOOT = 20;
const HEAD = 14;
// A finger that was lifted still reads the value for so long.
const LINGER_MS = 4000;

function shape(name, className, parent, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", className);
  set(element, attributes);
  parent.append(element);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** `figure` has data-plot, the key of a point. Returns `{update(history)}`. `show` writes a value in its unit. */
export function createPlot(figure, { show, least = 1, word, units }) {
  const key = figure.dataset.plot;
  const [title, nowText, rangeText] = ["title", "now", "range"].map((name) => figure.querySelector(`[data-slot="${name}"]`));
  const svg = figure.querySelector("svg");
  const parts = build(svg, word);
  let history = [];
  let pointed = null; // Where the finger is, in pixels.
  let timer = 0;

  function draw() {
    const { width, height } = svg.getBoundingClientRect();
    const sum = summary(history, key);
    if (!width || !history.length) return;
    const top = roundTop(sum?.high ?? 0, least);
    const scale = createScale({
      width, height: height - FOOT - HEAD, now: history.at(-1).at, span: SPAN_MS, top,
    });
    const found = runs(history, key, scale);
    set(svg, { viewBox: `0 ${-HEAD} ${width} ${height}` });
    set(parts.line, { d: linePath(found) });
    set(parts.area, { d: areaPath(found, height - FOOT - HEAD) });
    drawGrid(parts, { width, floor: height - FOOT - HEAD, top, show });
    drawPointed(scale, height - FOOT - HEAD, sum);
    svg.setAttribute("aria-label", described(sum));
  }

  function drawPointed(scale, floor, sum) {
    const point = pointed === null ? null : nearest(history, key, scale.at(pointed));
    parts.cross.setAttribute("visibility", point ? "visible" : "hidden");
    if (point) {
      const [x, y] = [scale.x(point.at), scale.y(point[key])];
      set(parts.rule, { x1: x, x2: x, y1: -HEAD, y2: floor });
      set(parts.dot, { cx: x, cy: y });
    }
    put(nowText, show(point ? point[key] : sum?.now));
    put(rangeText, point ? word("at", { time: units.clock(point.at) }) : range(sum));
  }

  const range = (sum) => (sum ? word("range", { low: show(sum.low), high: show(sum.high) }) : word("nothing"));

  const described = (sum) => `${title.textContent}: ${sum ? word("described", {
    now: show(sum.now), low: show(sum.low), high: show(sum.high),
  }) : word("nothing")}`;

  function point(event) {
    clearTimeout(timer);
    pointed = event.clientX - svg.getBoundingClientRect().left;
    draw();
  }
  function leave(event) {
    clearTimeout(timer);
    timer = setTimeout(() => { pointed = null; draw(); }, event.pointerType === "mouse" ? 0 : LINGER_MS);
  }
  svg.addEventListener("pointerdown", point);
  svg.addEventListener("pointermove", point);
  svg.addEventListener("pointerleave", leave);
  new ResizeObserver(draw).observe(svg);

  return {
    update(next) {
      history = next;
      draw();
    },
  };
}

function build(svg, word) {
  const rules = [1, 2, 3].map(() => shape("line", "plot-grid", svg));
  const area = shape("path", "plot-area", svg);
  const line = shape("path", "plot-line", svg);
  // After the line, so that it never hides them.
  const grid = rules.map((rule) => ({ rule, text: shape("text", "plot-label", svg) }));
  const ends = ["start", "middle", "end"].map((anchor) => shape("text", "plot-label", svg, { "text-anchor": anchor }));
  ["plot_start", "plot_middle", "plot_end"].forEach((name, place) => { ends[place].textContent = word(name); });
  const cross = shape("g", "plot-cross", svg, { visibility: "hidden" });
  return { grid, area, line, ends, cross, rule: shape("line", "plot-rule", cross), dot: shape("circle", "plot-dot", cross, { r: 4 }) };
}

function drawGrid({ grid, ends }, { width, floor, top, show }) {
  [top, top / 2, 0].forEach((value, place) => {
    const y = floor * (1 - value / top);
    set(grid[place].rule, { x1: 0, x2: width, y1: y, y2: y });
    set(grid[place].text, { x: 0, y: y - 4 });
    put(grid[place].text, value ? show(value) : "");
  });
  [0, width / 2, width].forEach((x, place) => set(ends[place], { x, y: floor + FOOT - 4 }));
}
