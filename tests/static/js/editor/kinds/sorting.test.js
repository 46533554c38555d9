// Order, match and categorize as the editor knows them: what they lack, what becomes of them, what the preview shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checksOfQuestion } from "../../../../../static/js/editor/checks.js";
import "../../../../../static/js/editor/kinds/categorize.js";
import "../../../../../static/js/editor/kinds/choices.js";
import "../../../../../static/js/editor/kinds/match.js";
import "../../../../../static/js/editor/kinds/order.js";
import { asKind, newQuestion } from "../../../../../static/js/editor/kinds/registry.js";
import { previewState } from "../../../../../static/js/editor/preview_state.js";

const say = (name) => name;
const codes = (question) => checksOfQuestion({ prompt: "?", ...question }).map(({ part, code }) => `${part} ${code}`);
const fresh = (kind) => codes({ ...newQuestion(kind, "q", say), prompt: "?" });
const order = (...items) => codes({ kind: "order", items });
const match = (pairs, distractors = []) => codes({ kind: "match", pairs: pairs.map(([left, right]) => ({ left, right })), distractors });
const categorize = (categories, items) => codes({ kind: "categorize", categories, items: items.map(([text, category]) => ({ text, category })) });
const shown = (question, moment) => previewState({ title: "T", questions: [{ time_limit_s: null, ...question }] }, 0, moment, say);

test("an empty one says what it lacks, line by line", () => {
  assert.deepEqual(fresh("order"), ["items.0 order_empty", "items.1 order_empty"]);
  assert.deepEqual(fresh("match"), ["pairs.0 match_half", "pairs.1 match_half"]);
  assert.deepEqual(fresh("categorize"), ["categories.0 categorize_empty", "categories.1 categorize_empty", "items.0 categorize_empty", "items.1 categorize_empty"]);
});

test("order: at least two items, not all the same", () => {
  assert.deepEqual(order("a", "b"), []);
  assert.deepEqual(order("a"), ["items order_few"]);
  assert.deepEqual(order("a", " A "), ["items order_same"]);
  assert.deepEqual(order("a", "a", "b"), []);
});

test("match: both sides, no left side twice, something to choose", () => {
  assert.deepEqual(match([["cat", "chat"], ["dog", "chien"]]), []);
  assert.deepEqual(match([["cat", "chat"], ["cat", "chien"]]), ["pairs.1 match_twin"]);
  assert.deepEqual(match([["cat", "animal"], ["dog", "animal"]]), ["pairs match_one_right"]);
  assert.deepEqual(match([["cat", "animal"], ["dog", "animal"]], ["plant"]), []);
  assert.deepEqual(match([["cat", "chat"], ["dog", "chien"]], [""]), ["distractors.0 match_empty"]);
});

test("categorize: nothing twice, and every item in a category that is there", () => {
  assert.deepEqual(categorize(["Metal", "Gas"], [["Iron", 0], ["Neon", 1]]), []);
  assert.deepEqual(categorize(["Metal", "Metal"], [["Iron", 0], ["Iron", 1]]), ["categories.1 categorize_twin", "items.1 categorize_twin"]);
  assert.deepEqual(categorize(["Metal", "Gas"], [["Iron", 0], ["Neon", undefined]]), ["items.1 categorize_homeless"]);
  assert.deepEqual(categorize(["Metal"], [["Iron", 0]]), ["categories categorize_few_categories", "items categorize_few_items"]);
});

test("choices become items to be put in order, and one kind's lists stay with it", () => {
  const single = { ...newQuestion("single", "q", say), choices: [{ text: "a", correct: true }, { text: "b" }] };
  assert.deepEqual(asKind(single, "order", say).items, ["a", "b"]);
  assert.deepEqual(asKind(single, "match", say).pairs, [{ left: "", right: "" }, { left: "", right: "" }]);
  assert.equal("items" in asKind(asKind(single, "order", say), "match", say), false);
  assert.deepEqual(asKind({ ...single, kind: "order", items: ["a", "b"] }, "categorize", say).categories, ["", ""]);
});

test("the preview never shows them solved", () => {
  const planets = { kind: "order", items: ["Mercury", "Venus", "Earth"] };
  assert.deepEqual(shown(planets, "asking").question.items.map(({ text }) => text), ["Venus", "Earth", "Mercury"]);
  assert.deepEqual(shown(planets, "after").key, { order: [0, 1, 2] });
});

test("rights that read the same are one in the preview, as in a room", () => {
  const { question, key } = shown({ kind: "match", pairs: [{ left: "cat", right: "pet" }, { left: "dog", right: "pet" }], distractors: ["plant"] }, "after");
  assert.deepEqual(question.rights.map(({ text }) => text), ["pet", "plant"]);
  assert.deepEqual(key.pairs, { 0: 0, 1: 0 });
});
