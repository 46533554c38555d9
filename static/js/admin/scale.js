// Where the points of a plot lie. Pure: times and values in, pixels out.

// Longer silence than this is a gap and not a line.
const GAP_MS = 5000;

// The tops that an axis may have, times a power of ten; half of each is easy to read too.
const ROUND = [1, 2, 3, 4, 5, 6, 8, 10];

/** The round number at the top of an axis, at or above `high`. */
export function roundTop(high, least = 1) {
  const wanted = Math.max(high, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return power * ROUND.find((step) => step * power >= wanted * (1 - 1e-9));
}

/** `{x(at), y(value), at(x)}` for a plot of this size whose right edge is `now`. */
export function createScale({ width, height, now, span, top }) {
  return {
    x: (at) => width * (1 - (now - at) / span),
    y: (value) => height * (1 - value / top),
    at: (x) => now - span * (1 - x / width),
  };
}

/** The figure as runs of points [x, y]; a run ends where nothing was measured. */
export function runs(history, key, scale) {
  const found = [];
  let last = null;
  for (const point of history) {
    const value = point[key];
    if (value == null) {
      last = null;
      continue;
    }
    if (last === null || point.at - last > GAP_MS) found.push([]);
    found.at(-1).push([scale.x(point.at), scale.y(value)]);
    last = point.at;
  }
  return found;
}

const pixel = (value) => Math.round(value * 10) / 10;
const step = ([x, y]) => `${pixel(x)} ${pixel(y)}`;

/** The line of an SVG path; a run of one point becomes a dot. */
export const linePath = (found) =>
  found.map((run) => `M${run.map(step).join("L")}${run.length === 1 ? "h.01" : ""}`).join("");

/** The area below the line, down to `floor`. */
export const areaPath = (found, floor) =>
  found
    .filter((run) => run.length > 1)
    .map((run) => `M${pixel(run[0][0])} ${floor}L${run.map(step).join("L")}L${pixel(run.at(-1)[0])} ${floor}Z`)
    .join("");
