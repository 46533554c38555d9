// The teacher's lists: asks before deleting, shows times in the reader's zone, closes menus that were left.

import { ask } from "../host/ask.js";
import { slot } from "../screen/parts.js";

const language = document.documentElement.lang || undefined;
const shape = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

for (const time of document.querySelectorAll("time[data-ms]")) {
  time.textContent = shape.format(Number(time.dataset.ms));
}

for (const form of document.querySelectorAll("form[data-delete]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const dialog = document.getElementById("ask-delete");
    slot(dialog, "title").textContent = form.dataset.delete;
    if ((await ask(dialog)) === "yes") form.submit();
  });
}

document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(null));

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}
