// The look at a file before it is saved: counts what is ticked, ticks all or none of a quiz.

const form = document.getElementById("choose");
const count = document.getElementById("count");
const save = document.getElementById("save");
const boxes = [...form.querySelectorAll("input[name=keep]")];

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  const words = chosen === 0 ? count.dataset.none : chosen === 1 ? count.dataset.one : count.dataset.many;
  count.textContent = words.replace("{n}", chosen);
  save.disabled = chosen === 0;
}

function tick(quiz, isOn) {
  for (const box of boxes) if (box.value.startsWith(`${quiz}-`)) box.checked = isOn;
  tell();
}

form.addEventListener("change", tell);
form.addEventListener("submit", () => save.setAttribute("aria-busy", "true"));
for (const tools of form.querySelectorAll(".found-tools")) tools.hidden = false;
for (const button of form.querySelectorAll("[data-all]")) button.addEventListener("click", () => tick(button.dataset.all, true));
for (const button of form.querySelectorAll("[data-none]")) button.addEventListener("click", () => tick(button.dataset.none, false));
// The browser puts ticks back after a reload and after “back”.
addEventListener("pageshow", () => {
  save.removeAttribute("aria-busy");
  tell();
});
