// The question's own words at the size their length allows, and its picture.

import { fillPicture, rich, setText } from "../lib/dom.js";
import { kindOf } from "./kinds/registry.js";
import { slot } from "./parts.js";
import { questionStep } from "./sizes.js";

/** The words alone. Their kind may change the element; with the key, once there is one. */
export function drawWords(element, question, key = null) {
  setText(element, rich(question?.prompt, question?.prompt_html));
  kindOf(question)?.prompt?.(element, key);
}

export function drawPrompt(view, question, key) {
  const element = slot(view, "prompt");
  drawWords(element, question, key);
  element.dataset.step = questionStep(question?.prompt);
  fillPicture(view, question?.media);
}
