// Draws a .timer from the server's clock. Touches the text only when the second changes.

import { remaining } from "./clock.js";

/** Starts at once, returns a function that stops. Goes on at zero: the round may still be extended. */
export function startCountdown(element, { clock, startsAt, endsAt, onSecond }) {
  const bar = element.querySelector(".timer-fill");
  const text = element.querySelector(".timer-seconds");
  let frame;
  let shown;

  function draw() {
    const { left, seconds } = remaining(startsAt, endsAt, clock.now());
    bar?.style.setProperty("--left", left.toFixed(4));
    if (seconds !== shown) {
      shown = seconds;
      if (text) {
        text.textContent = seconds;
        element.dataset.low = seconds <= 5;
      }
      onSecond?.(seconds);
    }
    frame = requestAnimationFrame(draw);
  }
  draw();
  return () => cancelAnimationFrame(frame);
}
