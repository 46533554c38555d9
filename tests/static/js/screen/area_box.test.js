// The box around each shape of an area.
import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf } from "../../../../static/js/screen/area_box.js";

test("the box around an area", () => {
  assert.deepEqual(boxOf({ shape: "rect", x: 0.2, y: 0.2, width: 0.4, height: 0.2 }), { x: 0.2, y: 0.2, width: 0.4, height: 0.2 });
  assert.deepEqual(boxOf({ shape: "circle", x: 0.5, y: 0.5, rx: 0.25, ry: 0.125 }), { x: 0.25, y: 0.375, width: 0.5, height: 0.25 });
  assert.deepEqual(boxOf({ shape: "polygon", points: [[0, 0.25], [0.5, 0.5], [1, 0.25], [0.5, 1]] }), { x: 0, y: 0.25, width: 1, height: 0.75 });
});
