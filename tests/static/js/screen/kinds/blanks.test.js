// blanks on the stage: a bar for each gap, measured against all who answered.
import assert from "node:assert/strict";
import { test } from "node:test";

import { gapBars } from "../../../../../static/js/screen/kinds/blanks.js";

test("a bar says the word, what else was accepted, and how many had it", () => {
  const key = { blanks: ["cat", "mat"], accepted: [["cat"], ["mat", "rug"]] };
  assert.deepEqual(gapBars({ key, distribution: { counts: [3, 1] }, answered: 4 }), [
    { text: "1. cat", count: 3, share: 0.75, right: true },
    { text: "2. mat / rug", count: 1, share: 0.25, right: true },
  ]);
});

test("of many accepted words only some are named", () => {
  const [bar] = gapBars({ key: { blanks: ["a"], accepted: [["a", "b", "c", "d", "e", "f"]] }, distribution: { counts: [0] } });
  assert.equal(bar.text, "1. a / b / c / d / e / …");
});
