// Words that grow into a cloud: the author says how many each may send.

import { fromTemplate } from "../../lib/dom.js";
import { slot } from "../../screen/parts.js";
import { put } from "../fields.js";
import { register } from "./registry.js";

export const WORDS_DEFAULT = 3;
/** How often the class of the preview sent each word. */
const COUNTS = [9, 6, 4, 3, 2, 2, 1, 1, 1, 1];

const mostOf = (question) => question.words_most ?? WORDS_DEFAULT;

function sample(question, say) {
  const words = say("wordcloud_sample").split(/\s*[,،、]\s*/);
  const values = words.map((value, index) => ({ value, count: COUNTS[index] ?? 1, correct: false }));
  return {
    question: { words_most: mostOf(question) },
    answer: { words: words.slice(0, mostOf(question)) },
    // Half of them while it is open, as they would come in.
    cloud: values.slice(0, Math.ceil(values.length / 2)),
    distribution: { values, other: 0 },
  };
}

function form({ edit }) {
  const element = fromTemplate("form-wordcloud");
  const most = slot(element, "most");
  most.addEventListener("change", () => edit({ words_most: Number(most.value) }));
  return { element, update: (question) => put(most, String(mostOf(question))) };
}

register("wordcloud", { isGraded: false, blank: () => ({ words_most: WORDS_DEFAULT }), sample, form });
