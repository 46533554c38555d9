// An open question in the editor: complete as soon as it is asked, and previewed with words of the page.
import assert from "node:assert/strict";
import { test } from "node:test";

import { checksOfQuestion } from "../../../../../static/js/editor/checks.js";
import "../../../../../static/js/editor/kinds/open.js";
import { newQuestion } from "../../../../../static/js/editor/kinds/registry.js";
import { previewState } from "../../../../../static/js/editor/preview_state.js";

const say = (name) => `the ${name}`;
const asked = () => ({ ...newQuestion("open", "q", say), prompt: "Why?" });

test("nothing but the question is needed", () => {
  assert.deepEqual(checksOfQuestion(asked()), []);
});

test("the preview shows texts of a made-up class, and the first as one's own", () => {
  const state = previewState({ title: "T", questions: [asked()] }, 0, "after", say);
  assert.deepEqual(state.distribution.values.map(({ value, count }) => [value, count]), [
    ["the open_sample_1", 3], ["the open_sample_2", 1], ["the open_sample_3", 1],
  ]);
  assert.equal(state.you.answer.answer.text, "the open_sample_1");
  assert.equal(state.key, null);
});
