// The seat in a room, kept on this device: token, participant, client_id; and the calls that take it and name it.

import { find } from "../lib/dom.js";
import { makeId } from "../lib/ids.js";
import { storage } from "../lib/storage.js";

export function createSeat(pin) {
  const key = `quizhall:seat:${pin}`;
  const path = `/api/v1/rooms/${pin}/`;
  const seat = {
    pin,
    ...storage.get(key),
    /** Without a name: a new token for the old seat, or, where the service makes the names, a seat under any of them. */
    take: (nickname = seat.participant?.nickname) => call("POST", "participants", { nickname, client_id: known() }),
    rename: (nickname) => call("PUT", "nickname", { nickname }),
    offers,
    /** The device stays known by its client_id: a ban holds whatever name is tried next. */
    forget() {
      seat.token = seat.participant = undefined;
      keep();
    },
  };

  const keep = () => storage.set(key, { token: seat.token, participant: seat.participant, client_id: seat.client_id });

  function known() {
    seat.client_id ??= makeId();
    // Before the call: when its reply is lost, the same client_id gets the same seat.
    keep();
    return seat.client_id;
  }

  /** Resolves to null or to a reason: the API's error code or "network". */
  async function call(method, what, body) {
    try {
      const response = await fetch(path + what, {
        method,
        headers: {
          "Content-Type": "application/json", "X-XSRFToken": find("meta[name=xsrf]").content,
          ...(method === "PUT" && { Authorization: `Bearer ${seat.token}` }),
        },
        body: JSON.stringify(body),
      });
      const { error, ...given } = await response.json();
      if (!response.ok) return error.code;
      Object.assign(seat, given);
      keep();
      return null;
    } catch {
      return "network";
    }
  }

  /** Names that are free; none when nobody can be reached. */
  async function offers() {
    try {
      const { names } = await (await fetch(`${path}names?client_id=${known()}`)).json();
      return names ?? [];
    } catch {
      return [];
    }
  }

  return seat;
}
