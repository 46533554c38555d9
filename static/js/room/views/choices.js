// The big buttons: one tap is the answer, or toggles that are sent together.

import { fill, fromTemplate, setMark } from "../../lib/dom.js";

/** [{index, button}] in the order of the wire. */
export const choiceButtons = (question) =>
  question.choices.map(({ index, text }, position) => ({
    index,
    button: fill(setMark(fromTemplate("choice"), position), { choice: text }),
  }));

/** `onPick(answer)` for one tap, `onPick()` for a toggle. */
export function choicesInput(question, onPick) {
  const isMulti = question.kind === "multi";
  const buttons = choiceButtons(question);
  let picked = [];
  let isLocked = false;

  const element = document.createElement("div");
  element.className = "answers";
  // The texts stay on the big screen.
  element.classList.toggle("grid", question.choices.every((choice) => choice.text == null));
  for (const { index, button } of buttons) {
    element.append(button);
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
    element,
    hint: isMulti ? "hint_multi" : "hint_choice",
    needsSend: isMulti,
    value: () => (picked.length ? { choices: picked } : null),
    show(answer, locked) {
      picked = answer?.choices ?? picked;
      isLocked = locked;
      draw();
    },
  };
}
