// answer_text: what people type becomes a number, keys become sentences.
import assert from "node:assert/strict";
import { test } from "node:test";

import { keyTexts, parseNumber } from "../../../../static/js/room/answer_text.js";

const plain = String;

test("comma and point are both decimals", () => {
  for (const [text, number] of [["2,5", 2.5], ["2.5", 2.5], [" -3 ", -3], ["−3,25", -3.25], [".5", 0.5], ["1e3", 1000], ["٣٫٥", 3.5]]) {
    assert.equal(parseNumber(text), number, text);
  }
});

test("with both, or repeated, the others group thousands", () => {
  for (const [text, number] of [["1.234,5", 1234.5], ["1,234.5", 1234.5], ["1.234.567", 1234567], ["12 000", 12000], ["1'000", 1000]]) {
    assert.equal(parseNumber(text), number, text);
  }
});

test("what is no number is null", () => {
  for (const text of ["", "-", "abc", "1-2", ",", "1,2,3x", "Infinity", "0x10"]) assert.equal(parseNumber(text), null, text);
});

test("keys are shown as their author meant them", () => {
  assert.deepEqual(keyTexts({ text: "Wien", accepted: ["Wien", { text: "Vienna", weight: 0.5 }] }, plain), { right: "Wien", also: "Vienna" });
  assert.equal(keyTexts({ number: 3, accepted: [{ value: 3, tolerance: 0.1 }] }, plain).right, "3 ± 0.1");
  assert.equal(keyTexts({ number: 3, accepted: [{ min: 2, max: 4 }] }, plain).right, "2 – 4");
  assert.deepEqual(keyTexts({ number: 3 }, plain), { right: "3", also: "" });
  assert.deepEqual(keyTexts(null, plain), { right: "", also: "" });
});
