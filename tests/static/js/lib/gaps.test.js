// Gaps in a text.
import assert from "node:assert/strict";
import { test } from "node:test";

import { gapsOf, splitAtGaps } from "../../../../static/js/lib/gaps.js";

test("the numbers as they come, braces that are none left alone", () => {
  assert.deepEqual(gapsOf("{{2}} a {{1}}{{ 3 }} {4} {{1234}}"), [2, 1]);
  assert.deepEqual(gapsOf(null), []);
});

test("texts and numbers take turns", () => {
  assert.deepEqual(splitAtGaps("{{1}}x"), ["", "1", "x"]);
});
