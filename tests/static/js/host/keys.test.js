// Which key press means what on the host page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SETTLE_MS, actionFor, isField } from "../../../../static/js/host/keys.js";

const press = (key, changes = {}) => ({ key, repeat: false, ctrlKey: false, metaKey: false, altKey: false, ...changes });
const CALM = { inField: false, dialogOpen: false, sinceChangeMs: SETTLE_MS };

test("space and the right arrow step, s shows standings, l locks, in either case", () => {
  assert.deepEqual([" ", "ArrowRight", "s", "S", "l", "L", "x"].map((key) => actionFor(press(key), CALM)), [
    "step", "step", "standings", "standings", "lock", "lock", null,
  ]);
});

test("keys belong to a field or a dialog while it has the focus", () => {
  assert.equal(actionFor(press(" "), { ...CALM, inField: true }), null);
  assert.equal(actionFor(press(" "), { ...CALM, dialogOpen: true }), null);
});

test("a key that is held down, or pressed with a modifier, does nothing", () => {
  assert.equal(actionFor(press(" ", { repeat: true }), CALM), null);
  assert.equal(actionFor(press("l", { ctrlKey: true }), CALM), null);
});

test("a second press right after the phase changed does not skip what nobody has seen", () => {
  assert.equal(actionFor(press(" "), { ...CALM, sinceChangeMs: SETTLE_MS - 1 }), null);
  assert.equal(actionFor(press("l"), { ...CALM, sinceChangeMs: 0 }), "lock");
});

test("fields and buttons keep their own keys", () => {
  assert.equal(isField({ tagName: "BUTTON" }), true);
  assert.equal(isField({ tagName: "DIV", isContentEditable: true }), true);
  assert.equal(isField({ tagName: "BODY" }), false);
  assert.equal(isField(null), false);
});
