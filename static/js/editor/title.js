// What a question is called where there is one line for it: its words, without the signs of gaps and formatting. Pure.

import { isFormatted, kindOf } from "./kinds/registry.js";

const AT_LINE_STARTS = /^[ \t]*(?:```.*|[-*+]|\d+[.)]|>|\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*$)[ \t]*/gm;
// What stands within comes out in the next round: **a `b`**.
const PAIRS = /(\*\*|__|~~|`+|\$\$?|\*|\b_)(?=\S)((?:(?!\1).)*[^\s*_])\1/gs;
const ROUNDS = 3;

export function titleOf(question) {
  let text = kindOf(question).inWords(question.prompt ?? "");
  if (isFormatted(question)) {
    text = text.replace(AT_LINE_STARTS, "").replaceAll("|", " ");
    for (let round = 0; round < ROUNDS; round += 1) text = text.replace(PAIRS, "$2");
    text = text.replace(/\\(?=[^\w\s])/g, "");
  }
  return text.replace(/\s+/g, " ").trim();
}
