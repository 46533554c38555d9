// The lobby: how to join, and the wall of names.

import { formatNumber } from "../lib/dom.js";
import { make, slot, spacedPin } from "./parts.js";
import { beyondWall, emptySeats, seatNames } from "./seats.js";

export function lobbyView(ctx) {
  const element = make("lobby");
  const wall = slot(element, "wall");
  const tiles = new Map();
  let seats = emptySeats();
  let last = null;
  const pin = slot(element, "bigpin");
  pin.textContent = spacedPin(ctx.pin);
  pin.style.setProperty("--signs", String(pin.textContent.length));

  function update(state) {
    last = state;
    const count = slot(element, "count");
    count.textContent = ctx.say(state.participants ? "count" : "count_none", { n: formatNumber(state.participants) });
    count.classList.toggle("is-waiting", !state.participants);
    seats = seatNames(seats, state.names, capacityOf(wall));
    drawWall(wall, tiles, seats.slots);
    drawRest(wall, beyondWall(seats, state.participants), ctx.say);
  }

  /** The stage changed its size, so the wall holds more or fewer names. */
  function resized() {
    if (!last) return;
    seats = emptySeats();
    update(last);
  }

  return { element, update, resized };
}

/** Places on the wall as the style sheet lays it out: columns × whole rows. */
function capacityOf(wall) {
  const style = getComputedStyle(wall);
  const columns = style.gridTemplateColumns.split(" ").length;
  const row = parseFloat(style.gridAutoRows) || 1;
  const gap = parseFloat(style.rowGap) || 0;
  const rows = Math.max(1, Math.floor((wall.clientHeight + gap) / (row + gap)));
  return columns * rows;
}

function drawWall(wall, tiles, names) {
  for (const [name, tile] of tiles) {
    if (!names.includes(name)) {
      tile.remove();
      tiles.delete(name);
    }
  }
  names.forEach((name, place) => {
    const tile = tiles.get(name) ?? newTile(name);
    tiles.set(name, tile);
    if (wall.children[place] !== tile) wall.insertBefore(tile, wall.children[place] ?? null);
  });
}

function newTile(name) {
  const tile = make("name");
  tile.firstElementChild.textContent = name;
  const length = [...name].length;
  tile.classList.toggle("name-long", length > 9 && length <= 17);
  tile.classList.toggle("name-longer", length > 17);
  return tile;
}

function drawRest(wall, rest, say) {
  let tile = wall.querySelector(".name-rest");
  if (rest && !tile) {
    tile = make("name");
    tile.classList.add("name-rest", "num");
  }
  if (!rest) {
    tile?.remove();
    return;
  }
  tile.firstElementChild.textContent = say("beyond", { n: formatNumber(rest) });
  wall.append(tile);
}
