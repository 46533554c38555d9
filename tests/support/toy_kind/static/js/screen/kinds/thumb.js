// Up or down, on the projector.

import { drawValue } from "../dist.js";
import { make } from "../parts.js";
import { register } from "./registry.js";

register("thumb", {
  open: (_, say) => ({ elements: [make("thumb")], hint: say("thumb_hint") }),
  reveal: ({ distribution, key }, say) =>
    distribution.counts.map((count, index) => {
      const way = ["up", "down"][index];
      return drawValue({ text: say(`thumb_${way}`), count, share: count ? 1 : 0, right: key.way === way });
    }),
});
