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
    input.ariaInvalid = Boolean(problem);
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
    if (button.ariaBusy === "true") return;
    button.ariaBusy = true;
    say(await takeSeat(nickname));
    button.ariaBusy = false;
  });
  return { element };
}
