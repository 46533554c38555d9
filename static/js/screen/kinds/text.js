// A line of text.

import { typedKey, typedReveal, typedSign } from "../typed.js";
import { register } from "./registry.js";

register("text", {
  open: (_, say) => ({ elements: [typedSign(say("text_hint"))] }),
  reveal: typedReveal,
  keyText: typedKey,
});
