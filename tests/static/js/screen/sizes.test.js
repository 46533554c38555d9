// Type steps and columns of the stage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceColumns, longestText, questionStep } from "../../../../static/js/screen/sizes.js";

test("questions up to 90 characters get one of the two large steps, up to 250 one of the next two", () => {
  assert.equal(questionStep("x".repeat(45)), "xl");
  assert.equal(questionStep("x".repeat(90)), "l");
  assert.equal(questionStep("x".repeat(91)), "m");
  assert.equal(questionStep("x".repeat(250)), "s");
  assert.equal(questionStep("x".repeat(251)), "xs");
});

test("characters are counted as people see them, and a missing prompt is short", () => {
  assert.equal(questionStep("\u{1F30D}".repeat(45)), "xl");
  assert.equal(questionStep(null), "xl");
});

test("up to four choices stand in two columns, long ones never in three", () => {
  assert.deepEqual([1, 2, 4, 5, 6, 12].map((count) => choiceColumns(count, 10)), [1, 2, 2, 3, 3, 3]);
  assert.equal(choiceColumns(6, 80), 2);
  assert.equal(choiceColumns(12, 200), 2);
});

test("the longest choice decides", () => {
  assert.equal(longestText([{ text: "ab" }, { text: "abcd" }, { text: null }]), 4);
  assert.equal(longestText([]), 0);
});
