// Where the points of a plot lie.
import assert from "node:assert/strict";
import { test } from "node:test";
import { areaPath, createScale, linePath, roundTop, runs } from "../../../../static/js/admin/scale.js";

const scale = createScale({ width: 100, height: 50, now: 100_000, span: 100_000, top: 10 });

test("the top of an axis is a round number that holds the highest value", () => {
  assert.deepEqual([0, 10, 11, 201, 5400, 9999].map((high) => roundTop(high, 10)), [10, 10, 20, 300, 6000, 10_000]);
});

test("now is at the right edge, zero at the floor, and a place leads back to its time", () => {
  assert.deepEqual([scale.x(0), scale.x(100_000), scale.y(0), scale.y(10)], [0, 100, 50, 0]);
  assert.equal(scale.at(25), 25_000);
});

test("a line breaks where nothing was measured and where nothing came for long", () => {
  const history = [
    { at: 1000, v: 1 }, { at: 2000, v: 2 }, { at: 3000, v: null }, { at: 4000, v: 4 }, { at: 20_000, v: 5 },
  ];
  assert.deepEqual(runs(history, "v", scale).map((run) => run.length), [2, 1, 1]);
});

test("a run is a line and an area down to the floor; a single point is a dot", () => {
  const found = [[[0, 10], [1.26, 20]], [[5, 5]]];
  assert.equal(linePath(found), "M0 10L1.3 20M5 5h.01");
  assert.equal(areaPath(found, 50), "M0 50L0 10L1.3 20L1.3 50Z");
});
