// Answers that are not acknowledged yet. Each keeps its id until a receipt or a final refusal, so that sending it
// again can never make it count twice.

/** Refusals that no repetition changes. */
const FINAL = ["round_closed", "already_answered", "wrong_phase", "room_over", "invalid_answer", "not_found", "forbidden", "-32602"];
const RETRY_MS = 2000;

export class Outbox {
  #entries;
  #key;
  #deps;

  /**
   * `send(params)` resolves to the receipt; `later` is setTimeout; onChange(entry) after every step;
   * onStored({round, answer, id, received_at}) for a receipt. `seat` is the participant's id: another room may
   * get this PIN one day, and answers do not move there.
   */
  constructor(deps) {
    this.#deps = deps;
    this.#key = `quizhall:outbox:${deps.room}`;
    this.#entries = (deps.storage.get(this.#key) ?? []).filter((entry) => entry.seat === deps.seat);
    for (const entry of this.#entries) entry.status = "waiting";
  }

  /** {room, round, answer, id, seat, status: "sending"|"waiting"|"refused", reason}, or null once acknowledged. */
  entry(round) {
    return this.#entries.findLast((entry) => entry.round === round) ?? null;
  }

  get hasWaiting() {
    return this.#entries.some((entry) => entry.status !== "refused");
  }

  /** Keeps the answer, then sends it. No second one while the first is on its way. */
  submit(round, answer) {
    const present = this.entry(round);
    if (present && present.status !== "refused") return;
    const { room, seat, makeId } = this.#deps;
    const entry = { room, round, answer, id: makeId(), seat };
    this.#entries.push(entry);
    this.#save();
    this.#send(entry);
  }

  /** After every (re)connect. */
  flush() {
    for (const entry of this.#entries) if (entry.status === "waiting") this.#send(entry);
  }

  async #send(entry) {
    const { send, later, onChange, onStored } = this.#deps;
    const { room, round, answer, id } = entry;
    entry.status = "sending";
    onChange(entry);
    try {
      const { received_at } = await send({ room, round, answer, id });
      this.#entries = this.#entries.filter((other) => other !== entry);
      onStored({ round, answer, id, received_at });
    } catch ({ code, data }) {
      entry.reason = code;
      entry.status = FINAL.includes(code) ? "refused" : "waiting";
      // Without a connection the next one flushes; with one, only time helps.
      if (entry.status === "waiting" && code !== "offline" && code !== "closed") {
        later(() => this.flush(), data?.retry_after_ms ?? RETRY_MS);
      }
    }
    this.#save();
    onChange(entry);
  }

  #save() {
    const kept = this.#entries.filter((entry) => entry.status !== "refused");
    if (kept.length) this.#deps.storage.set(this.#key, kept);
    else this.#deps.storage.remove(this.#key);
  }
}

/** What the person is told: {state: "idle"|"sending"|"waiting"|"stored"|"refused", answer, reason?, at?}. */
export function receiptOf(entry, stored) {
  if (entry && entry.status !== "refused") return { state: entry.status, answer: entry.answer };
  if (stored) return { state: "stored", answer: stored.answer, reason: entry?.reason, at: stored.received_at };
  return entry ? { state: "refused", answer: entry.answer, reason: entry.reason } : { state: "idle" };
}
