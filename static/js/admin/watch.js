// Asks for the same thing again and again while the page is seen; an answer that has been overtaken is dropped.

/**
 * `load()` gives a promise, `show(answer)` and `fail(error)` what came of it; `fail` returns true when asking again
 * would get the same. Returns a function that asks at once.
 */
export function watch(everyMs, { load, show, fail }) {
  let asked = 0;
  let timer = 0;
  let isOver = false;

  async function ask() {
    clearTimeout(timer);
    const mine = (asked += 1);
    try {
      const answer = await load();
      if (mine === asked) show(answer);
    } catch (error) {
      if (mine === asked) isOver = fail(error) === true;
    }
    if (mine === asked && !isOver && !document.hidden) timer = setTimeout(ask, everyMs);
  }

  document.addEventListener("visibilitychange", () => !document.hidden && !isOver && ask());
  ask();
  return ask;
}
