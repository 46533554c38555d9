// Undo and redo over the whole quiz.
import assert from "node:assert/strict";
import { test } from "node:test";
import { canRedo, canUndo, look, record, redo, startHistory, undo } from "../../../../static/js/editor/history.js";

const quiz = (title, ...ids) => ({ title, questions: ids.map((id) => ({ id })) });
const start = () => startHistory(quiz("", "a", "b"), "a");
const typed = (history, title, at, key = "title") => record(history, { quiz: quiz(title, "a", "b"), selected: history.present.selected, key, at });
const title = (history) => history.present.quiz.title;

test("nothing has happened yet: there is nothing to take back", () => {
  assert.ok(!canUndo(start()) && !canRedo(start()));
  assert.equal(title(undo(start())), "");
  assert.equal(title(redo(start())), "");
});

test("typing without a pause is one step", () => {
  const written = typed(typed(typed(start(), "A", 1000), "Ab", 1400), "Abc", 1800);
  assert.equal(title(undo(written)), "");
  assert.equal(title(redo(undo(written))), "Abc");
});

test("a pause, or another field, begins a new step", () => {
  assert.equal(title(undo(typed(typed(start(), "A", 1000), "Ab", 9000))), "A");
  assert.equal(title(undo(typed(typed(start(), "A", 1000), "B", 1100, "description"))), "A");
});

test("what has no key is always a step of its own", () => {
  assert.equal(title(undo(typed(typed(start(), "A", 1000, null), "B", 1001, null))), "A");
});

test("writing after an undo forgets what was taken back", () => {
  const history = typed(undo(typed(start(), "A", 1000)), "B", 1001);
  assert.ok(!canRedo(history));
  assert.equal(title(undo(history)), "");
});

test("looking at another question is no step, but ends the one that was being typed", () => {
  const history = look(typed(start(), "A", 1000), "b");
  assert.equal(title(undo(typed(history, "Ab", 1100))), "A");
  assert.equal(look(start(), "a").past.length, 0);
});

test("undo opens a question that is there", () => {
  const added = record(start(), { quiz: quiz("", "a", "b", "n"), selected: "n", key: null, at: 1000 });
  assert.equal(undo(added).present.selected, "a");
  assert.equal(redo(undo(added)).present.selected, "n");
});

test("the oldest steps are forgotten one by one", () => {
  let history = start();
  for (let step = 1; step <= 400; step += 1) history = typed(history, String(step), step, null);
  assert.equal(history.past.length, 300);
  assert.equal(history.past[0].quiz.title, "100");
});
