// What only the host may know of a round: the key and the notes behind a tap, and who has not answered, by name.

import { formatNumber, letterAt } from "../lib/dom.js";
import { keyTexts } from "../room/answer_text.js";
import { slot } from "../screen/parts.js";
import { api } from "./api.js";

// Of a class that answers all at once the list is asked for once a second.
const EVERY_MS = 1000;

/** `key` and `missing` are the two details elements. Returns `render(state)`. */
export function createNotes({ key, missing }, { roomId, word }) {
  let state = null;
  let timer = 0;

  async function load() {
    timer = 0;
    const { round } = state;
    try {
      const notes = await api("GET", `/api/v1/rooms/${roomId}/rounds/${round}/notes`);
      if (round === state.round) draw(notes);
    } catch {
      // Offline: what stands there stays, and the next change asks again.
    }
  }

  function draw(notes) {
    slot(missing, "names").replaceChildren(...notes.missing.map((name) => inItem(name)));
    slot(missing, "nobody").hidden = notes.missing.length > 0;
    // Hidden it is not in the page either.
    slot(key, "key").textContent = key.open ? textOf(notes.key, state.question) || word("no_key") : "";
    slot(key, "notes").textContent = key.open ? notes.notes : "";
  }

  function soon() {
    if (!timer && (key.open || missing.open)) timer = setTimeout(load, EVERY_MS);
  }

  for (const details of [key, missing]) {
    details.addEventListener("toggle", () => (details.open ? load() : details === key && draw({ key: null, notes: "", missing: [] })));
  }

  return function render(next) {
    const isOther = state?.round !== next.round;
    const isSame = state?.answered === next.answered && state.participants === next.participants && !isOther;
    state = next;
    key.hidden = !["OPEN", "REVEAL", "STANDINGS"].includes(state.phase) || state.question?.kind === "info";
    missing.hidden = key.hidden || state.phase !== "OPEN";
    // The next key must not stand open because the last one did.
    if (isOther) key.open = false;
    if (!isSame) soon();
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

/** The right answer as a teacher reads it aloud: "B: Canberra". */
function textOf(key, question) {
  if (!key) return "";
  if (!key.choices) {
    const { right, also } = keyTexts(key, formatNumber);
    return [right, also].filter(Boolean).join(" · ");
  }
  const right = new Set(key.accepted ?? key.choices);
  return question.choices
    .map(({ index, text }, place) => (right.has(index) ? `${letterAt(place)}: ${text}` : null))
    .filter(Boolean)
    .join(" · ");
}
