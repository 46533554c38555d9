// The kinds of questions that the scripts of a page have brought along, by name. Who asks knows none of them.

/** `defaults` are what a kind need not say of itself. */
export function createRegistry(defaults) {
  const kinds = new Map();
  return {
    kinds,
    register(name, kind) {
      kinds.set(name, { ...defaults, name, ...kind });
    },
    /** Undefined for a kind whose script is not on this page. */
    kindOf: (question) => kinds.get(question?.kind),
    /** The question as it stands beside what its kind shows: without its picture, where that is a part of it. */
    besidePicture: (question) => (kinds.get(question?.kind)?.drawsPicture ? { ...question, media: null } : question),
  };
}
