// The key as the host reads it: letters as they stand on the screen, whatever the author's order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyText } from "../../../../static/js/host/key_text.js";
import "../../../../static/js/screen/kinds/choices.js";
import "../../../../static/js/screen/kinds/number.js";
import "../../../../static/js/screen/kinds/text.js";

const shuffled = { kind: "single", choices: [{ index: 2, text: "Perth" }, { index: 0, text: "Sydney" }, { index: 1, text: "Canberra" }] };

test("a choice has the letter of its place on the screen", () => {
  assert.equal(keyText({ key: { choices: [1] } }, shuffled), "C: Canberra");
});

test("all that count are named, in the order of the screen", () => {
  assert.equal(keyText({ key: { choices: [0], accepted: [0, 2] } }, shuffled), "A: Perth · B: Sydney");
});

test("during the reading time nobody knows the choices", () => {
  assert.equal(keyText({ key: { choices: [1] } }, { kind: "single", prompt: "?" }), null);
});

test("texts and numbers need no choices", () => {
  assert.equal(keyText({ key: { text: "Nile", accepted: ["Nile", "the Nile"] } }, { kind: "text" }), "Nile · the Nile");
  assert.equal(keyText({ key: { number: 8 } }, { kind: "number" }), "8");
});

test("a poll has none", () => {
  assert.equal(keyText({ key: null }, { ...shuffled, kind: "poll" }), "");
});

test("a kind that says nothing of its own is told as the service tells it", () => {
  assert.equal(keyText({ key: { order: [1, 0] }, told: "1. Mercury, 2. Venus" }, { kind: "riddle" }), "1. Mercury, 2. Venus");
});
