// The one line that says how things are. Pure: it is given the words and the units.

/** `{level: calm|warn|serious, sentence}` for what the service says of itself. */
export function healthOf(stats, say) {
  const waiting = stats.nodes.filter((node) => !node.is_ready).length;
  const { alerts } = stats;
  if (alerts.length) {
    const where = (alert) => (stats.nodes.length > 1 ? `, ${alert.node}` : "");
    const list = alerts.map((alert) => `${alertTitle(alert, say.word)}${where(alert)} (${since(alert, say)})`).join("; ");
    const isSerious = alerts.some((alert) => alert.severity === "critical");
    return { level: isSerious ? "serious" : "warn", sentence: say.units.count("alerts", alerts.length, { list }) };
  }
  if (waiting) return { level: "warn", sentence: say.units.count("waiting", waiting) };
  return { level: "calm", sentence: say.word("calm", { facts: facts(stats, say) }) };
}

/** "3 rooms, 412 people, answers stored in 4 ms". */
function facts({ totals, p99_ms: p99 }, { word, units }) {
  if (!totals.rooms) return word("quiet", { people: units.count("people", totals.users) });
  const parts = [units.count("rooms", totals.rooms), units.count("people", totals.users)];
  if (p99.receipt != null) parts.push(word("stored", { time: units.ms(p99.receipt) }));
  return parts.join(", ");
}

const since = (alert, { word, units }) => word("since", { time: units.clock(alert.since) });

/** An alert that this page does not know by name is told as the service tells it. */
export function alertTitle(alert, word) {
  const key = `alert-${alert.name}`;
  const title = word(key);
  return title === key ? alert.message : title;
}

/** What is measured by each alert, as docs/metrics.md has it. */
const SHOWN = {
  hot_shard: (units) => units.times,
  high_latency: (units) => (seconds) => units.ms(seconds * 1000),
  loop_blocked: (units) => (seconds) => units.ms(seconds * 1000),
  slow_consumers: (units) => units.percent,
  message_loss: (units) => units.percent,
};

/** A value of the alert in its own unit. */
export const alertValue = (alert, value, units) => (SHOWN[alert.name]?.(units) ?? String)(value);
