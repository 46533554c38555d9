// A number.

import { typedKey, typedReveal, typedSign } from "../typed.js";
import { register } from "./registry.js";

register("number", {
  open: (_, say) => ({ elements: [typedSign(say("number_hint"))] }),
  reveal: typedReveal,
  keyText: typedKey,
});
