// Gaps to fill, in the sentence itself.

import { fromTemplate, setText } from "../../lib/dom.js";
import { fillGaps } from "../../lib/gaps.js";
import { register } from "./registry.js";

/** A line each; a single one needs no number. Pure. */
export const numbered = (texts, empty = "") => texts
  .map((text, index) => (text || empty) && (texts.length > 1 ? `${index + 1}. ` : "") + (text || empty))
  .filter(Boolean).join("\n");

function input({ prompt, blanks }, onPick) {
  const element = fromTemplate("blanks");
  const fields = [];
  setText(element, prompt);
  fillGaps(element, (n) => {
    const field = fromTemplate("gap");
    field.ariaLabel = field.ariaLabel.replace("{n}", n);
    field.placeholder = n;
    fields[n - 1] = field;
    return field;
  });
  const all = [...element.querySelectorAll("input")];
  const value = () => {
    const texts = blanks.map((_, index) => fields[index]?.value.trim() ?? "");
    return texts.some(Boolean) ? { blanks: texts } : null;
  };
  all.forEach((field, place) => {
    const next = all[place + 1];
    field.enterKeyHint = next ? "next" : "send";
    field.addEventListener("input", () => onPick());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      if (next) next.focus();
      else onPick(value());
    });
  });
  return {
    element,
    hint: "blanks_hint",
    needsSend: true,
    hasPrompt: true,
    value,
    show(answer, locked) {
      fields.forEach((field, index) => {
        if (answer && locked) field.value = answer.blanks[index];
        field.readOnly = locked;
      });
    },
  };
}

/** With the right words in it, once they are known. */
function prompt(element, key) {
  fillGaps(element, (n) => {
    const right = document.createElement("b");
    right.className = "gap-right";
    if (key?.blanks.length > 1) right.dataset.n = n;
    right.textContent = key?.blanks[n - 1];
    return key ? right : `__${n}__`;
  });
}

function after({ key }, mine) {
  const others = (key?.accepted ?? []).map((texts, index) => texts.filter((text) => text !== key.blanks[index]).slice(0, 3).join(", "));
  return { rows: { also: numbered(others), mine: mine && numbered(mine.blanks, "–") } };
}

register("blanks", { input, after, prompt });
