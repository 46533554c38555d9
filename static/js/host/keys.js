// Which action a key press means on the host page, and when a press is none. Pure.

const ACTIONS = new Map([
  [" ", "step"],
  ["ArrowRight", "step"],
  ["s", "standings"],
  ["l", "lock"],
]);

/** A phase must have stood this long before a key moves on: nobody skips what they have not seen. */
export const SETTLE_MS = 300;

/** The action for this press, or null. `event` needs key, repeat, and the modifier flags. */
export function actionFor(event, { inField, dialogOpen, sinceChangeMs }) {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (inField || dialogOpen) return null;
  const action = ACTIONS.get(event.key.length === 1 ? event.key.toLowerCase() : event.key) ?? null;
  return action === "step" && sinceChangeMs < SETTLE_MS ? null : action;
}

const FIELDS = new Set(["INPUT", "TEXTAREA", "SELECT", "BUTTON", "A", "SUMMARY"]);

/** True where a key press belongs to the focused element itself. */
export function isField(element) {
  if (!element) return false;
  return FIELDS.has(element.tagName) || element.isContentEditable === true;
}

/**
 * True while a dialog or a panel lies over the page: the keys are meant for it, wherever the focus is. The page itself is
 * asked, since `toggle` tells of a panel only a moment after it has opened.
 */
export function isCovered() {
  const hasPanels = CSS.supports("selector(:popover-open)");
  return document.querySelector(hasPanels ? "dialog[open], :popover-open" : "dialog[open]") !== null;
}
