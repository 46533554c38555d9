// The host page: the stage on the left, the controls on the right, keys for both.

import { createBell } from "../bell/bell.js";
import { ask } from "../host/ask.js";
import { createClassView } from "../host/class_view.js";
import { createCommands } from "../host/commands.js";
import { actionFor, isCovered, isField } from "../host/keys.js";
import { createNameCheck } from "../host/name_check.js";
import { createNotes } from "../host/notes.js";
import { createBanner, toast } from "../host/notices.js";
import { createPeople } from "../host/people.js";
import { openProjector } from "../host/projector.js";
import { createRail } from "../host/rail.js";
import { canShowStandings, nextStep } from "../host/step.js";
import { createAnnouncement } from "../lib/announcement.js";
import { createClock } from "../lib/clock.js";
import { find, readWords } from "../lib/dom.js";
import { createSession } from "../room/session.js";
import { slot, spacedPin } from "../screen/parts.js";
import { drawWords } from "../screen/prompt.js";
import { createStage } from "../screen/stage.js";

const byId = (id) => document.getElementById(id);
const { pin, room: roomId } = byId("main").dataset;
const word = readWords();
const clock = createClock();
const stage = createStage(find("[data-stage]"), { pin, clock });
const rail = createRail({ word });
const banner = createBanner(byId("banner"));
const people = createPeople(byId("people"), { roomId, word, onRemove: remove });
const classView = createClassView();
const nameCheck = createNameCheck(byId("name-check"), {
  word,
  onKeep: ({ id }) => send("participant.keep_name", { participant: id }),
  onAsk: askForAnotherName,
  onRemove: remove,
});
const notes = createNotes({ key: byId("key"), missing: byId("missing") }, { roomId, word });
const announce = createAnnouncement(byId("announcement"));
const bell = createBell();
let session = null;
let shown = { name: null, at: -Infinity };

const send = createCommands({
  session: () => session,
  onBusy: rail.busy,
  onMoved: render,
  onProblem: (code) => toast(word(code === "offline" || code === "closed" ? "offline" : "failed")),
});

function render() {
  const { state } = session;
  if (!state.isKnown) return;
  const name = `${state.phase}/${state.round}`;
  if (name !== shown.name) shown = { name, at: shown.name === null ? -Infinity : performance.now() };
  stage.render(classView(state));
  notes(state);
  drawWords(byId("prompt"), state.question);
  byId("prompt").hidden = !state.question || state.phase === "FINISHED";
  nameCheck(state, { isOnline: session.isOpen });
  rail.render(state, { isOnline: session.isOpen });
}

function step() {
  const { method } = nextStep(session.state);
  if (method) send(method);
}

function showStandings() {
  if (canShowStandings(session.state)) send("room.standings");
}

function setLock(locked) {
  if (session.state.phase !== "FINISHED") send("room.lock", { locked });
}

async function endRoom() {
  if ((await ask(byId("ask-end"))) === "yes") send("room.end");
}

async function remove(person) {
  const dialog = byId("ask-remove");
  slot(dialog, "name").textContent = person.nickname;
  slot(dialog, "rename").hidden = session.state.settings.nicknames === "generated";
  const answer = await ask(dialog);
  if (answer === "no") return;
  if (answer === "rename") return askForAnotherName(person);
  await send("participant.kick", { participant: person.id, ban: answer === "ban" });
  people.changed();
}

/** The seat stays; the person is asked as soon as no question is open. */
async function askForAnotherName(person) {
  await send("participant.ask_name", { participant: person.id });
  people.changed();
}

function bind() {
  byId("pin").textContent = spacedPin(pin);
  byId("step").addEventListener("click", step);
  byId("standings").addEventListener("click", showStandings);
  byId("lock").addEventListener("change", (event) => setLock(event.target.checked));
  byId("end").addEventListener("click", endRoom);
  byId("remote").addEventListener("click", () => ask(byId("show-remote")));
  byId("screen").addEventListener("click", async () => {
    const problem = await openProjector(roomId);
    if (problem) toast(word(problem));
  });
  const actions = { step, standings: showStandings, lock: () => setLock(!session.state.locked) };
  document.addEventListener("keydown", (event) => {
    const action = actionFor(event, {
      inField: isField(document.activeElement),
      dialogOpen: isCovered(),
      sinceChangeMs: performance.now() - shown.at,
    });
    if (!action || !session.isOpen) return;
    event.preventDefault();
    actions[action]();
  });
  // What was clicked must not keep the keys to itself, nor get them back from the dialog that it opens: Space goes on.
  // By keyboard the focus stays, and comes back. A label's click goes on to its switch.
  let byPointer = false;
  document.addEventListener("pointerdown", () => { byPointer = true; }, true);
  document.addEventListener("keydown", () => { byPointer = false; }, true);
  document.addEventListener("click", (event) => {
    const clicked = event.target.closest("button, summary, label");
    if (byPointer && clicked?.contains(document.activeElement)) document.activeElement.blur();
  }, true);
}

function statusChanged(status) {
  rail.health(status);
  if (status === "open") banner.back();
  else banner.lost();
  if (session?.state.isKnown) rail.render(session.state, { isOnline: session.isOpen });
}

session = createSession({
  url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`,
  protocols: () => [],
  room: pin,
  clock,
  onState(state, event) {
    render();
    if (event.method === "lobby.changed" || event.method === "subscribed" || event.method.startsWith("name.")) people.changed();
  },
  onStatus: (status) => queueMicrotask(() => statusChanged(status)),
  onRefused: () => banner.stays(word("refused")),
  onSubscribed: bell.refresh,
  onNotice(params, method) {
    // What an admin says to everybody lies over the stage; what is meant for this person waits in the bell.
    if (params.type === "announcement" && !params.id) announce(params);
    else bell.heard({ method, params });
  },
});
bind();
