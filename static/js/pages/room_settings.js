// The form that starts a room: a preset fills it in without leaving the page, and says whether the form still is one.

import { filled, presetOf } from "../host/presets.js";

const form = document.getElementById("start");
const presets = JSON.parse(document.getElementById("presets").textContent);
const links = [...form.querySelectorAll("[data-preset]")];

function mark() {
  const name = presetOf(presets, filled([...form.elements], presets.classic));
  for (const link of links) {
    if (link.dataset.preset === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function fill(values) {
  for (const field of form.elements) {
    if (!(field.name in values)) continue;
    if (field.type === "checkbox") field.checked = values[field.name];
    else if (field.type === "radio") field.checked = field.value === values[field.name];
    else field.value = values[field.name];
    field.removeAttribute("aria-invalid");
  }
  for (const error of form.querySelectorAll(".field-error")) error.textContent = "";
  mark();
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    fill(presets[link.dataset.preset]);
  });
}
form.addEventListener("input", mark);
// A browser that goes back fills the fields in by itself.
addEventListener("pageshow", mark);
form.querySelector("[aria-invalid=true]")?.focus();
