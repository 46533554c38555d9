// Questions that are carried as text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { questionsIn, renewed, withWhatIsHere, written } from "../../../../static/js/editor/copied.js";

const ONE = { id: "a", kind: "single", prompt: "2 + 2?", choices: [] };
const isKnown = (kind) => ["single", "poll"].includes(kind);

test("what was copied is pasted as it was", () => {
  assert.deepEqual(questionsIn(written("Sums", [ONE, { ...ONE, id: "b" }]), isKnown), [ONE, { ...ONE, id: "b" }]);
});

test("the text is a quiz with a title, which an import takes", () => {
  assert.deepEqual(JSON.parse(written(" ", [ONE])), { title: "Quizhall", questions: [ONE] });
});

test("anything else holds no questions", () => {
  for (const text of ["", "2 + 2?", "null", "3", "[]", "{}", '{"questions": 3}', '{"questions": [null, 3, "x", {}]}', '{"questions": [{"kind": "single"}]}']) {
    assert.deepEqual(questionsIn(text, isKnown), [], text);
  }
});

test("questions of kinds that this page does not know stay behind", () => {
  assert.deepEqual(questionsIn(written("Sums", [{ ...ONE, kind: "riddle" }, ONE]), isKnown), [ONE]);
});

test("copies have ids of their own", () => {
  let n = 0;
  assert.deepEqual(renewed([ONE, ONE], () => `new ${(n += 1)}`).map(({ id, prompt }) => [id, prompt]), [["new 1", "2 + 2?"], ["new 2", "2 + 2?"]]);
});

test("what another service stores stays there, and what is said of it too where nothing else is shown", async () => {
  const asked = [];
  const isHere = async (name) => asked.push(name) && name === "here";
  const media = [{ image: "here", alt: "A bird" }, { image: "there", alt: "A tree" }, { image: "there", alt: "", audio: "here", transcript: "Hello" }, null];
  const { questions, left } = await withWhatIsHere(media.map((one) => ({ ...ONE, media: one })), isHere);
  assert.deepEqual(questions.map((question) => question.media), [media[0], null, { audio: "here", transcript: "Hello" }, null]);
  assert.deepEqual([left, asked], [1, ["here", "there"]]);
});
