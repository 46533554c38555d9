// Between what a person types or reads and what the wire carries. Pure.

/** A number as typed: comma or point, spaces, any minus, Arabic digits; null when it is none. */
export function parseNumber(text) {
  let plain = text
    .normalize("NFKC")
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15)
    .replace(/[\s'\u2019]/g, "")
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/\u066b/g, ",");
  // With both signs the last is the decimal one; a sign that repeats can only be for thousands.
  const [decimal, other] = plain.lastIndexOf(",") > plain.lastIndexOf(".") ? ",." : ".,";
  const parts = plain.replaceAll(other, "").split(decimal);
  plain = parts.join(parts.length === 2 ? "." : "");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain) ? Number(plain) : null;
}

/** An accepted entry as its author meant it: text, value ± tolerance, or min – max. */
function entryText(entry, format) {
  if (typeof entry === "string") return entry;
  if (typeof entry === "number") return format(entry);
  if (entry.min != null) return `${format(entry.min)} – ${format(entry.max)}`;
  return entry.text ?? format(entry.value) + (entry.tolerance ? ` ± ${format(entry.tolerance)}` : "");
}

/** {right, also} of what was to be typed. */
export function keyTexts(key, format) {
  const first = key?.text ?? key?.number;
  const [right, ...also] = (key?.accepted ?? []).map((entry) => entryText(entry, format));
  return { right: right ?? (first == null ? "" : entryText(first, format)), also: also.slice(0, 5).join(" · ") };
}
