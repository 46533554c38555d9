// The picture and the sound of a question: uploaded at once, shown small, with words for those who cannot see or hear them.

import { slot } from "../screen/parts.js";
import { onTyped, put } from "./fields.js";
import { postFile } from "./service.js";

const KINDS = [{ name: "image", about: "alt" }, { name: "audio", about: "transcript" }];
/** What the file is, the service knows from its bytes: a sound says how long it is. */
const kindOfStored = (stored) => KINDS[stored.duration_s === undefined ? 0 : 1];

/** `editMedia(fields, part, id)` changes what a question shows; `over` is where files may be dropped. */
export function createMedia(box, { word, editMedia, over }) {
  const error = slot(box, "error");
  const parts = KINDS.map((kind) => ({
    ...kind,
    field: box.querySelector(`#${kind.about}`), shown: slot(box, `${kind.name}-shown`), button: slot(box, `${kind.name}-button`),
    file: box.querySelector(`#${kind.name}-file`), remove: slot(box, `${kind.name}-remove`), words: slot(box, `${kind.name}-words`),
  }));
  let question = null;

  async function upload(chosen, part) {
    const { id } = question;
    error.textContent = "";
    part.button.setAttribute("aria-busy", "true");
    draw();
    try {
      const stored = await postFile(chosen);
      const { name } = kindOfStored(stored);
      // Another question may be open by now: it belongs to the one that it was chosen for.
      editMedia({ [name]: stored.id }, null, id);
      if (question.id === id) parts.find((one) => one.name === name).field.focus();
    } catch (failure) {
      error.textContent = failure.sentence ?? word(failure.status ? `${part.name}_failed` : "upload_offline");
    }
    part.button.removeAttribute("aria-busy");
    draw();
  }

  function draw() {
    for (const { name, about, field, shown, button, remove, words } of parts) {
      const { [name]: stored, [about]: text = "" } = question.media ?? {};
      const source = stored ? `/media/${stored}` : "";
      if (source && shown.getAttribute("src") !== source) shown.src = source;
      // So that a sound that was taken away falls silent.
      if (!source && shown.hasAttribute("src")) shown.removeAttribute("src"), shown.load?.();
      shown.hidden = remove.hidden = slot(box, `${about}-field`).hidden = !source;
      if (name === "image") shown.alt = text;
      put(field, text);
      words.textContent = word(button.hasAttribute("aria-busy") ? "upload_busy" : `${name}_${source ? "change" : "add"}`);
    }
  }

  for (const part of parts) {
    part.file.addEventListener("change", () => {
      const [chosen] = part.file.files;
      part.file.value = "";
      if (chosen) upload(chosen, part);
    });
    part.remove.addEventListener("click", () => {
      editMedia({ [part.name]: undefined, [part.about]: undefined });
      part.file.focus();
    });
    onTyped(part.field, (text) => editMedia({ [part.about]: text }, part.about));
  }
  bindDrop(over, (dropped) => upload(dropped, parts[dropped.type.startsWith("audio/") ? 1 : 0]));

  return {
    update(next) {
      if (next.id !== question?.id) error.textContent = "";
      question = next;
      draw();
    },
  };
}

/** A file that is dropped beside its place would open instead of the editor. */
function bindDrop(place, onFile) {
  const hasFile = (event) => event.dataTransfer.types.includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    place.addEventListener(name, (event) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      place.classList.add("is-over");
    });
  }
  place.addEventListener("dragleave", (event) => place.contains(event.relatedTarget) || place.classList.remove("is-over"));
  place.addEventListener("drop", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    place.classList.remove("is-over");
    onFile(event.dataTransfer.files[0]);
  });
}
