// The slide: its text is the prompt, and that is all.

import { register } from "./registry.js";

register("info", { isGraded: false, takesAnswers: false });
