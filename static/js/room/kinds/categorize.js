// Items and the categories to which they belong.

import { assignAfter, assignInput } from "../assign.js";
import { register } from "./registry.js";

const parts = ({ items, categories }) => ({ field: "categories", hint: "categorize_hint", things: items, targets: categories });

register("categorize", {
  input: (question, onPick, label, context) => assignInput({ ...parts(question), label }, onPick, context),
  after: ({ question, key }, mine, word) => assignAfter(parts(question), key, mine, word),
});
