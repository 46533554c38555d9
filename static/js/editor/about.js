// The dialog about the quiz itself: description, language, tags.

import { onTyped, put } from "./fields.js";

const TAGS_MOST = 20;
const TAG_MOST = 40;

/** `quiz()` is the newest version, `edit(fields, key)` changes it. */
export function bindAbout(dialog, button, { quiz, edit }) {
  const byId = (id) => dialog.querySelector(`#${id}`);

  button.addEventListener("click", () => {
    const { description = "", language = "en", tags } = quiz();
    put(byId("description"), description);
    put(byId("language"), language);
    put(byId("tags"), tags.join(", "));
    dialog.showModal();
  });
  onTyped(byId("description"), (description) => edit({ description }, "description"));
  byId("language").addEventListener("change", ({ target }) => {
    if (target.validity.valid) edit({ language: target.value.trim() || "en" });
  });
  byId("tags").addEventListener("change", ({ target }) => edit({ tags: tagsOf(target.value) }));
}

/** Pure: no tag twice, none too long, not too many. */
export function tagsOf(text) {
  const tags = text.split(",").map((tag) => tag.trim().replace(/\s+/g, " ").slice(0, TAG_MOST).trim()).filter(Boolean);
  const known = new Set();
  return tags.filter((tag) => !known.has(tag.toLowerCase()) && known.add(tag.toLowerCase())).slice(0, TAGS_MOST);
}
