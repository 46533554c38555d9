// The keys of the editor.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../../../static/js/editor/keys.js";

const press = (key, modifiers = {}) => nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });

test("undo and redo, with Ctrl and with ⌘", () => {
  assert.equal(press("z", { ctrlKey: true }), "undo");
  assert.equal(press("z", { metaKey: true }), "undo");
  assert.equal(press("Z", { ctrlKey: true, shiftKey: true }), "redo");
  assert.equal(press("y", { ctrlKey: true }), "redo");
});

test("Alt and an arrow moves the question", () => {
  assert.equal(press("ArrowUp", { altKey: true }), "up");
  assert.equal(press("ArrowDown", { altKey: true }), "down");
});

test("what is typed is only typed", () => {
  assert.equal(press("z"), null);
  assert.equal(press("ArrowUp"), null);
  assert.equal(press("z", { ctrlKey: true, altKey: true }), null);
});
