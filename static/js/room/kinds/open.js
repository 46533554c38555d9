// Sentences of one's own.

import { fill, find, fromTemplate } from "../../lib/dom.js";
import { register } from "./registry.js";

function input(_, onPick, label) {
  const element = fromTemplate("open");
  const area = find("textarea", element);
  const value = () => {
    const text = area.value.trim();
    return text ? { text } : null;
  };
  const count = () => fill(element, { count: area.value.length });
  area.setAttribute("aria-label", label);
  area.addEventListener("input", () => {
    count();
    onPick();
  });
  return {
    element,
    hint: "open_hint",
    needsSend: true,
    value,
    show(answer, locked) {
      if (answer && locked) area.value = answer.text;
      area.readOnly = locked;
      count();
    },
  };
}

function after({ distribution }, mine) {
  const list = fromTemplate("open-said");
  list.append(...(distribution?.values ?? []).map(({ value }) => {
    const item = document.createElement("li");
    item.dir = "auto";
    item.textContent = value;
    return item;
  }));
  return { elements: list.children.length ? [list] : [], rows: { mine: mine?.text } };
}

register("open", { input, after, isGraded: false });
