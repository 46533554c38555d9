// <template>, texts, letters, numbers. Texts come from the page, never from here.

export const letterAt = (position) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[position % 26];
export const find = (selector, root = document) => root.querySelector(selector);

/** A fresh copy of the first element in <template id="…">. */
export const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

/** A text, with the safe HTML that the service made of it (game/markup.py) where its author formats. */
export const rich = (text, html) => (html ? { text, html } : text);

/** Puts a text into an element, or a `rich` one: so can any {text, html?} of a question. */
export function setText(element, value) {
  const { text = value, html } = value ?? {};
  if (!html) element.textContent = text ?? "";
  else element.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

/** Fills every [data-text="name"] below `root` from `values`, texts or `rich` ones; what is empty is hidden. */
export function fill(root, values) {
  for (const [name, value] of Object.entries(values)) {
    for (const element of root.querySelectorAll(`[data-text="${name}"]`)) {
      setText(element, value);
      element.hidden = !element.hasChildNodes();
    }
  }
  return root;
}

/** Shows the picture of a question in the .picture below `root`, whose place is kept before it has come. */
export function fillPicture(root, media) {
  const image = find(".picture", root);
  image.hidden = !media?.width;
  root.classList.toggle("has-picture", !image.hidden);
  if (image.hidden) return root;
  const { width, height, alt } = media;
  Object.assign(image, { src: `/media/${media.image}`, width, height, alt });
  root.style.setProperty("--wide", `${width}px`);
  root.style.setProperty("--ratio", width / height);
  return root;
}

/** Letter and shape of a display position on an element with a .mark inside (or that is one). */
export function setMark(element, position) {
  element.dataset.shape = position % 6;
  const mark = element.matches(".mark") ? element : find(".mark", element);
  if (mark) mark.textContent = letterAt(position);
  return element;
}

/**
 * The words in <template id="words"> (children with data-word), and in others with data-words="words", which may come later.
 * Returns word(name, values), which replaces {placeholders}; "refused_xyz" falls back to "refused".
 */
export function readWords(id = "words") {
  const texts = {};
  function read() {
    for (const { content } of document.querySelectorAll(`#${id}, [data-words=${id}]`)) {
      for (const element of content.children) texts[element.dataset.word] = element.textContent.trim();
    }
  }
  return (name, values = {}) => {
    if (!(name in texts)) read();
    const text = texts[name] ?? texts[name.split("_")[0]] ?? name;
    return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  };
}

export const formatNumber = (value) =>
  new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 6 }).format(value);
export const formatTime = (ms) => new Intl.DateTimeFormat(undefined, { timeStyle: "medium" }).format(ms);

/** "3rd": the words ordinal_one, _two, _few and _other hold the forms of the language. */
export function ordinal(word, value) {
  const rules = new Intl.PluralRules(document.documentElement.lang, { type: "ordinal" });
  return word(`ordinal_${rules.select(value)}`, { n: formatNumber(value) });
}
