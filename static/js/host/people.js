// The list of participants in the rail: fetched while it is open, at most once in half a second.

import { fromTemplate } from "../lib/dom.js";
import { slot } from "../screen/parts.js";
import { api } from "./api.js";
import { presenceText } from "./rail.js";

const DEBOUNCE_MS = 500;
const PAGES_MOST = 20;

/** `onRemove(person)` when its button is pressed. Returns `{changed()}`: the room has other people now. */
export function createPeople(details, { roomId, word, onRemove }) {
  let timer = 0;

  async function load() {
    timer = 0;
    try {
      draw(await fetchAll(roomId));
    } catch {
      // Offline or refused: the last list stays, the next change asks again.
    }
  }

  function changed() {
    if (details.open && !timer) timer = setTimeout(load, DEBOUNCE_MS);
  }

  function draw(people) {
    const present = people.filter((person) => !person.removed);
    const list = slot(details, "list");
    const place = [...list.children].findIndex((item) => item.contains(document.activeElement));
    slot(details, "empty").hidden = present.length > 0;
    list.replaceChildren(...present.map((person) => row(person, word, onRemove)));
    if (place >= 0) focusNear(list, place);
    const connected = present.filter((person) => person.connected).length;
    document.getElementById("connected").textContent = presenceText(connected, present.length, word);
  }

  details.addEventListener("toggle", () => details.open && load());
  return { changed };
}

/** Who has just removed somebody by keyboard goes on with the next one, not at the top of the page. */
function focusNear(list, place) {
  const item = list.children[Math.min(place, list.children.length - 1)];
  (item ? slot(item, "remove") : list.closest("details").querySelector("summary")).focus();
}

async function fetchAll(roomId) {
  const people = [];
  let after = null;
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const query = after === null ? "" : `?after=${encodeURIComponent(after)}`;
    const answer = await api("GET", `/api/v1/rooms/${roomId}/participants${query}`);
    people.push(...answer.participants);
    after = answer.next ?? null;
    if (after === null) break;
  }
  return people;
}

function row(person, word, onRemove) {
  const item = fromTemplate("person");
  item.classList.toggle("is-away", !person.connected);
  slot(item, "name").textContent = person.nickname;
  slot(item, "state").textContent = person.connected ? "" : word("away");
  const button = slot(item, "remove");
  button.textContent = word("remove");
  button.setAttribute("aria-label", word("remove_name", { name: person.nickname }));
  button.addEventListener("click", () => onRemove(person));
  return item;
}
