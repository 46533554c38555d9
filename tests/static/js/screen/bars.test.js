// What the reveal shows: bars by display order, right answers, accepted texts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptedTexts, choiceBars, rightIndexes, valueBars } from "../../../../static/js/screen/bars.js";

const QUESTION = { choices: [{ index: 2, text: "C" }, { index: 0, text: "A" }, { index: 1, text: "B" }] };

test("bars stand in display order and take their counts by the author's index", () => {
  const bars = choiceBars(QUESTION, { counts: [4, 1, 8], other: 0 }, { choices: [0] });
  assert.deepEqual(bars.map((bar) => [bar.text, bar.count, bar.position, bar.right]), [
    ["C", 8, 0, false], ["A", 4, 1, true], ["B", 1, 2, false],
  ]);
  assert.equal(bars[0].share, 1);
  assert.equal(bars[1].share, 0.5);
});

test("a round without answers has empty bars, not a division by zero", () => {
  assert.deepEqual(choiceBars(QUESTION, { counts: [0, 0, 0] }, null).map((bar) => bar.share), [0, 0, 0]);
  assert.deepEqual(choiceBars(QUESTION, null, null).map((bar) => bar.count), [0, 0, 0]);
});

test("several right choices come from choices and accepted; a poll has none", () => {
  assert.deepEqual([...rightIndexes({ choices: [1], accepted: [1, 3] })], [1, 3]);
  assert.equal(rightIndexes(null).size, 0);
});

test("values are cut at the limit and the rest is counted as other", () => {
  const values = [1, 5, 3].map((count) => ({ value: `v${count}`, count, correct: count === 3 }));
  const { shown, other } = valueBars({ values, other: 2 }, 2);
  assert.deepEqual(shown.map((bar) => bar.text), ["v5", "v3"]);
  assert.equal(shown[1].right, true);
  assert.equal(other, 3);
});

test("among equals the right value comes first", () => {
  const values = [{ value: "x", count: 2, correct: false }, { value: "y", count: 2, correct: true }];
  assert.equal(valueBars({ values, other: 0 }).shown[0].text, "y");
});

test("accepted answers read as people write them", () => {
  assert.deepEqual(acceptedTexts({ text: "Paris", accepted: ["Paris", { text: "Lutetia", weight: 0.5 }] }), ["Paris", "Lutetia"]);
  assert.deepEqual(acceptedTexts({ number: 3.14, accepted: [{ value: 3.14, tolerance: 0.01 }, { min: 3, max: 4 }] }), ["3.14 ± 0.01", "3 – 4"]);
  assert.deepEqual(acceptedTexts({ number: 0 }), ["0"]);
  assert.deepEqual(acceptedTexts(null), []);
});
