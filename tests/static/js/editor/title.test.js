// The line that stands for a question has its words, and none of the signs that only its author writes.
import assert from "node:assert/strict";
import { test } from "node:test";

import "../../../../static/js/editor/kinds/blanks.js";
import "../../../../static/js/editor/kinds/text.js";
import { titleOf } from "../../../../static/js/editor/title.js";

const formatted = (prompt) => titleOf({ kind: "text", prompt, markup: "markdown" });

test("a gap is a line to write on", () => {
  assert.equal(titleOf({ kind: "blanks", prompt: "The {{1}} sat on\nthe {{2}}." }), "The ___ sat on the ___.");
});

test("gaps are words in what has none", () => {
  assert.equal(titleOf({ kind: "text", prompt: "What is {{1}}?" }), "What is {{1}}?");
});

test("formatting is left out", () => {
  assert.equal(formatted("What is **really *very* `odd`** and ~~old~~?"), "What is really very odd and old?");
  assert.equal(formatted("Solve $x^2 = 4$ and\n$$y_1 * 2$$"), "Solve x^2 = 4 and y_1 * 2");
  assert.equal(formatted("One of:\n\n- cats\n2. dogs\n> birds"), "One of: cats dogs birds");
  assert.equal(formatted("| a | b |\n|---|:-:|\n| 1 | 2 |"), "a b 1 2");
  assert.equal(formatted("```py\nprint(1)\n```"), "print(1)");
  assert.equal(formatted("5 \\* 3"), "5 * 3");
});

test("signs that format nothing stay", () => {
  assert.equal(formatted("2 * 3 * 4 and snake_case_name"), "2 * 3 * 4 and snake_case_name");
  assert.equal(titleOf({ kind: "text", prompt: "**as it is**", markup: "plain" }), "**as it is**");
  assert.equal(titleOf({ kind: "blanks", prompt: "**{{1}}**", markup: "markdown" }), "**___**");
});

test("an empty question has none", () => {
  assert.equal(titleOf({ kind: "text" }), "");
});
