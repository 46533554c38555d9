// The editor's page: one store, everything drawn from it, everything saved by itself.

import { toast } from "../host/notices.js";
import { ask } from "../host/ask.js";
import { readWords } from "../lib/dom.js";
import { makeId } from "../lib/ids.js";
import { slot } from "../screen/parts.js";
import { bindAbout } from "../editor/about.js";
import { bindBank } from "../editor/bank.js";
import { checksOf } from "../editor/checks.js";
import { createChecksList } from "../editor/checks_list.js";
import { bindClipboard } from "../editor/clipboard.js";
import { questionsIn, renewed, withWhatIsHere, written } from "../editor/copied.js";
import { onTyped, put } from "../editor/fields.js";
import { bindKeys } from "../editor/keys.js";
import { asKind, KINDS, newQuestion } from "../editor/kinds/registry.js";
import { createPanel, showChecks } from "../editor/panel.js";
import { createPicks } from "../editor/picks.js";
import { createPreview } from "../editor/preview.js";
import { indexOf, QUESTIONS_MOST } from "../editor/quiz.js";
import { createRail } from "../editor/rail.js";
import { startSaving } from "../editor/saving.js";
import { isStored, parted } from "../editor/service.js";
import { createStore } from "../editor/store.js";
import { bindTabs } from "../editor/tabs.js";

const byId = (id) => document.getElementById(id);
const word = readWords();
const main = byId("main");
const announce = (text) => { byId("live").textContent = text; };
const loaded = parted(JSON.parse(byId("quiz").textContent));
const store = createStore(loaded.quiz, { onChange });
// Nobody is told of what is missing in a question that they have only just begun.
const fresh = new Set();
let toldProblems = [];

const tabs = bindTabs(main, document.querySelector(".ed-tabs"));
const preview = createPreview(byId("stage"), { word });
const rail = createRail(byId("rail"), { word, open, move });
const picks = createPicks(byId("rail"), { onChange: (n) => n && announce(word(n === 1 ? "picked_one" : "picked", { n })) });
const panel = createPanel(byId("panel"), { word, edit, editMedia, changeKind, announce });
const checksList = createChecksList(byId("checks"), byId("open-checks"), { word, goTo, start: () => leaveTo(byId("start").href) });
const saving = startSaving({ quizId: main.dataset.quiz, store, ...loaded, word, announce, onReply });

function onChange(quiz, isNew) {
  if (isNew) saving.changed(quiz);
  draw();
}

/** The service's own verdict, for what this page does not know how to check. */
function onReply({ ready, problems }) {
  toldProblems = ready ? [] : problems;
  draw();
}

function draw() {
  const { quiz, selected } = store;
  const checks = withTold(checksOf(quiz, { untitled: word("untitled") }));
  const index = indexOf(quiz, selected);
  put(byId("title"), quiz.title);
  byId("undo").disabled = !store.canUndo;
  byId("redo").disabled = !store.canRedo;
  byId("panel").hidden = byId("stage").hidden = index < 0;
  byId("empty").hidden = quiz.questions.length > 0;
  main.classList.toggle("is-empty", quiz.questions.length === 0);
  rail.update(quiz, selected, checks.filter(({ id }) => !fresh.has(id)));
  checksList.update(checks);
  preview.update(quiz, index);
  if (index < 0) return;
  byId("panel-title").textContent = word("question_of", { n: index + 1, of: quiz.questions.length });
  byId("move-up").disabled = index === 0;
  byId("move-down").disabled = index === quiz.questions.length - 1;
  panel.update(quiz.questions[index], fresh.has(selected) ? [] : checks.filter(({ id }) => id === selected));
}

/** Only when nothing of ours explains why it is not ready: the service's sentences, as they are. */
function withTold(checks) {
  if (!toldProblems.length || checks.some(({ level }) => level === "must")) return checks;
  const told = toldProblems.map(({ field, reason }) => {
    const place = /^questions\[(\d+)\]\.?(.*)$/.exec(field);
    const index = place ? Number(place[1]) : -1;
    return {
      level: "must", code: "told", values: { reason: `${place?.[2] || field} ${reason}` }, part: place?.[2] ?? field,
      id: store.quiz.questions[index]?.id ?? null, number: place ? index + 1 : null,
    };
  });
  return [...told, ...checks];
}

function open(id) {
  if (id !== store.selected) fresh.delete(store.selected);
  store.select(id);
  tabs.show("write");
}

function edit(fields, part = null, id = store.selected) {
  store.apply({ type: "edit", id, fields }, { key: part && `${id}.${part}` });
}

function editMedia(fields, part = null, id = store.selected) {
  store.apply({ type: "media", id, fields }, { key: part && `${id}.${part}` });
}

function editQuiz(fields, key = null) {
  store.apply({ type: "about", fields }, { key });
}

function changeKind(kind) {
  const question = store.quiz.questions[indexOf(store.quiz, store.selected)];
  store.apply({ type: "replace", id: question.id, question: asKind(question, kind, word) });
}

