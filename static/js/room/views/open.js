// The open round: question, time, the way to answer, and the receipt in a place that never moves.

import { startCountdown } from "../../lib/countdown.js";
import { fill, find, formatTime, fromTemplate } from "../../lib/dom.js";
import { besidePicture, kindOf } from "../kinds/registry.js";
import { receiptOf } from "../outbox.js";
import { fillPrompt } from "../prompt.js";
import { answerOf } from "../reduce.js";

export function openView({ round, question }, { word, outbox, clock, announce, state }) {
  const prompt = question.prompt ?? word("look_up");
  const element = fillPrompt(fromTemplate("view-open"), besidePicture(question), prompt);
  const button = find("[data-do=send]", element);
  const receipt = find(".receipt", element);
  const timer = find(".timer", element);
  const input = kindOf(question).input(question, picked, prompt, { word, announce });
  let hint = input.hint;
  let endsAt;
  let stopClock;

  find(".open-body", element).append(input.element);
  // Still a heading to those who listen.
  if (input.hasPrompt) find("h1", element).className = "sr";
  button.addEventListener("click", () => picked(input.value()));
  announce(word("opened"));

  function picked(answer) {
    if (answer) outbox.submit(round, answer);
    draw();
  }

  function draw() {
    const { state: name, reason, answer, at } = receiptOf(outbox.entry(round), answerOf(state()));
    const isFree = name === "idle" || (name === "refused" && reason === "invalid_answer");
    input.show(answer, !isFree);
    button.hidden = !(isFree && input.needsSend && input.value());
    receipt.hidden = !button.hidden;
    receipt.dataset.state = name;
    fill(receipt, {
      receipt: name === "idle" ? word(hint) : word(name === "refused" ? `refused_${reason}` : name),
      detail: reason === "already_answered" ? word("first_counts") : at && formatTime(at),
    });
  }

  function update({ openedAt, closesAt }) {
    draw();
    if (closesAt === endsAt) return;
    endsAt = closesAt;
    stopClock?.();
    timer.hidden = closesAt == null;
    if (!timer.hidden) stopClock = startCountdown(timer, { clock, startsAt: openedAt, endsAt, onSecond });
  }

  function onSecond(seconds) {
    if (seconds === 10) announce(word("ten_seconds"));
    hint = seconds ? input.hint : "time_up";
    if (!seconds) draw();
  }

  return { element, update, leave: () => stopClock?.() };
}
