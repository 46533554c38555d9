// The dialog "From my other quizzes": the page /questions, taken over, whose questions go into this quiz.

import { createFound } from "../bank/found.js";
import { slot } from "../screen/parts.js";

/** `take(questions)` gets those that were chosen, in the order in which they were ticked. */
export function bindBank(dialog, buttons, { quizId, word, take }) {
  const [place, add, failed, busy] = ["place", "add", "failed", "busy"].map((name) => slot(dialog, name));
  let found = null;

  function onChosen(n) {
    add.disabled = n === 0;
    add.textContent = word(n === 1 ? "bank_add_one" : n ? "bank_add" : "bank_add_none", { n });
  }

  /** Anew each time: another tab may have written more. */
  async function load() {
    found = null;
    onChosen(0);
    place.replaceChildren();
    failed.hidden = true;
    busy.hidden = false;
    try {
      const answer = await fetch(`/questions?except=${quizId}`);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const element = document.adoptNode(page.querySelector("[data-bank]"));
      place.replaceChildren(element);
      found = createFound(element, { onChosen });
      element.querySelector("input[type=search]")?.focus();
    } catch {
      failed.hidden = false;
    }
    busy.hidden = true;
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      dialog.returnValue = "no";
      dialog.showModal();
      load();
    });
  }
  failed.querySelector("button").addEventListener("click", load);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "add" && found) take(found.chosen().map(([, question]) => JSON.parse(question)));
  });
}
