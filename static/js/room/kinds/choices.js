// The big buttons: one tap is the answer, or toggles that are sent together.

import { fill, fromTemplate, setMark } from "../../lib/dom.js";
import { register } from "./registry.js";

/** [{index, button}] in the order of the wire. */
const buttonsOf = (question) =>
  question.choices.map((choice, position) => ({
    index: choice.index,
    button: fill(setMark(fromTemplate("choice"), position), { choice }),
  }));

function grid(question, buttons) {
  const element = document.createElement("div");
  element.className = "answers";
  // The texts stay on the big screen.
  element.classList.toggle("grid", question.choices.every((choice) => choice.text == null));
  element.append(...buttons.map(({ button }) => button));
  return element;
}

/** `onPick(answer)` for one tap, `onPick()` for a toggle. */
function input(question, onPick) {
  const isMulti = question.kind === "multi";
  const buttons = buttonsOf(question);
  let picked = [];
  let isLocked = false;

  for (const { index, button } of buttons) {
    button.addEventListener("click", () => {
      if (isLocked) return;
      if (!isMulti) return onPick({ choices: [index] });
      picked = picked.includes(index) ? picked.filter((other) => other !== index) : [...picked, index];
      draw();
      onPick();
    });
  }

  function draw() {
    for (const { index, button } of buttons) {
      button.setAttribute("aria-pressed", picked.includes(index));
      // Not `disabled`: that would throw the focus away.
      button.setAttribute("aria-disabled", isLocked);
      button.classList.toggle("is-faded", isLocked && !picked.includes(index));
    }
  }

  return {
    element: grid(question, buttons),
    hint: isMulti ? "choices_all" : "choices_one",
    needsSend: isMulti,
    value: () => (picked.length ? { choices: picked } : null),
    show(answer, locked) {
      picked = answer?.choices ?? picked;
      isLocked = locked;
      draw();
    },
  };
}

/** The buttons that were, with nothing to do any more; of a poll with what the class said. */
function after({ question, key, distribution }, mine, word) {
  const counts = question.kind === "poll" ? (distribution?.counts ?? []) : [];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const buttons = buttonsOf(question);
  for (const { index, button } of buttons) {
    const isRight = key?.choices.includes(index) || key?.accepted?.includes(index);
    const isMine = mine?.choices.includes(index);
    button.disabled = true;
    button.classList.toggle("is-right", Boolean(isRight));
    button.classList.toggle("is-faded", Boolean(key && !isRight));
    button.classList.toggle("is-mine", Boolean(isMine));
    const share = total && `${Math.round((100 * counts[index]) / total)} %`;
    fill(button, { note: [share, isMine && word("your_answer")].filter(Boolean).join(" · ") });
  }
  const about = (mine?.choices ?? []).map((index) => key?.feedback?.[index]).filter(Boolean).join("\n");
  return { elements: [grid(question, buttons)], rows: { about } };
}

for (const name of ["single", "multi", "true_false"]) register(name, { input, after });
register("poll", { input, after, isGraded: false });
