// The questions one below the other: which is open, what is unfinished, and their order by pointer and by key.

import { fromTemplate } from "../lib/dom.js";
import { bindDrag } from "./drag.js";
import { slot } from "../screen/parts.js";
import { createList, put } from "../admin/keyed.js";
import { titleOf } from "./title.js";

/** `open(id)` when one is chosen, `move(id, to)` when one goes to another place, counted from 0. */
export function createRail(list, { word, open, move }) {
  let questions = [];
  let marks = new Map();
  let selected = null;

  const sync = createList(list, {
    keyOf: (question) => question.id,
    make(question) {
      const item = fromTemplate("rail-item");
      item.dataset.id = question.id;
      item.querySelector(".ed-open").addEventListener("click", () => open(question.id));
      return item;
    },
    update: draw,
  });

  function draw(item, question) {
    const button = item.querySelector(".ed-open");
    const number = questions.indexOf(question) + 1;
    const kind = word(`kind_${question.kind}`);
    const text = titleOf(question) || word("no_text");
    const level = marks.get(question.id);
    put(slot(item, "number"), String(number));
    put(slot(item, "text"), text);
    put(slot(item, "kind"), kind);
    item.dataset.level = level ?? "";
    button.setAttribute("aria-current", question.id === selected);
    const said = word("rail", { n: number, text, kind });
    button.setAttribute("aria-label", level === "must" ? `${said} ${word("rail_must")}` : said);
  }

  list.addEventListener("keydown", (event) => {
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const item = event.target.closest("[data-id]");
    if (!way || !item) return;
    event.preventDefault();
    event.stopPropagation();
    const index = questions.findIndex((question) => question.id === item.dataset.id);
    if (event.altKey) return move(item.dataset.id, index + way);
    list.children[index + way]?.querySelector(".ed-open").focus();
  });
  bindDrag(list, { handle: ".ed-handle", onDrop: (from, to) => move(questions[from].id, to) });

  return {
    /** `checks` as ../checks.js tells them. */
    update(quiz, openId, checks) {
      questions = quiz.questions;
      marks = new Map();
      for (const { id, level } of checks) if (marks.get(id) !== "must") marks.set(id, level);
      const isOther = selected !== openId;
      selected = openId;
      const focused = list.contains(document.activeElement) ? document.activeElement : null;
      sync(questions);
      // A row that is moved in the document loses the focus.
      focused?.focus({ preventScroll: true });
      if (isOther) this.reveal();
    },
    reveal: () => list.querySelector('[aria-current="true"]')?.closest("li").scrollIntoView({ block: "nearest" }),
    focus: () => list.querySelector('[aria-current="true"]')?.focus(),
  };
}
