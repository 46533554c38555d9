// open: how many columns of cards, so that lines stay readable.
import assert from "node:assert/strict";
import { test } from "node:test";

import { cardColumns } from "../../../../../static/js/screen/kinds/open.js";

test("few cards are wide, twenty stand in four columns", () => {
  assert.deepEqual([0, 1, 2, 4, 5, 12, 13, 20].map(cardColumns), [1, 1, 2, 2, 3, 3, 4, 4]);
});
