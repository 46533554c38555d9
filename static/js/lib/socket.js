// JSON-RPC 2.0 over one WebSocket that comes back by itself. Knows requests and events, nothing about rooms.

import { backoff } from "./backoff.js";
import { afterClose, closeName } from "./close_codes.js";

// Also the patience with a handshake: a captive portal may neither accept nor refuse.
const REQUEST_TIMEOUT_MS = 10_000;
const IDLE_MS = 10_000;
const PING_TIMEOUT_MS = 8_000;
// After a wake-up or a change of network somebody is looking: find out sooner.
const WAKE_TIMEOUT_MS = 3_000;
// A connection that lived this long was a good one: the back-off starts over.
const PROVEN_MS = 5_000;

/** `code` is the name of the server's refusal, or "offline", "timeout", "closed" from here. */
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
export const connect = (url, protocols, hooks = {}) => new Socket(url, protocols, hooks);

class Socket {
  #url;
  #protocols;
  #hooks;
  #ws = null;
  #pending = new Map();
  #nextId = 1;
  #tries = 0;
  #openedAt = 0;
  #heardAt = 0;
  #timer = 0;
  #isProbing = false;
  #listeners = new AbortController();

  constructor(url, protocols, hooks) {
    this.#url = url;
    this.#protocols = protocols;
    this.#hooks = hooks;
    this.#watchPage();
    this.#open();
  }

  get isOpen() {
    return this.status === "open";
  }

  /** Never queues: what must survive belongs in the outbox. Rejects with RpcError. */
  request(method, params = {}, timeout = REQUEST_TIMEOUT_MS) {
    if (!this.isOpen) return Promise.reject(new RpcError("offline"));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new RpcError("timeout"));
      }, timeout);
      this.#pending.set(id, { resolve, reject, timer, sentAt: Date.now() });
      this.#ws.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  /** At once instead of later; also the way back from "asleep" and "stopped". */
  reconnect() {
    if (this.isOpen || this.status === "connecting") return;
    this.#tries = 0;
    this.#open();
  }

  close() {
    this.#listeners.abort();
    this.#drop();
    this.#set("stopped", { name: "closed" });
  }

  #open() {
    clearTimeout(this.#timer);
    this.#set("connecting");
    const protocols = typeof this.#protocols === "function" ? this.#protocols() : this.#protocols;
    const ws = (this.#ws = new WebSocket(this.#url, protocols ?? []));
    this.#timer = setTimeout(() => this.#lost(1006), REQUEST_TIMEOUT_MS);
    ws.onopen = () => {
      this.#openedAt = this.#heardAt = Date.now();
      this.#set("open");
      this.#watchIdle();
      this.#hooks.onOpen?.();
    };
    ws.onmessage = (event) => this.#heard(event.data);
    ws.onclose = (event) => this.#lost(event.code);
  }

  #heard(text) {
    this.#heardAt = Date.now();
    const { id, method, params = {}, result, error } = JSON.parse(text);
    if (method) return this.#hooks.onEvent?.({ method, params });
    const waiting = this.#pending.get(id);
    if (!waiting) return;
    this.#pending.delete(id);
    clearTimeout(waiting.timer);
    if (error) return waiting.reject(new RpcError(error.data?.code ?? String(error.code), error.message, error.data));
    if (result?.server_time) this.#hooks.clock?.sample(result.server_time, waiting.sentAt, this.#heardAt);
    waiting.resolve(result);
  }

  /** Forgets the WebSocket without waiting for its close: on a dead network that takes minutes. */
  #drop() {
    clearTimeout(this.#timer);
    const ws = this.#ws;
    this.#ws = null;
    if (ws) {
      ws.onopen = ws.onmessage = ws.onclose = null;
      ws.close();
    }
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new RpcError("closed"));
    }
    this.#pending.clear();
  }

  #lost(code) {
    if (this.isOpen && Date.now() - this.#openedAt >= PROVEN_MS) this.#tries = 0;
    this.#drop();
    const status = { retry: "waiting", wait: "asleep", stop: "stopped" }[afterClose(code)];
    if (status === "waiting") this.#timer = setTimeout(() => this.#open(), backoff(this.#tries++));
    this.#set(status, { code, name: closeName(code), tries: this.#tries });
  }

  #set(status, detail = {}) {
    this.status = status;
    this.#hooks.onStatus?.(status, detail);
  }

  #watchIdle() {
    clearTimeout(this.#timer);
    const quiet = Date.now() - this.#heardAt;
    if (quiet >= IDLE_MS) this.#probe(PING_TIMEOUT_MS);
    this.#timer = setTimeout(() => this.#watchIdle(), Math.max(1000, IDLE_MS - quiet));
  }

  /** Asks for a sign of life; without one the connection is given up. */
  async #probe(timeout) {
    if (this.#isProbing) return;
    this.#isProbing = true;
    const ws = this.#ws;
    try {
      await this.request("ping", {}, timeout);
    } catch (error) {
      if (error.code === "timeout" && ws === this.#ws) this.#lost(1006);
    }
    this.#isProbing = false;
  }

  #watchPage() {
    const { signal } = this.#listeners;
    const wake = () => {
      if (document.hidden) return;
      if (this.isOpen) this.#probe(WAKE_TIMEOUT_MS);
      else if (this.status !== "stopped") this.reconnect();
    };
    const act = () => this.status === "asleep" && this.reconnect();
    for (const type of ["online", "offline", "pageshow"]) addEventListener(type, wake, { signal });
    document.addEventListener("visibilitychange", wake, { signal });
    for (const type of ["pointerdown", "keydown"]) addEventListener(type, act, { signal });
  }
}
