// blanks on the phone: what somebody filled in, as a list.
import assert from "node:assert/strict";
import { test } from "node:test";

import { numbered } from "../../../../../static/js/room/kinds/blanks.js";

test("several gaps are listed by their numbers, what was left empty by a sign or not at all", () => {
  assert.equal(numbered(["cat", "", "mat"], "–"), "1. cat\n2. –\n3. mat");
  assert.equal(numbered(["", "rug"]), "2. rug");
});

test("one gap needs no number, none no list", () => {
  assert.equal(numbered(["cat"]), "cat");
  assert.equal(numbered([""]), "");
  assert.equal(numbered([]), "");
});
