// The student's page: takes a seat, follows the room, shows one view per phase.

import { createAnnouncement } from "../lib/announcement.js";
import { createClock } from "../lib/clock.js";
import { fill, find, formatNumber, readWords } from "../lib/dom.js";
import { makeId } from "../lib/ids.js";
import { storage } from "../lib/storage.js";
import { createKindFiles } from "../room/kind_files.js";
import { kindOf } from "../room/kinds/registry.js";
import { shapeOfName } from "../room/names.js";
import { createOutbox } from "../room/outbox.js";
import { drawSound } from "../room/prompt.js";
import { createSeat } from "../room/seat.js";
import { createSession } from "../room/session.js";
import { createStage } from "../room/stage.js";
import { nicknameView } from "../room/views/nickname.js";
import { openView } from "../room/views/open.js";
import { finishedView, lobbyView, noticeView, readView, waitView } from "../room/views/quiet.js";
import { revealView } from "../room/views/reveal.js";
import { standingsView } from "../room/views/standings.js";

const VIEWS = {
  LOBBY: lobbyView, READ: readView, OPEN: openView, REVEAL: revealView, STANDINGS: standingsView, FINISHED: finishedView,
};
// Only these show the question in its kind's way.
const OF_A_KIND = ["READ", "OPEN", "REVEAL"];
// What the next round will need is not asked for by all at once: a hall of thousands would, just when answers come.
const AHEAD_WITHIN_MS = 3000;
const AHEAD_APART_MS = 5;
// A handshake refused with 401 looks like any lost connection; after this many we ask for a new token,
const TRIES_BEFORE_RENEWAL = 3;
// but not for ever.
const RENEWAL_EVERY_MS = 10_000;

const main = find("#main");
const bar = find("#bar");
const word = readWords();
const seat = createSeat(main.dataset.pin);
const clock = createClock();
const onNotice = createAnnouncement(find("#announcement"));
const { show, announce } = createStage(main, find("#live"));
const kindFiles = createKindFiles(main.dataset.kinds.split(" "), (kind) => kind === awaited && render());
let session;
let outbox;
let context;
let connection;
let renewedAt = 0;
let isRenewing = false;
// The kind of a question that cannot be shown yet.
let awaited;
let lookedAheadIn = 0;

function askForName() {
  bar.hidden = true;
  show("nickname", () => nicknameView({ word, takeSeat, offers: seat.offers, isMade: main.dataset.nicknames === "generated" }));
}

/** The host has asked for another name. Not while a question is read or answered: nothing stands in its way. */
function askForAnother() {
  show("rename", () => nicknameView({ word, takeSeat: rename, offers: seat.offers, isMade: false, heading: word("rename") }));
}

async function rename(nickname) {
  const problem = await seat.rename(nickname);
  if (!problem) named();
  return problem;
}

function named() {
  const { nickname } = seat.participant;
  if (context) context.nickname = nickname;
  fill(document, { nickname });
  for (const tile of document.querySelectorAll(".tile")) tile.dataset.shape = shapeOfName(nickname);
}

async function takeSeat(nickname) {
  const problem = await seat.take(nickname);
  if (!problem) play();
  else settle(problem);
  return problem;
}

/** Shows what the API says about the room itself; false when the problem is another one. */
function settle(problem) {
  const name = { room_over: "over", not_found: "over", banned: "kicked" }[problem];
  if (name) leave(name);
  return Boolean(name);
}

