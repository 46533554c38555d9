// The seat in a room, kept on this device: token, participant, client_id; and the call that takes it.

import { find } from "../lib/dom.js";
import { makeId } from "../lib/ids.js";
import { storage } from "../lib/storage.js";

export function createSeat(pin) {
  const key = `quizhall:seat:${pin}`;
  const seat = {
    pin,
    ...storage.get(key),
    take,
    /** The device stays known by its client_id: a ban holds whatever name is tried next. */
    forget() {
      seat.token = seat.participant = undefined;
      keep();
    },
  };

  const keep = () => storage.set(key, { token: seat.token, participant: seat.participant, client_id: seat.client_id });

  /** Resolves to null or to a reason: the API's error code or "network". Without a name: a new token for the old seat. */
  async function take(nickname = seat.participant.nickname) {
    seat.client_id ??= makeId();
    // Before the call: when its reply is lost, the same client_id gets the same seat.
    keep();
    try {
      const response = await fetch(`/api/v1/rooms/${pin}/participants`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-XSRFToken": find("meta[name=xsrf]").content },
        body: JSON.stringify({ nickname, client_id: seat.client_id }),
      });
      const { error, token, participant } = await response.json();
      if (!response.ok) return error.code;
      Object.assign(seat, { token, participant });
      keep();
      return null;
    } catch {
      return "network";
    }
  }

  return seat;
}
