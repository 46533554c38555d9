// One room as an admin sees it: who is connected and how well, what was received; closing, announcing, disconnecting.

import { bindAnnounce } from "../admin/announce.js";
import { createFreshness } from "../admin/freshness.js";
import { put, putAll } from "../admin/keyed.js";
import { createPager } from "../admin/pager.js";
import { createPeople } from "../admin/people.js";
import { isLive, phaseWords } from "../admin/phases.js";
import { createUnits } from "../admin/units.js";
import { watch } from "../admin/watch.js";
import { api } from "../host/api.js";
import { ask } from "../host/ask.js";
import { toast } from "../host/notices.js";
import { readWords } from "../lib/dom.js";
import { slot } from "../screen/parts.js";

const EVERY_MS = 2000;
const PAGE = 200;
const TYPING_MS = 250;

const byId = (id) => document.getElementById(id);
const main = byId("main");
const { pin } = main.dataset;
const path = `/api/v1/admin/rooms/${pin}`;
const word = readWords();
const units = createUnits(word, document.documentElement.lang || undefined);
const freshness = createFreshness(byId("stale"), { word, units, main });
const pager = createPager();
const drawPeople = createPeople(byId("people"), { word, units, onDisconnect: disconnect });
const filter = byId("filter");
const search = byId("search");
let room = null;
let typing = 0;

const refresh = watch(EVERY_MS, {
  load() {
    const query = new URLSearchParams({ limit: PAGE });
    if (pager.after !== null) query.set("after", pager.after);
    if (filter.elements.state.value) query.set("state", filter.elements.state.value);
    if (search.value.trim()) query.set("q", search.value.trim());
    return api("GET", `${path}?${query}`);
  },
  show,
  fail(error) {
    if (error.status === 404 || error.status === 410) {
      main.dataset.state = "gone";
      freshness.rest();
      return true;
    }
    if (error.status === 401 || error.status === 403) freshness.problem(word("signed-out"));
    return false;
  },
});

function show(answer) {
  room = answer.room;
  freshness.heard();
  main.dataset.state = room.phase === "FINISHED" ? "over" : "known";
  pager.loaded(answer.next);
  drawHead(answer);
  drawPeople(answer.participants);
  const isEmpty = answer.participants.length === 0;
  byId("people-table").hidden = isEmpty;
  byId("people-empty").hidden = !isEmpty || room.participants > 0;
  byId("people-unfound").hidden = !isEmpty || room.participants === 0;
  byId("pager").hidden = pager.number === 1 && !pager.hasNext;
  byId("back").disabled = pager.number === 1;
  byId("forward").disabled = !pager.hasNext;
  put(byId("page"), word("page", { n: pager.number }));
}

function drawHead({ counts }) {
  const n = units.number;
  byId("phase").classList.toggle("live", isLive(room.phase));
  putAll(byId("head"), {
    title: room.is_rehearsal ? word("rehearsal", { title: room.title }) : room.title, host: room.host, phase: phaseWords(room, word),
    started: room.started_at ? word("started", { time: units.moment(room.started_at) }) : "",
  });
  putAll(byId("figures"), {
    connected: word("of", { n: n(counts.connected), all: n(room.participants) }),
    answered: room.round ? word("of", { n: n(counts.answered), all: n(room.participants) }) : "–",
    gone: n(counts.gone), lag: units.ms(room.lag_ms),
  });
  const everyone = counts.connected + counts.gone + counts.removed;
  putAll(filter, { all: n(everyone), connected: n(counts.connected), gone: n(counts.gone), removed: n(counts.removed) });
}

/** Sends a change and says what became of it. */
async function change(call, done, button) {
  button?.setAttribute("aria-busy", "true");
  try {
    await call();
    toast(done);
  } catch {
    toast(word("failed"));
  }
  button?.removeAttribute("aria-busy");
  refresh();
}

async function disconnect(person) {
  const dialog = byId("ask-disconnect");
  slot(dialog, "name").textContent = person.nickname;
  if ((await ask(dialog)) !== "yes") return;
  await change(() => api("POST", `${path}/participants/${person.id}/disconnect`), word("disconnected", { name: person.nickname }));
}

byId("close").addEventListener("click", async () => {
  const dialog = byId("ask-close");
  slot(dialog, "people").textContent = units.count("people-here", room?.connected ?? 0);
  if ((await ask(dialog)) === "yes") await change(() => api("POST", `${path}/close`), word("closed"), byId("close"));
});

filter.addEventListener("change", () => { pager.first(); refresh(); });
filter.addEventListener("submit", (event) => event.preventDefault());
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => { pager.first(); refresh(); }, TYPING_MS);
});
byId("forward").addEventListener("click", () => { pager.forward(); refresh(); });
byId("back").addEventListener("click", () => { pager.back(); refresh(); });
bindAnnounce(byId("announce"), {
  word, roomOf: () => pin,
  reach: () => units.count("people-here", room?.connected ?? 0),
});
