// Areas of a picture, as game/kinds/areas.py has them: all numbers are shares of its width or height.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  rect: ({ x, y, width, height }) => ["rect", { x, y, width, height }],
  circle: ({ x, y, rx, ry }) => ["ellipse", { cx: x, cy: y, rx, ry }],
  polygon: ({ points }) => ["polygon", { points: points.join(" ") }],
};

/** An area as part of an `<svg viewBox="0 0 1 1">`. */
export function drawArea(area) {
  const [name, attributes] = SHAPES[area.shape](area);
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  return element;
}
