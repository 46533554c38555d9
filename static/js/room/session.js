// One room over one socket: subscribes, resumes after every reconnect, keeps the reduced state.

import { backoff } from "../lib/backoff.js";
import { connect } from "../lib/socket.js";
import { initialState, reduce } from "./reduce.js";

// Asking again would get the same answer.
const FINAL = ["not_found", "forbidden", "unauthorized", "room_over"];

/**
 * Hooks: onState(state, event) after every change, onSubscribed() when commands may be sent (again),
 * onStatus as in lib/socket.js, onRefused(code) when the room will not have us, onNotice(params, method) for notification.new and notifications.read.
 */
export function createSession({ url, protocols, room, clock, onState, onSubscribed, onStatus, onRefused, onNotice }) {
  let state = initialState;
  let isSubscribing = false;
  let tries = 0;

  const socket = connect(url, protocols, {
    clock, onStatus,
    onOpen: resync,
    onEvent(event) {
      if (event.method.startsWith("notification")) onNotice?.(event.params, event.method);
      else if ((event.params.room ?? room) == room) dispatch(event);
    },
  });

  function dispatch(event) {
    const next = reduce(state, event);
    if (next === state) return;
    state = next;
    onState?.(state, event);
    if (state.needsResync) resync();
  }

  function resync() {
    if (isSubscribing) return;
    isSubscribing = true;
    const resume = state.isKnown && { after: state.seq, epoch: state.epoch };
    socket.request("room.subscribe", { room, ...resume }).then(subscribed, refused);
  }

  function subscribed(params) {
    isSubscribing = false;
    tries = 0;
    dispatch({ method: "subscribed", params });
    onSubscribed?.();
  }

  function refused({ code, data }) {
    isSubscribing = false;
    if (FINAL.includes(code)) onRefused?.(code);
    // Offline and closed need nothing: the socket calls again when it is open.
    else if (socket.isOpen) setTimeout(resync, data.retry_after_ms ?? backoff(tries++));
  }

  return {
    get state() {
      return state;
    },
    get isOpen() {
      return socket.isOpen;
    },
    /** A command about this room; rejects with RpcError. */
    request: (method, params) => socket.request(method, { room, ...params }),
    dispatch,
    resync,
    reconnect: socket.reconnect,
    close: socket.close,
  };
}
