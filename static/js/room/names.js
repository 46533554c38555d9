// Friendly names for "Surprise me"; every pair fits into 24 characters.

const FIRST = "Brave Bright Calm Clever Cosmic Curious Daring Eager Gentle Golden Jolly Kind Lucky Merry Nimble Quick Quiet Sunny Swift Witty".split(" ");
const SECOND = "Badger Beaver Bison Crane Dolphin Falcon Fox Gecko Hedgehog Heron Koala Lynx Moose Otter Owl Panda Penguin Puffin Raven Seal Tiger Turtle Walrus Wren".split(" ");

const pick = (list, random) => list[Math.floor(random() * list.length)];

export const surpriseName = (random = Math.random) => `${pick(FIRST, random)} ${pick(SECOND, random)}`;

/** The same name has the same shape everywhere. */
export const shapeOfName = (name) => [...name].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 6007, 7) % 6;
