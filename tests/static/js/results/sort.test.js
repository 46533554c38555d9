// The order of the rows of the results.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareValues, nextDirection, sortRows } from "../../../../static/js/results/sort.js";

test("a first click shows the best, a second one turns the order round", () => {
  assert.equal(nextDirection(null, undefined), "descending");
  assert.equal(nextDirection(null, "asc"), "ascending");
  assert.equal(nextDirection("descending"), "ascending");
  assert.equal(nextDirection("ascending"), "descending");
});

test("numbers sort as numbers and names without regard to case", () => {
  assert.ok(compareValues("9", "10", "number") < 0);
  assert.equal(compareValues("zoe", "Zoe", "text", "en"), 0);
});

test("equal rows keep their order in both directions", () => {
  const rows = [{ id: 1, v: "5" }, { id: 2, v: "5" }, { id: 3, v: "9" }];
  const ids = (direction) => sortRows(rows, (row) => row.v, "number", direction).map((row) => row.id);
  assert.deepEqual(ids("ascending"), [1, 2, 3]);
  assert.deepEqual(ids("descending"), [3, 1, 2]);
});
