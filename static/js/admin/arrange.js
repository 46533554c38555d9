// Which rows are shown, and in which order, so that nothing jumps under a finger. Pure.

const PHASES = ["OPEN", "READ", "REVEAL", "STANDINGS", "LOBBY", "FINISHED"];

/** What a room is sorted by. Numbers that are missing come last. */
const VALUES = {
  started: (room) => -(room.started_at ?? Infinity),
  pin: (room) => room.pin,
  title: (room) => room.title,
  host: (room) => room.host,
  phase: (room) => PHASES.indexOf(room.phase),
  participants: (room) => -room.participants,
  answered: (room) => -room.answered,
  lag: (room) => -(room.lag_ms ?? -1),
};

/** Compares two rooms by one of VALUES; equal ones by their PIN, so that the order is the same every time. */
export function compareRooms(by, language) {
  return (a, b) => compare(VALUES[by](a), VALUES[by](b), language) || compare(a.pin, b.pin, language);
}

function compare(a, b, language) {
  if (typeof a === "string") return a.localeCompare(b, language, { sensitivity: "base", numeric: true });
  return a === b ? 0 : a - b;
}

/** The rooms whose PIN, title or host has all the words of the query; a PIN may be typed with gaps. */
export function searchRooms(rooms, query) {
  const text = query.trim().toLowerCase();
  const digits = text.replace(/[\s-]/g, "");
  const words = text.split(/\s+/);
  return rooms.filter((room) => {
    const all = `${room.pin} ${room.title} ${room.host}`.toLowerCase();
    return (/^\d+$/.test(digits) && room.pin.includes(digits)) || words.every((word) => all.includes(word));
  });
}

/** The items in the order that was shown before; new ones go where they belong among them. */
export function settle(shownKeys, items, keyOf, compareItems) {
  const places = new Map(shownKeys.map((key, place) => [key, place]));
  const known = items.filter((item) => places.has(keyOf(item)));
  known.sort((a, b) => places.get(keyOf(a)) - places.get(keyOf(b)));
  for (const item of items.filter((other) => !places.has(keyOf(other))).sort(compareItems)) {
    const place = known.findIndex((other) => compareItems(item, other) < 0);
    known.splice(place < 0 ? known.length : place, 0, item);
  }
  return known;
}
