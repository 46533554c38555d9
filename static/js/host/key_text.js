// A round's key as a teacher reads it aloud. Pure.

import { kindOf } from "../screen/kinds/registry.js";

/** "B: Canberra"; "" where nothing is right, null while what the key names has no letters yet. */
export function keyText({ key, told }, question) {
  if (!key) return "";
  const own = kindOf(question)?.keyText;
  return own ? own(key, question) : told;
}
