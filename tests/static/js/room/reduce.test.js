// reduce: the room as a browser sees it, from snapshots and events.
import assert from "node:assert/strict";
import { test } from "node:test";

import { answerOf, gradedOf, initialState, reduce } from "../../../../static/js/room/reduce.js";

const QUESTION = { id: "q1", kind: "single", prompt: "2 + 2 = ?", choices: [{ index: 0, text: "3" }, { index: 1, text: "4" }] };
const YOU = { participant: { id: "p1", nickname: "Mia" }, score: 0, rank: null, streak: 0 };

const snapshot = (changes = {}) => ({
  phase: "LOBBY", title: "Sums", settings: {}, round: 0, rounds: 3, locked: false, participants: 2, answered: 0, ...changes,
});
const subscribed = (params) => ({ method: "subscribed", params: { seq: 10, epoch: "e1", server_time: 1000, ...params } });
const event = (method, params) => ({ method, params });
const start = (changes, you = YOU) => reduce(initialState, subscribed({ snapshot: snapshot(changes), you }));
const play = (state, ...events) => events.reduce(reduce, state);

const opened = (seq, round = 1) =>
  event("round.opened", { seq, round, rounds: 3, question: QUESTION, opened_at: 500, closes_at: 20_500 });
const closed = (seq, round = 1) =>
  event("round.closed", { seq, round, key: { choices: [1] }, distribution: { counts: [1, 1], other: 0 }, explanation: "Count." });

test("nothing is believed before the first reply to subscribe", () => {
  assert.equal(reduce(initialState, opened(1)), initialState);
});

test("a snapshot is taken whole, with seq and epoch of the reply", () => {
  const state = start({ phase: "OPEN", round: 2, question: QUESTION, opened_at: 5, closes_at: 9, answered: 1 });
  assert.deepEqual([state.phase, state.round, state.openedAt, state.closesAt, state.answered], ["OPEN", 2, 5, 9, 1]);
  assert.deepEqual([state.seq, state.epoch, state.you.participant.nickname], [10, "e1", "Mia"]);
});

test("the next event is applied and moves seq", () => {
  const state = play(start(), opened(11));
  assert.deepEqual([state.phase, state.seq, state.closesAt, state.question], ["OPEN", 11, 20_500, QUESTION]);
});

test("an event that was seen changes nothing, not even the object", () => {
  const state = play(start(), opened(11));
  assert.equal(reduce(state, opened(11)), state);
  assert.equal(reduce(state, opened(3)), state);
});

test("a gap is not bridged but asks for the missing events", () => {
  const before = start();
  const state = reduce(before, opened(12));
  assert.deepEqual([state.needsResync, state.phase, state.seq], [true, "LOBBY", 10]);
  const healed = reduce(state, subscribed({ seq: 12, events: [event("room.locked", { seq: 11, locked: true }), opened(12)], you: YOU }));
  assert.deepEqual([healed.needsResync, healed.phase, healed.locked, healed.seq], [false, "OPEN", true, 12]);
});

test("an unknown event still moves seq", () => {
  assert.equal(reduce(start(), event("room.sparkled", { seq: 11 })).seq, 11);
});

test("nothing of the last question stays in the next", () => {
  const state = play(start(), opened(11), event("round.progress", { round: 1, answered: 2, connected: 2 }), closed(12));
  assert.deepEqual([state.key, state.explanation, state.answered], [{ choices: [1] }, "Count.", 2]);
  const next = reduce(state, event("round.announced", { seq: 13, round: 2, rounds: 3, question: { kind: "text" }, opens_at: 9 }));
  assert.deepEqual([next.key, next.distribution, next.explanation, next.answered], [null, null, "", 0]);
  assert.deepEqual([next.phase, next.opensAt], ["READ", 9]);
});

test("a word cloud stays while progress comes without it, and goes with its round", () => {
  const cloud = [{ value: "rain", count: 2 }];
  const grown = play(start(), opened(11), event("round.progress", { round: 1, answered: 2, cloud }), event("round.progress", { round: 1, answered: 3 }));
  assert.deepEqual([grown.cloud, grown.answered], [cloud, 3]);
  assert.equal(reduce(grown, opened(12)).cloud, null);
});

