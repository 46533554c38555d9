// Holds the one view that is on, swaps it when its key changes, keeps the focus, speaks to screen readers.

/** A tap that was meant for what stood there before must not hit what has just come. */
const SETTLE_MS = 300;

export function createStage(place, live) {
  let key;
  let view;
  let settling = 0;

  // Only for pointers: a key goes where the focus is, and that has moved knowingly.
  function settle() {
    clearTimeout(settling);
    place.classList.add("is-settling");
    settling = setTimeout(() => place.classList.remove("is-settling"), SETTLE_MS);
  }

  return {
    /** Mounts `make()` when the key is new, then hands it the state. */
    show(nextKey, make, state) {
      if (nextKey !== key) {
        view?.leave?.();
        const hadFocus = view && (document.activeElement === document.body || place.contains(document.activeElement));
        key = nextKey;
        view = make();
        place.replaceChildren(view.element);
        settle();
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
