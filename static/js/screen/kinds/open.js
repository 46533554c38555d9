// Sentences of their own: a card each, the most frequent first.

import { formatNumber } from "../../lib/dom.js";
import { nobody } from "../dist.js";
import { make, slot } from "../parts.js";
import { typedSign } from "../typed.js";
import { register } from "./registry.js";

/** Columns for so many cards: as many as keep their lines long enough to read. Pure. */
export function cardColumns(count) {
  return count <= 1 ? 1 : count <= 4 ? 2 : count <= 12 ? 3 : 4;
}

function card({ value, count }, say) {
  const item = make("open-card");
  slot(item, "text").textContent = value;
  slot(item, "count").hidden = count < 2;
  slot(item, "count").textContent = say("open_times", { n: formatNumber(count) });
  return item;
}

function reveal({ distribution }, say) {
  const { values = [], other = 0 } = distribution ?? {};
  if (!values.length) return [nobody(say)];
  const box = make("open-said");
  const list = slot(box, "cards");
  list.dataset.columns = cardColumns(values.length);
  list.append(...values.map((entry) => card(entry, say)));
  slot(box, "rest").hidden = !other;
  slot(box, "rest").textContent = say("open_rest", { n: formatNumber(other) });
  return [box];
}

register("open", { open: (_, say) => ({ elements: [typedSign(say("open_hint"))] }), reveal, isGraded: false });
