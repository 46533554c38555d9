// Where the words of a cloud stand: none over another, each where it was, the frequent ones larger and in the middle.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeWords, sizeOf } from "../../../../static/js/screen/cloud.js";

const words = (...counts) => counts.map((count, index) => ({ value: `w${index}`, width: 1 + (index % 7), size: sizeOf(count, counts[0], 1 + (index % 7)) }));
const boxesOf = (list, { places }) => list.map(({ value, width, size }) => ({ ...places.get(value), wide: width * size, high: 1.2 * size }));

test("sixty words stand beside each other, and all within what is told", () => {
  const list = words(...Array.from({ length: 60 }, (_, index) => 60 - index));
  const cloud = placeWords(list);
  const boxes = boxesOf(list, cloud);
  for (const [index, one] of boxes.entries()) {
    assert.ok(Math.abs(one.x) + one.wide / 2 <= cloud.wide / 2 && Math.abs(one.y) + one.high / 2 <= cloud.high / 2);
    for (const other of boxes.slice(index + 1)) {
      const apart = Math.abs(one.x - other.x) >= (one.wide + other.wide) / 2 || Math.abs(one.y - other.y) >= (one.high + other.high) / 2;
      assert.ok(apart, `${JSON.stringify(one)} lies over ${JSON.stringify(other)}`);
    }
  }
  assert.deepEqual(cloud.places.get("w0"), { x: 0, y: 0 });
});

test("a word stays where it is when others come, and when others overtake it", () => {
  const before = placeWords(words(3, 2, 1)).places;
  const grown = [{ value: "new", width: 3, size: 3 }, ...words(3, 2, 1)];
  const { places } = placeWords(grown, before);
  for (const name of ["w0", "w1", "w2"]) assert.deepEqual(places.get(name), before.get(name));
});

test("a word that another has grown over makes way, and not far", () => {
  const before = new Map([["big", { x: 0, y: 0 }], ["small", { x: 3, y: 0 }]]);
  const { places } = placeWords([{ value: "big", width: 6, size: 2 }, { value: "small", width: 2, size: 1 }], before);
  assert.deepEqual(places.get("big"), { x: 0, y: 0 });
  const { x, y } = places.get("small");
  assert.ok(Math.hypot(x - 3, y) < 6, `${x}, ${y}`);
});

test("what fills the cloud is told in steps: a word more does not make all others smaller", () => {
  const { wide, high } = placeWords(words(1));
  assert.deepEqual([wide, high], [15, 6]);
  assert.deepEqual(placeWords([]), { places: new Map(), wide: 15, high: 6 });
});

test("the more people, the larger; the first two of a kind do not shout; long words are smaller", () => {
  assert.equal(sizeOf(1, 1), 1);
  assert.ok(sizeOf(2, 2) < 1.6);
  assert.ok(sizeOf(9, 9) > sizeOf(4, 9) && sizeOf(4, 9) > sizeOf(2, 9));
  assert.ok(sizeOf(9, 9, 10) * 10 <= 15);
  assert.equal(sizeOf(9, 9, 40), 1);
});
