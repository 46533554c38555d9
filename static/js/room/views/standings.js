// The standings on the phone: one's own row, and the distance to the next.

import { fill, find, formatNumber, fromTemplate, ordinal } from "../../lib/dom.js";

export const standingRows = (rows, me) =>
  rows.map(({ rank, nickname, score }) => {
    const row = fill(fromTemplate("standing"), { rank, name: nickname, points: formatNumber(score) });
    row.classList.toggle("is-me", nickname === me);
    return row;
  });

export function standingsView(_, { word, nickname, announce }) {
  const element = fromTemplate("view-standings");
  return {
    element,
    update({ standings, you }) {
      const top = standings.slice(0, 10);
      const isIn = !you?.rank || top.some((row) => row.nickname === nickname);
      find("ol", element).replaceChildren(...standingRows(isIn ? top : [...top.slice(0, 9), { ...you, nickname }], nickname));
      const distance = distanceText(standings, you, word);
      fill(element, { distance });
      announce(distance);
    },
  };
}

function distanceText(rows, you, word) {
  if (!you?.score) return "";
  if (you.rank === 1) return word("you_lead");
  const ahead = rows.filter((row) => row.rank < you.rank);
  const next = ahead.at(-1);
  // Only the one directly ahead: the last of a short list may be far away.
  if (!next || ahead.length < you.rank - 1) {
    const { behind } = you.graded ?? {};
    return behind ? word(behind === 1 ? "behind_one" : "behind", { place: ordinal(word, you.rank), n: formatNumber(behind) }) : "";
  }
  const points = next.score - you.score;
  return word(points === 1 ? "distance_one" : "distance", { n: formatNumber(points), name: next.nickname });
}
