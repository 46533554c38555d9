// Keeps a view inside its box: when the content is taller than the room for it, the type steps down.

// A short question may fill the room it has; beyond this it would shout.
const LARGEST = 1.36;
const SMALLEST = 0.34;
const STEP = 0.06;

/** Sets --fit on `view` to the largest of 1.36, 1.3, … at which nothing sticks out of `box` or a [data-fit] part. */
export function fitInto(box, view) {
  let fit = LARGEST;
  delete view.dataset.tight;
  view.style.setProperty("--fit", fit.toFixed(2));
  while (fit > SMALLEST && sticksOut(box)) {
    fit -= STEP;
    view.style.setProperty("--fit", fit.toFixed(2));
    // First the choices give way; the question goes below its least size only when nothing else is left.
    if (fit < 0.6) view.dataset.tight = "true";
  }
  return fit;
}

function sticksOut(box) {
  return isOver(box) || [...box.querySelectorAll("[data-fit]")].some(isOver);
}

/** Glyphs may reach a little below their line; that is no reason to shrink a page of text. */
function isOver(part) {
  const slack = 2 + part.clientHeight * 0.006;
  return part.scrollHeight > part.clientHeight + slack || part.scrollWidth > part.clientWidth + 2;
}
