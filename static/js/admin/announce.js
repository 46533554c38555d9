// Something to say to everyone, or to one room. Asks first, and says what became of it.

import { api } from "../host/api.js";
import { ask } from "../host/ask.js";
import { toast } from "../host/notices.js";
import { slot } from "../screen/parts.js";
import { put } from "./keyed.js";

/** `reach(room)` says in words who will see it; `room` is null for everyone. `onSent` after a success. */
export function bindAnnounce(form, { word, reach, roomOf, onSent }) {
  const field = form.elements.text;
  const left = form.querySelector("[data-slot=left]");
  const button = form.querySelector("button");
  const dialog = document.getElementById("ask-announce");

  const count = () => put(left, word("left", { n: field.maxLength - field.value.length }));
  field.addEventListener("input", count);
  count();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return field.focus();
    const room = roomOf();
    slot(dialog, "text").textContent = text;
    slot(dialog, "reach").textContent = reach(room);
    if ((await ask(dialog)) !== "yes") return;
    button.setAttribute("aria-busy", "true");
    try {
      await api("POST", "/api/v1/admin/announcements", room === null ? { text } : { text, room });
      field.value = "";
      count();
      toast(word("announced"));
      onSent?.();
    } catch (error) {
      toast(word(error.status === 404 || error.status === 410 ? "no-room" : "failed"));
    }
    button.removeAttribute("aria-busy");
  });
}
