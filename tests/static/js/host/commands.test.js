// A host's commands carry the seq they were meant for; what came too late is not an error.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCommands } from "../../../../static/js/host/commands.js";

function desk(answer) {
  const seen = { sent: [], moved: 0, problems: [] };
  const session = { state: { seq: 7, phase: "REVEAL", round: 2 }, request: (method, params) => (seen.sent.push([method, params]), answer()) };
  const send = createCommands({
    session: () => session, onBusy: () => {}, onMoved: () => (seen.moved += 1), onProblem: (code) => seen.problems.push(code),
  });
  return { send, seen };
}

const refuse = (code) => () => Promise.reject(Object.assign(new Error(code), { code }));

test("every command says which seq it expects", async () => {
  const { send, seen } = desk(() => Promise.resolve({}));
  await send("room.lock", { locked: true });
  assert.deepEqual(seen.sent, [["room.lock", { locked: true, expect: 7 }]]);
});

test("a room that has moved on is drawn again and nothing is said", async () => {
  for (const code of ["stale", "wrong_phase", "room_over"]) {
    const { send, seen } = desk(refuse(code));
    await send("room.next");
    assert.deepEqual([seen.moved, seen.problems], [1, []]);
  }
});

test("any other refusal is told", async () => {
  const { send, seen } = desk(refuse("offline"));
  await send("room.next");
  assert.deepEqual([seen.moved, seen.problems], [0, ["offline"]]);
});

test("a second press while the first is under way sends nothing", async () => {
  let release;
  const { send, seen } = desk(() => new Promise((resolve) => { release = resolve; }));
  const first = send("room.next");
  await send("room.next");
  release();
  await first;
  assert.equal(seen.sent.length, 1);
});

test("a step is sent again when only a name or the lock was changed meanwhile, and only once", async () => {
  const stale = (data) => Object.assign(new Error("stale"), { code: "stale", data: { seq: 9, ...data } });
  const tries = [() => Promise.reject(stale({ phase: "REVEAL", round: 2 })), () => Promise.resolve({})];
  const { send, seen } = desk(() => tries.shift()());
  await send("room.next");
  assert.deepEqual([seen.sent.map(([, params]) => params.expect), seen.moved], [[7, 9], 0]);
  for (const moved of [{ phase: "READ", round: 2 }, { phase: "REVEAL", round: 3 }]) {
    const other = desk(() => Promise.reject(stale(moved)));
    await other.send("room.next");
    assert.deepEqual([other.seen.sent.length, other.seen.moved], [1, 1]);
  }
});
