// The nodes and, of the one that answers, the shards: how full each is, with a table of all their figures.

import { fromTemplate } from "../lib/dom.js";
import { createList, put, putAll } from "./keyed.js";

export function createNodes(container, { word, units }) {
  return createList(container, {
    keyOf: (node) => node.node,
    make: () => fromTemplate("node"),
    update(row, node) {
      row.querySelector(".badge").className = `badge ${node.is_ready ? "good" : "warn"}`;
      putAll(row, {
        name: node.node,
        ready: word(node.is_ready ? "ready" : "waiting-node"),
        uptime: units.span(node.uptime_seconds),
        connections: units.number(node.connections),
        rooms: units.number(node.rooms),
        lag: units.ms(node.loop_lag_ms),
      });
    },
  });
}

export function createShards(section, { word, units }) {
  const strip = createList(section.querySelector("#shards"), {
    keyOf: (shard) => shard.shard,
    make: () => fromTemplate("shard"),
    update(cell, shard) {
      cell.style.setProperty("--share", shard.share.toFixed(3));
      cell.title = word("shard", { shard: shard.shard, n: units.number(shard.connections) });
      putAll(cell, { number: String(shard.shard), connections: units.number(shard.connections) });
    },
  });
  const rows = createList(section.querySelector("#shard-rows"), {
    keyOf: (shard) => shard.shard,
    make: () => fromTemplate("shard-row"),
    update: (row, shard) => drawRow(row, shard, units),
  });

  return (shards) => {
    const most = Math.max(1, ...shards.map((shard) => shard.connections));
    strip(shards.map((shard) => ({ ...shard, share: shard.connections / most })));
    rows(shards);
  };
}

const PLAIN = ["shard", "connections", "users", "subscriptions", "sent", "received", "failed", "skipped", "removed_inactive"];

function drawRow(row, shard, units) {
  for (const name of PLAIN) put(row.querySelector(`[data-slot="${name}"]`), units.number(shard[name]));
  put(row.querySelector('[data-slot="queue_bytes"]'), units.bytes(shard.queue_bytes));
  put(row.querySelector('[data-slot="busy_ms"]'), units.ms(shard.busy_ms));
}
