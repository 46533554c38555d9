// What an admin has to say to everyone: a calm banner, closed by a tap, or by itself where nobody can tap.

import { fill, find } from "./dom.js";

/** Returns a function for the params of every notification.new; `staysMs` only where there is no button. */
export function createAnnouncement(box, staysMs) {
  let timer;
  const hide = () => { box.hidden = true; };
  find("button", box)?.addEventListener("click", hide);

  return ({ type, payload }) => {
    const text = type === "announcement" && (payload.text || payload.title);
    if (!text) return;
    fill(box, { announcement: text });
    box.hidden = false;
    clearTimeout(timer);
    if (staysMs) timer = setTimeout(hide, staysMs);
  };
}
