// An open round: question, what its kind shows of it, the time, and how many answers are in.

import { startCountdown } from "../lib/countdown.js";
import { formatNumber } from "../lib/dom.js";
import { besidePicture, kindOf, UNKNOWN } from "./kinds/registry.js";
import { make, slot } from "./parts.js";
import { drawPrompt } from "./prompt.js";

export function openView(ctx) {
  const element = make("open");
  let drawn = null;
  let grow;
  let closesAt = null;
  let leave = () => {};

  function drawTime(state) {
    if (closesAt === state.closesAt) return;
    closesAt = state.closesAt;
    leave();
    if (closesAt) {
      leave = startCountdown(slot(element, "time"), { clock: ctx.clock, startsAt: state.openedAt, endsAt: closesAt });
    }
  }

  return {
    element,
    update(state) {
      if (drawn !== state.question) {
        drawn = state.question;
        grow = drawQuestion(element, state.question, ctx.say);
      }
      grow?.(state);
      slot(element, "time").hidden = !state.closesAt;
      slot(element, "limitless").hidden = Boolean(state.closesAt);
      drawTime(state);
      slot(element, "answered").textContent = formatNumber(state.answered);
      slot(element, "of").textContent = ctx.say("of", { n: formatNumber(expectedOf(state)) });
    },
    leave: () => leave(),
  };
}

/** Those who could answer: who is connected, or who has a seat while that is not known yet. */
export function expectedOf(state) {
  return Math.max(state.connected ?? state.participants ?? 0, state.answered ?? 0);
}

/** Returns what its kind wants to be called with every state, if anything. */
function drawQuestion(element, question, say) {
  drawPrompt(element, besidePicture(question));
  const { elements, hint = "", update } = (kindOf(question) ?? UNKNOWN).open(question, say);
  slot(element, "middle").replaceChildren(...elements);
  slot(element, "hint").textContent = hint;
  slot(element, "hint").hidden = hint === "";
  return update;
}
