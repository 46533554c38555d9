// Where a room stands, in words and as the kind of its badge. Pure.

export function phaseWords(room, word) {
  return word(`phase_${room.phase}`, { round: room.round, rounds: room.rounds });
}

/** People are waiting for something to happen in these. */
export const isLive = (phase) => phase === "OPEN" || phase === "READ";
