// The alerts that stand: what is wrong, how far beyond its bound, since when, and what to do.

import { fromTemplate } from "../lib/dom.js";
import { alertTitle, alertValue } from "./health.js";
import { createList, putAll } from "./keyed.js";

export function createAlerts(container, { word, units }) {
  const sync = createList(container, {
    keyOf: (alert) => `${alert.node} ${alert.name}`,
    make: () => fromTemplate("alert"),
    update(row, alert) {
      row.classList.toggle("is-serious", alert.severity === "critical");
      putAll(row, {
        title: alertTitle(alert, word),
        where: alert.where,
        value: word("bound", {
          value: alertValue(alert, alert.value, units), threshold: alertValue(alert, alert.threshold, units),
        }),
        since: word("alert_since", { time: units.clock(alert.since) }),
        todo: known(word, `todo-${alert.name}`),
      });
    },
  });
  return ({ alerts, nodes }) => {
    container.hidden = alerts.length === 0;
    sync(alerts.map((alert) => ({ ...alert, where: nodes.length > 1 ? alert.node : "" })));
  };
}

/** The text, or nothing for an alert that this page has no advice for. */
function known(word, key) {
  const text = word(key);
  return text === key ? "" : text;
}