function play() {
  const { nickname, id } = seat.participant;
  named();
  outbox = createOutbox({
    room: seat.pin, seat: id, storage, makeId,
    send: (params) => session.request("answer.submit", params),
    later: setTimeout.bind(window),
    onChange({ reason }) {
      // Another answer is on the server: ask which.
      if (reason === "already_answered") session.resync();
      render();
    },
    onStored: (params) => session.dispatch({ method: "answer.stored", params }),
  });
  context = { word, clock, announce, outbox, nickname, state: () => session.state };
  session = createSession({
    url: `${location.origin.replace("http", "ws")}/ws`,
    protocols: () => ["quizhall.v1", `bearer.${seat.token}`],
    room: seat.pin, clock,
    onState: render,
    onSubscribed() {
      outbox.flush();
      kindFiles.retry();
    },
    // Not in the middle of the socket's own work.
    onStatus: (...change) => queueMicrotask(() => connectionChanged(...change)),
    onRefused: (code) => settle(code) || leave("gone"),
    onNotice,
  });
}

function render() {
  const state = session.state;
  const { phase, round, rounds, settings, question, you } = state;
  if (!state.isKnown) return;
  if (state.isKicked) return leave("kicked");
  bar.hidden = phase === "LOBBY" || phase === "FINISHED";
  fill(bar, {
    place: word("place", { n: round, m: rounds }),
    score: settings.scoring === "survey" ? "" : formatNumber(you?.score ?? 0),
  });
  if (you?.asked_to_rename && ["LOBBY", "REVEAL", "STANDINGS"].includes(phase)) return askForAnother();
  const kind = kindOf(question);
  const missing = !kind && OF_A_KIND.includes(phase) ? kindFiles.need(question.kind) : null;
  awaited = missing?.kind;
  if (missing?.isLost) return leave("gone");
  drawSound(state);
  if (missing) show(`WAIT${round}`, () => waitView(context), missing);
  else {
    const view = (phase === "OPEN" && kind.view) || VIEWS[phase];
    show(phase + round, () => view(state, context), state);
  }
  lookAhead(state);
  drawBanner();
}

/** Each round brings one kind more: its next is there in time, since they are brought in the order of the quiz. */
function lookAhead({ round, participants }) {
  if (round === lookedAheadIn) return;
  lookedAheadIn = round;
  setTimeout(kindFiles.ahead, Math.random() * Math.max(AHEAD_WITHIN_MS, AHEAD_APART_MS * participants));
}

function drawBanner() {
  const name = { waiting: outbox.hasWaiting() ? "offline_kept" : "offline", asleep: "asleep" }[connection];
  fill(document, { banner: name && word(name) });
}

function connectionChanged(status, { name, tries }) {
  // Between two attempts nothing has changed for the person.
  if (status !== "connecting") connection = status;
  if (status === "stopped") stopped(name);
  else if (tries === TRIES_BEFORE_RENEWAL) renew();
  drawBanner();
}

function stopped(name) {
  const again = () => session.reconnect();
  if (name === "token_invalid") renew();
  else if (name === "kicked") leave(name);
  else if (name === "replaced") notice(name, again);
  // Whoever looks at the final place may go on looking.
  else if (name === "room_over") session.state.phase === "FINISHED" || leave("over");
  else if (name !== "closed") notice("gone", again);
}

async function renew() {
  if (isRenewing) return;
  if (Date.now() - renewedAt < RENEWAL_EVERY_MS) return leave("gone");
  isRenewing = true;
  const problem = await seat.take();
  isRenewing = false;
  // Only a new token that is refused too is a reason to give up; a call that nobody heard is none.
  if (!problem) renewedAt = Date.now();
  if (!problem) session.reconnect();
  else if (problem === "network" || problem === "rate_limited") setTimeout(renewAgain, RENEWAL_EVERY_MS);
  else if (!settle(problem)) rejoin();
}

function renewAgain() {
  if (connection !== "open") renew();
}

function rejoin() {
  seat.forget();
  session?.close();
  askForName();
}

function leave(name) {
  session?.close();
  notice(name, { kicked: rejoin, over: () => location.assign("/"), gone: () => location.reload() }[name]);
}

function notice(name, act) {
  awaited = undefined;
  bar.hidden = true;
  drawSound();
  show(name, () => noticeView(name, word, act));
}

if (seat.token) play();
else if (main.dataset.state === "over") leave("over");
else askForName();
kindFiles.ahead();
