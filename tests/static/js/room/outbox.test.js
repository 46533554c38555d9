// outbox: an answer keeps its id until a receipt or a final refusal.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createOutbox, receiptOf } from "../../../../static/js/room/outbox.js";

const ANSWER = { choices: [1] };
const refusal = (code, data = {}) => Object.assign(new Error(code), { code, data });

/** An outbox whose server does what the test says, one reply a request. */
function setup(replies, { seat = "p1", kept = new Map() } = {}) {
  const seen = { sent: [], stored: [], later: [], states: [] };
  let ids = 0;
  const outbox = createOutbox({
    room: "123456", seat,
    storage: {
      get: (key) => structuredClone(kept.get(key) ?? null),
      set: (key, value) => kept.set(key, structuredClone(value)),
      remove: (key) => kept.delete(key),
    },
    makeId: () => `id-${++ids}`,
    send: async (params) => {
      seen.sent.push(params);
      const reply = replies.shift();
      if (reply instanceof Error) throw reply;
      return reply;
    },
    later: (callback, ms) => seen.later.push({ callback, ms }),
    onChange: (entry) => seen.states.push(entry.status),
    onStored: (answer) => seen.stored.push(answer),
  });
  return { outbox, seen, kept };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("an answer is kept before it is sent and forgotten with its receipt", async () => {
  const { outbox, seen, kept } = setup([{ received_at: 77 }]);
  outbox.submit(1, ANSWER);
  assert.equal(kept.get("quizhall:outbox:123456")[0].id, "id-1");
  await settled();
  assert.deepEqual(seen.sent, [{ room: "123456", round: 1, answer: ANSWER, id: "id-1" }]);
  assert.deepEqual(seen.stored, [{ round: 1, answer: ANSWER, id: "id-1", received_at: 77 }]);
  assert.equal(kept.size, 0);
  assert.equal(outbox.hasWaiting(), false);
});

test("offline it waits, and the next connection sends it with the same id", async () => {
  const { outbox, seen } = setup([refusal("offline"), refusal("closed"), { received_at: 5 }]);
  outbox.submit(1, ANSWER);
  await settled();
  assert.equal(outbox.entry(1).status, "waiting");
  assert.equal(seen.later.length, 0);
  outbox.flush();
  await settled();
  outbox.flush();
  await settled();
  assert.deepEqual(seen.sent.map((params) => params.id), ["id-1", "id-1", "id-1"]);
  assert.equal(seen.stored.length, 1);
});

test("a reload finds the kept answer and sends it with the same id", async () => {
  const before = setup([refusal("offline")]);
  before.outbox.submit(2, ANSWER);
  await settled();
  const after = setup([{ received_at: 9 }], { kept: before.kept });
  assert.equal(after.outbox.entry(2).status, "waiting");
  after.outbox.flush();
  await settled();
  assert.equal(after.seen.sent[0].id, "id-1");
});

test("an answer does not move to another seat that got the same PIN", () => {
  const kept = new Map([["quizhall:outbox:123456", [{ seat: "p0", round: 1, id: "old", answer: ANSWER }]]]);
  assert.equal(setup([], { kept }).outbox.entry(1), undefined);
});

test("every final refusal ends the sending", async () => {
  for (const code of ["round_closed", "already_answered", "wrong_phase", "room_over", "invalid_answer"]) {
    const { outbox, seen, kept } = setup([refusal(code)]);
    outbox.submit(1, ANSWER);
    await settled();
    assert.deepEqual([outbox.entry(1).status, outbox.entry(1).reason], ["refused", code]);
    assert.equal(kept.size, 0);
    outbox.flush();
    assert.equal(seen.sent.length, 1);
  }
});

test("a busy server is asked again after the time it names", async () => {
  const { outbox, seen } = setup([refusal("rate_limited", { retry_after_ms: 700 }), { received_at: 1 }]);
  outbox.submit(1, ANSWER);
  await settled();
  assert.equal(seen.later[0].ms, 700);
  seen.later[0].callback();
  await settled();
  assert.equal(seen.stored.length, 1);
});

test("a second answer is not taken while the first is on its way", async () => {
  const { outbox, seen } = setup([refusal("offline")]);
  outbox.submit(1, ANSWER);
  outbox.submit(1, { choices: [2] });
  await settled();
  outbox.submit(1, { choices: [2] });
  assert.equal(seen.sent.length, 1);
});

test("after invalid_answer another one may follow, with an id of its own", async () => {
  const { outbox, seen } = setup([refusal("invalid_answer"), { received_at: 3 }]);
  outbox.submit(1, { number: 1 });
  await settled();
  outbox.submit(1, { number: 2 });
  await settled();
  assert.deepEqual(seen.sent.map((params) => params.id), ["id-1", "id-2"]);
});

test("the receipt says what is known, and never stored without the server's word", () => {
  const stored = { answer: ANSWER, received_at: 4 };
  assert.equal(receiptOf(undefined, null).state, "idle");
  assert.equal(receiptOf({ status: "sending" }, null).state, "sending");
  assert.equal(receiptOf({ status: "sending", reason: "closed" }, null).state, "waiting");
  assert.equal(receiptOf({ status: "waiting" }, stored).state, "waiting");
  assert.equal(receiptOf({ status: "refused", reason: "round_closed" }, null).state, "refused");
  assert.deepEqual(receiptOf({ status: "refused", reason: "already_answered" }, stored), {
    state: "stored", answer: ANSWER, reason: "already_answered", at: 4,
  });
});
