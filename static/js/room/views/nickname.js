// Asks for a name and takes the seat. Errors stay under the field, the name stays in it.

import { find, fromTemplate } from "../../lib/dom.js";
import { surpriseName } from "../names.js";

/** `takeSeat(nickname)` resolves to null or to the name of what went wrong. */
export function nicknameView({ word, takeSeat }) {
  const element = fromTemplate("view-nickname");
  const input = find("input", element);
  const button = find("button", element);

  function say(problem) {
    find(".field-error", element).textContent = problem ? word(`nickname_${problem}`) : "";
    input.setAttribute("aria-invalid", Boolean(problem));
    if (problem) input.focus();
  }
  find("[data-do=surprise]", element).addEventListener("click", () => {
    input.value = surpriseName();
    say();
  });
  input.addEventListener("input", () => say());
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const nickname = input.value.normalize().trim();
    if (!nickname) return say("empty");
    if ([...nickname].length > 24) return say("long");
    // The same client_id twice gets the same seat; this only spares the second call.
    button.disabled = true;
    say(await takeSeat(nickname));
    button.disabled = false;
  });
  return { element };
}
