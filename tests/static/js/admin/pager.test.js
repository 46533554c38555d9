// The cursors of a paged list.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPager } from "../../../../static/js/admin/pager.js";

test("forward and back lead over the same pages, and never before the first", () => {
  const pager = createPager();
  assert.deepEqual([pager.after, pager.number, pager.hasNext], [null, 1, false]);
  pager.loaded("p200");
  pager.forward();
  assert.deepEqual([pager.after, pager.number], ["p200", 2]);
  pager.forward();
  assert.equal(pager.number, 2, "what comes next is not known yet");
  pager.back();
  pager.back();
  assert.deepEqual([pager.after, pager.number], [null, 1]);
});

test("another filter begins at the first page", () => {
  const pager = createPager();
  pager.loaded("p200");
  pager.forward();
  pager.first();
  assert.deepEqual([pager.after, pager.number, pager.hasNext], [null, 1, false]);
});
