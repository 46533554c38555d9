// Autosave: when to send, what to do when it fails. Owns no storage, no network and no clock: all are passed in.

const QUIET_MS = 700;
// Who types without a pause is saved all the same.
const LONGEST_MS = 4000;
const RETRY_MS = [1500, 3000, 6000, 12_000, 24_000];

/** By status of the answer; everything else is weather and will be tried again. */
const REFUSALS = { 400: "refused", 401: "signed_out", 403: "signed_out", 404: "gone", 409: "conflict", 410: "gone", 413: "refused", 422: "refused" };
/** Sending the same again would get the same answer. */
const STUCK = ["conflict", "gone"];

/**
 * `send(quiz, revision)` resolves to {revision, …} or rejects with an error that has the `status` of the answer, if there was one;
 * `keep(quiz, revision)` puts the unsaved quiz aside, `release()` forgets it; onChange({status, reply?, error?}) tells
 * "waiting", "saving", "saved", "offline", "conflict", "refused", "signed_out" or "gone".
 */
export function createSaver({ quiz, revision, send, keep, release, onChange, now = Date.now, later = setTimeout, cancel = clearTimeout }) {
  let saved = quiz;
  let latest = quiz;
  let status = "saved";
  let timer;
  let waitingSince = null;
  // What is on its way, as a promise.
  let running = null;
  let tries = 0;

  function tell(next, detail = {}) {
    status = next;
    onChange({ status, ...detail });
  }

  function plan(ms) {
    cancel(timer);
    timer = later(flush, ms);
  }

  /** There is a newer version. */
  function changed(next) {
    latest = next;
    if (latest === saved && !running && !STUCK.includes(status)) return settled();
    keep(latest, revision);
    if (STUCK.includes(status) || running) return;
    tries = 0;
    waitingSince ??= now();
    if (status !== "waiting") tell("waiting");
    plan(Math.min(QUIET_MS, Math.max(0, waitingSince + LONGEST_MS - now())));
  }

  function settled(reply) {
    cancel(timer);
    waitingSince = null;
    release();
    tell("saved", { reply });
  }

  /** Sends what is unsaved now; resolves when it is answered. */
  function flush() {
    cancel(timer);
    if (!running && latest !== saved && !STUCK.includes(status)) running = transmit();
    return running ?? Promise.resolve();
  }

  async function transmit() {
    waitingSince = null;
    const sent = latest;
    tell("saving");
    try {
      const reply = await send(sent, revision);
      revision = reply.revision;
      saved = sent;
      tries = 0;
      running = null;
      if (latest === saved) return settled(reply);
      keep(latest, revision);
      tell("waiting", { reply });
      plan(QUIET_MS);
    } catch (error) {
      running = null;
      failed(error);
    }
  }

  function failed(error) {
    const next = REFUSALS[error.status] ?? "offline";
    tell(next, { error });
    if (next === "offline") plan(RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]);
  }

  return {
    changed,
    flush,
    /** Before the page is left: whatever was written while the last version was on its way goes too. */
    async finish() {
      await flush();
      if (status === "waiting") await flush();
    },
    get status() {
      return status;
    },
    get revision() {
      return revision;
    },
    hasUnsaved: () => latest !== saved,
    /** The person has chosen: `theirs` is what stands in the service as `newRevision`, `chosen` what shall be. */
    resolve(theirs, newRevision, chosen) {
      revision = newRevision;
      saved = theirs;
      latest = theirs;
      status = "saved";
      if (chosen === theirs) settled();
      else changed(chosen);
    },
  };
}
