// Of how many the answers are counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedOf } from "../../../../static/js/screen/open.js";

test("answers are counted of those connected, else of the seats, and never of fewer than answered", () => {
  assert.equal(expectedOf({ connected: 7, participants: 9, answered: 3 }), 7);
  assert.equal(expectedOf({ connected: null, participants: 9, answered: 3 }), 9);
  assert.equal(expectedOf({ connected: 2, participants: 9, answered: 3 }), 3);
});
