// Copy and paste of whole questions, also between tabs: by the clipboard with Ctrl + C and V, by two buttons without it.

import { storage } from "../lib/storage.js";

// The buttons' own clipboard: a page may not read the real one without asking.
const KEPT = "quizhall.copied";

/**
 * copied() gives the text to copy, or "" when there is nothing; pasted(text) takes one. `list` is the rail. Neither is called while somebody
 * writes in a field or has marked some text.
 */
export function bindClipboard({ list, copy, paste }, { copied, pasted }) {
  function isFree() {
    if (document.querySelector("dialog[open]")) return false;
    const { activeElement } = document;
    // What was marked in a field that has lost the focus is a selection still, for the browser.
    return list.contains(activeElement) || (activeElement === document.body && !String(getSelection()));
  }

  function keep() {
    const text = copied();
    if (text) storage.set(KEPT, text);
    offer();
    return text;
  }

  function offer() {
    paste.hidden = !storage.get(KEPT);
  }

  document.addEventListener("copy", (event) => {
    const text = isFree() ? keep() : "";
    if (!text) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  });
  document.addEventListener("paste", (event) => {
    if (!isFree()) return;
    event.preventDefault();
    pasted(event.clipboardData.getData("text/plain"));
  });
  copy.addEventListener("click", () => {
    const text = keep();
    // Where the browser lets us, so that it can be pasted into an import or a mail too.
    if (text) navigator.clipboard?.writeText(text).catch(() => {});
  });
  paste.addEventListener("click", () => pasted(storage.get(KEPT) ?? ""));
  addEventListener("storage", offer);
  offer();
}
