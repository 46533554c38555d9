// What a notification says: its texts, where it leads, and how long ago it came. Pure but for the language it is given.

const TEXT_MOST = 600;
const KNOWN = ["announcement", "message", "account.waiting"];
const STEPS = [["minute", 60_000, 60], ["hour", 3_600_000, 24], ["day", 86_400_000, 7]];

const textOf = (value) => (typeof value === "string" && value.trim() ? shortened(value.trim()) : null);
const shortened = (text) => (text.length > TEXT_MOST ? `${text.slice(0, TEXT_MOST).trimEnd()}…` : text);

/** {title, text, link}: a link is an address or null; `word` has "type_announcement" for one without a title. */
export function textsOf({ type, payload }, word, origin) {
  const text = textOf(payload.text);
  const title = textOf(payload.title);
  if (!KNOWN.includes(type)) return { title: title ?? (text ? null : plain(type)), text, link: null };
  return { title: title ?? (type === "announcement" || !text ? word(`type_${type}`) : null), text, link: safeLink(payload.link, origin) };
}

/** "library.book_ready" as a person would say it. */
export function plain(type) {
  const words = type.replace(/[\s._:/-]+/g, " ").trim().toLowerCase();
  return words ? words[0].toUpperCase() + words.slice(1) : type;
}

/** The address of a link of ours or over https; null for all others. */
export function safeLink(link, origin) {
  if (typeof link !== "string" || !link) return null;
  try {
    const url = new URL(link, origin);
    // A blob: has our origin too.
    const isOurs = url.origin === origin && url.protocol === "http:";
    return isOurs || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** "now", "5 minutes ago", "yesterday", and the date after a week. */
export function ago(at, now, language) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const past = Math.max(0, now - at);
  if (past < STEPS[0][1]) return relative.format(0, "second");
  for (const [unit, size, most] of STEPS) {
    const count = Math.floor(past / size);
    if (count < most) return relative.format(-count, unit);
  }
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
}
