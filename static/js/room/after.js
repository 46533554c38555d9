// A list for the reveal: what belongs together, and what of it somebody had otherwise.

import { fill, fromTemplate } from "../lib/dom.js";

/** `rows` are {mark?, text, target?, yours?, isRight}: `yours` is said where it is not right. */
export function afterList(rows, word) {
  const list = document.createElement("ol");
  list.className = "after-list";
  list.append(...rows.map(({ mark, text, target, yours, isRight }) => {
    const row = fill(fromTemplate("after-row"), {
      mark, text, target, note: isRight ? word("right") : yours && word("yours", { answer: yours }),
    });
    row.classList.toggle("is-right", Boolean(isRight));
    return row;
  }));
  return list;
}
