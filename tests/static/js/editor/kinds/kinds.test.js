// The kinds as the editor knows them: empty ones, what each lacks, one made into another, what the preview shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checksOfQuestion } from "../../../../../static/js/editor/checks.js";
import "../../../../../static/js/editor/kinds/choices.js";
import { parsePercent } from "../../../../../static/js/editor/kinds/choices_form.js";
import "../../../../../static/js/editor/kinds/hotspot.js";
import "../../../../../static/js/editor/kinds/info.js";
import "../../../../../static/js/editor/kinds/number.js";
import { asKind, KINDS, newQuestion } from "../../../../../static/js/editor/kinds/registry.js";
import "../../../../../static/js/editor/kinds/text.js";
import { unitsOf } from "../../../../../static/js/editor/kinds/text_form.js";
import "../../../../../static/js/editor/kinds/wordcloud.js";
import { previewState } from "../../../../../static/js/editor/preview_state.js";

const say = (name) => name;
const fresh = (kind) => newQuestion(kind, "q", say);
const codes = (question) => checksOfQuestion({ prompt: "?", ...question }).map(({ part, code }) => `${part} ${code}`);
const single = (...choices) => ({ kind: "single", choices });

test("every kind begins empty, and says that it is", () => {
  const lacks = Object.fromEntries([...KINDS.keys()].map((kind) => [kind, codes({ ...fresh(kind), prompt: "?" })]));
  assert.deepEqual(lacks, {
    single: ["choices.0 empty_choice", "choices.1 empty_choice", "choices no_right"],
    multi: ["choices.0 empty_choice", "choices.1 empty_choice", "choices no_right"],
    true_false: [],
    text: ["accepted no_accepted"],
    number: ["accepted.0 empty_number"],
    poll: ["choices.0 empty_choice", "choices.1 empty_choice"],
    hotspot: ["media hotspot_picture", "areas hotspot_none"],
    info: [],
    wordcloud: [],
  });
});

test("choices: too few, twice the same, too long", () => {
  assert.deepEqual(codes(single({ text: "a", correct: true })), ["choices few_choices"]);
  assert.deepEqual(codes(single({ text: "A", correct: true }, { text: " a " })), ["choices.1 same_choice"]);
  assert.deepEqual(codes(single({ text: "a", correct: true }, { text: "x".repeat(91) })), ["choices.1 long_choice"]);
});

test("a right answer must be worth something", () => {
  assert.deepEqual(codes(single({ text: "a", correct: true, weight: 0 }, { text: "b", weight: -0.5 })), ["choices.0 weight_of_right"]);
  assert.deepEqual(codes(single({ text: "a", correct: true, weight: 0.5 }, { text: "b", weight: 0 })), []);
});

test("a part of the points is a number of per cent", () => {
  const read = { 50: 50, "33,3": 33.3, "-100": -100, "−5 %": -5, 0: 0, 101: null, "-101": null, half: null, "": null };
  for (const [text, value] of Object.entries(read)) assert.equal(parsePercent(text), value, text);
});

test("true or false has exactly one right answer", () => {
  const both = { kind: "true_false", choices: [{ correct: true }, { correct: true }] };
  assert.deepEqual(codes(both), ["choices no_right"]);
});

test("accepted texts: one that is part of another", () => {
  const text = (...accepted) => codes({ kind: "text", accepted });
  assert.deepEqual(text("Paris", "Paris, France"), ["accepted.0 within_accepted"]);
  assert.deepEqual(text("the river Nile", { text: "NILE", weight: 0.5 }), ["accepted.1 within_accepted"]);
  assert.deepEqual(text("art", "party"), []);
  assert.deepEqual(text("+", "1 + 1"), []);
});

test("accepted texts: empty ones and ones that count as the same", () => {
  assert.deepEqual(codes({ kind: "text", accepted: ["Paris", ""] }), ["accepted.1 empty_accepted"]);
  assert.deepEqual(codes({ kind: "text", accepted: ["Paris", { text: "PARIS", weight: 0.5 }] }), ["accepted.1 same_accepted"]);
  assert.deepEqual(codes({ kind: "text", match: "exact", accepted: ["Paris", "PARIS"] }), []);
});

test("spellings of a unit stand between commas", () => {
  assert.deepEqual(unitsOf(" m, metre ,,"), ["m", "metre"]);
  assert.deepEqual(unitsOf(" "), []);
});

test("numbers: nothing is not zero, ranges have two ends in their order", () => {
  const number = (score, ...accepted) => codes({ kind: "number", score, accepted });
  assert.deepEqual(number("in_range", { value: 0 }), []);
  assert.deepEqual(number("in_range", { min: 3 }, { min: 3, max: 2 }), ["accepted.0 empty_range", "accepted.1 turned_range"]);
  assert.deepEqual(number("closest", { min: 1, max: 2 }), ["accepted.0 closest_range"]);
  assert.deepEqual(number("in_range"), ["accepted no_number"]);
});

test("another kind keeps what both have, and nothing that it may not have", () => {
  const asked = { ...fresh("single"), prompt: "2 + 2?", notes: "n", choices: [{ text: "3", weight: 0.5 }, { text: "4", correct: true, feedback: "f" }] };
  assert.deepEqual(asKind(asked, "multi", say).choices, [{ text: "3", correct: false }, { text: "4", correct: true, feedback: "f" }]);
  assert.deepEqual(asKind(asked, "poll", say).choices, [{ text: "3" }, { text: "4", feedback: "f" }]);
  assert.deepEqual(asKind(asked, "text", say).accepted, ["4"]);
  const slide = asKind(asked, "info", say);
  assert.deepEqual([slide.prompt, slide.notes, "choices" in slide], ["2 + 2?", "n", false]);
});

test("the preview shows what a room would: no key while it is open", () => {
  const quiz = { title: "T", questions: [{ ...fresh("single"), choices: [{ text: "3" }, { text: "4", correct: true, weight: 1 }] }] };
  const state = previewState(quiz, 0, "asking", say);
  assert.deepEqual(state.question.choices, [{ index: 0, text: "3" }, { index: 1, text: "4" }]);
  assert.deepEqual([state.phase, state.round, state.rounds, state.closesAt], ["OPEN", 1, 1, 20_000]);
});

test("afterwards the preview shows the key; a slide has no afterwards", () => {
  const quiz = { title: "T", questions: [...KINDS.keys()].map((kind) => ({ ...fresh(kind), id: kind })) };
  for (const [index, kind] of [...KINDS.keys()].entries()) {
    const state = previewState(quiz, index, "after", say);
    assert.equal(state.phase, kind === "info" ? "OPEN" : "REVEAL", kind);
  }
  assert.deepEqual(previewState(quiz, [...KINDS.keys()].indexOf("true_false"), "after", say).key, { choices: [0], accepted: [0] });
});

test("no time limit is no end", () => {
  const quiz = { title: "T", questions: [{ ...fresh("text"), time_limit_s: null }] };
  assert.equal(previewState(quiz, 0, "asking", say).closesAt, null);
});
