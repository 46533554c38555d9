// The picture of a question: uploaded at once, shown small, with words for those who cannot see it.

import { slot } from "../screen/parts.js";
import { onTyped, put } from "./fields.js";
import { postFile } from "./service.js";

export function createImage(box, { word, edit }) {
  const file = box.querySelector("input[type=file]");
  const alt = box.querySelector("#alt");
  const button = box.querySelector(".ed-file");
  const error = slot(box, "error");
  let question = null;

  async function upload(chosen) {
    const { id } = question;
    error.textContent = "";
    button.setAttribute("aria-busy", "true");
    slot(box, "words").textContent = word("image_busy");
    try {
      const media = await postFile(chosen);
      // Another question may be open by now: the picture belongs to the one that it was chosen for.
      edit({ media: { image: media.id, alt: question.id === id ? (question.media?.alt ?? "") : "" } }, null, id);
      if (question.id === id) alt.focus();
    } catch (failure) {
      error.textContent = failure.sentence ?? word(failure.status ? "image_failed" : "image_offline");
    }
    button.removeAttribute("aria-busy");
    draw();
  }

  function draw() {
    const { media } = question;
    const shown = slot(box, "shown");
    const source = media?.image ? `/media/${media.image}` : "";
    if (shown.getAttribute("src") !== source) shown.setAttribute("src", source);
    shown.hidden = !source;
    shown.alt = media?.alt ?? "";
    slot(box, "remove").hidden = slot(box, "alt-field").hidden = !source;
    put(alt, media?.alt ?? "");
    if (!button.hasAttribute("aria-busy")) slot(box, "words").textContent = word(source ? "image_change" : "image_add");
  }

  file.addEventListener("change", () => {
    const [chosen] = file.files;
    file.value = "";
    if (chosen) upload(chosen);
  });
  slot(box, "remove").addEventListener("click", () => {
    edit({ media: null });
    file.focus();
  });
  onTyped(alt, (text) => edit({ media: { ...question.media, alt: text } }, "alt"));

  return {
    update(next) {
      if (next.id !== question?.id) error.textContent = "";
      question = next;
      draw();
    },
  };
}
