// How old the numbers are: a banner as soon as they stop coming, with the reason when it is known.

import { put } from "./keyed.js";

const OLD_MS = 4000;
// Until the first answer there is nothing to be old; a service that does not answer is said all the same.
const PATIENCE_MS = 6000;

/** `heard()` with every answer; `problem(text)` while there is a reason that will not go by itself, null when it is gone. */
export function createFreshness(banner, { word, units, main }) {
  const startedAt = performance.now();
  let heardAt = null;
  let reason = null;

  function draw() {
    const now = performance.now();
    const age = now - (heardAt ?? startedAt);
    const isOld = age > (heardAt === null ? PATIENCE_MS : OLD_MS);
    const text = reason ?? (heardAt === null ? word("silent") : word("old", { time: units.span(age / 1000) }));
    banner.hidden = !isOld && reason === null;
    if (!banner.hidden) put(banner, text);
    main.dataset.fresh = banner.hidden ? "yes" : "no";
  }

  const timer = setInterval(draw, 1000);
  return {
    heard() {
      heardAt = performance.now();
      reason = null;
      draw();
    },
    problem(text) {
      reason = text;
      draw();
    },
    /** Nothing more will come, and the page says so itself. */
    rest() {
      clearInterval(timer);
      banner.hidden = true;
    },
  };
}
