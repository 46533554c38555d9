// One line of text, or a number: decimal keypad, comma and point.

import { find, formatNumber, fromTemplate } from "../../lib/dom.js";
import { answerText, parseNumber } from "../answer_text.js";

export function fieldInput({ kind }, onPick, label) {
  const element = fromTemplate("field");
  const input = find("input", element);
  const sign = find("button", element);
  const isNumber = kind === "number";
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

  function value() {
    const text = input.value.trim();
    if (!isNumber) return text ? { text } : null;
    const number = parseNumber(text);
    return number == null ? null : { number };
  }
  input.addEventListener("input", () => onPick());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) onPick(value());
  });
  return {
    element,
    hint: `hint_${kind}`,
    needsSend: true,
    value,
    show(answer, locked) {
      if (answer && locked) input.value = answerText(answer, formatNumber);
      input.readOnly = sign.disabled = locked;
    },
  };
}
