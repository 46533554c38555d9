// A line of text.

import { formatNumber } from "../../lib/dom.js";
import { keyTexts } from "../answer_text.js";
import { fieldInput } from "../field.js";
import { register } from "./registry.js";

register("text", {
  input: (_, onPick, label) => fieldInput(onPick, label, {
    hint: "text_hint",
    read: (text) => (text ? { text } : null),
    write: ({ text }) => text,
  }),
  after: ({ key }, mine) => ({ rows: { ...keyTexts(key, formatNumber), mine: mine?.text } }),
});
