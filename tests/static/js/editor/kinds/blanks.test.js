// A question with gaps in the editor: what it lacks, and what the preview shows.
import assert from "node:assert/strict";
import { test } from "node:test";

import { checksOfQuestion } from "../../../../../static/js/editor/checks.js";
import "../../../../../static/js/editor/kinds/blanks.js";
import { asKind } from "../../../../../static/js/editor/kinds/registry.js";
import { previewState } from "../../../../../static/js/editor/preview_state.js";

const say = (name) => name;
const codes = (prompt, ...accepted) =>
  checksOfQuestion({ kind: "blanks", prompt, blanks: accepted.map((entries) => ({ accepted: entries })) }).map(({ part, code }) => `${part} ${code}`);

test("a sentence without a gap is none", () => {
  assert.deepEqual(codes("The cat sat."), ["prompt no_gap"]);
});

test("each gap is there once, and accepts something", () => {
  assert.deepEqual(codes("{{1}} {{2}}", ["a"], [{ text: "b", weight: 0.5 }]), []);
  assert.deepEqual(codes("{{1}} {{2}}", ["a"]), ["blanks.1 gap_empty"]);
  assert.deepEqual(codes("{{1}} {{1}}", ["a"]), ["prompt gap_twice"]);
  assert.deepEqual(codes("no gap", ["a"]), ["blanks.0 gap_gone"]);
  assert.deepEqual(codes("{{1}}", ["a", " "]), ["blanks.0 gap_entry_empty"]);
  assert.deepEqual(codes("{{1}} {{21}}", ["a"]), ["prompt gap_number"]);
});

test("formatting does not come along: the sentence is a form", () => {
  assert.equal(asKind({ kind: "text", prompt: "**a**", markup: "markdown" }, "blanks", say).markup, "plain");
});

test("the preview has a field for each gap, and what belongs there afterwards", () => {
  const question = { kind: "blanks", prompt: "{{1}} {{2}}", blanks: [{ accepted: ["a", "b"] }] };
  const state = previewState({ title: "T", questions: [question] }, 0, "after", say);
  assert.deepEqual(state.question.blanks, [{ index: 0 }, { index: 1 }]);
  assert.deepEqual(state.key, { blanks: ["a", ""], accepted: [["a", "b"], []] });
  assert.equal(state.distribution.counts.length, 2);
});
