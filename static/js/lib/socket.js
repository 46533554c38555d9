// JSON-RPC 2.0 over one WebSocket that comes back by itself. Knows nothing about rooms.

import { backoff } from "./backoff.js";
import { afterClose, closeName } from "./close_codes.js";

// Also for the handshake: a captive portal may neither accept nor refuse.
const REQUEST_TIMEOUT_MS = 10_000;
const IDLE_MS = 10_000;
const PING_TIMEOUT_MS = 8_000;
// After a wake-up somebody is looking: find out sooner.
const WAKE_TIMEOUT_MS = 3_000;
// A connection that lived this long was a good one: the back-off starts over.
const PROVEN_MS = 5_000;

/** `code` is the server's name of the error, or "offline", "timeout", "closed" from here. */
export class RpcError extends Error {
  constructor(code, message = code, data = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/**
 * `protocols` may be a function, asked before every attempt. Hooks: onOpen(), onEvent({method, params}),
 * onStatus(status, {code, name, tries}), and `clock`, fed with every server_time.
 * status: connecting, open, waiting (comes back by itself), asleep (4507), stopped (stays away).
 */
export function connect(url, protocols, { onOpen, onEvent, onStatus, clock } = {}) {
  const pending = new Map();
  const listeners = new AbortController();
  let ws;
  let status;
  let timer;
  let lastId = 0;
  let tries = 0;
  let openedAt;
  let heardAt;
  let isProbing = false;
  // The server ends and has said within which time its people come back, so that they do not all come at once.
  let spread = 0;

  function set(next, detail = {}) {
    status = next;
    onStatus?.(next, detail);
  }

  function open() {
    clearTimeout(timer);
    set("connecting");
    ws = new WebSocket(url, typeof protocols === "function" ? protocols() : protocols);
    timer = setTimeout(lost, REQUEST_TIMEOUT_MS, 1006);
    ws.onopen = () => {
      openedAt = heardAt = Date.now();
      set("open");
      watchIdle();
      onOpen?.();
    };
    ws.onmessage = (event) => heard(JSON.parse(event.data));
    ws.onclose = (event) => lost(event.code);
  }

  function heard({ id, method, params = {}, result, error }) {
    heardAt = Date.now();
    if (method === "node.draining") spread = params.reconnect_within_ms;
    if (method) return onEvent?.({ method, params });
    const waiting = pending.get(id);
    if (!waiting) return;
    pending.delete(id);
    clearTimeout(waiting.timer);
    if (error) return waiting.reject(new RpcError(error.data?.code ?? String(error.code), error.message, error.data));
    if (result?.server_time) clock?.sample(result.server_time, waiting.sentAt, heardAt);
    waiting.resolve(result);
  }

  /** Never queues: what must survive belongs in the outbox. */
  function request(method, params = {}, timeout = REQUEST_TIMEOUT_MS) {
    return new Promise((resolve, reject) => {
      if (status !== "open") return reject(new RpcError("offline"));
      const id = ++lastId;
      const expire = () => pending.delete(id) && reject(new RpcError("timeout"));
      pending.set(id, { resolve, reject, timer: setTimeout(expire, timeout), sentAt: Date.now() });
      ws.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  /** Does not wait for the close: on a dead network that takes minutes. */
  function drop() {
    clearTimeout(timer);
    ws.onopen = ws.onmessage = ws.onclose = null;
    ws.close();
    for (const waiting of pending.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new RpcError("closed"));
    }
    pending.clear();
  }

  function lost(code) {
    if (status === "open" && Date.now() - openedAt >= PROVEN_MS) tries = 0;
    drop();
    const next = afterClose(code);
    if (next === "waiting") timer = setTimeout(open, backoff(tries++) + Math.random() * spread);
    spread = 0;
    set(next, { code, name: closeName(code), tries });
  }

  function reconnect() {
    if (status === "open" || status === "connecting") return;
    tries = 0;
    open();
  }

  function watchIdle() {
    clearTimeout(timer);
    const quiet = Date.now() - heardAt;
    if (quiet >= IDLE_MS) probe(PING_TIMEOUT_MS);
    timer = setTimeout(watchIdle, Math.max(1000, IDLE_MS - quiet));
  }

  /** Asks for a sign of life; without one the connection is given up. */
  async function probe(timeout) {
    if (isProbing) return;
    isProbing = true;
    const probed = ws;
    const error = await request("ping", {}, timeout).catch((reason) => reason);
    isProbing = false;
    if (error?.code === "timeout" && probed === ws) lost(1006);
  }

  function wake() {
    if (document.hidden) return;
    if (status === "open") probe(WAKE_TIMEOUT_MS);
    else if (status !== "stopped") reconnect();
  }
  const act = () => status === "asleep" && reconnect();
  const on = (listener, ...types) => types.forEach((type) => addEventListener(type, listener, { signal: listeners.signal }));
  // visibilitychange bubbles up to the window.
  on(wake, "online", "offline", "pageshow", "visibilitychange");
  on(act, "pointerdown", "keydown");
  open();

  return {
    get isOpen() {
      return status === "open";
    },
    /** Rejects with RpcError. */
    request,
    /** At once instead of later; also the way back from "asleep" and "stopped". */
    reconnect,
    close() {
      listeners.abort();
      drop();
      set("stopped", { name: "closed" });
    },
  };
}
