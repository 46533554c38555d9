// Standings with what changed since they were last shown. Pure.

/** Rows with `moved` (places gained, null when new to the list) and `gained` points. */
export function withMovement(previous, rows) {
  const before = new Map((previous ?? []).map((row) => [row.nickname, row]));
  return (rows ?? []).map((row) => {
    const old = before.get(row.nickname);
    return {
      ...row,
      moved: old ? old.rank - row.rank : null,
      gained: old ? row.score - old.score : null,
    };
  });
}

/** The podium as three steps: each the people who share the rank, never a person twice. */
export function podiumSteps(rows) {
  const steps = [];
  for (const row of rows ?? []) {
    if (row.rank > 3) continue;
    const step = steps.find((entry) => entry.rank === row.rank);
    if (step) step.people.push(row);
    else steps.push({ rank: row.rank, people: [row] });
  }
  return steps.sort((a, b) => a.rank - b.rank);
}
