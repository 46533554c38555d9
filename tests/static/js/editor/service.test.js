// A quiz as the service tells it, and as it is written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parted } from "../../../../static/js/editor/service.js";

test("what the service keeps for itself is no part of what is written", () => {
  const told = { id: "i", revision: 3, ready: true, created_at: 1, updated_at: 2, runs: 4, last_played_at: 5, title: "T", questions: [] };
  assert.deepEqual(parted(told), { quiz: { title: "T", tags: [], questions: [] }, revision: 3 });
  assert.deepEqual(parted({ ...told, tags: ["x"] }).quiz.tags, ["x"]);
});
