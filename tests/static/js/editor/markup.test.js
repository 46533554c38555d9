// What an author formats is asked for once, and shown as soon as it is known.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createMarkup } from "../../../../static/js/editor/markup.js";

const stateOf = (prompt, ...texts) => ({
  question: { prompt, choices: texts.map((text, index) => ({ index, text })) }, explanation: "why",
});

/** Answers at once with the texts in brackets; `asked` holds what was asked for. */
function service() {
  const asked = [];
  let tell;
  const news = new Promise((resolve) => { tell = resolve; });
  const wrap = (texts) => texts.map((text) => `[${text}]`);
  const post = async (texts, lines) => {
    asked.push([texts, lines]);
    return { texts: wrap(texts), lines: wrap(lines) };
  };
  return { asked, news, withHtml: createMarkup(post, () => tell()) };
}

test("a text is shown as it was written until its HTML has come, then with it", async () => {
  const { asked, news, withHtml } = service();
  assert.equal(withHtml(stateOf("p", "a", "b")).question.prompt_html, "");
  await news;
  const { question, explanation_html: why } = withHtml(stateOf("p", "a", "b"));
  assert.deepEqual([question.prompt_html, why, question.choices.map(({ html }) => html)], ["[p]", "[why]", ["[a]", "[b]"]]);
  assert.deepEqual(asked, [[["p", "why"], ["a", "b"]]]);
});

test("texts that come along together are asked for together, each once", async () => {
  const { asked, news, withHtml } = service();
  withHtml(stateOf("p", "a"));
  withHtml(stateOf("p", "a", "c"));
  await news;
  assert.deepEqual(asked, [[["p", "why"], ["a", "c"]]]);
});

test("a service that cannot be asked leaves the text as it is", async () => {
  let failed;
  const failing = new Promise((resolve) => { failed = resolve; });
  const withHtml = createMarkup(async () => { failed(); throw new Error("offline"); }, () => assert.fail("there is no news"));
  withHtml(stateOf("p"));
  await failing;
  assert.equal(withHtml(stateOf("p")).question.prompt, "p");
});
