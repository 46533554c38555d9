// Autosave: what is sent when, and that nothing that was written is ever forgotten.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createSaver } from "../../../../static/js/editor/saver.js";

const quiz = (title) => ({ title, questions: [] });

/** A saver with a hand-moved clock and a service whose answers the test gives. */
function desk() {
  const told = [];
  const sent = [];
  const kept = { quiz: null };
  const first = quiz("");
  let time = 0;
  let timer = null;
  const saver = createSaver({
    quiz: first, revision: 1, now: () => time,
    send: (body, revision) => new Promise((resolve, reject) => sent.push({ title: body.title, revision, resolve, reject })),
    keep: (body, revision) => Object.assign(kept, { quiz: body, revision }),
    release: () => { kept.quiz = null; },
    onChange: ({ status }) => told.push(status),
    later: (act, ms) => { timer = { act, at: time + ms }; return timer; },
    cancel: (one) => { if (one === timer) timer = null; },
  });
  return {
    saver, told, sent, kept, first,
    due: () => timer && timer.at - time,
    async pass(ms) {
      time += ms;
      if (timer && timer.at <= time) {
        const { act } = timer;
        timer = null;
        act();
      }
      await settle();
    },
    async answer(revision) {
      sent.at(-1).resolve({ revision, ready: true, problems: [] });
      await settle();
    },
    async refuse(status) {
      sent.at(-1).reject(Object.assign(new Error("no"), { status }));
      await settle();
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("what was written is kept at once and sent after a moment of quiet", async () => {
  const here = desk();
  here.saver.changed(quiz("A"));
  assert.equal(here.kept.quiz.title, "A");
  await here.pass(500);
  here.saver.changed(quiz("Ab"));
  await here.pass(500);
  assert.equal(here.sent.length, 0);
  await here.pass(300);
  assert.deepEqual(here.sent.map(({ title, revision }) => [title, revision]), [["Ab", 1]]);
  await here.answer(2);
  assert.deepEqual(here.told, ["waiting", "saving", "saved"]);
  assert.equal(here.kept.quiz, null);
  assert.equal(here.saver.revision, 2);
});

test("who types without a pause is saved all the same", async () => {
  const here = desk();
  for (let step = 0; step < 12; step += 1) {
    here.saver.changed(quiz(String(step)));
    await here.pass(500);
  }
  assert.ok(here.sent.length >= 1);
});

test("one is on its way at a time; what is written meanwhile follows with the new revision", async () => {
  const here = desk();
  here.saver.changed(quiz("A"));
  await here.pass(800);
  here.saver.changed(quiz("B"));
  await here.pass(5000);
  assert.equal(here.sent.length, 1);
  await here.answer(2);
  assert.ok(here.saver.hasUnsaved());
  await here.pass(800);
  assert.deepEqual([here.sent[1].title, here.sent[1].revision], ["B", 2]);
  await here.answer(3);
  assert.ok(!here.saver.hasUnsaved());
});

test("back at what is saved there is nothing to send", () => {
  const here = desk();
  here.saver.changed(quiz("A"));
  here.saver.changed(here.first);
  assert.equal(here.saver.status, "saved");
  assert.equal(here.due(), null);
  assert.equal(here.kept.quiz, null);
});

test("without a network it stays kept, and is tried again at growing intervals", async () => {
  const here = desk();
  here.saver.changed(quiz("A"));
  await here.pass(800);
  await here.refuse(undefined);
  assert.equal(here.saver.status, "offline");
  const first = here.due();
  await here.pass(first);
  await here.refuse(503);
  assert.ok(here.due() > first);
  assert.equal(here.kept.quiz.title, "A");
  await here.pass(here.due());
  await here.answer(2);
  assert.equal(here.saver.status, "saved");
});

test("two versions: nothing is sent until the person has chosen", async () => {
  const here = desk();
  here.saver.changed(quiz("mine"));
  await here.pass(800);
  await here.refuse(409);
  assert.equal(here.saver.status, "conflict");
  here.saver.changed(quiz("mine too"));
  await here.pass(60_000);
  await here.saver.flush();
  assert.equal(here.sent.length, 1);
  assert.equal(here.kept.quiz.title, "mine too");
});

test("keeping mine sends it with the other one's revision; taking theirs sends nothing", async () => {
  const here = desk();
  const mine = quiz("mine");
  const theirs = quiz("theirs");
  here.saver.changed(mine);
  await here.pass(800);
  await here.refuse(409);
  here.saver.resolve(theirs, 7, mine);
  await here.pass(800);
  assert.deepEqual([here.sent[1].title, here.sent[1].revision], ["mine", 7]);
  await here.refuse(409);
  here.saver.resolve(theirs, 8, theirs);
  assert.equal(here.saver.status, "saved");
  assert.equal(here.sent.length, 2);
});

test("what the service refuses is not sent again by itself, but with the next change", async () => {
  const here = desk();
  here.saver.changed(quiz("A"));
  await here.pass(800);
  await here.refuse(422);
  assert.equal(here.saver.status, "refused");
  await here.pass(60_000);
  assert.equal(here.sent.length, 1);
  here.saver.changed(quiz("B"));
  await here.pass(800);
  assert.equal(here.sent.length, 2);
});

test("signed out it waits, with everything kept; deleted it stops", async () => {
  const here = desk();
  here.saver.changed(quiz("A"));
  await here.pass(800);
  await here.refuse(401);
  assert.equal(here.saver.status, "signed_out");
  here.saver.flush();
  await here.refuse(404);
  assert.equal(here.saver.status, "gone");
  assert.equal(here.kept.quiz.title, "A");
});

test("before the page is left everything goes, what was written in the meantime too", async () => {
  const here = desk();
  here.saver.changed(quiz("A"));
  await here.pass(800);
  here.saver.changed(quiz("B"));
  const done = here.saver.finish();
  await here.answer(2);
  await here.answer(3);
  await done;
  assert.ok(!here.saver.hasUnsaved());
  assert.deepEqual(here.sent.map(({ title }) => title), ["A", "B"]);
});
