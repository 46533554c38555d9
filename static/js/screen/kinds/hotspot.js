// A picture to point at: large while it is open, afterwards with what was right on it and where the class pointed.

import { drawArea } from "../../lib/areas.js";
import { boxOf } from "../area_box.js";
import { drawValue, nobody } from "../dist.js";
import { make, slot } from "../parts.js";
import { register } from "./registry.js";

// Above this, a label has its place below the area.
const LOW = 0.82;
const EDGE = 0.14;

/** The picture as large as its place allows; null where there is none. */
function picture(media) {
  if (!media?.width) return null;
  const element = make("spots");
  const { image, alt, width, height } = media;
  Object.assign(slot(element, "picture"), { src: `/media/${image}`, alt, width, height });
  element.style.setProperty("--ratio", width / height);
  return element;
}

function open({ media }, say) {
  const shown = picture(media);
  return { elements: shown ? [shown] : [], hint: say("hotspot_hint") };
}

function labelOf(area) {
  const { x, y, width, height } = boxOf(area);
  const label = make("spot-label");
  const isBelow = y + height < LOW;
  slot(label, "text").textContent = area.label;
  label.classList.toggle("is-above", !isBelow);
  label.style.setProperty("--x", Math.min(1 - EDGE, Math.max(EDGE, x + width / 2)));
  label.style.setProperty("--y", isBelow ? y + height : y);
  return label;
}

/** Lines without length, with round ends: a dot each, in the size of the stroke. */
const dots = (points) => points.map(([x, y]) => `M${x} ${y}h0`).join("");

function reveal({ question, key, distribution }, say) {
  const { areas = [] } = key ?? {};
  const { counts = [], other = 0, points = [] } = distribution ?? {};
  const box = make("spots-after");
  const shown = picture(question.media);
  if (shown) {
    const right = areas.filter((area) => area.correct);
    slot(shown, "areas").prepend(...right.map(drawArea));
    for (const path of shown.querySelectorAll("path")) path.setAttribute("d", dots(points));
    slot(shown, "spot").append(...right.map(labelOf));
    box.append(shown);
  }
  box.append(barsOf(areas, counts, other, say));
  return [box];
}

/** Right areas, and others that somebody meant. */
function barsOf(areas, counts, other, say) {
  const meant = areas.map((area) => ({ text: area.label, count: counts[area.index] ?? 0, right: area.correct }));
  const shown = meant.filter(({ count, right }) => count || right).sort((a, b) => b.right - a.right || b.count - a.count);
  if (other) shown.push({ text: say("hotspot_elsewhere"), count: other, right: false });
  const most = Math.max(1, ...shown.map(({ count }) => count));
  if (!shown.some(({ count }) => count)) return nobody(say);
  const list = make("dist");
  list.classList.add("dist-values");
  list.append(...shown.map((bar) => drawValue({ ...bar, share: bar.count / most })));
  return list;
}

register("hotspot", { open, reveal, drawsPicture: true });
