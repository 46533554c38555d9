// Gaps of a prompt and what they accept stay in step, whatever is inserted, removed or typed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { BLANKS_MOST, insertGap, removeGap, rowsOf } from "../../../../static/js/editor/gaps.js";

const blank = (...accepted) => ({ accepted });
const cat = { prompt: "The cat sat on the mat.", blanks: [] };
const selected = (question, text) => insertGap(question, question.prompt.indexOf(text), question.prompt.indexOf(text) + text.length);

test("a selected word becomes a gap that accepts it", () => {
  assert.deepEqual(selected(cat, "cat"), { prompt: "The {{1}} sat on the mat.", blanks: [blank("cat")], index: 0, caret: 9 });
});

test("blanks around the word that were selected along stay", () => {
  assert.equal(selected(cat, " cat ").prompt, "The {{1}} sat on the mat.");
});

test("gaps count as they are read, wherever the next one comes", () => {
  const later = selected(cat, "mat");
  const { prompt, blanks, index } = selected(later, "cat");
  assert.equal(prompt, "The {{1}} sat on the {{2}}.");
  assert.deepEqual(blanks, [blank("cat"), blank("mat")]);
  assert.equal(index, 0);
});

test("without a selection an empty gap stands at the caret, never inside another", () => {
  assert.deepEqual(insertGap({ prompt: "a ", blanks: [] }, 2, 2), { prompt: "a {{1}}", blanks: [blank("")], index: 0, caret: 7 });
  assert.equal(insertGap({ prompt: "{{1}}!", blanks: [blank("a")] }, 2, 2).prompt, "{{1}}{{2}}!");
  assert.equal(insertGap({ prompt: "x {{1}} y", blanks: [blank("a")] }, 0, 9).prompt, "x {{1}} y{{2}}");
});

test("a gap that was lost from the prompt comes back first, with what it accepts", () => {
  const lost = { prompt: "{{2}} and ", blanks: [blank("one"), blank("two")] };
  const { prompt, blanks } = insertGap(lost, 10, 10);
  assert.equal(prompt, "{{1}} and {{2}}");
  assert.deepEqual(blanks, [blank("two"), blank("one")]);
});

test("a removed gap gives its word back, and the later ones count one less", () => {
  const both = { prompt: "The {{1}} sat on the {{2}}.", blanks: [blank({ text: "cat", weight: 0.5 }), blank("mat", "rug")] };
  assert.deepEqual(removeGap(both, 0), { prompt: "The cat sat on the {{1}}.", blanks: [blank("mat", "rug")] });
});

test("a gap typed by hand has a row at once; one too far away has none", () => {
  assert.deepEqual(rowsOf({ prompt: "{{1}} {{2}} {{21}} {{0}}", blanks: [blank("a")] }), [blank("a"), blank("")]);
});

test("what has no order of its own is left as its author wrote it", () => {
  const twice = insertGap({ prompt: "{{1}} {{1}} ", blanks: [blank("a")] }, 12, 12);
  assert.equal(twice.prompt, "{{1}} {{1}} {{2}}");
});

test("there are twenty at most", () => {
  const prompt = Array.from({ length: BLANKS_MOST }, (_, index) => `{{${index + 1}}}`).join(" ");
  assert.equal(insertGap({ prompt, blanks: [] }, 0, 0), null);
});
