// The reveal: how the class answered, what was right, and why.

import { formatNumber, setMark } from "../lib/dom.js";
import { acceptedTexts, choiceBars, valueBars } from "./bars.js";
import { make, slot } from "./parts.js";
import { drawPrompt } from "./prompt.js";

export function revealView(ctx) {
  const element = make("reveal");
  let drawn = null;

  return {
    element,
    update(state) {
      if (drawn === state.distribution && drawn) return;
      drawn = state.distribution;
      drawPrompt(element, state.question);
      const parts = state.question?.choices?.length ? choiceParts(state) : typedParts(state, ctx.say);
      slot(element, "middle").replaceChildren(...parts);
      slot(element, "middle").dataset.kind = state.question?.choices?.length ? "choices" : "typed";
      const why = state.explanation ?? "";
      slot(element, "why").textContent = why;
      slot(element, "explanation").hidden = why === "";
      slot(element, "explanation").dataset.long = String(why.length > 220);
    },
  };
}

function choiceParts(state) {
  const bars = choiceBars(state.question, state.distribution, state.key);
  const list = make("dist");
  list.dataset.columns = bars.length > 6 ? 2 : 1;
  const hasKey = bars.some((bar) => bar.right);
  for (const bar of bars) {
    const item = drawBar(bar);
    setMark(item, bar.position);
    item.classList.toggle("is-faded", hasKey && !bar.right);
    list.append(item);
  }
  return [list];
}

function drawBar(bar) {
  const item = make("dist-row");
  slot(item, "text").textContent = bar.text ?? "";
  slot(item, "fill").style.setProperty("--share", bar.share.toFixed(4));
  slot(item, "count").textContent = formatNumber(bar.count);
  slot(item, "check").hidden = !bar.right;
  item.classList.toggle("is-right", bar.right);
  return item;
}

function typedParts(state, say) {
  const parts = [];
  const accepted = acceptedTexts(state.key);
  if (accepted.length) parts.push(acceptedCard(accepted, say));
  parts.push(valueList(state, say));
  return parts;
}

function acceptedCard(accepted, say) {
  const card = make("accepted");
  slot(card, "main").textContent = accepted[0];
  const more = slot(card, "more");
  more.hidden = accepted.length < 2;
  more.textContent = say("also", { list: accepted.slice(1, 7).join(", ") + (accepted.length > 7 ? " …" : "") });
  return card;
}

function valueList(state, say) {
  const { shown, other } = valueBars(state.distribution, 6);
  const list = make("dist");
  list.classList.add("dist-values");
  if (!shown.length && !other) {
    const empty = document.createElement("p");
    empty.className = "stage-empty";
    empty.textContent = say("no_answers");
    return empty;
  }
  for (const bar of shown) {
    const item = drawBar(bar);
    slot(item, "mark").remove();
    item.classList.toggle("is-faded", !bar.right);
    list.append(item);
  }
  if (other) list.append(otherRow(other, shown, say));
  return list;
}

function otherRow(other, shown, say) {
  const most = Math.max(other, 1, ...shown.map((bar) => bar.count));
  const item = drawBar({ text: say("value_other"), count: other, share: Math.min(1, other / most), right: false });
  slot(item, "mark").remove();
  item.classList.add("is-faded", "is-other");
  return item;
}
