// The stage's building blocks: clones of its templates, their slots, and the PIN as people read it.

import { fromTemplate } from "../lib/dom.js";

/** A fresh copy of `<template id="stage-…">`. */
export const make = (name) => fromTemplate(`stage-${name}`);

/** The element that a template marks with data-slot. */
export const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);

/** A PIN in groups that can be read aloud: 482 913. */
export function spacedPin(pin) {
  const size = pin.length % 3 === 0 ? 3 : Math.ceil(pin.length / 2);
  return pin.match(new RegExp(`.{1,${size}}`, "g"))?.join(" ") ?? pin;
}
