// One line to type an answer in. What it says as an answer is the kind's to know.

import { find, fromTemplate } from "../lib/dom.js";

/** `read(text)` gives the answer or null, `write(answer)` its text; `isNumber` for the keypad and the sign. */
export function fieldInput(onPick, label, { hint, read, write, isNumber = false }) {
  const element = fromTemplate("field");
  const input = find("input", element);
  const sign = find("button", element);
  input.setAttribute("aria-label", label);
  input.enterKeyHint = "send";
  if (isNumber) input.inputMode = "decimal";
  // The decimal keypad of phones has no minus.
  sign.hidden = !isNumber;
  sign.addEventListener("click", () => {
    input.value = /^[-−]/.test(input.value) ? input.value.slice(1) : `-${input.value}`;
    input.focus();
    onPick();
  });

  const value = () => read(input.value.trim());
  input.addEventListener("input", () => onPick());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) onPick(value());
  });
  return {
    element,
    hint,
    needsSend: true,
    value,
    show(answer, locked) {
      if (answer && locked) input.value = write(answer);
      input.readOnly = sign.disabled = locked;
    },
  };
}
