// The boxes of a picture's areas, in which all shapes are moved, sized and typed alike. Pure; numbers are shares of the picture.

import { boxOf } from "../screen/area_box.js";

/** Nothing that can be pointed at with a finger is smaller. */
export const SMALLEST = 0.02;

const rounded = (value) => Math.round(value * 1e4) / 1e4;
const held = (value, low, high) => Math.min(high, Math.max(low, value));

/** The box that lies between two corners. */
export const boxBetween = ([ax, ay], [bx, by]) => ({ x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) });

/** The same box within the picture, and not too small to be seen. */
export function heldBox({ x, y, width, height }) {
  const wide = held(width, SMALLEST, 1);
  const high = held(height, SMALLEST, 1);
  return { x: held(x, 0, 1 - wide), y: held(y, 0, 1 - high), width: wide, height: high };
}

/** The area, filling another box. */
export function inBox(area, box) {
  const { x, y, width, height } = heldBox(box);
  if (area.shape === "rect") return { ...area, ...all({ x, y, width, height }) };
  if (area.shape === "circle") return { ...area, ...all({ x: x + width / 2, y: y + height / 2, rx: width / 2, ry: height / 2 }) };
  const from = boxOf(area);
  const put = (share, start, length, to, size) => rounded(held(to + ((share - start) / (length || 1)) * size, 0, 1));
  return { ...area, points: area.points.map(([px, py]) => [put(px, from.x, from.width, x, width), put(py, from.y, from.height, y, height)]) };
}

const all = (fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, rounded(value)]));

/** A new area of a shape; the first of a question is the right one, as a rule. */
export const newArea = (shape, box, isFirst) => inBox({ label: "", correct: isFirst, shape }, box);
