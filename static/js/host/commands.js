// Sends a host's commands. Each says which seq it was meant for, so two remotes with one tap each move once.

// The room has moved on meanwhile: what the host wanted has happened, or makes no sense any more.
const MOVED_ON = new Set(["stale", "wrong_phase", "room_over"]);

/** `send(method, params)`; one command at a time. `onProblem(code)` gets what the host should hear of. */
export function createCommands({ session, onBusy, onMoved, onProblem }) {
  let isBusy = false;

  async function request(method, params) {
    const { phase, round, seq } = session().state;
    try {
      await session().request(method, { ...params, expect: seq });
    } catch (error) {
      // A name or the lock was changed, and the room stands where it stood: the host meant this very step.
      const { phase: now, round: nowRound, seq: expect } = error.data ?? {};
      if (error.code !== "stale" || now !== phase || nowRound !== round) throw error;
      await session().request(method, { ...params, expect });
    }
  }

  return async function send(method, params = {}) {
    if (isBusy) return;
    isBusy = true;
    onBusy(true);
    try {
      await request(method, params);
    } catch (error) {
      if (MOVED_ON.has(error.code)) onMoved();
      else onProblem(error.code);
    } finally {
      isBusy = false;
      onBusy(false);
    }
  };
}
