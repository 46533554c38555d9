// What a quiz lacks before it can be played.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checksOf } from "../../../../static/js/editor/checks.js";
import "../../../../static/js/editor/kinds/choices.js";

const SINGLE = { id: "q", kind: "single", prompt: "2 + 2?", choices: [{ text: "3" }, { text: "4", correct: true }], time_limit_s: 20, points: 1000 };
const quiz = (...questions) => ({ title: "Sums", questions: questions.map((one, index) => ({ ...SINGLE, id: `q${index + 1}`, ...one })) });
const found = (one) => checksOf(one).map(({ level, number, part, code }) => [level, number, part, code].join(" "));

test("a finished quiz has nothing to be said about", () => {
  assert.deepEqual(checksOf(quiz(SINGLE)), []);
});

test("an empty quiz needs a title and a question", () => {
  assert.deepEqual(found({ title: " ", questions: [] }), ["must  title no_title", "must  questions no_questions"]);
});

test("each question says what it lacks, with its number", () => {
  assert.deepEqual(found(quiz({}, { prompt: " " })), ["must 2 prompt no_prompt"]);
  assert.deepEqual(found(quiz({ points: 10_001, time_limit_s: 0 })), ["must 1 points range_points", "must 1 time_limit_s range_time_limit_s"]);
});

test("no time limit is none that is wrong", () => {
  assert.deepEqual(found(quiz({ time_limit_s: null })), []);
});

test("an image wants a description", () => {
  assert.deepEqual(found(quiz({ media: { image: "ab.webp", alt: " " } })), ["should 1 alt no_alt"]);
  assert.deepEqual(found(quiz({ media: { image: "ab.webp", alt: "A bridge" } })), []);
});

test("a sound wants its words", () => {
  assert.deepEqual(found(quiz({ media: { audio: "ab.mp3", transcript: "" } })), ["should 1 transcript no_transcript"]);
  assert.deepEqual(found(quiz({ media: { audio: "ab.mp3", transcript: "Hello" } })), []);
});

test("what is too long for the projector or a phone is said, and can be played", () => {
  assert.deepEqual(found(quiz({ prompt: "x".repeat(251) })), ["should 1 prompt long_for_projector"]);
  assert.deepEqual(found(quiz({ prompt: "x".repeat(450) })), ["should 1 prompt long_for_projector", "should 1 prompt long_for_phone"]);
});

test("characters are counted as people count them", () => {
  assert.deepEqual(found(quiz({ prompt: "🧮".repeat(250) })), []);
});

test("the same question twice is noticed, the same words with other answers are not", () => {
  assert.deepEqual(found(quiz({}, { prompt: " 2 + 2?  " })), ["should 2 prompt same_question"]);
  assert.deepEqual(found(quiz({}, { choices: [{ text: "5" }, { text: "4", correct: true }] })), []);
});

test("a kind that this page does not know is left to the service", () => {
  assert.deepEqual(found(quiz({ kind: "riddle" })), []);
});

test("a title that nobody chose is said, and can be played", () => {
  const untitled = { ...quiz(SINGLE), title: "Untitled quiz " };
  assert.deepEqual(found(untitled), []);
  assert.deepEqual(checksOf(untitled, { untitled: "Untitled quiz" }).map(({ level, code }) => `${level} ${code}`), ["should still_untitled"]);
});

test("time that is over before all is read is said with what it takes", () => {
  const prompt = "word ".repeat(40);
  assert.deepEqual(found(quiz({ prompt, time_limit_s: 20 })), []);
  const [check] = checksOf(quiz({ prompt, time_limit_s: 15 }));
  assert.deepEqual([check.level, check.part, check.code, check.values], ["should", "time_limit_s", "short_time", { n: 15, most: 20 }]);
  assert.deepEqual(found(quiz({ prompt, time_limit_s: null })), []);
});

test("answers are read too, and a few words are never too many", () => {
  const long = { text: "one two three four five six seven eight nine ten", correct: true };
  assert.deepEqual(found(quiz({ choices: [long, { ...long, text: `${long.text} eleven` }], time_limit_s: 10 })), ["should 1 time_limit_s short_time"]);
  assert.deepEqual(found(quiz({ time_limit_s: 1 })), []);
});

test("words are counted where nothing stands between them", () => {
  const prompt = "光合作用は植物が光を使って水と二酸化炭素から糖を作る反応であり酸素が放出されるのはどの部分ですか。また夜の間は植物はどのように呼吸しますか。";
  assert.deepEqual(found(quiz({ prompt, time_limit_s: 5 })), ["should 1 time_limit_s short_time"]);
});
