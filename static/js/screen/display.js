// What a projector's window needs of the browser: full screen, no sleep, no idle pointer. Each is used where it exists.

const IDLE_MS = 3000;

/** Keeps the display on; plain http has no wake lock, then the machine's own settings decide. */
export function keepAwake() {
  const ask = () => {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}

/** Hides a pointer that lies still; a double click or F fills the display. */
export function watchPointer(body) {
  let timer = 0;
  const moved = () => {
    body.classList.remove("is-idle");
    clearTimeout(timer);
    timer = setTimeout(() => body.classList.add("is-idle"), IDLE_MS);
  };
  const toggle = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  };
  addEventListener("pointermove", moved);
  addEventListener("dblclick", toggle);
  addEventListener("keydown", (event) => event.key.toLowerCase() === "f" && !event.ctrlKey && !event.metaKey && toggle());
  moved();
}
