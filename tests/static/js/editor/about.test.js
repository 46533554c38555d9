// Tags as they are typed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tagsOf } from "../../../../static/js/editor/about.js";

test("commas divide tags; blanks, twins and empty ones go", () => {
  assert.deepEqual(tagsOf(" maths,  Year  7 , MATHS,, "), ["maths", "Year 7"]);
  assert.deepEqual(tagsOf(""), []);
});

test("there are at most twenty, of forty characters", () => {
  assert.equal(tagsOf(Array.from({ length: 30 }, (_, index) => `t${index}`).join()).length, 20);
  assert.equal(tagsOf("x".repeat(50))[0].length, 40);
});