async function add() {
  if (store.quiz.questions.length >= QUESTIONS_MOST) return toast(word("full"));
  const kind = await ask(byId("kinds"));
  if (kind === "no") return;
  const question = newQuestion(kind, makeId(), word);
  fresh.delete(store.selected);
  fresh.add(question.id);
  store.apply({ type: "add", question, after: store.selected }, { select: question.id });
  tabs.show("write");
  panel.focus();
  announce(word("added", { n: indexOf(store.quiz, question.id) + 1 }));
}

function duplicate() {
  if (store.quiz.questions.length >= QUESTIONS_MOST) return toast(word("full"));
  const newId = makeId();
  store.apply({ type: "duplicate", id: store.selected, newId }, { select: newId });
  panel.focus();
  announce(word("duplicated", { n: indexOf(store.quiz, newId) + 1 }));
}

/** Copies of questions from wherever, behind the one that is open. */
function insert(questions) {
  const room = QUESTIONS_MOST - store.quiz.questions.length;
  if (room < questions.length) toast(word("full"));
  const fitting = renewed(questions.slice(0, room), makeId);
  if (!fitting.length) return;
  store.apply({ type: "insert", questions: fitting, after: store.selected }, { select: fitting[0].id });
  picks.clear();
  tabs.show("list");
  rail.focus();
  const said = word(fitting.length === 1 ? "pasted_one" : "pasted", { n: fitting.length });
  announce(said);
  toast(said);
}

function copied() {
  const ids = picks.ids().length ? picks.ids() : [store.selected];
  const questions = store.quiz.questions.filter(({ id }) => ids.includes(id));
  if (questions.length) toast(word(questions.length === 1 ? "copied_one" : "copied", { n: questions.length }));
  return questions.length ? written(store.quiz.title, questions) : "";
}

async function pasted(text) {
  const { questions, left } = await withWhatIsHere(questionsIn(text, (kind) => KINDS.has(kind)), isStored);
  if (questions.length) insert(questions);
  else toast(word("pasted_nothing"));
  if (left) toast(word("pasted_without"));
}

function remove() {
  const { quiz, selected } = store;
  const index = indexOf(quiz, selected);
  const next = quiz.questions[index + 1] ?? quiz.questions[index - 1];
  store.apply({ type: "remove", id: selected }, { select: next?.id ?? null });
  toast(word("removed", { n: index + 1 }));
  if (next) byId("panel-title").focus();
  else byId("add-first").focus();
}

function move(id, to) {
  if (!store.apply({ type: "move", id, to }, { select: id })) return;
  announce(word("moved", { n: to + 1, of: store.quiz.questions.length }));
}

const moveOpen = (way) => move(store.selected, indexOf(store.quiz, store.selected) + way);

function goTo({ id, part }) {
  fresh.clear();
  if (!id) return byId(part === "title" ? "title" : "add").focus();
  open(id);
  draw();
  panel.focus(part);
}

const step = (act, said) => act() && announce(word(said));

/** Away from here once all is stored; what cannot be stored is asked about by the browser. */
async function leaveTo(address) {
  await saving.finish();
  location.assign(address);
}

for (const id of ["add", "add-first"]) byId(id).addEventListener("click", add);
byId("duplicate").addEventListener("click", duplicate);
byId("remove").addEventListener("click", remove);
byId("move-up").addEventListener("click", () => moveOpen(-1));
byId("move-down").addEventListener("click", () => moveOpen(1));
byId("undo").addEventListener("click", () => step(store.undo, "undone"));
byId("redo").addEventListener("click", () => step(store.redo, "redone"));
byId("leave").addEventListener("click", (event) => {
  event.preventDefault();
  leaveTo(event.currentTarget.href);
});
byId("start").addEventListener("click", (event) => {
  event.preventDefault();
  fresh.clear();
  draw();
  if (checksList.isReady()) leaveTo(event.currentTarget.href);
  else checksList.open();
});
onTyped(byId("title"), (title) => editQuiz({ title }, "title"));
bindAbout(byId("about"), byId("open-about"), { quiz: () => store.quiz, edit: editQuiz });
bindBank(byId("bank"), [byId("open-bank"), byId("open-bank-first")], { quizId: main.dataset.quiz, word, take: insert });
bindClipboard({ list: byId("rail"), copy: byId("copy-picked"), paste: byId("paste-copied") }, { copied, pasted });
bindKeys({
  undo: () => step(store.undo, "undone"),
  redo: () => step(store.redo, "redone"),
  up: () => moveOpen(-1),
  down: () => moveOpen(1),
});

draw();
saving.restore();
arrive(location.hash);

/** From another page: to the list of what is missing, or to one question. */
function arrive(hash) {
  if (hash === "#unfinished" && !checksList.isReady()) checksList.open();
  const question = store.quiz.questions[Number(/^#question-(\d+)$/.exec(hash)?.[1]) - 1];
  if (question) goTo({ id: question.id, part: checksOf(store.quiz).find(({ id }) => id === question.id)?.part ?? "prompt" });
}
