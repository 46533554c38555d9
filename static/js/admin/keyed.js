// A list that is brought up to date in place: rows stay the same elements, so that focus, taps and reading survive.

/** Writes a text only when it has changed. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Fills the [data-slot] elements below `root`; an empty text hides its element. */
export function putAll(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const element = root.querySelector(`[data-slot="${name}"]`);
    put(element, text ?? "");
    element.hidden = text == null || text === "";
  }
}

/** Returns `sync(items)`: one element for each item, in that order, moved only when it must be. */
export function createList(container, { keyOf, make, update }) {
  const rows = new Map();

  return function sync(items) {
    const keys = new Set(items.map(keyOf));
    for (const [key, row] of rows) {
      if (keys.has(key)) continue;
      row.remove();
      rows.delete(key);
    }
    let place = container.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      if (!rows.has(key)) rows.set(key, make(item));
      const row = rows.get(key);
      update(row, item);
      if (row === place) place = place.nextElementSibling;
      else container.insertBefore(row, place);
    }
  };
}
