// The import page: a file may be dropped anywhere on it. Without this script the form works all the same.

const drop = document.getElementById("drop");
const file = document.getElementById("file");
const words = document.getElementById("drop-words");
const go = document.getElementById("go");

function showName() {
  if (!file.files.length) return;
  words.textContent = file.files[0].name;
  drop.classList.add("has-file");
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
  if (!event.dataTransfer?.files.length) return;
  const one = new DataTransfer();
  one.items.add(event.dataTransfer.files[0]);
  file.files = one.files;
  showName();
});
file.addEventListener("change", showName);

document.getElementById("import").addEventListener("submit", () => {
  go.setAttribute("aria-busy", "true");
  go.textContent = go.dataset.busy;
});
// Coming back with the browser's back button, the page must not look busy.
addEventListener("pageshow", (event) => event.persisted && location.reload());
