// What admins did lately, newest first.

import { api } from "../host/api.js";
import { fromTemplate } from "../lib/dom.js";
import { createList, putAll } from "./keyed.js";

const EVERY_MS = 10_000;
const MOST = 20;

/** Returns `load()`, which is also called by itself while the page is seen. */
export function createAudit(section, { word, units }) {
  const empty = section.querySelector("#audit-empty");
  const sync = createList(section.querySelector("#audit"), {
    keyOf: (entry) => entry.id,
    make: () => fromTemplate("audit-entry"),
    update: (row, entry) => putAll(row, {
      at: units.moment(entry.at),
      actor: entry.actor?.name ?? word("nobody"),
      action: actionWords(entry, word),
      text: entry.details?.text ?? "",
    }),
  });

  async function load() {
    if (document.hidden) return;
    try {
      const { entries } = await api("GET", "/api/v1/admin/audit");
      sync(entries.slice(0, MOST));
      empty.hidden = entries.length > 0;
    } catch {
      // The banner tells of a lost connection; the next call brings the list.
    }
  }

  setInterval(load, EVERY_MS);
  load();
  return load;
}

/** An action that this page does not know is told by its name. */
function actionWords({ action, room, target, details }, word) {
  const key = action === "announcement.send" && room ? "did-announcement.room" : `did-${action}`;
  const text = word(key, { room: room ?? "", email: details?.email ?? "" });
  return text === key ? [action, room, target].filter(Boolean).join(" · ") : text;
}
