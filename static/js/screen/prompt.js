// The question's own words at the size their length allows, and its picture.

import { fillPicture } from "../lib/dom.js";
import { slot } from "./parts.js";
import { questionStep } from "./sizes.js";

export function drawPrompt(view, question) {
  const element = slot(view, "prompt");
  element.textContent = question?.prompt ?? "";
  element.dataset.step = questionStep(question?.prompt);
  fillPicture(view, question?.media);
}
