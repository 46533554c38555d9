// How long to wait before the next attempt. Pure: the caller brings the random number.

/** Milliseconds before retry `attempt` (0: 100-400 ms, then doubling to 8 s, jittered); `random` in 0…1. */
export function backoff(attempt, random = Math.random()) {
  if (attempt <= 0) return 100 + random * 300;
  const ceiling = Math.min(8000, 400 * 2 ** attempt);
  return ceiling / 2 + (random * ceiling) / 2;
}
