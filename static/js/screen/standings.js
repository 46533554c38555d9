// The top of the list, with who moved since it was last shown.

import { withMovement } from "./movement.js";
import { formatNumber } from "../lib/dom.js";
import { make, slot } from "./parts.js";

const ROWS = 10;

export function standingsView(ctx) {
  const element = make("standings");
  let drawn = null;

  return {
    element,
    update(state) {
      if (drawn === state.standings && drawn) return;
      drawn = state.standings;
      const rows = withMovement(state.previousStandings, (state.standings ?? []).slice(0, ROWS));
      slot(element, "empty").hidden = rows.length > 0;
      const list = slot(element, "ranks");
      list.replaceChildren(...rows.map((row) => drawRow(row, ctx.say)));
    },
  };
}

function drawRow(row, say) {
  const item = make("rank");
  slot(item, "rank").textContent = row.rank;
  slot(item, "name").textContent = row.nickname;
  slot(item, "score").textContent = formatNumber(row.score);
  slot(item, "gain").textContent = row.gained ? say("gained", { n: formatNumber(row.gained) }) : "";
  const move = slot(item, "move");
  if (row.moved) {
    move.dataset.way = row.moved > 0 ? "up" : "down";
    move.textContent = String(Math.abs(row.moved));
    move.setAttribute("aria-label", say(row.moved > 0 ? "moved_up" : "moved_down", { n: Math.abs(row.moved) }));
  }
  if (row.rank <= 3) item.dataset.top = row.rank;
  return item;
}
