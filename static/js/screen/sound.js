// The projector's sounds, synthesised; silent until somebody presses the button or M, since browsers want a gesture too.

import { CUES, cueBetween, tickAt } from "./cues.js";

const LOUDNESS = 0.18;
const LOOK_EVERY_MS = 100;
// A class that joins all at once is not a rattle.
const JOINS_APART_MS = 180;

/** Returns `heard(state)`, to be called with each new state of the room. */
export function createSound(button, clock) {
  let audio = null;
  let before = null;
  let ticked = null;
  let joinedAt = -Infinity;
  const isOn = () => button.getAttribute("aria-pressed") === "true";

  function toggle() {
    const turnsOn = !isOn();
    button.setAttribute("aria-pressed", String(turnsOn));
    if (!turnsOn) return;
    audio ??= new AudioContext();
    audio.resume();
    // So that whoever turned it on hears that it is.
    play("join");
  }

  function play(cue) {
    for (const [pitch, start, length] of CUES[cue]) playNote(audio, pitch, audio.currentTime + start, length);
  }

  function heard(state) {
    const cue = cueBetween(before, state);
    before = state;
    if (!cue || !isOn()) return;
    if (cue === "join" && performance.now() - joinedAt < JOINS_APART_MS) return;
    if (cue === "join") joinedAt = performance.now();
    play(cue);
  }

  setInterval(() => {
    const second = tickAt(before, clock.now());
    if (second !== null && second !== ticked && isOn()) play("tick");
    ticked = second;
  }, LOOK_EVERY_MS);
  button.addEventListener("click", toggle);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "m" && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey) toggle();
  });
  return heard;
}

function playNote(audio, pitch, start, length) {
  const voice = audio.createOscillator();
  const loudness = audio.createGain();
  voice.type = "triangle";
  voice.frequency.value = pitch;
  // Without a soft beginning and end it would click.
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, start + 0.012);
  loudness.gain.exponentialRampToValueAtTime(0.001, start + length);
  voice.connect(loudness).connect(audio.destination);
  voice.start(start);
  voice.stop(start + length);
}
