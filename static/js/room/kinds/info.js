// A slide: words to read, nothing to answer.

import { fill, fillPicture, fromTemplate, rich } from "../../lib/dom.js";
import { register } from "./registry.js";

const view = ({ question }) => ({
  element: fill(fillPicture(fromTemplate("view-info"), question.media), { prompt: rich(question.prompt, question.prompt_html) }),
});

register("info", { view, isGraded: false, takesAnswers: false });
