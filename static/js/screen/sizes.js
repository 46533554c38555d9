// How big the stage may set things: steps of type for the question, columns for the choices.
// Pure; fit.js measures what these steps could not foresee.

const STEPS = [[45, "xl"], [90, "l"], [160, "m"], [250, "s"]];

/** The type step for a question of this length. "l" is the 44 px step at 1080p, "s" the 32 px one. */
export function questionStep(prompt) {
  const length = [...(prompt ?? "")].length;
  const step = STEPS.find(([limit]) => length <= limit);
  return step ? step[1] : "xs";
}

/** Columns for a number of choices; long choices keep two columns so that their lines stay readable. */
export function choiceColumns(count, longest) {
  if (count <= 1) return 1;
  if (count <= 4) return 2;
  if (count <= 6) return longest > 60 ? 2 : 3;
  return longest > 120 ? 2 : 3;
}

/** The length of the longest choice text, in characters. */
export function longestText(choices) {
  return Math.max(0, ...(choices ?? []).map((choice) => [...(choice.text ?? "")].length));
}
