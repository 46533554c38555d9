// Pairs to be found: both sides as they came, and afterwards what belongs together with how many knew it.

import { make, slot } from "../parts.js";
import { itemList, placeList } from "../places.js";
import { register } from "./registry.js";

const texts = (entries) => entries.map(({ text }) => text);

function open({ lefts, rights }, say) {
  const sides = make("match");
  slot(sides, "lefts").append(itemList(texts(lefts), lefts.length > 6 ? 2 : 1));
  slot(sides, "rights").append(itemList(texts(rights), rights.length > 16 ? 3 : rights.length > 6 ? 2 : 1));
  return { elements: [sides], hint: say("match_hint") };
}

function reveal({ question: { lefts, rights }, distribution, key, answered }) {
  const rows = lefts.map(({ index, text }) => {
    const right = rights.find((entry) => entry.index === key?.pairs[index]);
    return { text: `${text} → ${right?.text ?? ""}`, count: distribution?.counts[index] ?? 0 };
  });
  return [placeList(rows, answered)];
}

register("match", { open, reveal });
