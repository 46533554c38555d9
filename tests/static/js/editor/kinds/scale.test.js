// A scale in the editor: its ends are whole numbers in their order, and not too far apart.
import assert from "node:assert/strict";
import { test } from "node:test";

import { checksOfQuestion } from "../../../../../static/js/editor/checks.js";
import { newQuestion } from "../../../../../static/js/editor/kinds/registry.js";
import { parseStep } from "../../../../../static/js/editor/kinds/scale.js";
import { previewState } from "../../../../../static/js/editor/preview_state.js";

const say = (name) => name;
const scale = (fields) => ({ ...newQuestion("scale", "q", say), prompt: "How much?", ...fields });
const codes = (fields) => checksOfQuestion(scale(fields)).map(({ part, code }) => `${part} ${code}`);

test("a new one goes from 1 to 5 and lacks nothing", () => {
  assert.deepEqual(codes({}), []);
});

test("an end that is missing, beyond bounds, turned round, or too far away", () => {
  assert.deepEqual(codes({ min: null }), ["min scale_open"]);
  assert.deepEqual(codes({ min: undefined, max: undefined }), ["min scale_open", "max scale_open"]);
  assert.deepEqual(codes({ min: 90, max: 101 }), ["max scale_far"]);
  assert.deepEqual(codes({ min: 5, max: 5 }), ["max scale_turned"]);
  assert.deepEqual(codes({ min: 0, max: 20 }), []);
  assert.deepEqual(codes({ min: 0, max: 21 }), ["max scale_steps"]);
});

test("steps are whole, with any minus", () => {
  assert.deepEqual(["-3", "−3", " 7 ", "2.5", "x", ""].map(parseStep), [-3, -3, 7, null, null, null]);
});

test("the preview shows every step, and a mean that fits its counts", () => {
  const state = previewState({ title: "T", questions: [scale({ min: -2, max: 2 })] }, 0, "after", say);
  const { counts, mean } = state.distribution;
  assert.equal(counts.length, 5);
  const total = counts.reduce((sum, count) => sum + count, 0);
  assert.equal(mean, counts.reduce((sum, count, index) => sum + count * (index - 2), 0) / total);
  assert.ok(mean > 0 && mean < 2);
});

test("what cannot be played yet is previewed as the usual scale", () => {
  const state = previewState({ title: "T", questions: [scale({ max: 500 })] }, 0, "asking", say);
  assert.deepEqual([state.question.min, state.question.max, state.question.labels], [1, 5, { min: "", max: "" }]);
});
