// Reading time: the question alone, and a quiet bar until the answers open.

import { startCountdown } from "../lib/countdown.js";
import { make, slot } from "./parts.js";
import { drawPrompt } from "./prompt.js";

export function readView(ctx) {
  const element = make("read");
  let leave = () => {};

  return {
    element,
    update(state) {
      drawPrompt(element, state.question);
      leave();
      const wait = slot(element, "wait");
      wait.hidden = !state.opensAt;
      if (state.opensAt) leave = startCountdown(wait, { clock: ctx.clock, startsAt: startOf(state), endsAt: state.opensAt });
    },
    leave: () => leave(),
  };
}

/** After a reload nobody remembers when the reading time began, but the settings know how long it is. */
function startOf(state) {
  const readMs = (state.settings.read_time_s ?? 0) * 1000;
  return readMs ? state.opensAt - readMs : (state.announcedAt ?? state.opensAt - 5000);
}
