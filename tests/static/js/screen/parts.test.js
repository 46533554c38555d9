// The PIN as people read it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { spacedPin } from "../../../../static/js/screen/parts.js";

test("a PIN is grouped so that it can be read aloud", () => {
  assert.deepEqual(["482913", "48291377", "4829137", "123456789"].map(spacedPin), ["482 913", "4829 1377", "4829 137", "123 456 789"]);
});
