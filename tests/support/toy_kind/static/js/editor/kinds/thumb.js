// Up or down, in the editor.

import { fromTemplate } from "../../lib/dom.js";
import { put } from "../fields.js";
import { register } from "./registry.js";

register("thumb", {
  blank: () => ({ way: "up" }),
  sample: ({ way }) => ({ key: { way }, distribution: { counts: way === "up" ? [20, 8] : [8, 20], other: 0 } }),
  form({ edit }) {
    const element = fromTemplate("form-thumb");
    const way = element.querySelector("select");
    way.addEventListener("change", () => edit({ way: way.value }));
    return { element, update: (question) => put(way, question.way) };
  },
});
