// Two versions of one quiz: says how they differ, and asks which one shall be.

import { ask } from "../host/ask.js";
import { formatNumber, fromTemplate, letterAt } from "../lib/dom.js";
import { slot } from "../screen/parts.js";
import { differences } from "./compare.js";
import { titleOf } from "./title.js";

/** `reason` is "elsewhere" or "kept". Resolves to "mine", "theirs" or "later". */
export async function chooseVersion(dialog, { mine, theirs, reason, word }) {
  for (const name of ["why", "theirs", "mine"]) slot(dialog, name).textContent = slot(dialog, name).dataset[reason];
  dialog.querySelector("details").open = false;
  slot(dialog, "list").replaceChildren(...differences(mine, theirs).map((one) => drawDifference(one, word)));
  const answer = await ask(dialog);
  return answer === "no" ? "later" : answer;
}

function drawDifference(one, word) {
  const element = fromTemplate("difference");
  const text = one.question && titleOf(one.question);
  const title = word(`differs_${one.what}`, { n: one.mine ?? one.theirs });
  slot(element, "title").textContent = text ? `${title}: ${text}` : title;
  slot(element, "parts").replaceChildren(...one.parts.map((part) => drawPart(part, word)));
  return element;
}

function drawPart({ part, mine, theirs }, word) {
  const element = fromTemplate("difference-part");
  slot(element, "name").textContent = word(`part_${part}`);
  slot(element, "mine").textContent = told(part, mine, word);
  slot(element, "theirs").textContent = told(part, theirs, word);
  return element;
}

/** The value of a part as one reads it. */
function told(part, value, word) {
  if (part === "time_limit_s") return value === null ? word("no_limit") : word("seconds", { n: value ?? 20 });
  if (part === "kind") return word(`kind_${value}`);
  if (part === "media") return [value?.alt || value?.image, value?.transcript || value?.audio].filter(Boolean).join(" · ") || word("nothing");
  if (typeof value === "number") return formatNumber(value);
  if (value === true) return "✓";
  if (!value || typeof value === "string") return value || word("nothing");
  if (!Array.isArray(value)) return toldEntry(value) || word("nothing");
  return value.map((entry, index) => toldEntry(entry, index)).join(" · ") || word("nothing");
}

function toldEntry(entry, index) {
  if (typeof entry !== "object" || entry === null) return String(entry ?? "");
  if (Array.isArray(entry)) return entry.map(toldEntry).join(", ");
  if ("correct" in entry || "feedback" in entry) return `${letterAt(index)} ${entry.text ?? ""}${entry.correct ? " ✓" : ""}`;
  if ("min" in entry || "max" in entry) return `${entry.min ?? ""} – ${entry.max ?? ""}`;
  if ("value" in entry || "tolerance" in entry) return `${entry.value ?? ""}${entry.tolerance ? ` ± ${entry.tolerance}` : ""}`;
  return entry.text ?? Object.values(entry).map(toldEntry).filter(Boolean).join(" – ");
}
