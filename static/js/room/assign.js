// Things of which each is given one of some targets: tap a thing, and choose below it. For match and categorize.

import { fill, find, fromTemplate, setText } from "../lib/dom.js";
import { afterList } from "./after.js";

// The next targets come where the last ones stood: a finger that taps twice must not choose among them.
const SETTLE_MS = 300;

const entryOf = (entries, index) => entries.find((entry) => entry.index === index);

/** `field` of the answer holds {thing: target}; `things` and `targets` are lists of {index, text}; `isOnce` shows which are taken. */
export function assignInput({ field, hint, things, targets, isOnce, label }, onPick, { word, announce }) {
  const element = fromTemplate("assign");
  const list = find("ol", element);
  let given = {};
  let open = things[0].index;
  let isLocked = false;
  list.ariaLabel = label;

  const rows = things.map((thing) => {
    const { index } = thing;
    const row = fill(fromTemplate("assign-row"), { thing });
    const head = find("button", row);
    const box = find(".targets", row);
    head.addEventListener("click", () => {
      if (isLocked) return;
      open = open === index ? null : index;
      draw();
    });
    box.append(...targets.map((target) => {
      const button = fromTemplate("target");
      setText(button, target);
      button.addEventListener("click", () => give(index, target));
      return button;
    }));
    list.append(row);
    return { index, row, head, box };
  });

  /** The same target again takes it away; else the next thing that has none is asked. */
  function give(index, target) {
    if (isLocked) return;
    const { [index]: before, ...others } = given;
    given = before === target.index ? others : { ...given, [index]: target.index };
    const at = things.findIndex((thing) => thing.index === index);
    const next = [...things.slice(at + 1), ...things].find((thing) => !(thing.index in given));
    if (index in given) open = next?.index ?? null;
    draw();
    element.classList.add("is-settling");
    setTimeout(() => element.classList.remove("is-settling"), SETTLE_MS);
    const { head } = rows.find((row) => row.index === (open ?? index));
    head.focus({ preventScroll: true });
    head.parentElement.scrollIntoView({ block: "nearest" });
    announce(`${entryOf(things, index).text}: ${index in given ? target.text : "–"}. ${told()}`);
    onPick();
  }

  const told = () => word("assigned", { n: Object.keys(given).length, m: things.length });

  function draw() {
    for (const { index, row, head, box } of rows) {
      const isOpen = index === open && !isLocked;
      fill(row, { given: index in given ? entryOf(targets, given[index]) : "" });
      row.classList.toggle("is-open", isOpen);
      head.setAttribute("aria-expanded", isOpen);
      head.setAttribute("aria-disabled", isLocked);
      box.hidden = !isOpen;
      [...box.children].forEach((button, place) => {
        button.setAttribute("aria-pressed", given[index] === targets[place].index);
        button.classList.toggle("is-used", isOnce && Object.values(given).includes(targets[place].index));
      });
    }
    fill(element, { told: told() });
  }

  return {
    element,
    hint,
    needsSend: true,
    value: () => (Object.keys(given).length ? { [field]: given } : null),
    show(answer, locked) {
      given = answer?.[field] ?? given;
      isLocked = locked;
      draw();
    },
  };
}

/** Each thing with its target, and what was chosen instead. */
export function assignAfter({ field, things, targets }, key, mine, word) {
  const right = key?.[field] ?? {};
  const given = mine?.[field] ?? {};
  return { elements: [afterList(things.map(({ index, text, html }) => ({
    text: { text, html },
    target: entryOf(targets, right[index]),
    yours: entryOf(targets, given[index])?.text,
    isRight: index in given && given[index] === right[index],
  })), word)] };
}
