// Words that grow into a cloud while they come in. A word that has its place keeps it, into the reveal too.

import { formatNumber } from "../../lib/dom.js";
import { placeWords, sizeOf } from "../cloud.js";
import { nobody } from "../dist.js";
import { make, slot } from "../parts.js";
import { typedSign } from "../typed.js";
import { register } from "./registry.js";

// Of the cloud that was drawn last: the reveal is another view of the same words.
let last = { id: null, places: new Map() };
const canvas = new Map();

/** Ems that a word takes at size 1, in the face of `list`; its number stands small behind it. */
function widthOf(value, count, list) {
  const font = getComputedStyle(list).fontFamily;
  if (!canvas.has(font)) canvas.set(font, Object.assign(document.createElement("canvas").getContext("2d"), { font: `700 100px ${font}` }));
  return canvas.get(font).measureText(value).width / 100 + (count > 1 ? 0.2 + 0.3 * formatNumber(count).length : 0);
}

function createCloud(id, say) {
  const element = make("cloud");
  const list = slot(element, "words");
  const items = new Map();
  let drawn = null;

  /** One item a word, where it was; a number is told from two on. */
  function itemOf({ value, count }) {
    if (!items.has(value)) items.set(value, list.appendChild(make("cloud-word")));
    const item = items.get(value);
    slot(item, "text").textContent = value;
    slot(item, "count").textContent = count > 1 ? formatNumber(count) : "";
    slot(item, "said").textContent = say("wordcloud_times", { n: formatNumber(count) });
    return item;
  }

  function draw(values) {
    const most = Math.max(...values.map(({ count }) => count));
    const words = values.map(({ value, count }) => {
      const width = widthOf(value, count, list);
      return { value, width, size: sizeOf(count, most, width) };
    });
    if (last.id !== id) last = { id, places: new Map() };
    const { places, wide, high } = placeWords(words, last.places);
    last.places = places;
    list.style.setProperty("--wide", wide);
    list.style.setProperty("--high", high);
    values.forEach((entry, index) => {
      const item = itemOf(entry);
      const { x, y } = places.get(entry.value);
      const { size } = words[index];
      for (const [name, number] of Object.entries({ x, y, size })) item.style.setProperty(`--${name}`, number.toFixed(3));
      item.classList.toggle("is-most", entry.count === most && most > 1);
    });
    for (const [value, item] of items) {
      if (places.has(value)) continue;
      item.remove();
      items.delete(value);
    }
  }

  return {
    element,
    /** The same values again change nothing. */
    update(values) {
      if (values === drawn) return;
      drawn = values;
      draw(values);
    },
  };
}

function open(question, say) {
  const box = document.createElement("div");
  box.className = "cloud-box";
  box.append(typedSign(say("wordcloud_hint")));
  let cloud = null;
  return {
    elements: [box],
    hint: say(`wordcloud_each_${question.words_most}`),
    update({ cloud: values }) {
      if (!values?.length) return;
      if (!cloud) {
        cloud = createCloud(question.id, say);
        box.replaceChildren(cloud.element);
      }
      cloud.update(values);
    },
  };
}

function reveal({ question, distribution }, say) {
  const { values = [], other = 0 } = distribution ?? {};
  if (!values.length) return [nobody(say)];
  const box = document.createElement("div");
  box.className = "cloud-box";
  const cloud = createCloud(question.id, say);
  box.append(cloud.element);
  // Once it is in the page: the width of a word is that of its face there.
  queueMicrotask(() => cloud.update(values));
  if (other) box.append(Object.assign(make("cloud-rest"), { textContent: say("wordcloud_rest", { n: formatNumber(other) }) }));
  return [box];
}

register("wordcloud", { open, reveal, isGraded: false });
