// What the reveal shows, worked out from the round's distribution and key. Pure.

/** One bar a choice, in the order on the screen. `share` is of the longest bar, 0..1. */
export function choiceBars(question, distribution, key) {
  const counts = distribution?.counts ?? [];
  const right = rightIndexes(key);
  const most = Math.max(1, ...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (question?.choices ?? []).map((choice, position) => {
    const count = counts[choice.index] ?? 0;
    return {
      index: choice.index,
      position,
      text: choice.text,
      html: choice.html,
      count,
      share: count / most,
      percent: total ? Math.round((count / total) * 100) : 0,
      right: right.has(choice.index),
    };
  });
}

/** The author's indexes that count as right; empty for a poll. */
export function rightIndexes(key) {
  return new Set([...(key?.choices ?? []), ...(key?.accepted ?? [])].filter(Number.isInteger));
}

/** The most frequent answers to a text or number question, the right ones first among equals. */
export function valueBars(distribution, limit = 8) {
  const values = [...(distribution?.values ?? [])];
  values.sort((a, b) => b.count - a.count || Number(b.correct) - Number(a.correct));
  const most = Math.max(1, ...values.map((entry) => entry.count));
  const shown = values.slice(0, limit).map((entry) => ({
    text: String(entry.value),
    count: entry.count,
    share: entry.count / most,
    right: Boolean(entry.correct),
  }));
  const hidden = values.slice(limit).reduce((sum, entry) => sum + entry.count, 0);
  return { shown, other: hidden + (distribution?.other ?? 0) };
}

/** What was accepted, as short texts: "Paris", "3.14 ± 0.01", "10 – 20". */
export function acceptedTexts(key) {
  if (!key) return [];
  const entries = key.accepted?.length ? key.accepted : [key.text ?? key.number];
  const texts = entries.map(acceptedText).filter((text) => text !== "");
  return [...new Set(texts)];
}

function acceptedText(entry) {
  if (entry === null || entry === undefined) return "";
  if (typeof entry !== "object") return String(entry);
  if ("text" in entry) return String(entry.text);
  if ("min" in entry) return `${entry.min} – ${entry.max}`;
  return entry.tolerance ? `${entry.value} ± ${entry.tolerance}` : String(entry.value);
}
