// On a phone one part of the editor is seen at a time.

/** `show(name)`: "list", "write" or "look". On a wide page all are seen, and nothing changes. */
export function bindTabs(main, bar) {
  const buttons = [...bar.querySelectorAll("[data-tab]")];

  function show(name) {
    main.dataset.tab = name;
    for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.tab === name);
    scrollTo(0, 0);
  }

  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.tab));
  return { show };
}
