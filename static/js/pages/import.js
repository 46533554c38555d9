// The import page: a file that is dropped anywhere or chosen is sent at once, and its preview opens. Without this
// script the form does the same with a button.

import { find, readWords } from "../lib/dom.js";
import { sendFile } from "../import/send.js";

const MOST_BYTES = 20 * 1024 * 1024;

const form = document.getElementById("import");
const drop = document.getElementById("drop");
const file = document.getElementById("file");
const error = document.getElementById("file-error");
const progress = document.getElementById("progress");
const word = readWords();
let sending = null;

function show(text) {
  error.textContent = text;
  error.hidden = !text;
  file.toggleAttribute("aria-invalid", Boolean(text));
}

function work(name) {
  document.getElementById("rest").hidden = Boolean(name);
  document.getElementById("work").hidden = !name;
  document.getElementById("work-file").textContent = name ?? "";
}

function tellProgress(share) {
  document.getElementById("work-words").textContent = word(share < 1 ? "sending" : "reading");
  if (share < 1) progress.value = Math.round(share * 100);
  else progress.removeAttribute("value");
}

async function send(chosen) {
  if (sending) return;
  show("");
  if (chosen.size > MOST_BYTES) return rest(word("large"));
  work(chosen.name);
  tellProgress(0);
  document.getElementById("stop").focus();
  sending = sendFile(form.dataset.address, chosen, form.elements.format.value, tellProgress);
  const answer = await sending.done;
  sending = null;
  if (answer.url) location.assign(answer.url);
  else rest(answer.stopped ? "" : answer.message || word("lost"));
}

/** Back to where a file can be chosen; the same one may be chosen again. */
function rest(text) {
  work(null);
  show(text);
  form.reset();
  file.focus();
}

addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("is-over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("is-over");
});
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("is-over");
  const files = event.dataTransfer?.files ?? [];
  if (files.length > 1) show(word("several"));
  else if (files.length) send(files[0]);
});
file.addEventListener("change", () => file.files.length && send(file.files[0]));
document.getElementById("stop").addEventListener("click", () => sending?.stop());
addEventListener("keydown", (event) => event.key === "Escape" && sending?.stop());
// Coming back with the browser's back button, the page must not look busy.
addEventListener("pageshow", (event) => event.persisted && location.reload());
find("html").classList.add("has-script");
