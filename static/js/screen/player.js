// The sound of a question, as large as the room: played by whoever presses, and on while the phases of its round change.

import { slot } from "./parts.js";

const PHASES = ["READ", "OPEN", "REVEAL"];

/** 83.4 is 1:23. */
export function clockText(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** The sound that a room plays now; null when there is none. */
export const soundOf = ({ phase, question }) => (PHASES.includes(phase) && question?.media?.audio ? question.media : null);

/** Returns `update(state)`. */
export function createPlayer(box, say) {
  const sound = box.querySelector("audio");
  const [button, place, time] = ["play", "at", "time"].map((name) => slot(box, name));
  let lasts = 0;
  let isBroken = false;

  function draw() {
    const isOn = !sound.paused && !sound.ended;
    const told = { at: clockText(sound.currentTime), of: clockText(lasts) };
    box.classList.toggle("is-on", isOn);
    slot(box, "words").textContent = say(isBroken ? "sound_broken" : isOn ? "sound_pause" : "sound_play");
    place.value = sound.currentTime;
    place.setAttribute("aria-valuetext", say("sound_at", told));
    time.textContent = lasts ? `${told.at} / ${told.of}` : told.at;
    place.disabled = !lasts;
  }

  /** A file that cannot be had now may be had when somebody presses again. */
  function fail() {
    isBroken = true;
    draw();
  }

  function toggle() {
    if (!sound.paused) return sound.pause();
    if (isBroken) sound.load();
    isBroken = false;
    // Paused before it began is no failure.
    sound.play().catch((error) => error.name !== "AbortError" && fail());
  }

  function load(media) {
    sound.pause();
    isBroken = false;
    if (media) sound.src = `/media/${media.audio}`;
    else sound.removeAttribute("src");
    lasts = media?.duration_s ?? 0;
    place.max = lasts;
    box.dataset.name = media?.audio ?? "";
    sound.currentTime = 0;
  }

  button.addEventListener("click", toggle);
  // Whoever used the mouse means the next step with the next Space; who came by keyboard stays.
  for (const control of [button, place]) control.addEventListener("pointerup", () => setTimeout(() => control.blur()));
  place.addEventListener("input", () => {
    sound.currentTime = place.valueAsNumber;
    draw();
  });
  for (const name of ["play", "pause", "ended", "timeupdate"]) sound.addEventListener(name, draw);
  sound.addEventListener("error", () => sound.hasAttribute("src") && fail());
  sound.addEventListener("durationchange", () => {
    // Not known before somebody presses, where the room does not tell it.
    if (!Number.isFinite(sound.duration)) return;
    place.max = lasts = sound.duration;
    draw();
  });

  return function update(state) {
    const media = soundOf(state);
    box.hidden = !media;
    if (box.dataset.name === (media?.audio ?? "") && box.dataset.round === String(state.round)) return;
    box.dataset.round = state.round;
    load(media);
    draw();
  };
}
