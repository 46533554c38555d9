// Items to be put in order: as they came, and afterwards in the right order with how many had each at its place.

import { formatNumber } from "../../lib/dom.js";
import { itemList, placeList } from "../places.js";
import { choiceColumns, longestText } from "../sizes.js";
import { register } from "./registry.js";

function open({ items }, say) {
  const list = itemList(items, choiceColumns(items.length, longestText(items)));
  return { elements: [list], hint: say("order_hint") };
}

function reveal({ question, distribution, key, answered }) {
  const rows = (key?.order ?? []).map((index, place) => ({
    ...question.items.find((item) => item.index === index),
    mark: formatNumber(place + 1),
    count: distribution?.counts[index] ?? 0,
  }));
  return [placeList(rows, answered)];
}

register("order", { open, reveal });
