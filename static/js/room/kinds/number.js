// A number: decimal keypad, comma and point.

import { formatNumber } from "../../lib/dom.js";
import { keyTexts, parseNumber } from "../answer_text.js";
import { fieldInput } from "../field.js";
import { register } from "./registry.js";

const told = (answer) => (answer?.number != null ? formatNumber(answer.number) : "");

register("number", {
  input: (_, onPick, label) => fieldInput(onPick, label, {
    hint: "number_hint",
    isNumber: true,
    read(text) {
      const number = parseNumber(text);
      return number == null ? null : { number };
    },
    write: told,
  }),
  after: ({ key }, mine) => ({ rows: { ...keyTexts(key, formatNumber), mine: told(mine) } }),
});
