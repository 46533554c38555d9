// A question in a dialog of the page. Escape and the quiet button both mean no.

/** Resolves with the value of the button that closed the dialog, "no" for Escape. */
export function ask(dialog) {
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue || "no"), { once: true });
  });
}
