// Answers that are not acknowledged yet. Each keeps its id until a receipt or a final refusal: sending again never
// makes it count twice.

/** Refusals that no repetition changes. */
const FINAL = ["round_closed", "already_answered", "wrong_phase", "room_over", "invalid_answer", "not_found", "forbidden", "-32602"];
const RETRY_MS = 2000;

/**
 * `send(params)` resolves to the receipt; `later` is setTimeout; onChange(entry) after every step, onStored(answer)
 * for a receipt. `seat` is the participant's id: when another room gets this PIN, answers do not move there.
 * entry: {room, round, answer, id, seat, status: "sending"|"waiting"|"refused", reason}
 */
export function createOutbox({ room, seat, storage, makeId, send, later, onChange, onStored }) {
  const key = `quizhall:outbox:${room}`;
  let entries = (storage.get(key) ?? []).filter((entry) => entry.seat === seat);
  for (const entry of entries) entry.status = "waiting";

  const open = () => entries.filter((entry) => entry.status !== "refused");
  const save = () => (open().length ? storage.set(key, open()) : storage.remove(key));
  const entryOf = (round) => entries.findLast((entry) => entry.round === round);

  function flush() {
    for (const entry of entries) if (entry.status === "waiting") transmit(entry);
  }

  async function transmit(entry) {
    const { round, answer, id } = entry;
    entry.status = "sending";
    onChange(entry);
    try {
      const { received_at } = await send({ room, round, answer, id });
      entries = entries.filter((other) => other !== entry);
      onStored({ round, answer, id, received_at });
    } catch ({ code, data }) {
      entry.reason = code;
      entry.status = FINAL.includes(code) ? "refused" : "waiting";
      // Without a connection the next one flushes; with one, only time helps.
      if (entry.status === "waiting" && code !== "offline" && code !== "closed") later(flush, data.retry_after_ms ?? RETRY_MS);
    }
    save();
    onChange(entry);
  }

  return {
    /** The latest entry of the round; undefined once acknowledged. */
    entry: entryOf,
    hasWaiting: () => open().length > 0,
    /** After every (re)connect. */
    flush,
    /** Keeps the answer, then sends it. No second one while the first is on its way. */
    submit(round, answer) {
      const present = entryOf(round);
      if (present && present.status !== "refused") return;
      const entry = { room, round, answer, id: makeId(), seat };
      entries.push(entry);
      save();
      transmit(entry);
    },
  };
}

/** What the person is told: {state: "idle"|"sending"|"waiting"|"stored"|"refused", answer, reason?, at?}. */
export function receiptOf(entry, stored) {
  const { status = "idle", answer, reason } = entry ?? {};
  if (stored && (status === "idle" || status === "refused")) {
    return { state: "stored", answer: stored.answer, reason, at: stored.received_at };
  }
  // What was said to be kept stays so until it is stored, however often it is tried.
  return { state: status === "sending" && reason ? "waiting" : status, answer, reason };
}
