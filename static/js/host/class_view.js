// The room as the class sees it: without the names that the host has yet to look at. Pure.

/** As the service writes it to the screen. */
export const HIDDEN = "•••";

/** Returns view(state). The same rows give the same array, so that what is drawn once is not drawn again. */
export function createClassView() {
  let last = {};

  return function view(state) {
    if (!state.to_check.length) return state;
    const hidden = new Set(state.to_check.map(({ nickname }) => nickname));
    const masked = {};
    for (const rows of ["standings", "previousStandings", "podium"]) {
      const isSame = last.state?.[rows] === state[rows] && last.state?.to_check === state.to_check;
      masked[rows] = isSame ? last.masked[rows] : state[rows]?.map((row) => (hidden.has(row.nickname) ? { ...row, nickname: HIDDEN } : row)) ?? null;
    }
    last = { state, masked };
    return { ...state, ...masked, names: state.names.filter((name) => !hidden.has(name)) };
  };
}
