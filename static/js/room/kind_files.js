// What shows a kind of question, brought when a round needs it: its templates and words, styles, scripts (handlers/kind_views.py).

import { backoff } from "../lib/backoff.js";
import { kindOf } from "./kinds/registry.js";

const PATIENCE_MS = 10_000;
/** What kinds share is put up once. */
const here = new Set();

/** `kinds` of the quiz, the next to be asked first. `onChange(kind)` when one is there, or is still not after a try. */
export function createKindFiles(kinds, onChange) {
  const asked = new Map();

  async function bring(entry) {
    entry.timer = clearTimeout(entry.timer);
    try {
      await putUp(await gather(entry.kind), entry);
    } catch {
      entry.timer = setTimeout(bring, backoff(entry.tries++), entry);
    }
    onChange(entry.kind);
  }

  /** {kind, tries, isLost}: how often it was tried in vain, and whether only a new page can help. */
  function need(kind) {
    if (!asked.has(kind)) {
      asked.set(kind, { kind, tries: 0 });
      bring(asked.get(kind));
    }
    return asked.get(kind);
  }

  return {
    need,
    /** One more, the next that is not there, before a round needs it. */
    ahead() {
      const next = kinds.find((kind) => !asked.has(kind) && !kindOf({ kind }));
      if (next) need(next);
    },
    /** Now rather than later: the network is back. */
    retry() {
      for (const entry of asked.values()) if (entry.timer) bring(entry);
    },
  };
}

/** A browser that did not get a module will not ask for it again: so all files are in its cache before one is used. */
async function gather(kind) {
  const address = new URL(`../../play/${kind}.html`, import.meta.url);
  const part = new DOMParser().parseFromString(await textOf(address), "text/html");
  const files = [...part.querySelectorAll("link, script")]
    .map((element) => new URL(element.getAttribute("href") ?? element.getAttribute("src"), address).href)
    .filter((file) => !here.has(file));
  await Promise.all(files.map(textOf));
  return { files, templates: [...part.querySelectorAll("template")] };
}

async function textOf(address) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(address, { signal: patience.signal });
    if (!response.ok) throw new Error(response.status);
    return await response.text();
  } finally {
    clearTimeout(timer);
  }
}

/** Styles before scripts: what a kind draws must not move when they come. */
async function putUp({ files, templates }, entry) {
  document.body.append(...templates.filter(({ id }) => !id || !document.getElementById(id)));
  await Promise.all(files.filter((file) => file.endsWith(".css")).map(link));
  await Promise.all(files.filter((file) => file.endsWith(".js")).map((file) => import(file))).catch(() => { entry.isLost = true; });
  entry.isLost ??= !kindOf(entry);
  for (const file of files) here.add(file);
}

const link = (href) => new Promise((onload, onerror) => {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload, onerror }));
});
