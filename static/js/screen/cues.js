// Which sound a moment has, and how it goes. Pure.

/** [frequency in Hz, start in s, length in s] of each note. */
export const CUES = {
  join: [[660, 0, 0.09]],
  tick: [[880, 0, 0.06]],
  close: [[523, 0, 0.13], [392, 0.13, 0.24]],
  podium: [[523, 0, 0.15], [659, 0.15, 0.15], [784, 0.3, 0.15], [1047, 0.45, 0.5]],
};
const TICKS_FROM_S = 5;

/** The cue between two states of the room, null for silence. What was not seen before has none. */
export function cueBetween(before, after) {
  if (!before?.isKnown) return null;
  if (before.phase === after.phase) return after.phase === "LOBBY" && after.participants > before.participants ? "join" : null;
  if (after.phase === "REVEAL" && before.phase === "OPEN") return "close";
  return after.phase === "FINISHED" ? "podium" : null;
}

/** The second that ticks now, 5 to 1 before the round closes; null when none does. */
export function tickAt(state, now) {
  if (!state?.isKnown || state.phase !== "OPEN" || !state.closesAt) return null;
  const seconds = Math.ceil((state.closesAt - now) / 1000);
  return seconds >= 1 && seconds <= TICKS_FROM_S ? seconds : null;
}
