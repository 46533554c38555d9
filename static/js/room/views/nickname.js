// Asks for a name and takes the seat. Errors stay under the field, the name stays in it.

import { fill, find, fromTemplate } from "../../lib/dom.js";

/**
 * `takeSeat(nickname)` resolves to null or to the name of what went wrong, `offers()` to names that are free.
 * `isMade`: the service makes the names, and there are no others than those it offers.
 */
export function nicknameView({ word, takeSeat, offers, isMade, heading }) {
  const element = fromTemplate("view-nickname");
  const input = find("input", element);
  const button = find("button", element);
  const another = find("[data-do=surprise]", element);
  let names = [];
  let next = 0;

  function say(problem) {
    find(".field-error", element).textContent = problem ? word(`nickname_${problem}`) : "";
    input.setAttribute("aria-invalid", Boolean(problem));
    if (problem) input.focus();
  }
  async function surprise() {
    if (!names.length) names = await offers();
    if (!names.length) return say("network");
    input.value = names[next++ % names.length];
    another.hidden = isMade && next === names.length;
    say();
  }
  if (heading) fill(element, { heading });
  input.readOnly = isMade;
  if (isMade) surprise();
  another.addEventListener("click", surprise);
  input.addEventListener("input", () => say());
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const nickname = input.value.normalize().trim();
    if (!nickname && !isMade) return say("empty");
    if ([...nickname].length > 24) return say("long");
    // The same client_id twice gets the same seat; this only spares the second call.
    button.disabled = true;
    say(await takeSeat(nickname || undefined));
    button.disabled = false;
  });
  return { element };
}
