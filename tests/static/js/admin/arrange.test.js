// Which rooms are shown, and in which order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareRooms, searchRooms, settle } from "../../../../static/js/admin/arrange.js";

const room = (pin, more = {}) => ({
  pin, title: "Fractions", host: "Ada", phase: "LOBBY", participants: 1, answered: 0, lag_ms: null, started_at: 1, ...more,
});
const pins = (rooms) => rooms.map(({ pin }) => pin);
const inOrder = (rooms, by) => pins([...rooms].sort(compareRooms(by)));

test("rooms sort by what they have most of, and equal ones by PIN", () => {
  const rooms = [room("3", { lag_ms: 2 }), room("1"), room("2", { lag_ms: 9, started_at: 5, participants: 3, phase: "OPEN" })];
  assert.deepEqual(inOrder(rooms, "started"), ["2", "1", "3"]);
  assert.deepEqual(inOrder(rooms, "lag"), ["2", "3", "1"]);
  assert.deepEqual(inOrder(rooms, "participants"), ["2", "1", "3"]);
  assert.deepEqual(inOrder(rooms, "phase"), ["2", "1", "3"]);
  assert.deepEqual(inOrder(rooms, "pin"), ["1", "2", "3"]);
});

test("rooms that have not started stand first, in the order of their PINs", () => {
  const rooms = [room("3"), room("2", { started_at: null }), room("1", { started_at: null })];
  assert.deepEqual(inOrder(rooms, "started"), ["1", "2", "3"]);
});

test("a search takes a PIN with gaps, and words in any order", () => {
  const rooms = [room("482913"), room("111111", { title: "World capitals", host: "Grace" })];
  assert.deepEqual(pins(searchRooms(rooms, "482 9")), ["482913"]);
  assert.deepEqual(pins(searchRooms(rooms, "grace world")), ["111111"]);
  assert.deepEqual(pins(searchRooms(rooms, "  ")), ["482913", "111111"]);
  assert.deepEqual(searchRooms(rooms, "nothing"), []);
});

test("who is shown keeps the place; who is new comes where they belong", () => {
  const byValue = (a, b) => a.value - b.value;
  const items = [{ id: "a", value: 9 }, { id: "b", value: 1 }, { id: "new", value: 0 }, { id: "last", value: 10 }];
  const order = settle(["a", "gone", "b"], items, (item) => item.id, byValue);
  assert.deepEqual(order.map(({ id }) => id), ["new", "a", "b", "last"]);
});
