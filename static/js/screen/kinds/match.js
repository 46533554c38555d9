// Pairs to be found: both sides as they came, and afterwards what belongs together with how many knew it.

import { make, slot } from "../parts.js";
import { itemList, placeList } from "../places.js";
import { register } from "./registry.js";

function open({ lefts, rights }, say) {
  const sides = make("match");
  slot(sides, "lefts").append(itemList(lefts, lefts.length > 6 ? 2 : 1));
  slot(sides, "rights").append(itemList(rights, rights.length > 16 ? 3 : rights.length > 6 ? 2 : 1));
  return { elements: [sides], hint: say("match_hint") };
}

function reveal({ question: { lefts, rights }, distribution, key, answered }) {
  const rows = lefts.map(({ index, text, html }) => {
    const right = rights.find((entry) => entry.index === key?.pairs[index]);
    const pair = { text: `${text} → ${right?.text ?? ""}`, html: html && `${html} → ${right?.html ?? ""}` };
    return { ...pair, count: distribution?.counts[index] ?? 0 };
  });
  return [placeList(rows, answered)];
}

register("match", { open, reveal });
