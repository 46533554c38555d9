// The last ten minutes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addPoint, nearest, SPAN_MS, summary } from "../../../../static/js/admin/history.js";

const points = (...values) => values.map((lag, place) => ({ at: (place + 1) * 1000, lag }));

test("a new point comes at the end and pushes out what is older than ten minutes", () => {
  const history = addPoint(points(1, 2), { at: SPAN_MS + 1000, lag: 3 });
  assert.deepEqual(history.map((point) => point.lag), [2, 3]);
});

test("a point that is known already, or older, changes nothing", () => {
  const history = points(1, 2);
  assert.equal(addPoint(history, { at: 2000, lag: 9 }), history);
  assert.equal(addPoint(history, undefined), history);
});

test("the summary leaves out what was not measured", () => {
  assert.deepEqual(summary(points(3, null, 1), "lag"), { now: 1, low: 1, high: 3 });
  assert.deepEqual(summary(points(3, null), "lag"), { now: null, low: 3, high: 3 });
  assert.equal(summary(points(null), "lag"), null);
});

test("the nearest point is one that was measured", () => {
  const history = points(5, null, 7);
  assert.equal(nearest(history, "lag", 1900).lag, 5);
  assert.equal(nearest(history, "lag", 2100).lag, 7);
  assert.equal(nearest(points(null), "lag", 0), null);
});
