// A nickname has a shape of its own.

/** The same name has the same shape everywhere. */
export const shapeOfName = (name) => [...name].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 6007, 7) % 6;
