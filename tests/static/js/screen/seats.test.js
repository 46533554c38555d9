// The wall of names: places are kept, the newest name is always seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { beyondWall, emptySeats, seatNames } from "../../../../static/js/screen/seats.js";

const names = (count) => Array.from({ length: count }, (_, number) => `n${number}`);

test("names take places in the order of joining", () => {
  assert.deepEqual(seatNames(emptySeats(), ["a", "b"], 6).slots, ["a", "b"]);
});

test("a full wall keeps one place for the count of the rest", () => {
  assert.equal(seatNames(emptySeats(), names(6), 6).slots.length, 6);
  assert.equal(seatNames(emptySeats(), names(7), 6).slots.length, 5);
});

test("a newcomer to a full wall is seen and nobody else moves", () => {
  const before = seatNames(emptySeats(), names(7), 6);
  const after = seatNames(before, [...names(7), "new"], 6);
  assert.ok(after.slots.includes("new"));
  assert.equal(after.slots.filter((name, place) => name !== before.slots[place]).length, 1);
});

test("who was removed disappears and somebody waiting takes the place", () => {
  const before = seatNames(emptySeats(), names(7), 6);
  const left = names(7).filter((name) => name !== before.slots[2]);
  const after = seatNames(before, left, 6);
  assert.ok(!after.slots.includes(before.slots[2]));
  assert.equal(new Set(after.slots).size, 6);
});

test("any order of arrivals shows each name at most once", () => {
  let seats = emptySeats();
  for (let count = 1; count <= 40; count += 1) {
    seats = seatNames(seats, names(count), 9);
    assert.equal(new Set(seats.slots).size, seats.slots.length);
    assert.ok(seats.slots.length <= 9);
    assert.ok(seats.slots.includes(`n${count - 1}`));
  }
});

test("the rest is counted from the participants, not from the names known", () => {
  assert.equal(beyondWall(seatNames(emptySeats(), names(7), 6), 237), 232);
  assert.equal(beyondWall(emptySeats(), 0), 0);
});
