// scale on the phone: a step in words.
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { documentElement: { lang: "en" } };
const { told } = await import("../../../../../static/js/room/kinds/scale.js");

const scale = { min: 0, max: 3, labels: { min: "", max: "Very much" } };

test("an end that means something says it with its number", () => {
  assert.deepEqual([0, 2, 3].map((n) => told(scale, n)), ["0", "2", "3 – Very much"]);
});