test("progress and extension of another round are ignored", () => {
  const state = play(start(), opened(11));
  assert.equal(reduce(state, event("round.progress", { round: 2, answered: 9 })), state);
  assert.equal(reduce(state, event("round.extended", { seq: 12, round: 1, closes_at: 99 })).closesAt, 99);
});

test("the own grade and answer belong to their round only", () => {
  const graded = event("answer.graded", { round: 1, correct: true, credit: 1, points: 900, score: 900, rank: 1, streak: 1 });
  const stored = event("answer.stored", { round: 1, answer: { choices: [1] }, id: "i", received_at: 7 });
  const state = play(start(), opened(11), stored, closed(12), graded);
  assert.deepEqual([gradedOf(state).points, state.you.score, answerOf(state).id], [900, 900, "i"]);
  const next = play(state, opened(13, 2));
  assert.deepEqual([gradedOf(next), answerOf(next), next.you.score], [null, null, 900]);
});

test("after a reload the given answer is in `you`", () => {
  const answer = { round: 1, answer: { choices: [0] }, id: "i", received_at: 7 };
  const state = start({ phase: "OPEN", round: 1, question: QUESTION }, { ...YOU, answer });
  assert.deepEqual(answerOf(state), answer);
});

test("resuming in the same epoch keeps what is known and takes `you` anew", () => {
  const state = play(start(), opened(11));
  const resumed = reduce(state, subscribed({ seq: 12, events: [closed(12)], you: { ...YOU, score: 40 } }));
  assert.deepEqual([resumed.phase, resumed.title, resumed.you.score], ["REVEAL", "Sums", 40]);
});

test("a small lobby is replaced, a large one grows", () => {
  const state = start({ names: ["Ann", "Bob"] });
  assert.deepEqual(reduce(state, event("lobby.changed", { participants: 1, recent: ["Bob"] })).names, ["Bob"]);
  const large = reduce(state, event("lobby.changed", { participants: 80, recent: ["Bob", "Cid"] }));
  assert.deepEqual([large.names, large.participants], [["Ann", "Bob", "Cid"], 80]);
  assert.deepEqual(reduce(state, event("lobby.changed", { participants: 3 })).names, ["Ann", "Bob"]);
});

test("standings remember the ones before, for the movement", () => {
  const top = (score) => [{ rank: 1, nickname: "Mia", score }];
  const state = play(start(), event("standings.shown", { seq: 11, top: top(5) }), event("standings.shown", { seq: 12, top: top(9) }));
  assert.deepEqual([state.standings, state.previousStandings], [top(9), top(5)]);
});

test("the end brings the podium and the own place", () => {
  const podium = [{ rank: 1, nickname: "Mia", score: 9 }];
  const state = play(start(), event("room.ended", { seq: 11, podium }), event("participant.finished", { rank: 1, score: 9, of: 2 }));
  assert.deepEqual([state.phase, state.podium, state.finished.of, state.you.rank], ["FINISHED", podium, 2, 1]);
  const reloaded = start({ phase: "FINISHED", standings: [...podium, {}, {}, {}] });
  assert.equal(reloaded.podium.length, 3);
});

test("only the one who is meant is kicked", () => {
  assert.equal(reduce(start(), event("participant.kicked", { participant: "p1" })).isKicked, true);
  assert.equal(reduce(start(), event("participant.kicked", { participant: "p2" })).isKicked, false);
});

test("a name that was judged changes what may be seen, and tells whose it is", () => {
  const seen = { participants: 2, recent: ["Ada", "Rude"], to_check: [{ participant: "p2", nickname: "Rude", asked: false }] };
  const lobby = reduce({ ...initialState, isKnown: true, you: { participant: { id: "p2" } } }, { method: "lobby.changed", params: seen });
  assert.deepEqual([lobby.names, lobby.to_check.length], [["Ada", "Rude"], 1]);
  const refused = reduce(lobby, { method: "name.refused", params: { seq: 1, participant: "p2", names: ["Ada"], to_check: [] } });
  assert.deepEqual([refused.names, refused.to_check, refused.you.asked_to_rename], [["Ada"], [], true]);
  const others = reduce(refused, { method: "name.kept", params: { seq: 2, participant: "p1" } });
  assert.deepEqual([others.names, others.you.asked_to_rename], [["Ada"], true]);
  const changed = reduce(others, { method: "name.changed", params: { seq: 3, participant: "p2" } });
  assert.equal(changed.you.asked_to_rename, false);
});
