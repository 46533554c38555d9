// The kinds of questions as a phone plays them; docs/kinds.md has the interface.

import { createRegistry } from "../../lib/registry.js";

export const { register, kindOf, besidePicture } = createRegistry({ isGraded: true, takesAnswers: true });
