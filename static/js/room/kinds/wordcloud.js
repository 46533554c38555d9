// A few words of one's own, a field each, one after the other.

import { fill, find, formatNumber, fromTemplate } from "../../lib/dom.js";
import { register } from "./registry.js";

const SHOWN_MOST = 20;

function input({ words_most: most }, onPick, label, { word }) {
  const element = fromTemplate("wordcloud");
  const more = find("button", element);
  const fields = [];
  let isLocked = false;

  const value = () => {
    const words = fields.map((field) => field.value.trim()).filter(Boolean);
    return words.length ? { words } : null;
  };

  function add() {
    const field = fromTemplate("wordcloud-word");
    const n = fields.push(field);
    field.setAttribute("aria-label", n > 1 ? word("wordcloud_nth", { n }) : label);
    field.enterKeyHint = n < most ? "next" : "send";
    field.addEventListener("input", () => onPick());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && !isLocked) next(n);
    });
    more.before(field);
    more.hidden = n >= most;
    return field;
  }

  /** Enter goes on to the next word; where there is none, or none was typed, the words are sent. */
  function next(n) {
    if (n < most && fields[n - 1].value.trim()) (fields[n] ?? add()).focus();
    else onPick(value());
  }

  more.addEventListener("click", () => {
    const free = fields.find((field) => !field.value.trim());
    (free ?? add()).focus();
  });
  add();
  return {
    element,
    hint: `wordcloud_${most}`,
    needsSend: true,
    value,
    show(answer, locked) {
      isLocked = locked;
      if (answer && locked) {
        while (fields.length < answer.words.length) add();
        fields.forEach((field, index) => { field.value = answer.words[index] ?? ""; });
      }
      for (const field of fields) field.readOnly = locked;
      more.setAttribute("aria-disabled", locked);
    },
  };
}

/** What the class sent most often, larger the more of them did. */
function after({ distribution }, mine) {
  const values = (distribution?.values ?? []).slice(0, SHOWN_MOST);
  const list = document.createElement("ul");
  list.className = "word-list";
  list.append(...values.map(({ value, count }) => {
    const item = fill(fromTemplate("wordcloud-said"), { value, count: count > 1 ? formatNumber(count) : "" });
    item.style.setProperty("--share", (Math.log(count) / Math.log(Math.max(values[0].count, 6))).toFixed(2));
    return item;
  }));
  return { elements: values.length ? [list] : [], rows: { mine: mine?.words.join(", ") } };
}

register("wordcloud", { input, after, isGraded: false });
