// How two versions of a quiz differ.
import assert from "node:assert/strict";
import { test } from "node:test";
import { differences } from "../../../../static/js/editor/compare.js";

const question = (id, prompt = id) => ({ id, kind: "info", prompt });
const quiz = (...questions) => ({ title: "T", questions });

test("two versions that say the same do not differ", () => {
  assert.deepEqual(differences(quiz(question("a")), quiz(question("a"))), []);
});

test("what was changed is told part by part, with both values", () => {
  const [one] = differences(quiz(question("a", "mine")), quiz(question("a", "theirs")));
  assert.deepEqual([one.what, one.mine, one.theirs], ["changed", 1, 1]);
  assert.deepEqual(one.parts, [{ part: "prompt", mine: "mine", theirs: "theirs" }]);
});

test("what only one of them has is told with its place there", () => {
  const found = differences(quiz(question("a"), question("b")), quiz(question("n"), question("a")));
  assert.deepEqual(found.map(({ what, mine, theirs }) => [what, mine, theirs]), [["only_mine", 2, undefined], ["only_theirs", undefined, 1]]);
});

test("another order is one difference, whatever was added", () => {
  const found = differences(quiz(question("a"), question("b")), quiz(question("b"), question("a")));
  assert.deepEqual(found.map(({ what }) => what), ["order"]);
  assert.deepEqual(differences(quiz(question("a"), question("b")), quiz(question("a"), question("n"), question("b"))).map(({ what }) => what), ["only_theirs"]);
});

test("the quiz itself is compared too", () => {
  const [one] = differences({ ...quiz(), title: "A", tags: ["x"] }, { ...quiz(), title: "B", tags: ["x"] });
  assert.deepEqual([one.what, one.parts], ["about", [{ part: "title", mine: "A", theirs: "B" }]]);
});
