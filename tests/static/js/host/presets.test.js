// Which preset a filled form is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, presetOf } from "../../../../static/js/host/presets.js";

const PRESETS = {
  classic: { scoring: "speed", read_time_s: 5, late_join: true },
  calm: { scoring: "accuracy", read_time_s: 10, late_join: true },
};
const form = ({ scoring = "speed", read = "5", late = true }) => [
  { name: "_xsrf", type: "hidden", value: "x" },
  { name: "scoring", type: "radio", value: "speed", checked: scoring === "speed" },
  { name: "scoring", type: "radio", value: "accuracy", checked: scoring === "accuracy" },
  { name: "read_time_s", type: "text", value: read },
  { name: "late_join", type: "checkbox", value: "on", checked: late },
];
const named = (changes) => presetOf(PRESETS, filled(form(changes), PRESETS.classic));

test("a form with a preset's values is that preset", () => {
  assert.deepEqual([{}, { scoring: "accuracy", read: " 10 " }].map(named), ["classic", "calm"]);
});

test("one setting of one's own, or an empty field, is none", () => {
  assert.deepEqual([{ late: false }, { read: "5.5" }, { read: "" }, { scoring: "accuracy" }].map(named), [null, null, null, null]);
});
