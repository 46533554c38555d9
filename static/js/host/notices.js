// Sentences for the host: toasts that go by themselves, and the banner while the connection is lost.

const TOAST_MS = 6000;
// A blink of the network is not worth a banner.
const BANNER_AFTER_MS = 1200;

export function toast(text) {
  const item = document.createElement("p");
  item.className = "toast";
  item.textContent = text;
  document.getElementById("toasts").append(item);
  setTimeout(() => item.remove(), TOAST_MS);
}

/** `lost()` and `back()`; `stays(text)` for what will not heal by itself. */
export function createBanner(banner) {
  let timer = 0;
  return {
    lost() {
      if (!timer) timer = setTimeout(() => { banner.hidden = false; }, BANNER_AFTER_MS);
    },
    back() {
      clearTimeout(timer);
      timer = 0;
      banner.hidden = true;
    },
    stays(text) {
      clearTimeout(timer);
      banner.textContent = text;
      banner.hidden = false;
    },
  };
}
