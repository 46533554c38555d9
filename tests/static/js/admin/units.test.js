// Figures as people read them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createUnits } from "../../../../static/js/admin/units.js";

const TEXTS = { rooms_one: "1 room", rooms: "{n} rooms", per_second: "{n}/s", times: "{n} times" };
const word = (name, values = {}) => (TEXTS[name] ?? TEXTS[name.split("_")[0]]).replace(/\{(\w+)\}/g, (_, key) => values[key]);
const units = createUnits(word, "en");

test("what was not measured is a dash and never a zero", () => {
  for (const show of [units.number, units.ms, units.rate, units.bytes]) assert.equal(show(null), "–");
  assert.equal(units.ms(0), "0 ms");
});

test("times become seconds from one second on, small ones keep a digit", () => {
  assert.equal(units.ms(4.44), "4.4 ms");
  assert.equal(units.ms(312.4), "312 ms");
  assert.equal(units.ms(1500), "1.5 sec");
});

test("a span has its two largest units", () => {
  assert.deepEqual([48, 720, 3600, 11_520, 93_784].map(units.span), ["48 sec", "12 min", "1 hr", "3 hr 12 min", "1 day 2 hr"]);
});

test("sizes and rates are rounded to what can be read at a glance", () => {
  assert.deepEqual([12, 48_213, 2_500_000].map(units.bytes), ["12 bytes", "48 kB", "2.5 MB"]);
  assert.deepEqual([0.44, 1843.2].map(units.rate), ["0.4/s", "1,843/s"]);
});

test("a noun has the form of its number; a form without a text of its own takes the common one", () => {
  assert.deepEqual([1, 0, 3].map((n) => units.count("rooms", n)), ["1 room", "0 rooms", "3 rooms"]);
  assert.equal(createUnits(word, "pl").count("rooms", 3), "3 rooms");
});
