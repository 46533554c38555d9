// The question's own words at the size their length allows, and its picture.

import { fillPicture, rich, setText } from "../lib/dom.js";
import { slot } from "./parts.js";
import { questionStep } from "./sizes.js";

export function drawPrompt(view, question) {
  const element = slot(view, "prompt");
  setText(element, rich(question?.prompt, question?.prompt_html));
  element.dataset.step = questionStep(question?.prompt);
  fillPicture(view, question?.media);
}
