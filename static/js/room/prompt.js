// The question's own words in a view, and its picture.

import { fill, fillPicture, find, rich } from "../lib/dom.js";
import { kindOf } from "./kinds/registry.js";

/** The player stands beside the views: whoever listens goes on listening when the answers open. */
export function drawSound({ phase, question } = {}) {
  const sound = find("#sound");
  const name = ["READ", "OPEN", "REVEAL"].includes(phase) && question?.media?.audio;
  sound.hidden = !name;
  if (!name) sound.pause();
  else if (sound.dataset.name !== name) sound.src = `/media/${(sound.dataset.name = name)}`;
}

/** `prompt` stands there where the question's words are on the big screen alone. A kind may change the element; with the key, once there is one. */
export function fillPrompt(view, question, prompt = question.prompt, key = null) {
  fill(fillPicture(view, question.media), { prompt: rich(prompt, question.prompt_html) });
  kindOf(question).prompt?.(find("[data-text=prompt]", view), key);
  return view;
}
