// What the class sees of names that the host has yet to look at.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HIDDEN, createClassView } from "../../../../static/js/host/class_view.js";

const ROWS = [{ rank: 1, nickname: "Rude", score: 9 }, { rank: 2, nickname: "Ada", score: 5 }];
const STATE = {
  names: ["Ada", "Rude"], standings: ROWS, previousStandings: null, podium: null, participants: 2,
  to_check: [{ participant: "p2", nickname: "Rude", asked: false }],
};

test("a name to check is not on the wall, and its row has points and no name", () => {
  const seen = createClassView()(STATE);
  assert.deepEqual([seen.names, seen.standings.map((row) => row.nickname), seen.participants], [["Ada"], [HIDDEN, "Ada"], 2]);
  assert.deepEqual([seen.standings[0].score, seen.podium], [9, null]);
});

test("without one the state is shown as it is", () => {
  const calm = { ...STATE, to_check: [] };
  assert.equal(createClassView()(calm), calm);
});

test("the same rows are the same array, so that nothing is drawn twice; a judged name changes them", () => {
  const view = createClassView();
  const first = view(STATE).standings;
  assert.equal(view({ ...STATE, participants: 3 }).standings, first);
  assert.notEqual(view({ ...STATE, to_check: [{ nickname: "Ada" }] }).standings, first);
});
