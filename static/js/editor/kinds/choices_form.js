// The answers of a question, a line each: its text, whether it is right, its place, away with it; and what few need behind "More".

import { fromTemplate, letterAt, readWords, setMark } from "../../lib/dom.js";
import { slot } from "../../screen/parts.js";
import { bindDrag } from "../drag.js";
import { onNumber, onTyped, put, putNumber, syncRows } from "../fields.js";
import { moved } from "../quiz.js";

const PERCENT = 100;

/** A share of the points as people write it, "33,3"; null when it is none. */
export function parsePercent(text) {
  const value = Number(text.replace(",", ".").replace("−", "-").replace(/\s*%$/, ""));
  return text.trim() && Number.isFinite(value) && Math.abs(value) <= PERCENT ? value : null;
}

const percentOf = (weight) => (weight == null ? undefined : Number((weight * PERCENT).toFixed(4)));

/** `isFixed` lists cannot grow, and have one right answer. */
export function choicesForm({ edit, announce }, { graded, isFixed = false, least, most }) {
  const element = fromTemplate("form-choices");
  const word = readWords("words-choices");
  const list = slot(element, "rows");
  const add = slot(element, "add");
  let choices = [];
  slot(element, "legend").textContent = word(graded ? "legend_graded" : "legend");

  const save = (next, key = null) => edit({ choices: next }, key);
  const textOf = (index) => slot(list.children[index], "text");
  const change = (index, fields, key) => save(choices.map((choice, at) => (at === index ? { ...choice, ...fields } : choice)), key);

  function make(index) {
    const row = fromTemplate("form-choice");
    const text = slot(row, "text");
    text.dataset.part = `choices.${index}`;
    text.setAttribute("aria-describedby", `error-choices-${index}`);
    slot(row, "error").dataset.error = `choices.${index}`;
    slot(row, "error").id = `error-choices-${index}`;
    text.placeholder = word("placeholder");
    // One line on the phone's button: breaks become blanks.
    onTyped(text, (value) => change(index, { text: value.replace(/\s*\n\s*/g, " ") }, `choices.${index}`));
    text.addEventListener("keydown", (event) => onKey(event, index));
    slot(row, "right").addEventListener("click", () => markRight(index));
    slot(row, "remove").addEventListener("click", () => removeRow(index));
    onTyped(slot(row, "feedback"), (feedback) => change(index, { feedback: feedback || undefined }, `feedback.${index}`));
    onNumber(slot(row, "weight"), parsePercent, (percent) =>
      change(index, { weight: percent === undefined ? undefined : percent / PERCENT }, `weight.${index}`));
    return row;
  }

  function update(row, choice, index) {
    const letter = letterAt(index);
    const [text, right, remove] = ["text", "right", "remove"].map((name) => slot(row, name));
    setMark(row, index);
    put(text, choice.text ?? "");
    text.setAttribute("aria-label", word("answer", { letter }));
    right.hidden = !graded;
    right.setAttribute("aria-pressed", Boolean(choice.correct));
    right.setAttribute("aria-label", word("is_right", { letter }));
    remove.hidden = isFixed;
    row.querySelector(".ed-handle").hidden = isFixed;
    remove.disabled = choices.length <= least;
    remove.setAttribute("aria-label", word("remove", { letter }));
    updateMore(row, choice, letter);
  }

  function updateMore(row, choice, letter) {
    const [more, feedback, weight] = ["more", "feedback", "weight"].map((name) => slot(row, name));
    // Of a poll nothing is right, and nobody is told so.
    more.hidden = !graded;
    more.classList.toggle("has-some", Boolean(choice.feedback) || choice.weight != null);
    slot(row, "summary").textContent = word("more");
    slot(row, "summary").setAttribute("aria-label", word("more_for", { letter }));
    put(feedback, choice.feedback ?? "");
    feedback.setAttribute("aria-label", word("feedback", { letter }));
    putNumber(weight, parsePercent, percentOf(choice.weight));
    weight.setAttribute("aria-label", word("weight", { letter }));
    slot(row, "weighing").hidden = isFixed;
  }

  function markRight(index) {
    if (isFixed) return save(choices.map((choice, at) => ({ ...choice, correct: at === index })));
    // A weight of its own belonged to what it was before.
    const { weight, ...choice } = choices[index];
    save(choices.map((other, at) => (at === index ? { ...choice, correct: !choice.correct } : other)));
  }

  function addRow() {
    if (choices.length >= most || isFixed) return;
    save([...choices, graded ? { text: "", correct: false } : { text: "" }]);
    textOf(choices.length - 1).focus();
  }

  function removeRow(index) {
    if (choices.length <= least) return;
    save(choices.filter((_, at) => at !== index));
    announce(word("removed", { letter: letterAt(index) }));
    textOf(Math.min(index, choices.length - 1)).focus();
  }

  function onKey(event, index) {
    if (event.isComposing) return;
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter") {
      event.preventDefault();
      if (index + 1 < choices.length) textOf(index + 1).focus();
      else addRow();
    } else if (way && event.altKey && !isFixed) {
      event.preventDefault();
      event.stopPropagation();
      moveRow(index, index + way);
      list.children[index + way] && textOf(index + way).focus();
    }
  }

  function moveRow(from, to) {
    if (to < 0 || to >= choices.length) return;
    save(moved(choices, from, to));
    announce(word("moved", { letter: letterAt(to) }));
  }

  add.addEventListener("click", addRow);
  bindDrag(list, { handle: ".ed-handle", onDrop: moveRow });
  return {
    element,
    update(question) {
      choices = question.choices ?? [];
      syncRows(list, choices, make, update);
      add.hidden = isFixed || choices.length >= most;
    },
  };
}
