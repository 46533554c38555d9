// A picture to point at: its areas, each with a name and whether it is right.

import { boxOf } from "../../screen/area_box.js";
import { must } from "../findings.js";
import { hotspotForm } from "./hotspot_form.js";
import { register } from "./registry.js";

/** Where the made-up class points, as steps from the middle of an area, in halves of its box. */
const NEAR = [[0, 0], [0.3, 0.2], [-0.4, 0.1], [0.1, -0.5], [-0.2, -0.3], [0.5, 0.4], [-0.6, 0.5], [0.4, -0.4]];

function checks(question) {
  const areas = question.areas ?? [];
  const found = [];
  if (!question.media?.image) found.push(must("media", "hotspot_picture"));
  if (!areas.length) return [...found, must("areas", "hotspot_none")];
  areas.forEach((area, index) => {
    if (!area.label?.trim()) return found.push(must(`areas.${index}`, "hotspot_label", { n: index + 1 }));
    const twin = areas.findIndex((other) => other.label === area.label);
    if (twin < index) found.push(must(`areas.${index}`, "hotspot_twin", { n: index + 1, other: twin + 1 }));
  });
  if (!areas.some((area) => area.correct)) found.push(must("areas", "hotspot_right"));
  return found;
}

/** Where the made-up class points in an area; the first of them in its middle. */
function pointsIn(area) {
  const { x, y, width, height } = boxOf(area);
  return NEAR.slice(0, countOf(area)).map(([across, down]) => [x + (width / 2) * (1 + across), y + (height / 2) * (1 + down)]);
}

/** Most of the class are right, some mean what is wrong. */
const countOf = (area) => (area.correct ? NEAR.length : 3);

function sample({ areas = [] }) {
  const shown = areas.map((area, index) => ({ ...area, index }));
  const right = shown.filter((area) => area.correct);
  return {
    question: { areas: shown.map(({ index, label }) => ({ index, label: label ?? "" })) },
    answer: { point: right.length ? pointsIn(right[0])[0] : [0.5, 0.5] },
    key: { area: right[0]?.index, accepted: right.map(({ index }) => index), areas: shown },
    distribution: { counts: shown.map(countOf), other: 2, points: shown.flatMap(pointsIn) },
  };
}

register("hotspot", { blank: () => ({ areas: [] }), checks, texts: ({ areas = [] }) => areas.map(({ label }) => label), sample, form: hotspotForm });
