// The large numbers of the node as a whole, each with a smaller one that explains it.

import { putAll } from "./keyed.js";

/** What each tile shows: `main` and `more`, from the stats. */
const TILES = {
  people: ({ totals }, { units }) => [units.number(totals.users), units.count("connections", totals.connections)],
  rooms: ({ totals }, { units }) => [units.number(totals.rooms), units.count("participants", totals.participants)],
  answers: ({ totals, p99_ms: p99 }, { units, word }) =>
    [units.rate(totals.answers_per_s), p99.receipt == null ? word("no_answers") : word("stored_in", { time: units.ms(p99.receipt) })],
  events: ({ totals, p99_ms: p99 }, { units, word }) =>
    [units.rate(totals.events_per_s), p99.delivery == null ? word("no_events") : word("delivered_in", { time: units.ms(p99.delivery) })],
  received: ({ totals }, { units, word }) =>
    [units.rate(totals.received_per_s), word("inactive", { n: units.number(totals.removed_inactive) })],
  lag: ({ p99_ms: p99 }, { units, word }) => [units.ms(p99.loop_lag), word("fan_out", { time: units.ms(p99.fan_out) })],
  commit: ({ p99_ms: p99 }, { units, word }) => [units.ms(p99.commit), word("commit")],
  queue: ({ totals }, { units, word }) =>
    [units.bytes(totals.queue_bytes), word("lost", { skipped: units.number(totals.skipped), failed: units.number(totals.failed) })],
};

export function createFigures(container, say) {
  const tiles = [...container.querySelectorAll("[data-figure]")];
  return (stats) => {
    for (const tile of tiles) {
      const [main, more] = TILES[tile.dataset.figure](stats, say);
      putAll(tile, { main, more });
    }
  };
}
