// The one line that says how things are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alertTitle, alertValue, healthOf } from "../../../../static/js/admin/health.js";

const plain = (name, values = {}) => [name, ...Object.values(values)].join(" ");
const word = (name, values) => ({ "alert-loop_blocked": "Stood still" })[name] ?? plain(name, values);
const units = { ms: (ms) => `${ms}ms`, clock: (at) => `t${at}`, count: (noun, n, more = {}) => `${n} ${noun} ${more.list ?? ""}`.trim() };
const say = { word, units };
const stats = (changes = {}) => ({
  nodes: [{ is_ready: true }], alerts: [], totals: { rooms: 3, users: 412 }, p99_ms: { receipt: 4 }, ...changes,
});
const alert = (changes = {}) => ({ name: "loop_blocked", severity: "warning", since: 7, message: "As told.", ...changes });

test("all is well with the rooms, the people and how fast answers are stored", () => {
  assert.deepEqual(healthOf(stats(), say), { level: "calm", sentence: "calm 3 rooms, 412 people, stored 4ms" });
});

test("without an answer in the last minute nothing is said of storing; without a room that is said", () => {
  assert.equal(healthOf(stats({ p99_ms: { receipt: null } }), say).sentence, "calm 3 rooms, 412 people");
  assert.equal(healthOf(stats({ totals: { rooms: 0, users: 1 } }), say).sentence, "calm quiet 1 people");
});

test("alerts come first, and the most serious sets the tone", () => {
  assert.deepEqual(healthOf(stats({ alerts: [alert()] }), say), { level: "warn", sentence: "1 alerts Stood still (since t7)" });
  const two = [alert(), alert({ name: "x", severity: "critical" })];
  assert.equal(healthOf(stats({ alerts: two }), say).level, "serious");
});

test("a node that is not ready is no good news", () => {
  assert.deepEqual(healthOf(stats({ nodes: [{ is_ready: false }] }), say), { level: "warn", sentence: "1 waiting" });
});

test("with several nodes each alert says which one it is about", () => {
  const nodes = [{ is_ready: true }, { is_ready: true }];
  const { sentence } = healthOf(stats({ nodes, alerts: [alert({ node: "n2" })] }), say);
  assert.equal(sentence, "1 alerts Stood still, n2 (since t7)");
});

test("an alert that this page does not know is told in the service's words, its value as it is", () => {
  assert.equal(alertTitle(alert({ name: "new_one" }), word), "As told.");
  assert.equal(alertValue(alert({ name: "new_one" }), 3, units), "3");
  assert.equal(alertValue(alert(), 0.5, units), "500ms");
});
