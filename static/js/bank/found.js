// The questions of all quizzes as somebody looks through them: found while they type, ticked, and ticked still when
// others are looked at.

import { slot } from "../screen/parts.js";

const TYPING_MS = 220;

/** `element` is the [data-bank] of the page /questions; onChosen(how many) whenever something is ticked or not. */
export function createFound(element, { onChosen, onShown = () => {} }) {
  const form = element.querySelector("form");
  // What is ticked, by its value: the question as JSON.
  const chosen = new Map();
  let timer;
  let asking;

  const boxes = () => slot(element, "found").querySelectorAll('input[name="pick"]');

  function take() {
    for (const box of boxes()) {
      if (box.checked) chosen.set(box.value, box.dataset.question);
      else box.checked = chosen.has(box.value);
    }
    onChosen(chosen.size);
  }

  element.addEventListener("change", ({ target }) => {
    if (target.name !== "pick") return;
    if (target.checked) chosen.set(target.value, target.dataset.question);
    else chosen.delete(target.value);
    onChosen(chosen.size);
  });

  async function ask(address) {
    asking?.abort();
    clearTimeout(timer);
    const mine = (asking = new AbortController());
    const failed = slot(element, "failed");
    slot(element, "found").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.status);
      show(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-bank]"));
      failed.hidden = true;
      onShown(address);
    } catch {
      if (mine.signal.aborted) return;
      slot(element, "found").removeAttribute("aria-busy");
      failed.hidden = false;
      failed.querySelector("button").onclick = () => ask(address);
    }
  }

  function show(fresh) {
    slot(element, "found").replaceWith(document.adoptNode(slot(fresh, "found")));
    // Written into the element that is there, so that it is read out.
    slot(element, "count").textContent = slot(fresh, "count")?.textContent ?? "";
    take();
  }

  function search() {
    const asked = [...new FormData(form)].filter(([, value]) => value.trim());
    return ask(`${form.action}?${new URLSearchParams(asked)}`);
  }

  form?.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(search, target.name === "q" ? TYPING_MS : 0);
  });
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  element.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-slot=found] a[href^='/questions']");
    if (!link || !form) return;
    event.preventDefault();
    if (!link.closest("nav")) form.querySelectorAll("[name=q], select").forEach((field) => { field.value = ""; });
    await ask(link.href);
    // The link that was pressed is gone; who goes by key goes on where the new ones begin.
    (boxes()[0] ?? form.elements.q).focus();
  });

  take();
  return {
    /** [[value, question as JSON]] in the order in which they were ticked. */
    chosen: () => [...chosen],
  };
}
