// How the rows of the results are put in order. Pure.

/** The direction a click leads to: the other one, or at first what `preferred` says. */
export function nextDirection(current, preferred) {
  if (current === "ascending") return "descending";
  if (current === "descending") return "ascending";
  return preferred === "asc" ? "ascending" : "descending";
}

/** Compares two cell values as written in data-value. */
export function compareValues(a, b, kind, language) {
  if (kind === "text") return a.localeCompare(b, language, { sensitivity: "base", numeric: true });
  return Number(a) - Number(b);
}

/** The rows in the new order; rows that are equal keep theirs. `valueOf(row)` reads the column. */
export function sortRows(rows, valueOf, kind, direction, language) {
  const sign = direction === "descending" ? -1 : 1;
  return [...rows].sort((a, b) => sign * compareValues(valueOf(a), valueOf(b), kind, language));
}
