// Where in a paged list a page stands: the cursors that led here. Pure.

export function createPager() {
  let cursors = [null];
  let next = null;
  return {
    get after() {
      return cursors.at(-1);
    },
    get number() {
      return cursors.length;
    },
    get hasNext() {
      return next !== null;
    },
    /** The `next` of the page that is shown. */
    loaded(cursor) {
      next = cursor ?? null;
    },
    forward() {
      if (next !== null) cursors = [...cursors, next];
      next = null;
    },
    back() {
      if (cursors.length > 1) cursors = cursors.slice(0, -1);
    },
    first() {
      cursors = [null];
      next = null;
    },
  };
}
