// The kind answered with a number: values with a tolerance, ranges, or whoever comes closest.

import { must } from "../findings.js";
import { register } from "./registry.js";
import { isRange, numberForm } from "./number_form.js";

register("number", {
  blank: () => ({ accepted: [{}], score: "in_range" }),
  checks(question) {
    const accepted = question.accepted ?? [];
    if (!accepted.length) return [must("accepted", "no_number")];
    const found = accepted.flatMap((entry, index) => {
      const part = `accepted.${index}`;
      if (!isRange(entry)) return entry.value == null ? [must(part, "empty_number")] : [];
      if (entry.min == null || entry.max == null) return [must(part, "empty_range")];
      return entry.min > entry.max ? [must(part, "turned_range")] : [];
    });
    if (question.score === "closest" && isRange(accepted[0])) found.push(must("accepted.0", "closest_range"));
    return found;
  },
  sample(question) {
    const accepted = (question.accepted ?? []).filter((entry) => entry.value != null || (entry.min != null && entry.max != null));
    const value = accepted[0]?.value ?? (accepted[0] ? (accepted[0].min + accepted[0].max) / 2 : undefined);
    const isPlain = accepted.length === 1 && !isRange(accepted[0]) && !accepted[0].tolerance;
    return {
      key: { number: value, ...(!isPlain && question.score !== "closest" && accepted.length && { accepted }) },
      distribution: { values: value === undefined ? [] : [{ value, count: 19, correct: true }], other: 9 },
    };
  },
  form: numberForm,
});
