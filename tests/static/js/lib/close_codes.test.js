// close_codes: who may come back, and when.
import assert from "node:assert/strict";
import { test } from "node:test";

import { afterClose, closeName } from "../../../../static/js/lib/close_codes.js";

test("lost connections and 4000-4499 come back by themselves", () => {
  for (const code of [1001, 1006, 1011, 1012, 4000, 4001, 4003, 4499]) assert.equal(afterClose(code), "waiting");
});

test("4500-4999 stay away", () => {
  for (const code of [4500, 4501, 4502, 4503, 4504, 4505, 4506, 4999]) assert.equal(afterClose(code), "stopped");
});

test("4507 waits for its person", () => {
  assert.equal(afterClose(4507), "asleep");
  assert.equal(closeName(4507), "inactive");
});
