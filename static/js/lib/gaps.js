// The gaps of a text, {{1}} and on.

const GAP = /\{\{(\d{1,3})\}\}/;

/** Their numbers, as they come. Pure. */
export const gapsOf = (text) => splitAtGaps(text).filter((_, index) => index % 2).map(Number);

/** [text, number, text, …]. Pure. */
export const splitAtGaps = (text) => (text ?? "").split(GAP);

/** Puts make(n) in the place of each gap of what stands in an element. */
export function fillGaps(element, make) {
  element.replaceChildren(...splitAtGaps(element.textContent).map((part, index) => (index % 2 ? make(Number(part)) : part)));
}
