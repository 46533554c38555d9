// The last ten minutes, one point a second. Pure.

export const SPAN_MS = 600_000;

/** The history with `point` at its end, without what has become too old; a point that is not newer changes nothing. */
export function addPoint(history, point) {
  if (!point || (history.length && point.at <= history.at(-1).at)) return history;
  const oldest = point.at - SPAN_MS;
  return [...history.filter((old) => old.at > oldest), point];
}

/** `{now, low, high}` of one figure; null when nothing was measured. `now` is null when the last second had nothing. */
export function summary(history, key) {
  const values = history.map((point) => point[key]).filter((value) => value != null);
  if (!values.length) return null;
  return { now: history.at(-1)[key] ?? null, low: Math.min(...values), high: Math.max(...values) };
}

/** The point closest to a time among those that measured the figure, or null. */
export function nearest(history, key, at) {
  let best = null;
  for (const point of history) {
    if (point[key] == null) continue;
    if (best === null || Math.abs(point.at - at) < Math.abs(best.at - at)) best = point;
  }
  return best;
}
