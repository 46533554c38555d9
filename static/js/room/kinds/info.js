// A slide: words to read, nothing to answer.

import { fill, fillPicture, fromTemplate } from "../../lib/dom.js";
import { register } from "./registry.js";

const view = ({ question }) => ({
  element: fill(fillPicture(fromTemplate("view-info"), question.media), { prompt: question.prompt }),
});

register("info", { view, isGraded: false, takesAnswers: false });
