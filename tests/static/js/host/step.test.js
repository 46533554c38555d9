// The one next step of a host, for every phase.
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../../../static/js/screen/kinds/choices.js";
import "../../../../static/js/screen/kinds/info.js";
import { canShowStandings, nextStep } from "../../../../static/js/host/step.js";

const room = (phase, changes = {}) => ({ phase, round: 2, rounds: 5, question: { kind: "single" }, settings: { scoring: "speed" }, ...changes });

test("every phase has its command and its word", () => {
  const steps = ["LOBBY", "READ", "OPEN", "REVEAL", "STANDINGS", "FINISHED"].map((phase) => nextStep(room(phase)));
  assert.deepEqual(steps.map(({ method, label }) => `${method} ${label}`), [
    "room.start start", "room.next open", "round.close close", "room.standings standings", "room.next next", "null results",
  ]);
});

test("a slide is left with room.next, never closed", () => {
  assert.deepEqual(nextStep(room("OPEN", { question: { kind: "info" } })), { method: "room.next", label: "next" });
});

test("after the last round the podium comes at once", () => {
  assert.deepEqual(nextStep(room("REVEAL", { round: 5 })), { method: "room.next", label: "finish" });
  assert.deepEqual(nextStep(room("STANDINGS", { round: 5 })), { method: "room.next", label: "finish" });
});

test("a poll and a survey go on without standings", () => {
  assert.equal(nextStep(room("REVEAL", { question: { kind: "poll" } })).label, "next");
  assert.equal(nextStep(room("REVEAL", { settings: { scoring: "survey" } })).label, "next");
});

test("standings can be asked for after a reveal only, and never in a survey", () => {
  assert.equal(canShowStandings(room("REVEAL", { round: 5 })), true);
  assert.equal(canShowStandings(room("OPEN")), false);
  assert.equal(canShowStandings(room("REVEAL", { settings: { scoring: "survey" } })), false);
});
