// Several questions of the rail at once: with Shift from one to another, with Ctrl or ⌘ one more, Ctrl + A all, Escape none.

/** `list` is the rail. onChange(how many) when it has changed; `ids()` are those picked, in the order of the quiz. */
export function createPicks(list, { onChange }) {
  let picked = new Set();
  let anchor = null;

  const items = () => [...list.querySelectorAll("[data-id]")];
  const itemOf = (event) => event.target.closest?.("[data-id]");

  function set(ids) {
    picked = new Set(ids);
    for (const item of items()) {
      const isPicked = picked.has(item.dataset.id);
      item.classList.toggle("is-picked", isPicked);
      const button = item.querySelector(".ed-open");
      if (isPicked) button.setAttribute("aria-pressed", "true");
      else button.removeAttribute("aria-pressed");
    }
    onChange(picked.size);
  }

  function extend(to) {
    const all = items();
    const from = all.find((item) => item.dataset.id === anchor) ?? to;
    const [first, last] = [all.indexOf(from), all.indexOf(to)].sort((one, other) => one - other);
    set(all.slice(first, last + 1).map((item) => item.dataset.id));
  }

  function toggle({ dataset: { id } }) {
    anchor = id;
    set(picked.has(id) ? [...picked].filter((one) => one !== id) : [...picked, id]);
  }

  // Before the rail's own: what is picked is not opened.
  list.addEventListener("click", (event) => {
    const item = itemOf(event);
    if (!item) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      anchor ??= list.querySelector("[data-id]:has([aria-current=true])")?.dataset.id ?? null;
      if (event.shiftKey) extend(item);
      else toggle(item);
    } else {
      anchor = item.dataset.id;
      if (picked.size) set([]);
    }
  }, true);

  list.addEventListener("keydown", (event) => {
    const item = itemOf(event);
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!item) return;
    if (way && event.shiftKey && !event.altKey) {
      if (!picked.size) anchor = item.dataset.id;
      const next = items()[items().indexOf(item) + way] ?? item;
      next.querySelector(".ed-open").focus();
      extend(next);
    } else if (event.key === "Escape" && picked.size) {
      set([]);
    } else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
      set(items().map((one) => one.dataset.id));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }, true);

  return {
    ids: () => items().map((item) => item.dataset.id).filter((id) => picked.has(id)),
    clear: () => picked.size && set([]),
  };
}
