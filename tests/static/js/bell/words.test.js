// What a notification says, and where it may lead.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, plain, safeLink, textsOf } from "../../../../static/js/bell/words.js";

const HERE = "https://quiz.example";
const word = (name) => ({ type_message: "Message", type_announcement: "Announcement" })[name] ?? name;
const texts = (type, payload) => textsOf({ type, payload }, word, HERE);

test("types that are known show title, text and link", () => {
  const payload = { title: " Hello ", text: "Ada", link: "/quizzes" };
  assert.deepEqual(texts("message", payload), { title: "Hello", text: "Ada", link: `${HERE}/quizzes` });
  assert.deepEqual(texts("announcement", { text: "At noon." }), { title: "Announcement", text: "At noon.", link: null });
  assert.deepEqual(texts("message", { text: "Ada" }), { title: null, text: "Ada", link: null });
  assert.deepEqual(texts("message", {}), { title: "Message", text: null, link: null });
});

test("types that are not show what they have, else their name in words, and never a link", () => {
  assert.deepEqual(texts("library.book_ready", { link: "/x" }), { title: "Library book ready", text: null, link: null });
  assert.deepEqual(texts("x", { text: "Ada", title: 7 }), { title: null, text: "Ada", link: null });
  assert.deepEqual(texts("x", { title: "A", text: {} }), { title: "A", text: null, link: null });
  assert.equal(plain("..."), "...");
});

test("a long text is cut", () => {
  const { text } = texts("message", { text: "x".repeat(9000) });
  assert.equal(text.length, 601);
  assert.ok(text.endsWith("…"));
});

test("links lead here or go over https", () => {
  for (const link of ["/quizzes", "https://grades.example/8b", `${HERE}/x`, "quizzes"]) assert.ok(safeLink(link, HERE), link);
  const wrong = ["javascript:alert(1)", " javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "http://grades.example", "ftp://x",
    "//\n", "blob:https://quiz.example/1", "", null, 7, {}, ["/x"]];
  for (const link of wrong) assert.equal(safeLink(link, HERE), null, String(link));
  // A school without TLS: its own pages, and nobody else's without it.
  assert.equal(safeLink("/x", "http://quiz.lan:8888"), "http://quiz.lan:8888/x");
  assert.equal(safeLink("http://quiz.lan/x", "http://quiz.lan:8888"), null);
});

test("times are words for a week, then a date", () => {
  const now = Date.UTC(2026, 8, 21, 12);
  const minutes = (count) => ago(now - count * 60_000, now, "en");
  assert.deepEqual([minutes(-5), minutes(0.5), minutes(1), minutes(59)], ["now", "now", "1 minute ago", "59 minutes ago"]);
  assert.deepEqual([minutes(60), minutes(60 * 24), minutes(60 * 24 * 6)], ["1 hour ago", "yesterday", "6 days ago"]);
  assert.equal(minutes(60 * 24 * 30), "Aug 22, 2026");
  assert.equal(ago(now - 120_000, now, "de"), "vor 2 Minuten");
});
