import assert from "node:assert/strict";
import test from "node:test";

import { CUES, cueBetween, tickAt } from "../../../../static/js/screen/cues.js";

const state = (phase, more = {}) => ({ isKnown: true, phase, participants: 3, ...more });

test("somebody joins", () => {
  assert.equal(cueBetween(state("LOBBY"), state("LOBBY", { participants: 4 })), "join");
  assert.equal(cueBetween(state("LOBBY"), state("LOBBY", { participants: 2 })), null);
  assert.equal(cueBetween(state("OPEN"), state("OPEN", { participants: 4 })), null);
});

test("a round closes and the room ends", () => {
  assert.equal(cueBetween(state("OPEN"), state("REVEAL")), "close");
  assert.equal(cueBetween(state("REVEAL"), state("FINISHED")), "podium");
  assert.equal(cueBetween(state("REVEAL"), state("STANDINGS")), null);
  assert.equal(cueBetween(state("STANDINGS"), state("OPEN")), null);
});

test("what the page finds when it opens is silent", () => {
  assert.equal(cueBetween(null, state("FINISHED")), null);
  assert.equal(cueBetween({ isKnown: false }, state("REVEAL")), null);
});

test("the last five seconds tick, each once", () => {
  const open = state("OPEN", { closesAt: 10_000 });
  const heard = [4000, 5001, 5900, 6001, 9001, 9999, 10_000, 10_500].map((now) => tickAt(open, now));
  assert.deepEqual(heard, [null, 5, 5, 4, 1, 1, null, null]);
  assert.equal(tickAt(state("OPEN", { closesAt: null }), 0), null);
  assert.equal(tickAt(state("REVEAL", { closesAt: 10_000 }), 9000), null);
});

test("every cue is short", () => {
  for (const notes of Object.values(CUES)) assert.ok(notes.every(([, start, length]) => start + length <= 1));
});
