// Areas are moved, sized and typed by their boxes, and stay within their picture.
import assert from "node:assert/strict";
import { test } from "node:test";
import { boxBetween, heldBox, inBox, newArea, SMALLEST } from "../../../../static/js/editor/bounds.js";

const box = (x, y, width, height) => ({ x, y, width, height });

test("a box is drawn from any corner", () => {
  assert.deepEqual(boxBetween([0.5, 0.75], [0.25, 0.25]), box(0.25, 0.25, 0.25, 0.5));
});

test("a box stays within the picture, and is never too small to be seen", () => {
  assert.deepEqual(heldBox(box(0.9, -0.2, 0.3, 0.5)), box(0.7, 0, 0.3, 0.5));
  assert.deepEqual(heldBox(box(0, 0, 0, 2)), box(0, 0, SMALLEST, 1));
});

test("each shape fills its box, with what else it says", () => {
  const rect = newArea("rect", box(0.1, 0.2, 0.3, 0.4), true);
  assert.deepEqual(rect, { label: "", correct: true, shape: "rect", ...box(0.1, 0.2, 0.3, 0.4) });
  const circle = newArea("circle", box(0.1, 0.2, 0.2, 0.4), false);
  assert.deepEqual(circle, { label: "", correct: false, shape: "circle", x: 0.2, y: 0.4, rx: 0.1, ry: 0.2 });
  const polygon = { label: "p", correct: true, shape: "polygon", points: [[0, 0], [0.5, 0.5], [0, 0.5]] };
  assert.deepEqual(inBox(polygon, box(0.5, 0.5, 0.25, 0.5)), { ...polygon, points: [[0.5, 0.5], [0.75, 1], [0.5, 1]] });
});
