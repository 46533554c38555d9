// The keys of the whole page: Ctrl or ⌘ with Z and Y, Alt with the arrows.

/** Each of `acts` {undo, redo, up, down} is called for its keys; nothing happens below an open dialog. */
export function bindKeys(acts) {
  addEventListener("keydown", (event) => {
    const name = nameOf(event);
    if (!name || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    acts[name]();
  });
}

/** Which of the acts a press means; null for none. Pure. */
export function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const letter = key.toLowerCase();
  if ((ctrlKey || metaKey) && !altKey) {
    if (letter === "z") return shiftKey ? "redo" : "undo";
    return letter === "y" ? "redo" : null;
  }
  if (!altKey || ctrlKey || metaKey || shiftKey) return null;
  return { ArrowUp: "up", ArrowDown: "down" }[key] ?? null;
}
