// Up or down, on the phone.

import { fromTemplate } from "../../lib/dom.js";
import { register } from "./registry.js";

const told = (answer, word) => answer && word(`thumb_${answer.way}`);

register("thumb", {
  input(_, onPick) {
    const element = fromTemplate("thumb");
    for (const button of element.children) button.addEventListener("click", () => onPick({ way: button.value }));
    return {
      element,
      hint: "thumb_hint",
      needsSend: false,
      value: () => null,
      show(_answer, locked) {
        for (const button of element.children) button.disabled = locked;
      },
    };
  },
  after: ({ key }, mine, word) => ({ rows: { right: told(key, word), mine: told(mine, word) } }),
});
