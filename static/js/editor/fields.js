// Between an input and what it stands for. An update never touches a field that already says the same.

import { formatNumber } from "../lib/dom.js";

// The service refuses these, and nobody can see them (game/fields.py).
const UNPRINTABLE = /[\u0000-\u0008\u000e-\u001f\u007f]|\p{Cs}/gu;

export const clean = (text) => text.replace(UNPRINTABLE, "");

/** Calls `write(text)` with everything that is typed. */
export function onTyped(input, write) {
  input.addEventListener("input", () => {
    write(clean(input.value));
    grow(input);
  });
}

export function put(input, value) {
  if (input.value !== value) input.value = value;
  grow(input);
}

/** A text area as high as its text, where CSS cannot do that by itself. */
function grow(input) {
  if (input.localName !== "textarea" || CSS.supports("field-sizing", "content")) return;
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 2}px`;
}

/**
 * A field for a number: `write(value)` for each number typed, undefined for an empty field. What is typed and is no number changes
 * nothing, and goes when the field is left.
 */
export function onNumber(input, parse, write) {
  input.addEventListener("input", () => {
    const text = input.value.trim();
    const value = text ? parse(text) : undefined;
    input.setAttribute("aria-invalid", value === null);
    if (value !== null) write(value);
  });
  input.addEventListener("change", () => input.setAttribute("aria-invalid", false));
}

/** Shows a number, unless the field says it already in its own way ("1,50"), or somebody is typing there. */
export function putNumber(input, parse, value) {
  const text = input.value.trim();
  const said = text ? parse(text) : undefined;
  if (said === value || (said === null && input === document.activeElement)) return;
  input.value = value === undefined || value === null ? "" : formatNumber(value);
}

/** Whole numbers only; null when it is none. */
export const parseWhole = (text) => (/^\d{1,7}$/.test(text.replace(/[\s.,']/g, "")) ? Number(text.replace(/[\s.,']/g, "")) : null);

/** Rows of a list, one for each entry, brought up to date in place. */
export function syncRows(list, entries, make, update) {
  while (list.children.length > entries.length) list.lastElementChild.remove();
  entries.forEach((entry, index) => {
    if (!list.children[index]) list.append(make(index));
    update(list.children[index], entry, index);
  });
}
