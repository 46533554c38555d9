// The rooms of this moment: searched, sorted, the first few of them until somebody asks for all.

import { fromTemplate } from "../lib/dom.js";
import { slot, spacedPin } from "../screen/parts.js";
import { compareRooms, searchRooms, settle } from "./arrange.js";
import { createList, put, putAll } from "./keyed.js";
import { isLive, phaseWords } from "./phases.js";

const FIRST = 12;
// Rows that are sorted by something that moves are put in order so often, and never while somebody is among them.
const RESORT_MS = 10_000;

export function createRooms(section, { word, units, language }) {
  const byId = (id) => section.querySelector(`#${id}`);
  const [body, search, sort, more] = ["rooms", "room-search", "room-sort", "rooms-more"].map(byId);
  let rooms = [];
  let total = 0;
  let shown = [];
  let showsAll = false;
  let sortedAt = 0;

  const sync = createList(body, {
    keyOf: (room) => room.id,
    make: () => fromTemplate("room"),
    update: (row, room) => drawRoom(row, room, { word, units }),
  });

  function draw() {
    const compare = compareRooms(sort.value, language);
    if (performance.now() - sortedAt > RESORT_MS && !body.matches(":hover, :focus-within")) resort();
    const found = settle(shown, searchRooms(rooms, search.value), (room) => room.id, compare);
    shown = found.map((room) => room.id);
    sync(showsAll ? found : found.slice(0, FIRST));
    put(byId("rooms-total"), units.number(total));
    more.hidden = showsAll || found.length <= FIRST;
    put(more, word("all_rooms", { n: units.number(found.length) }));
    byId("rooms-table").hidden = found.length === 0;
    byId("rooms-empty").hidden = rooms.length > 0;
    byId("rooms-unfound").hidden = rooms.length === 0 || found.length > 0;
    byId("rooms-rest").hidden = !showsAll || total <= rooms.length;
  }

  function resort() {
    shown = [];
    sortedAt = performance.now();
  }

  sort.addEventListener("change", () => { resort(); draw(); });
  search.addEventListener("input", () => { resort(); draw(); });
  more.addEventListener("click", () => { showsAll = true; draw(); });

  return (stats) => {
    rooms = stats.rooms;
    total = stats.rooms_total;
    draw();
  };
}

function drawRoom(row, room, { word, units }) {
  const link = slot(row, "pin");
  put(link, spacedPin(room.pin));
  if (!link.hasAttribute("href")) link.href = `/admin/rooms/${room.pin}`;
  slot(row, "phase").classList.toggle("live", isLive(room.phase));
  putAll(row, {
    title: room.is_rehearsal ? word("rehearsal", { title: room.title }) : room.title,
    host: room.host,
    phase: phaseWords(room, word),
    people: word("of", { n: units.number(room.connected), all: units.number(room.participants) }),
    answered: room.round ? word("of", { n: units.number(room.answered), all: units.number(room.participants) }) : "–",
    lag: units.ms(room.lag_ms),
  });
}
