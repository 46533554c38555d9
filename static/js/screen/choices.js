// The choices as the class sees them while a round is open.

import { make, slot } from "./parts.js";
import { setMark } from "../lib/dom.js";
import { choiceColumns, longestText } from "./sizes.js";

export function choiceList(choices) {
  const list = make("choices");
  list.dataset.columns = choiceColumns(choices.length, longestText(choices));
  choices.forEach((choice, position) => {
    const item = make("choice");
    setMark(item, position);
    slot(item, "text").textContent = choice.text ?? "";
    list.append(item);
  });
  return list;
}
