// The form of the question that is open: what all kinds have, and below it what only its kind has.

import { slot } from "../screen/parts.js";
import { onNumber, onTyped, parseWhole, put, putNumber } from "./fields.js";
import { kindOf } from "./kinds/registry.js";
import { createMedia } from "./media.js";

const TEXTS = ["prompt", "explanation", "notes"];
const DEFAULT_LIMIT_S = 20;

/** `edit(fields, key)` changes the open question, `editMedia` what it shows, `changeKind(name)` makes it another kind. */
export function createPanel(panel, { word, edit, editMedia, changeKind, announce }) {
  const byId = (id) => panel.querySelector(`#${id}`);
  const place = byId("kind-form");
  const media = createMedia(byId("media"), { word, editMedia, over: byId("question-form") });
  const noLimit = byId("no-limit");
  let shown = null;
  let form = null;

  for (const name of TEXTS) onTyped(byId(name), (text) => edit({ [name]: text }, name));
  onNumber(byId("points"), parseWhole, (points) => points !== undefined && edit({ points }, "points"));
  onNumber(byId("time_limit_s"), parseWhole, (seconds) => seconds !== undefined && edit({ time_limit_s: seconds }, "time_limit_s"));
  // Left empty, a field says again what counts.
  for (const name of ["points", "time_limit_s"]) byId(name).addEventListener("change", () => shown && drawNumbers(shown));
  const markup = byId("markup");
  markup.addEventListener("change", () => edit({ markup: markup.checked ? "markdown" : "plain" }));
  noLimit.addEventListener("change", () => edit({ time_limit_s: noLimit.checked ? null : DEFAULT_LIMIT_S }));
  byId("kind").addEventListener("change", () => changeKind(byId("kind").value));
  panel.addEventListener("submit", (event) => event.preventDefault());

  function draw(question) {
    if (form?.kind !== question.kind || form?.id !== question.id) drawForm(question);
    form.view?.update(question);
    put(byId("kind"), question.kind);
    for (const name of TEXTS) put(byId(name), question[name] ?? "");
    markup.checked = question.markup === "markdown";
    byId("about-markup").hidden = !markup.checked;
    slot(panel, "markup").hidden = kindOf(question).hasPlainPrompt === true;
    slot(panel, "heard-never").hidden = kindOf(question).takesAnswers;
    slot(panel, "heard-later").hidden = !kindOf(question).takesAnswers;
    drawNumbers(question);
    media.update(question);
  }

  function drawForm(question) {
    const view = kindOf(question).form?.({ edit, announce }) ?? null;
    form = { kind: question.kind, id: question.id, view };
    place.replaceChildren(...(view ? [view.element] : []));
  }

  function drawNumbers(question) {
    const { takesAnswers, isGraded } = kindOf(question);
    const limit = question.time_limit_s === undefined ? DEFAULT_LIMIT_S : question.time_limit_s;
    slot(panel, "time").hidden = !takesAnswers;
    slot(panel, "points").hidden = !isGraded;
    byId("numbers").hidden = !takesAnswers && !isGraded;
    noLimit.checked = limit === null;
    byId("time_limit_s").disabled = limit === null;
    putNumber(byId("time_limit_s"), parseWhole, limit ?? undefined);
    putNumber(byId("points"), parseWhole, question.points ?? 1000);
  }

  return {
    /** `checks` of this question; none while it is too new to be told what it lacks. */
    update(question, checks) {
      if (question !== shown) draw(question);
      shown = question;
      showChecks(panel, checks, word);
    },
    focus: (part = "prompt") => focusPart(panel, part),
  };
}

/** Puts each check below the field that it is about. */
export function showChecks(root, checks, word) {
  for (const place of root.querySelectorAll("[data-error]")) {
    const own = checks.filter(({ part }) => part === place.dataset.error);
    const text = own.map(({ code, values }) => word(`check_${code}`, values)).join(" ");
    if (place.textContent !== text) place.textContent = text;
    const isWrong = own.some(({ level }) => level === "must");
    place.classList.toggle("is-advice", !isWrong);
    for (const field of root.querySelectorAll(`[data-part="${place.dataset.error}"]`)) {
      if (field.getAttribute("aria-invalid") !== String(isWrong)) field.setAttribute("aria-invalid", isWrong);
    }
  }
}

/** The field of a part, or the one closest to it: "choices.2" may be gone. */
function focusPart(panel, part) {
  const [name] = part.split(".");
  const field = panel.querySelector(`[data-part="${part}"]`) ?? panel.querySelector(`[data-part="${name}.0"]`) ?? panel.querySelector("[data-part]");
  field.focus();
  field.scrollIntoView({ block: "center" });
}
