// The kinds of questions as the projector and the host page show them; docs/kinds.md has the interface.

import { createRegistry } from "../../lib/registry.js";

export const { register, kindOf, besidePicture } = createRegistry({ isGraded: true, takesAnswers: true });

/** What is shown of a kind whose script is not on this page: the question alone. */
export const UNKNOWN = { isGraded: true, takesAnswers: true, open: () => ({ elements: [] }), reveal: () => [] };
