// Where the words of a cloud stand. Pure. Lengths are in ems of the smallest word, places are of a word's middle, from the cloud's.

/** The sizes of tokens.css: each a quarter larger than the one before. */
const SIZES = [1, 1.25, 1.5625, 1.953, 2.441, 3.052];
/** From so many on, a word is as large as it gets; before, two of a kind would shout. */
const MANY = 6;
/** No word takes more of a line than this: long ones are smaller instead. */
const WIDEST = 15;
const HIGH = 1.3;
const GAP = 0.5;
/** The cloud's outline, wider than high, and how finely it is searched for a free place. */
const SHAPE = 3;
const TURN = 0.4;
const STEP = 0.045;
/** What is free around a small cloud, and the steps in which it is let go: the cloud must not breathe with every word. */
const LEAST = { wide: 15, high: 6 };
const ROUND_TO = 3;

/** How large a word is that `count` people wrote, where the most frequent one has `most`. */
export function sizeOf(count, most, width = 0) {
  const share = Math.log(Math.max(count, 1)) / Math.log(Math.max(most, MANY));
  return Math.min(SIZES[Math.round((SIZES.length - 1) * share)], width ? Math.max(1, WIDEST / width) : Infinity);
}

/**
 * `words` are [{value, width, size}], the most important first, `width` at size 1; `before` is a Map from value to {x, y}: who had a
 * place keeps it as long as nothing more important has grown over it. Returns {places: Map, wide, high}.
 */
export function placeWords(words, before = new Map()) {
  const taken = [];
  const found = new Map();
  const boxes = words.map(({ value, width, size }) => ({ value, wide: width * size + GAP, high: HIGH * size }));
  const stays = boxes.filter(({ value }) => before.has(value));
  for (const box of [...stays, ...boxes.filter((box) => !before.has(box.value))]) {
    const place = freePlace(box, before.get(box.value) ?? { x: 0, y: 0 }, taken);
    taken.push({ ...box, ...place });
    found.set(box.value, place);
  }
  return { places: found, ...extentOf(taken) };
}

/** The first free place on a spiral around `from`. */
function freePlace(box, from, taken) {
  for (let turn = 0; ; turn += 1) {
    const angle = turn * TURN;
    const away = turn * STEP;
    const place = { x: from.x + SHAPE * away * Math.cos(angle), y: from.y + away * Math.sin(angle) };
    if (!taken.some((other) => isOver(other, box, place))) return place;
  }
}

const isOver = (other, box, { x, y }) =>
  Math.abs(other.x - x) * 2 < other.wide + box.wide && Math.abs(other.y - y) * 2 < other.high + box.high;

function extentOf(taken) {
  const reach = (side, length) => Math.max(0, ...taken.map((box) => Math.abs(box[side]) * 2 + box[length]));
  const rounded = (value) => Math.ceil(value / ROUND_TO) * ROUND_TO;
  return { wide: Math.max(LEAST.wide, rounded(reach("x", "wide"))), high: Math.max(LEAST.high, rounded(reach("y", "high"))) };
}
