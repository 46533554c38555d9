// The results: every column sorts by a click on its head; times in the reader's zone; printing.

import { nextDirection, sortRows } from "../results/sort.js";

const language = document.documentElement.lang || undefined;
const table = document.getElementById("matrix");

for (const time of document.querySelectorAll("time[data-ms]")) {
  time.textContent = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(Number(time.dataset.ms));
}

for (const head of table?.querySelectorAll("th[data-sort]") ?? []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => sortBy(head));
}

function sortBy(head) {
  const kind = head.dataset.sort;
  const direction = nextDirection(head.getAttribute("aria-sort"), kind === "text" ? "asc" : head.dataset.first);
  const body = table.tBodies[0];
  const column = head.cellIndex;
  body.append(...sortRows([...body.rows], (row) => row.cells[column].dataset.value, kind, direction, language));
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", direction);
}

const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());
