// The projector's page: the stage, full window. A token in the address lets a machine in that nobody signed in on.

import { createAnnouncement } from "../lib/announcement.js";
import { createClock } from "../lib/clock.js";
import { find, readWords } from "../lib/dom.js";
import { createSession } from "../room/session.js";
import { keepAwake, watchPointer } from "../screen/display.js";
import { createSound } from "../screen/sound.js";
import { createStage } from "../screen/stage.js";

// A blink of the network is not worth a word on the projector.
const NOTE_AFTER_MS = 1500;
// Nobody can close it on a wall.
const ANNOUNCEMENT_MS = 30_000;

const byId = (id) => document.getElementById(id);
const { pin } = byId("main").dataset;
const token = takeToken();
const clock = createClock();
const stage = createStage(find("[data-stage]"), { pin, clock });
const heard = createSound(byId("sound"), clock);
let noteTimer = 0;

/** Out of the address bar, where the whole class could read it, into this tab, where a reload finds it. */
function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  try {
    if (!given) return sessionStorage.getItem(`quizhall:screen:${pin}`);
    sessionStorage.setItem(`quizhall:screen:${pin}`, given);
    history.replaceState(null, "", location.pathname);
  } catch {
    // No storage: the address has to keep it.
  }
  return given;
}

function statusChanged(status) {
  clearTimeout(noteTimer);
  if (status === "open") byId("note").hidden = true;
  else noteTimer = setTimeout(() => { byId("note").hidden = !byId("wait").hidden; }, NOTE_AFTER_MS);
}

function refuse() {
  byId("wait-words").textContent = readWords()("refused");
  byId("wait").hidden = false;
}

createSession({
  url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`,
  protocols: () => (token ? ["quizhall.v1", `bearer.${token}`] : []),
  room: pin,
  clock,
  onState(state) {
    byId("wait").hidden = true;
    stage.render(state);
    heard(state);
  },
  onStatus: (status) => queueMicrotask(() => statusChanged(status)),
  onRefused: refuse,
  onNotice: createAnnouncement(byId("announcement"), ANNOUNCEMENT_MS),
});
keepAwake();
watchPointer(document.body);
