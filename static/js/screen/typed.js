// What kinds have in common that are answered by typing: a sign while the round is open, the accepted answers afterwards.

import { acceptedTexts } from "./bars.js";
import { valueList } from "./dist.js";
import { make, slot } from "./parts.js";

/** `text` says what to do. */
export function typedSign(text) {
  const typed = make("typed");
  slot(typed, "text").textContent = text;
  return typed;
}

/** The accepted answers beside what was typed. */
export function typedReveal({ key, distribution }, say) {
  const box = document.createElement("div");
  box.className = "reveal-typed";
  const accepted = acceptedTexts(key);
  if (accepted.length) box.append(acceptedCard(accepted, say));
  box.append(valueList(distribution, say));
  return [box];
}

/** For the host alone. */
export const typedKey = (key) => acceptedTexts(key).join(" · ");

function acceptedCard(accepted, say) {
  const card = make("accepted");
  slot(card, "main").textContent = accepted[0];
  const more = slot(card, "more");
  more.hidden = accepted.length < 2;
  more.textContent = say("also", { list: accepted.slice(1, 7).join(", ") + (accepted.length > 7 ? " …" : "") });
  return card;
}
