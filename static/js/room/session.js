// One room over one socket: subscribes, resumes after every reconnect, keeps the reduced state.

import { backoff } from "../lib/backoff.js";
import { connect } from "../lib/socket.js";
import { initialState, reduce } from "./reduce.js";

// Asking again would get the same answer.
const FINAL = ["not_found", "forbidden", "unauthorized", "room_over"];

/**
 * Hooks: onState(state, event) after every change, onSubscribed() when commands may be sent (again),
 * onStatus as in lib/socket.js, onRefused(code) when the room will not have us.
 */
export function createSession({ url, protocols, room, clock, ...hooks }) {
  let state = initialState;
  let isSubscribing = false;
  let tries = 0;

  const socket = connect(url, protocols, {
    clock,
    onOpen: subscribe,
    onStatus: hooks.onStatus,
    onEvent(event) {
      if (event.params.room == null || String(event.params.room) === room) dispatch(event);
    },
  });

  function dispatch(event) {
    const next = reduce(state, event);
    if (next === state) return;
    state = next;
    hooks.onState?.(state, event);
    if (state.needsResync) subscribe();
  }

  async function subscribe() {
    if (isSubscribing) return;
    isSubscribing = true;
    const resume = state.isKnown ? { after: state.seq, epoch: state.epoch } : {};
    let reply;
    let refusal;
    try {
      reply = await socket.request("room.subscribe", { room, ...resume });
    } catch (error) {
      refusal = error;
    }
    isSubscribing = false;
    if (reply) {
      tries = 0;
      dispatch({ method: "subscribed", params: reply });
      hooks.onSubscribed?.();
    } else if (FINAL.includes(refusal.code)) {
      hooks.onRefused?.(refusal.code);
    } else if (socket.isOpen) {
      // Offline and closed need nothing: the socket calls again when it is open.
      setTimeout(subscribe, refusal.data?.retry_after_ms ?? backoff(tries++));
    }
  }

  return {
    get state() {
      return state;
    },
    get isOpen() {
      return socket.isOpen;
    },
    /** A command about this room; rejects with RpcError. */
    request: (method, params = {}) => socket.request(method, { room, ...params }),
    dispatch,
    resync: subscribe,
    reconnect: () => socket.reconnect(),
    close: () => socket.close(),
  };
}
