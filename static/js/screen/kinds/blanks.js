// Gaps: numbered while they are open, then filled, with how many had each.

import { fillGaps } from "../../lib/gaps.js";
import { drawValue } from "../dist.js";
import { make, slot } from "../parts.js";
import { typedSign } from "../typed.js";
import { register } from "./registry.js";

/** Beside what stands in the sentence already. */
const OTHERS_MOST = 4;

/** One bar a gap: how many of those who answered had it. Pure. */
export function gapBars({ key, distribution, answered = 0 }) {
  const counts = distribution?.counts ?? [];
  const most = Math.max(1, answered ?? 0, ...counts);
  return (key?.blanks ?? []).map((text, index) => {
    const others = (key.accepted?.[index] ?? []).filter((other) => other !== text);
    const texts = [text, ...others.slice(0, OTHERS_MOST), ...(others.length > OTHERS_MOST ? ["…"] : [])];
    return { text: `${index + 1}. ${texts.join(" / ")}`, count: counts[index] ?? 0, share: (counts[index] ?? 0) / most, right: true };
  });
}

function prompt(element, key) {
  fillGaps(element, (n) => {
    const gap = make("gap");
    slot(gap, "text").textContent = key?.blanks[n - 1] ?? n;
    gap.classList.toggle("is-filled", key !== null);
    return gap;
  });
}

function reveal(state) {
  const bars = gapBars(state);
  const list = make("dist");
  list.classList.add("dist-values");
  list.dataset.columns = bars.length > 5 ? 2 : 1;
  list.append(...bars.map(drawValue));
  return [list];
}

register("blanks", { prompt, open: (_, say) => ({ elements: [typedSign(say("blanks_hint"))] }), reveal });
