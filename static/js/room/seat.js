// The seat in a room: token, participant and client_id, kept on this device, and the call that takes it.

import { makeId } from "../lib/ids.js";
import { storage } from "../lib/storage.js";

export class Seat {
  #key;

  constructor(pin) {
    this.pin = pin;
    this.#key = `quizhall:seat:${pin}`;
    Object.assign(this, storage.get(this.#key));
  }

  /** Resolves to null or to a reason: the API's error code, "rate_limited" or "network". */
  async take(nickname) {
    this.client_id ??= makeId();
    // Before the call: when its reply is lost, the same client_id gets the same seat.
    this.#keep();
    try {
      const response = await fetch(`/api/v1/rooms/${this.pin}/participants`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-XSRFToken": document.querySelector("meta[name=xsrf]").content },
        body: JSON.stringify({ nickname, client_id: this.client_id }),
      });
      const { error, token, participant } = await response.json();
      if (!response.ok) return response.status === 429 ? "rate_limited" : error.code;
      Object.assign(this, { token, participant });
      this.#keep();
      return null;
    } catch {
      return "network";
    }
  }

  /** A token that expired: the same client_id and name bring the same seat back. */
  renew() {
    return this.take(this.participant.nickname);
  }

  forget() {
    this.token = this.participant = this.client_id = undefined;
    storage.remove(this.#key);
  }

  #keep() {
    const { token, participant, client_id } = this;
    storage.set(this.#key, { token, participant, client_id });
  }
}
