// Left sides and right sides that belong together.

import { assignAfter, assignInput } from "../assign.js";
import { register } from "./registry.js";

const parts = ({ lefts, rights }) => ({ field: "pairs", hint: "match_hint", things: lefts, targets: rights, isOnce: true });

register("match", {
  input: (question, onPick, label, context) => assignInput({ ...parts(question), label }, onPick, context),
  after: ({ question, key }, mine, word) => assignAfter(parts(question), key, mine, word),
});
