// Sentences of their own: the question says it all.

import { fromTemplate } from "../../lib/dom.js";
import { register } from "./registry.js";

register("open", {
  isGraded: false,
  sample: (_, say) => ({
    answer: { text: say("open_sample_1") },
    distribution: { values: [1, 2, 3].map((n) => ({ value: say(`open_sample_${n}`), count: n === 1 ? 3 : 1, correct: false })), other: 0 },
  }),
  form: () => ({ element: fromTemplate("form-open"), update() {} }),
});
