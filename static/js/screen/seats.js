// Which names stand on the lobby wall. A name keeps its place; when the wall is full the newest
// name takes the place of the one that has been there longest, and the last place counts the rest.

export function emptySeats() {
  return { slots: [], next: 0, seen: new Set() };
}

/** The wall after these names (oldest first) are known; `capacity` places, at least two. */
export function seatNames(seats, names, capacity) {
  const room = Math.max(2, capacity);
  const known = new Set(names);
  const slots = seats.slots.filter((name) => known.has(name));
  const removed = slots.length !== seats.slots.length;
  const seen = new Set([...seats.seen].filter((name) => known.has(name)));
  const usable = names.length > room ? room - 1 : room;
  let next = removed ? 0 : seats.next;
  slots.length = Math.min(slots.length, usable);
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (slots.length < usable) {
      slots.push(name);
    } else {
      slots[next % usable] = name;
      next = (next % usable) + 1;
    }
  }
  refill(slots, names, usable);
  return { slots, next, seen };
}

/** The wall grew or someone left: names that had to go come back to the free places. */
function refill(slots, names, usable) {
  const shown = new Set(slots);
  for (const name of names) {
    if (slots.length >= usable) return;
    if (!shown.has(name)) slots.push(name);
  }
}

/** How many people are in the room without a tile of their own. */
export function beyondWall(seats, participants) {
  return Math.max(0, participants - seats.slots.length);
}
