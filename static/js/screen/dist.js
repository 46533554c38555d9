// How the answers spread, as bars: the parts that the kinds' reveals are built of.

import { formatNumber, setText } from "../lib/dom.js";
import { valueBars } from "./bars.js";
import { make, slot } from "./parts.js";

const VALUES_MOST = 6;

/** One bar: {text, html?, count, share: 0..1, right}. */
export function drawBar(bar) {
  const item = make("dist-row");
  setText(slot(item, "text"), bar);
  slot(item, "fill").style.setProperty("--share", bar.share.toFixed(4));
  slot(item, "count").textContent = formatNumber(bar.count);
  slot(item, "check").hidden = !bar.right;
  item.classList.toggle("is-right", bar.right);
  return item;
}

/** A bar without letter and shape. */
export function drawValue(bar) {
  const item = drawBar(bar);
  slot(item, "mark").remove();
  item.classList.toggle("is-faded", !bar.right);
  return item;
}

/** What was typed most often, with a bar each, and the rest. */
export function valueList(distribution, say) {
  const { shown, other } = valueBars(distribution, VALUES_MOST);
  if (!shown.length && !other) return nobody(say);
  const list = make("dist");
  list.classList.add("dist-values");
  list.append(...shown.map(drawValue));
  if (other) list.append(otherRow(other, shown, say));
  return list;
}

function otherRow(other, shown, say) {
  const most = Math.max(other, 1, ...shown.map((bar) => bar.count));
  const item = drawValue({ text: say("value_other"), count: other, share: Math.min(1, other / most), right: false });
  item.classList.add("is-other");
  return item;
}

export function nobody(say) {
  const empty = document.createElement("p");
  empty.className = "stage-empty";
  empty.textContent = say("no_answers");
  return empty;
}
