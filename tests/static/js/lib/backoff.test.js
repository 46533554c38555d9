// backoff: how long a browser waits before it tries again.
import assert from "node:assert/strict";
import { test } from "node:test";

import { backoff } from "../../../../static/js/lib/backoff.js";

test("the first retry comes after 100 to 400 ms", () => {
  assert.equal(backoff(0, 0), 100);
  assert.equal(backoff(0, 1), 400);
});

test("later retries grow and never pass 8 s", () => {
  for (let attempt = 1; attempt < 40; attempt++) {
    assert.ok(backoff(attempt, 1) >= backoff(attempt - 1, 1));
    assert.ok(backoff(attempt, 1) <= 8000);
  }
  assert.equal(backoff(30, 1), 8000);
});

test("jitter spreads a class over at least half of the wait", () => {
  assert.equal(backoff(10, 0), 4000);
});
