// What a picture to point at lacks, and what its preview shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checksOfQuestion } from "../../../../../static/js/editor/checks.js";
import "../../../../../static/js/editor/kinds/hotspot.js";
import { kindOf } from "../../../../../static/js/editor/kinds/registry.js";

const area = (label, correct) => ({ label, correct, shape: "rect", x: correct ? 0.5 : 0.1, y: 0.1, width: 0.25, height: 0.25 });
const asked = (...areas) => ({ kind: "hotspot", prompt: "?", media: { image: "m", alt: "a" }, areas });
const codes = (question) => checksOfQuestion(question).map(({ level, part, code }) => `${level} ${part} ${code}`);

test("it needs a picture, a name for each place, and one that is right", () => {
  assert.deepEqual(codes(asked(area("Heart", true), area("Lung", false))), []);
  assert.deepEqual(codes({ ...asked(area("Heart", true)), media: null }), ["must media hotspot_picture"]);
  assert.deepEqual(codes(asked(area("Heart", false), area(" ", false))), ["must areas.1 hotspot_label", "must areas hotspot_right"]);
  assert.deepEqual(codes(asked(area("Heart", true), area("Heart", false))), ["must areas.1 hotspot_twin"]);
});

test("the preview's class points into the areas, and the phone tells nothing of where they are", () => {
  const question = asked(area("Lung", false), area("Heart", true));
  const { question: shown, answer, key, distribution } = kindOf(question).sample(question);
  assert.deepEqual(shown.areas, [{ index: 0, label: "Lung" }, { index: 1, label: "Heart" }]);
  assert.deepEqual([key.area, key.accepted], [1, [1]]);
  const isIn = ({ x, y, width, height }, [px, py]) => px >= x && px <= x + width && py >= y && py <= y + height;
  assert.ok(isIn(key.areas[1], answer.point));
  assert.deepEqual(distribution.counts, key.areas.map((one) => distribution.points.filter((point) => isIn(one, point)).length));
});

test("half-written it can be shown too", () => {
  assert.deepEqual(kindOf({ kind: "hotspot" }).sample({}).question.areas, []);
});
