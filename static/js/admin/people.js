// The participants of one room, a page of them: rows stay where they are while their figures change.

import { fromTemplate } from "../lib/dom.js";
import { createList, put, putAll } from "./keyed.js";

/** `onDisconnect(person)` when its button is pressed. Returns `draw(participants)`. */
export function createPeople(body, { word, units, onDisconnect }) {
  return createList(body, {
    keyOf: (person) => person.id,
    make(person) {
      const row = fromTemplate("person");
      row.querySelector("button").addEventListener("click", () => onDisconnect(person));
      return row;
    },
    update: (row, person) => drawPerson(row, person, { word, units }),
  });
}

function drawPerson(row, person, { word, units }) {
  const { receipt, state } = person;
  row.dataset.person = state;
  putAll(row, {
    name: person.nickname,
    state: word(`state_${state}`),
    sockets: person.sockets > 1 ? word("sockets", { n: person.sockets }) : "",
    rtt: units.ms(person.rtt_ms),
    since: state === "connected" && person.connected_at ? word("since", { time: units.clock(person.connected_at) }) : "",
    reconnects: units.number(person.reconnects),
    missed: units.number(person.missed),
    resumed: person.resumed ? units.count("resumes", person.resumed) : "",
    receipt: receipt ? word("receipt", { time: units.clock(receipt.received_at), took: units.ms(receipt.took_ms) }) : word("no-receipt"),
    round: receipt ? word("of-round", { round: receipt.round }) : "",
    queue: person.queue_bytes ? word("queued", { size: units.bytes(person.queue_bytes) }) : "",
  });
  const button = row.querySelector("button");
  button.hidden = state !== "connected";
  const label = word("disconnect_name", { name: person.nickname });
  if (button.getAttribute("aria-label") !== label) button.setAttribute("aria-label", label);
  put(row.querySelector('[data-slot="answered"]'), person.answered ? word("has-answered") : "");
}
