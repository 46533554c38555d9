// All that is missing or could be better, as a list that leads to each place.

import { fromTemplate } from "../lib/dom.js";
import { slot } from "../screen/parts.js";

/** `goTo(check)` for the one chosen; `start()` when the person starts a room from here. */
export function createChecksList(dialog, button, { word, goTo, start }) {
  const byId = (id) => dialog.querySelector(`#${id}`);
  let checks = [];

  const of = (level) => checks.filter((check) => check.level === level);

  function draw() {
    for (const level of ["must", "should"]) {
      const section = byId(`checks-${level}`);
      section.hidden = !of(level).length;
      slot(section, "list").replaceChildren(...of(level).map(row));
    }
    byId("checks-none").hidden = of("must").length > 0;
    byId("start-anyway").hidden = of("must").length > 0;
  }

  function row(check) {
    const item = fromTemplate("check");
    slot(item, "where").textContent = check.number ? word("question", { n: check.number }) : word("about_quiz");
    slot(item, "what").textContent = word(`check_${check.code}`, check.values);
    item.querySelector("button").value = String(checks.indexOf(check));
    return item;
  }

  dialog.addEventListener("close", () => {
    const { returnValue } = dialog;
    if (returnValue === "start") start();
    else if (/^\d+$/.test(returnValue)) goTo(checks[Number(returnValue)]);
  });
  function open() {
    draw();
    dialog.returnValue = "no";
    dialog.showModal();
  }
  button.addEventListener("click", open);

  return {
    open,
    isReady: () => !of("must").length,
    update(next) {
      checks = next;
      const [must, should] = ["must", "should"].map((level) => of(level).length);
      const name = must ? "to_finish" : should ? "to_better" : "ready";
      const n = must || should;
      button.dataset.level = must ? "must" : should ? "should" : "none";
      const text = word(n === 1 ? `${name}_one` : name, { n });
      if (slot(button, "words").textContent !== text) slot(button, "words").textContent = text;
      if (dialog.open) draw();
    },
  };
}
