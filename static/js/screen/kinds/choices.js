// The choices as the class sees them, and how many took each.

import { letterAt, setMark, setText } from "../../lib/dom.js";
import { choiceBars } from "../bars.js";
import { drawBar } from "../dist.js";
import { make, slot } from "../parts.js";
import { choiceColumns, longestText } from "../sizes.js";
import { register } from "./registry.js";

function open({ kind, choices }, say) {
  const list = make("choices");
  list.dataset.columns = choiceColumns(choices.length, longestText(choices));
  choices.forEach((choice, position) => {
    const item = make("choice");
    setMark(item, position);
    setText(slot(item, "text"), choice);
    list.append(item);
  });
  return { elements: [list], hint: kind === "multi" ? say("choices_all") : "" };
}

function reveal({ question, distribution, key }) {
  const bars = choiceBars(question, distribution, key);
  const list = make("dist");
  list.dataset.columns = bars.length > 6 ? 2 : 1;
  const hasKey = bars.some((bar) => bar.right);
  for (const bar of bars) {
    const item = setMark(drawBar(bar), bar.position);
    item.classList.toggle("is-faded", hasKey && !bar.right);
    list.append(item);
  }
  return [list];
}

/** With the letters of the screen; null while nobody knows in which order they will stand there. */
function keyText(key, { choices }) {
  if (!choices) return null;
  const right = new Set(key.accepted ?? key.choices);
  return choices
    .map(({ index, text }, place) => (right.has(index) ? `${letterAt(place)}: ${text}` : null))
    .filter(Boolean)
    .join(" · ");
}

for (const name of ["single", "multi", "true_false"]) register(name, { open, reveal, keyText });
register("poll", { open, reveal, isGraded: false });
