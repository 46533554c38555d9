// scale on the stage: a column a step, and where the mean lies among them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { columnsOf, placeOf } from "../../../../../static/js/screen/kinds/scale.js";

test("a column for each step, as high as its share of the highest", () => {
  assert.deepEqual(columnsOf({ min: -1, max: 1 }, [0, 4, 2]), [
    { n: -1, count: 0, share: 0 }, { n: 0, count: 4, share: 1 }, { n: 1, count: 2, share: 0.5 },
  ]);
});

test("while it is open nothing is counted", () => {
  assert.deepEqual(columnsOf({ min: 1, max: 2 }).map(({ n, share }) => [n, share]), [[1, 0], [2, 0]]);
});

test("a step lies in the middle of its column", () => {
  assert.equal(placeOf({ min: 1, max: 5 }, 3), 0.5);
  assert.equal(placeOf({ min: 1, max: 5 }, 1), 0.1);
  assert.equal(placeOf({ min: -10, max: 10 }, 0), 0.5);
});
