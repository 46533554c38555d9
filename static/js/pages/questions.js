// The page of all questions: how many are ticked, and the form that copies them.

import { createFound } from "../bank/found.js";

const form = document.getElementById("copy");
const element = document.querySelector("[data-bank]");

if (form) bind();
forgetNotice();

function bind() {
  const told = document.getElementById("chosen");
  const button = document.getElementById("copy-now");

  function onChosen(n) {
    const words = { 0: told.dataset.none, 1: told.dataset.one }[n] ?? told.dataset.many.replace("{n}", n);
    if (told.textContent !== words) told.textContent = words;
    button.disabled = n === 0;
  }

  const found = createFound(element, {
    onChosen,
    onShown(address) {
      history.replaceState(null, "", address);
      form.elements.back.value = address;
    },
  });
  form.addEventListener("formdata", ({ formData }) => {
    // In the order in which they were ticked; those on other pages of the list have no box here.
    formData.delete("pick");
    for (const [value] of found.chosen()) formData.append("pick", value);
  });
}

/** What was done is said once: a reload or a bookmark does not say it again. */
function forgetNotice() {
  const url = new URL(location.href);
  for (const name of ["copied", "count"]) url.searchParams.delete(name);
  if (url.href !== location.href) history.replaceState(null, "", url);
}
