// What the bell shows and counts, however its news come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { came, continued, emptyBell, listed, marked, read, unreadOf } from "../../../../static/js/bell/list.js";

const kept = (id, timestamp, readAt = null) => ({ id, type: "message", payload: {}, timestamp, read_at: readAt });
const page = (notifications, unread, next = null) => ({ notifications, unread, next });
const keys = ({ items }) => items.map(({ key }) => key);
const passing = { type: "message", payload: {}, timestamp: 5 };

test("the first page is the list, and what nobody keeps stays in its place", () => {
  const state = came(emptyBell, passing, "p1");
  const next = listed(state, page([kept("b", 9), kept("a", 1, 2)], 7, "a"));
  assert.deepEqual(keys(next), ["b", "p1", "a"]);
  assert.deepEqual([unreadOf(next), next.next, next.status], [8, "a", "ready"]);
  assert.deepEqual(keys(listed(next, page([], 0))), ["p1"]);
});

test("more of it comes behind, nothing twice", () => {
  const state = listed(emptyBell, page([kept("c", 9), kept("b", 8)], 3, "b"));
  const next = continued(state, page([kept("b", 8), kept("a", 1)], 3));
  assert.deepEqual([keys(next), next.next], [["c", "b", "a"], null]);
});

test("what comes live counts once", () => {
  const state = listed(emptyBell, page([kept("a", 1)], 1));
  const once = came(state, { id: "b", type: "message", payload: {}, timestamp: 3 }, "p1");
  assert.deepEqual([keys(once), unreadOf(once)], [["b", "a"], 2]);
  assert.equal(came(once, { id: "b", type: "message", payload: {}, timestamp: 3 }, "p2"), once);
  assert.equal(unreadOf(came(once, passing, "p3")), 3);
});

test("what another device has read is read here, and only that", () => {
  const state = came(listed(emptyBell, page([kept("b", 2), kept("a", 1)], 2)), passing, "p1");
  const next = read(state, { ids: ["a", "unknown"], unread: 1 }, 50);
  assert.deepEqual(next.items.map(({ key, read_at: readAt }) => [key, readAt]), [["p1", null], ["b", null], ["a", 50]]);
  assert.equal(unreadOf(next), 2);
  assert.equal(unreadOf(marked(next, new Set(["p1"]), 60)), 1);
});
