// The bell of signed-in people: how many are unread, and a panel with the list. Whoever has a socket hands it the events.

import { createList, put, putAll } from "../admin/keyed.js";
import { api } from "../host/api.js";
import { find, fromTemplate, readWords } from "../lib/dom.js";
import { slot } from "../screen/parts.js";
import { came, continued, emptyBell, listed, marked, read, unreadOf } from "./list.js";
import { ago, textsOf } from "./words.js";

const PATH = "/api/v1/notifications";
const PAGE = 20;
const COUNT_MOST = 99;
// "5 minutes ago" must not stand there for an hour.
const RENEW_MS = 30_000;

/** Returns `heard({method, params})` for every event, and `refresh()` for whenever something may have been missed. */
export function createBell(root = find("[data-bell]")) {
  const language = document.documentElement.lang || undefined;
  const word = readWords("bell-words");
  const [button, panel] = [find("button", root), find("[popover]", root)];
  const isQuiet = "quiet" in root.dataset;
  let state = emptyBell;
  let isAsking = false;
  let isStale = false;
  let passed = 0;

  const sync = createList(slot(panel, "list"), { keyOf: ({ key }) => key, make: makeItem, update: drawItem });

  function makeItem({ key }) {
    const item = fromTemplate("bell-item");
    slot(item, "read").addEventListener("click", () => {
      markRead([key]);
      // The button goes with its click; whoever came by keyboard stays in the list.
      item.focus();
    });
    slot(item, "link").addEventListener("click", () => markRead([key]));
    return item;
  }

  function drawItem(item, notification) {
    const { title, text, link } = textsOf(notification, word, location.origin);
    const isNew = notification.read_at == null;
    putAll(item, { title, text, when: ago(notification.timestamp, Date.now(), language) });
    item.dataset.read = !isNew;
    slot(item, "new").hidden = slot(item, "read").hidden = !isNew;
    slot(item, "when").dateTime = new Date(notification.timestamp).toISOString();
    const anchor = slot(item, "link");
    anchor.hidden = link === null;
    if (link === null) return;
    anchor.href = link;
    // A host stays where the lesson is.
    if (isQuiet || new URL(link).origin !== location.origin) anchor.target = "_blank";
  }

  function draw() {
    const unread = unreadOf(state);
    put(slot(button, "count"), unread > COUNT_MOST ? `${COUNT_MOST}+` : String(unread));
    slot(button, "count").hidden = unread === 0;
    button.setAttribute("aria-label", unread ? word(unread === 1 ? "unread_one" : "unread", { n: unread }) : word("none"));
    slot(panel, "all").hidden = unread === 0;
    slot(panel, "more").hidden = state.next === null;
    for (const name of ["loading", "failed"]) slot(panel, name).hidden = state.status !== name || state.items.length > 0;
    slot(panel, "empty").hidden = state.status !== "ready" || state.items.length > 0;
    sync(state.items);
  }

  function change(next) {
    state = next;
    draw();
  }

  /** One at a time; what was heard meanwhile may be missing in the answer, so that it is asked for again. */
  async function refresh() {
    isStale = true;
    if (isAsking) return;
    isAsking = true;
    while (isStale) {
      isStale = false;
      try {
        change(listed(state, await api("GET", `${PATH}?limit=${PAGE}`)));
      } catch {
        if (state.status !== "ready") change({ ...state, status: "failed" });
      }
    }
    isAsking = false;
  }

  async function showMore() {
    try {
      change(continued(state, await api("GET", `${PATH}?limit=${PAGE}&after=${state.next}`)));
    } catch {
      refresh();
    }
  }

  /** Shown at once; when the service does not take it, the list says what it knows. */
  async function markRead(keys) {
    const unread = state.items.filter(({ key, read_at: readAt }) => keys.includes(key) && readAt == null);
    const ids = unread.filter(({ id }) => id != null).map(({ id }) => id);
    change({ ...marked(state, new Set(keys), Date.now()), kept: state.kept - ids.length });
    if (ids.length) await tell({ ids });
  }

  async function markAll() {
    const hadKept = state.kept > 0;
    change({ ...marked(state, new Set(state.items.map(({ key }) => key)), Date.now()), kept: 0 });
    find("h2", panel).focus();
    if (hadKept) await tell({ all: true });
  }

  const tell = (what) => api("POST", `${PATH}/read`, what).catch(refresh);

  function heard({ method, params }) {
    if (method === "notifications.read") return change(read(state, params, Date.now()));
    if (method !== "notification.new") return;
    isStale = true;
    change(came(state, params, `passing-${(passed += 1)}`));
    // A lesson is not talked into.
    if (isQuiet) return;
    const { title, text } = textsOf(params, word, location.origin);
    put(slot(root, "spoken"), word("came", { what: title ?? text }));
  }

  slot(panel, "all").addEventListener("click", markAll);
  slot(panel, "more").addEventListener("click", showMore);
  slot(panel, "again").addEventListener("click", () => { change({ ...state, status: "loading" }); refresh(); });
  panel.addEventListener("toggle", draw);
  setInterval(draw, RENEW_MS);
  draw();

  return { heard, refresh };
}
