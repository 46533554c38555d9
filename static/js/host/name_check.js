// Names that the host should look at, each with what can be done about it. The class does not see them.

import { createList, put } from "../admin/keyed.js";
import { fromTemplate } from "../lib/dom.js";
import { slot } from "../screen/parts.js";

/** `onKeep`, `onAsk` and `onRemove` get {id, nickname}. Returns `render(state, {isOnline})`. */
export function createNameCheck(root, { word, onKeep, onAsk, onRemove }) {
  const sync = createList(slot(root, "list"), {
    keyOf: ({ participant, nickname }) => `${participant} ${nickname}`,
    make({ participant, nickname }) {
      const item = fromTemplate("check-item");
      const person = { id: participant, nickname };
      for (const [name, act] of [["keep", onKeep], ["ask", onAsk], ["remove", onRemove]]) {
        slot(item, name).setAttribute("aria-label", word(`${name}_name`, { name: nickname }));
        slot(item, name).addEventListener("click", () => act(person));
      }
      return item;
    },
    update(item, { nickname, asked }) {
      put(slot(item, "name"), nickname);
      put(slot(item, "state"), asked ? word("asked") : "");
      slot(item, "ask").hidden = asked;
    },
  });

  return function render(state, { isOnline }) {
    root.hidden = state.to_check.length === 0 || state.phase === "FINISHED";
    sync(state.to_check);
    for (const button of root.querySelectorAll("button")) button.disabled = !isOnline;
  };
}
