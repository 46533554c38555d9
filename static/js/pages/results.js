// The pages of results and rooms: times in the reader's zone, printing, and people who stand on another page.

const language = document.documentElement.lang || undefined;
const SHAPES = {
  date: { dateStyle: "long" },
  time: { timeStyle: "medium" },
  moment: { dateStyle: "long", timeStyle: "short" },
};

for (const time of document.querySelectorAll("time[data-ms]")) {
  const shape = SHAPES[time.dataset.shapeOf ?? "moment"];
  time.textContent = new Intl.DateTimeFormat(language, shape).format(Number(time.dataset.ms));
}

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  // From a page of the matrix: this one has everybody.
  if (location.hash === "#print") addEventListener("load", () => window.print());
}

addEventListener("hashchange", findPerson);
findPerson();

/** #p-… leads to a row of the matrix; somebody who is on another page of it has a page of their own. */
function findPerson() {
  const id = location.hash.match(/^#p-([0-9a-f-]{36})$/)?.[1];
  if (!id) return;
  const row = document.getElementById(`p-${id}`);
  if (row) row.focus();
  else if (document.getElementById("matrix")) location.replace(`${location.pathname}/${id}`);
}
