// The key as the host reads it: letters as they stand on the screen, whatever the author's order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyText } from "../../../../static/js/host/key_text.js";

const shuffled = { choices: [{ index: 2, text: "Perth" }, { index: 0, text: "Sydney" }, { index: 1, text: "Canberra" }] };

test("a choice has the letter of its place on the screen", () => {
  assert.equal(keyText({ choices: [1] }, shuffled, String), "C: Canberra");
});

test("all that count are named, in the order of the screen", () => {
  assert.equal(keyText({ choices: [0], accepted: [0, 2] }, shuffled, String), "A: Perth · B: Sydney");
});

test("during the reading time nobody knows the choices", () => {
  assert.equal(keyText({ choices: [1] }, { prompt: "?" }, String), null);
});

test("texts and numbers need no choices", () => {
  assert.equal(keyText({ text: "Nile", accepted: ["Nile", "the Nile"] }, {}, String), "Nile · the Nile");
  assert.equal(keyText({ number: 8 }, {}, String), "8");
});

test("a poll has none", () => {
  assert.equal(keyText(null, shuffled, String), "");
});
