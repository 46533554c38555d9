// Standings with movement, and the podium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { podiumSteps, withMovement } from "../../../../static/js/screen/movement.js";

const row = (rank, nickname, score) => ({ rank, nickname, score });

test("places gained and points won are against the list shown before", () => {
  const rows = withMovement([row(1, "a", 10), row(3, "b", 5)], [row(1, "b", 30), row(2, "a", 12)]);
  assert.deepEqual(rows.map(({ moved, gained }) => [moved, gained]), [[2, 25], [-1, 2]]);
});

test("without a list before there is no movement", () => {
  assert.deepEqual(withMovement(null, [row(1, "a", 3)])[0], { rank: 1, nickname: "a", score: 3, moved: null, gained: null });
});

test("a shared rank shares a step and nobody stands twice", () => {
  const steps = podiumSteps([row(1, "a", 9), row(1, "b", 9), row(3, "c", 4), row(4, "d", 1)]);
  assert.deepEqual(steps.map((step) => [step.rank, step.people.map((person) => person.nickname)]), [[1, ["a", "b"]], [3, ["c"]]]);
});

test("an empty room has no podium", () => {
  assert.deepEqual(podiumSteps(null), []);
});
