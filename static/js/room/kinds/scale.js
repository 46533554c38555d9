// A step of a scale: buttons that are radios, so that arrow keys walk along them.

import { fill, find, formatNumber, fromTemplate } from "../../lib/dom.js";
import { register } from "./registry.js";

/** "1 – Not at all" at the ends that have a label, else the number. Pure. */
export const told = ({ min, max, labels }, n) => {
  const label = { [min]: labels.min, [max]: labels.max }[n];
  return formatNumber(n) + (label ? ` – ${label}` : "");
};

/** `cells(n, index)` makes what stands for each step. */
function draw(question, cells) {
  const { min, max } = question;
  const element = fromTemplate("scale");
  const steps = find(".scale", element);
  const count = max - min + 1;
  steps.style.setProperty("--steps", count);
  // Six fit on a phone; the last row should not be one step alone.
  steps.style.setProperty("--columns", Math.ceil(count / Math.ceil(count / 6)));
  for (let n = min; n <= max; n += 1) steps.append(cells(n, n - min));
  return element;
}

function input(question, onPick, label) {
  let picked;
  let isLocked = false;
  const radios = [];
  const element = draw(question, (n) => {
    const step = fill(fromTemplate("scale-step"), { step: formatNumber(n) });
    const radio = find("input", step);
    radio.ariaLabel = told(question, n);
    radio.addEventListener("change", () => {
      if (!isLocked) picked = n;
      mark();
      onPick();
    });
    radios.push([radio, n]);
    return step;
  });
  const { min, max, labels } = question;
  fill(element, { min: labels.min && told(question, min), max: labels.max && told(question, max) });
  const mark = () => radios.forEach(([radio, n]) => {
    radio.checked = n === picked;
    // Not `disabled`: that would throw the focus away.
    radio.ariaDisabled = isLocked;
  });
  find(".scale", element).ariaLabel = label;
  return {
    element,
    hint: "scale_hint",
    needsSend: true,
    value: () => (picked === undefined ? null : { number: picked }),
    show(answer, locked) {
      if (answer && locked) picked = answer.number;
      isLocked = locked;
      element.classList.toggle("is-locked", locked);
      mark();
    },
  };
}

/** How the class spread, and where its mean is. */
function after({ question, distribution }, mine, word) {
  const { counts = [], mean } = distribution ?? {};
  const most = Math.max(1, ...counts);
  const element = draw(question, (n, index) => {
    const bar = fromTemplate("scale-bar");
    bar.style.setProperty("--share", (counts[index] ?? 0) / most);
    bar.classList.toggle("is-mine", n === mine?.number);
    return bar;
  });
  fill(element, {
    min: told(question, question.min),
    max: told(question, question.max),
    mean: mean == null ? "" : word("scale_mean", { n: formatNumber(Math.round(10 * mean) / 10) }),
  });
  return { elements: [element], rows: { mine: mine && told(question, mine.number) } };
}

register("scale", { input, after, isGraded: false });
