// The views in which there is nothing to do: lobby, waiting, reading time, the end, notices.

import { startCountdown } from "../../lib/countdown.js";
import { fill, find, formatNumber, fromTemplate, ordinal } from "../../lib/dom.js";
import { shapeOfName } from "../names.js";
import { fillPrompt } from "../prompt.js";
import { standingRows } from "./standings.js";

/** A copy of the template with the name's tile in it. */
function withTile(id, nickname) {
  const element = fill(fromTemplate(id), { nickname });
  find(".tile", element).dataset.shape = shapeOfName(nickname);
  return element;
}

export function lobbyView(_, { nickname, announce }) {
  const element = withTile("view-lobby", nickname);
  announce(find("h1", element).textContent);
  return { element };
}

/** For a question that this page cannot show yet; `update` takes what kind_files.js says of its kind. */
export function waitView({ word }) {
  const element = fromTemplate("view-wait");
  return {
    element,
    update: ({ tries }) => fill(element, { wait: word(tries ? "wait_longer" : "wait") }),
  };
}

export function readView({ round, question, opensAt, settings }, { word, clock, announce }) {
  const element = fillPrompt(fromTemplate("view-read"), question, question.prompt ?? word("look_up"));
  announce(word("ready", { n: round }));
  const startsAt = opensAt - 1000 * (settings.read_time_s ?? 5);
  return { element, leave: startCountdown(find(".timer", element), { clock, startsAt, endsAt: opensAt }) };
}

export function finishedView(_, { word, nickname, announce }) {
  const element = withTile("view-finished", nickname);
  return {
    element,
    update({ finished, you, participants, settings, podium }) {
      const { rank, score, of } = finished ?? { ...you, of: participants };
      const isRanked = rank && settings.scoring !== "survey";
      const place = isRanked ? word("final_place", { place: ordinal(word, rank), n: of }) : word("final_survey");
      fill(element, { place, score: isRanked && word("points", { n: formatNumber(score) }) });
      find("ol", element).replaceChildren(...standingRows(isRanked ? podium : [], nickname));
      announce(place);
    },
  };
}

/** `name` is kicked, over, replaced or gone; `act` is what its button does. */
export function noticeView(name, word, act) {
  const element = fill(fromTemplate("view-notice"), {
    heading: word(name), text: word(`${name}_text`), act: word(`${name}_do`),
  });
  find("button", element).addEventListener("click", act);
  return { element };
}
