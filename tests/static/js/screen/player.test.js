// The sound of a question: when there is one to hear, and how its time is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clockText, soundOf } from "../../../../static/js/screen/player.js";

test("time is told as players tell it", () => {
  assert.deepEqual([0, 9.99, 83.4, 600].map(clockText), ["0:00", "0:09", "1:23", "10:00"]);
});

test("a sound is there from the reading time to the reveal", () => {
  const media = { audio: "s.mp3", duration_s: 3 };
  const phases = ["LOBBY", "READ", "OPEN", "REVEAL", "STANDINGS", "FINISHED"].filter((phase) => soundOf({ phase, question: { media } }));
  assert.deepEqual(phases, ["READ", "OPEN", "REVEAL"]);
  assert.deepEqual(soundOf({ phase: "OPEN", question: { media } }), media);
  for (const other of [null, {}, { image: "i.png" }]) assert.equal(soundOf({ phase: "OPEN", question: { media: other } }), null);
  assert.equal(soundOf({ phase: "OPEN", question: null }), null);
});
