// What only the host may know of a round: the key and the notes behind a tap, and who has not answered, by name.

import { formatNumber } from "../lib/dom.js";
import { slot } from "../screen/parts.js";
import { api } from "./api.js";
import { keyText } from "./key_text.js";
import { isSlide } from "./step.js";

// Of a class that answers all at once the list is asked for now and then.
const EVERY_MS = 2000;
/** Nobody who walks by reads what was forgotten open. */
const KEY_SHOWN_MS = 15_000;
const NAMES_MOST = 200;

/** `key` and `missing` are the two details elements. Returns `render(state)`. */
export function createNotes({ key, missing }, { roomId, word }) {
  let state = null;
  let notes = null;
  let hasFailed = false;
  let askedAt = -Infinity;
  let timer = 0;
  let hiding = 0;

  async function load() {
    clearTimeout(timer);
    timer = 0;
    askedAt = performance.now();
    const { round } = state;
    try {
      const found = await api("GET", `/api/v1/rooms/${roomId}/rounds/${round}/notes`);
      if (round !== state.round) return;
      notes = found;
      hasFailed = false;
    } catch {
      // What stands there stays, and the next change asks again.
      hasFailed = true;
    }
    draw();
  }

  function soon() {
    const isOpen = key.open || missing.open;
    if (isOpen && !timer) timer = setTimeout(load, Math.max(0, askedAt + EVERY_MS - performance.now()));
  }

  function draw() {
    const waiting = notes ? "" : word(hasFailed ? "not_loaded" : "looking");
    const names = state.phase === "READ" ? [] : notes?.missing ?? [];
    slot(missing, "names").replaceChildren(...names.map(inItem));
    slot(missing, "said").textContent = waiting || saidOf(names);
    // Hidden it is not in the page either.
    const shown = key.open ? notes : null;
    slot(key, "key").textContent = shown ? keyText(shown, state.question) ?? shown.told : "";
    slot(key, "notes").textContent = shown?.notes ?? "";
    slot(key, "transcript").textContent = shown?.transcript ?? "";
    slot(key, "heard").hidden = !shown?.transcript;
    slot(key, "said").textContent = waiting || (shown && !shown.key ? word("no_key") : "");
  }

  function saidOf(names) {
    if (state.phase === "READ") return word("not_open");
    if (!names.length) return word("nobody");
    return names.length < NAMES_MOST ? "" : word("first", { n: formatNumber(NAMES_MOST) });
  }

  function hideKey() {
    clearTimeout(hiding);
    key.open = false;
  }

  key.addEventListener("toggle", () => {
    clearTimeout(hiding);
    if (key.open) hiding = setTimeout(hideKey, KEY_SHOWN_MS);
    draw();
    if (key.open) load();
  });
  missing.addEventListener("toggle", () => missing.open && load());

  return function render(next) {
    const isOther = state?.round !== next.round;
    const isSame = ["answered", "participants", "connected", "phase"].every((name) => state?.[name] === next[name]);
    state = next;
    // There from the reading time on: nothing moves when the question opens.
    key.hidden = !["READ", "OPEN", "REVEAL", "STANDINGS"].includes(state.phase);
    missing.hidden = key.hidden || isSlide(state);
    if (isOther) {
      // The next key must not stand open because the last one did.
      hideKey();
      notes = null;
    }
    if (isSame && !isOther) return;
    draw();
    soon();
  };
}

function inItem(name) {
  const item = document.createElement("li");
  const text = document.createElement("bdi");
  text.dir = "auto";
  text.textContent = name;
  item.append(text);
  return item;
}
