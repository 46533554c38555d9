// What can be done to a quiz that is being written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isSame, moved, QUESTIONS_MOST, reduce } from "../../../../static/js/editor/quiz.js";

const quiz = { title: "Sums", tags: ["maths"], questions: [{ id: "a", prompt: "1" }, { id: "b", prompt: "2" }, { id: "c", prompt: "3" }] };
const ids = (one) => one.questions.map(({ id }) => id).join("");
const after = (change) => reduce(quiz, change);

test("a field of one question changes, and everything else stays the same object", () => {
  const next = after({ type: "edit", id: "b", fields: { prompt: "4" } });
  assert.equal(next.questions[1].prompt, "4");
  assert.equal(next.questions[0], quiz.questions[0]);
  assert.equal(quiz.questions[1].prompt, "2");
  assert.deepEqual(next.tags, ["maths"]);
});

test("image and sound come and go by themselves, each with its words", () => {
  const shown = (media, fields) => reduce({ questions: [{ id: "a", media }] }, { type: "media", id: "a", fields }).questions[0].media;
  assert.deepEqual(shown(null, { image: "i" }), { image: "i", alt: "" });
  assert.deepEqual(shown({ image: "i", alt: "A map" }, { audio: "s" }), { image: "i", alt: "A map", audio: "s", transcript: "" });
  assert.deepEqual(shown({ image: "i", alt: "A map", audio: "s", transcript: "Hi" }, { image: undefined, alt: undefined }), { audio: "s", transcript: "Hi" });
  assert.equal(shown({ audio: "s", transcript: "Hi" }, { audio: undefined, transcript: undefined }), null);
});

test("a field that becomes undefined is gone", () => {
  assert.deepEqual(after({ type: "edit", id: "a", fields: { prompt: undefined } }).questions[0], { id: "a" });
});

test("a change that changes nothing gives back the same quiz", () => {
  assert.equal(after({ type: "edit", id: "a", fields: { prompt: "1" } }), quiz);
  assert.equal(after({ type: "about", fields: { title: "Sums" } }), quiz);
  assert.equal(after({ type: "move", id: "a", to: 0 }), quiz);
  assert.equal(after({ type: "remove", id: "x" }), quiz);
});

test("questions are added behind another, or at the end", () => {
  assert.equal(ids(after({ type: "add", question: { id: "n" }, after: "a" })), "anbc");
  assert.equal(ids(after({ type: "add", question: { id: "n" } })), "abcn");
  assert.equal(ids(after({ type: "add", question: { id: "n" }, after: "gone" })), "abcn");
});

test("a copy stands behind the original, with an id and a life of its own", () => {
  const next = after({ type: "duplicate", id: "b", newId: "n" });
  assert.equal(ids(next), "abnc");
  assert.equal(next.questions[2].prompt, "2");
  assert.notEqual(next.questions[2], next.questions[1]);
});

test("questions move to any place, and never out of the list", () => {
  assert.equal(ids(after({ type: "move", id: "a", to: 2 })), "bca");
  assert.equal(ids(after({ type: "move", id: "c", to: 0 })), "cab");
  assert.equal(after({ type: "move", id: "a", to: -1 }), quiz);
  assert.equal(after({ type: "move", id: "c", to: 3 }), quiz);
  assert.deepEqual(moved([1, 2, 3], 5, 0), [1, 2, 3]);
});

test("there are never more questions than the service takes", () => {
  const full = { questions: Array.from({ length: QUESTIONS_MOST }, (_, index) => ({ id: String(index) })) };
  assert.equal(reduce(full, { type: "add", question: { id: "n" } }), full);
});

test("the same is the same in whatever order, and a list is no object", () => {
  assert.ok(isSame({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }));
  assert.ok(!isSame({ a: 1 }, { a: 1, b: undefined, c: 2 }));
  assert.ok(!isSame([], {}));
  assert.ok(!isSame([1, 2], [2, 1]));
  assert.ok(!isSame({ media: null }, { media: {} }));
});

test("several questions go in at one place, as far as there is room", () => {
  const two = [{ id: "x", prompt: "8" }, { id: "y", prompt: "9" }];
  assert.equal(ids(after({ type: "insert", questions: two, after: "a" })), "axybc");
  assert.equal(ids(after({ type: "insert", questions: two, after: null })), "abcxy");
  assert.equal(after({ type: "insert", questions: [], after: "a" }), quiz);
  const full = { ...quiz, questions: Array.from({ length: QUESTIONS_MOST - 1 }, (_, n) => ({ id: `q${n}`, prompt: "" })) };
  assert.deepEqual(reduce(full, { type: "insert", questions: two, after: "q0" }).questions.length, QUESTIONS_MOST);
});
