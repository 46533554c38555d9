// clock: the server's time from round trips.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createClock, remaining } from "../../../../static/js/lib/clock.js";

function clockAt(time) {
  const local = { time };
  return { local, clock: createClock(() => local.time) };
}

test("before the first sample the browser's own time is taken", () => {
  assert.equal(clockAt(1000).clock.now(), 1000);
});

test("the server's time lies in the middle of the round trip", () => {
  const { clock, local } = clockAt(1100);
  clock.sample(5050, 1000);
  assert.equal(clock.now(), 5100);
  local.time = 1200;
  assert.equal(clock.now(), 5200);
});

test("a slower round trip does not replace a faster one", () => {
  const { clock, local } = clockAt(1020);
  clock.sample(5010, 1000);
  local.time = 2000;
  clock.sample(9999, 1020);
  assert.equal(clock.now(), 6000);
});

test("after a minute a slower one is believed again", () => {
  const { clock, local } = clockAt(1000);
  clock.sample(5000, 1000);
  local.time = 70_000;
  clock.sample(80_000, 69_000);
  assert.equal(clock.now(), 80_500);
});

test("nonsense is ignored", () => {
  const { clock } = clockAt(1000);
  clock.sample(undefined, 900);
  clock.sample(5000, 2000);
  assert.equal(clock.now(), 1000);
});

test("remaining gives the share of the bar and whole seconds, within the span", () => {
  assert.deepEqual(remaining(0, 20_000, 5_000), { left: 0.75, seconds: 15 });
  assert.deepEqual(remaining(0, 20_000, -3_000), { left: 1, seconds: 20 });
  assert.deepEqual(remaining(0, 20_000, 19_001), { left: 999 / 20_000, seconds: 1 });
  assert.deepEqual(remaining(0, 20_000, 25_000), { left: 0, seconds: 0 });
});
