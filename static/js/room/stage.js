// Holds the one view that is on, swaps it when its key changes, keeps the focus, speaks to screen readers.

export function createStage(place, live) {
  let key;
  let view;

  return {
    /** Mounts `make()` when the key is new, then hands it the state. */
    show(nextKey, make, state) {
      if (nextKey !== key) {
        view?.leave?.();
        const hadFocus = view && (document.activeElement === document.body || place.contains(document.activeElement));
        key = nextKey;
        view = make();
        place.replaceChildren(view.element);
        scrollTo(0, 0);
        // So that the next Tab starts in the new content and not at the top of the page.
        const heading = hadFocus && view.element.querySelector("h1");
        if (heading) heading.tabIndex = -1;
        if (heading) heading.focus({ preventScroll: true });
      }
      view.update?.(state);
    },
    announce(text) {
      if (text) live.textContent = text;
    },
  };
}
