// The server's time as this browser sees it. Owns the offset, draws nothing.

// After this a slower round trip is believed too: clocks drift and laptops sleep.
const TRUST_MS = 60_000;

export function createClock(now = Date.now) {
  let best = null;
  return {
    /** One request and its answer: the shorter the round trip, the nearer the truth. */
    sample(serverTime, sentAt, receivedAt = now()) {
      const roundTrip = receivedAt - sentAt;
      if (!Number.isFinite(serverTime) || roundTrip < 0) return;
      if (best && roundTrip > best.roundTrip && receivedAt - best.at < TRUST_MS) return;
      best = { roundTrip, at: receivedAt, offset: serverTime - (sentAt + receivedAt) / 2 };
    },
    now: () => now() + (best?.offset ?? 0),
  };
}

/** What is left of a span: `left` 1…0 for the bar, and whole `seconds`. */
export function remaining(startsAt, endsAt, now) {
  const span = Math.max(1, endsAt - startsAt);
  const ms = Math.min(span, Math.max(0, endsAt - now));
  return { left: ms / span, seconds: Math.ceil(ms / 1000) };
}
