// Shows the open question in the two frames, and says what the frames measured there.

import { isFormatted } from "./kinds/registry.js";
import { createMarkup } from "./markup.js";
import { previewState } from "./preview_state.js";
import { postMarkup } from "./service.js";

// look.md: what is smaller cannot be read from the last row.
const LEAST_PX = 32;
const LEAST_CHOICE_PX = 24;

export function createPreview(stage, { word }) {
  const frames = new Map([...stage.querySelectorAll("[data-frame]")].map((box) => [box.dataset.frame, box]));
  const box = stage.querySelector(".ed-frames");
  const measured = stage.querySelector("#measured");
  const ready = new Set();
  const found = { phone: null, screen: null };
  const sizes = new Map();
  let shown = null;
  let waiting = 0;
  const withHtml = createMarkup(postMarkup, () => sendSoon());

  const windowOf = (name) => frames.get(name).querySelector("iframe").contentWindow;
  const chosen = (name) => stage.querySelector(`input[name="${name}"]:checked`).value;

  /** A room knows the size of a picture before it comes; here the picture itself is asked. */
  function sizeOf(image) {
    if (!image || sizes.has(image)) return sizes.get(image);
    const picture = new Image();
    sizes.set(image, null);
    picture.addEventListener("load", () => {
      sizes.set(image, { width: picture.naturalWidth, height: picture.naturalHeight });
      sendSoon();
    });
    picture.src = `/media/${image}`;
    return null;
  }

  function send() {
    waiting = 0;
    if (!shown) return;
    const size = sizeOf(shown.quiz.questions[shown.index].media?.image);
    const plain = previewState(shown.quiz, shown.index, chosen("moment"), word, size);
    const state = isFormatted(shown.quiz.questions[shown.index]) ? withHtml(plain) : plain;
    for (const name of ready) windowOf(name).postMessage({ state }, location.origin);
  }

  function sendSoon() {
    waiting ||= requestAnimationFrame(send);
  }

  addEventListener("message", ({ data, origin, source }) => {
    if (origin !== location.origin) return;
    const name = [...frames.keys()].find((one) => windowOf(one) === source);
    if (!name) return;
    if (data.isReady) {
      ready.add(name);
      frames.get(name).dataset.ready = "true";
      return sendSoon();
    }
    if (!data.measured) return;
    found[name] = data.measured;
    tell();
  });

  function tell() {
    const told = [];
    const { prompt, choice } = found.screen ?? {};
    if (prompt && prompt < LEAST_PX) told.push(word("screen_small", { px: prompt, least: LEAST_PX }));
    else if (choice && choice < LEAST_CHOICE_PX) told.push(word("screen_small", { px: choice, least: LEAST_CHOICE_PX }));
    if (found.phone?.scrolls && chosen("moment") === "asking") told.push(word("phone_scrolls"));
    const text = told.join(" ");
    if (measured.textContent !== text) measured.textContent = text;
  }

  stage.addEventListener("change", () => {
    box.dataset.device = chosen("device");
    sendSoon();
  });

  // Whichever of the two pages was there first: a frame says by itself that it is ready, and when it is asked.
  for (const name of frames.keys()) windowOf(name).postMessage({ isAsked: true }, location.origin);

  /** The frames keep the size of the real thing, and are only seen smaller. */
  new ResizeObserver(() => {
    for (const frame of frames.values()) {
      const inner = frame.querySelector("iframe");
      frame.style.setProperty("--scale", (frame.clientWidth / (inner.clientWidth || 1)).toFixed(4));
    }
  }).observe(box);

  return {
    update(quiz, index) {
      shown = index < 0 ? null : { quiz, index };
      sendSoon();
    },
  };
}
