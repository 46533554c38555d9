// Figures as people read them: times, sizes, rates, counts with their noun. Pure but for the language it is given.

const NOTHING = "–";

/** `word` as of readWords(): the noun "rooms" is looked up as rooms_one, rooms_few…, and "rooms" for all other forms. */
export function createUnits(word, language) {
  const formats = new Map();
  const rules = new Intl.PluralRules(language);
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
  const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

  // Making a format costs more than using it a hundred times.
  function format(options) {
    const key = JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(language, options));
    return formats.get(key);
  }

  const unit = (name, value, digits = 0) =>
    format({ style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
  const digitsFor = (value) => (value < 10 ? 1 : 0);
  const number = (value) => (value == null ? NOTHING : format({ maximumFractionDigits: 0 }).format(value));

  /** Milliseconds, or seconds from one second on. */
  function ms(value) {
    if (value == null) return NOTHING;
    return value < 1000 ? unit("millisecond", value, digitsFor(value)) : unit("second", value / 1000, digitsFor(value / 1000));
  }

  /** How often in a second. */
  function rate(value) {
    if (value == null) return NOTHING;
    return word("per_second", { n: format({ maximumFractionDigits: digitsFor(value) }).format(value) });
  }

  function bytes(value) {
    if (value == null) return NOTHING;
    // The short form has no plural: "0 byte".
    if (value < 1000) return format({ style: "unit", unit: "byte", unitDisplay: "long" }).format(value);
    return value < 1e6 ? unit("kilobyte", value / 1e3, digitsFor(value / 1e3)) : unit("megabyte", value / 1e6, digitsFor(value / 1e6));
  }

  /** A span of time in its two largest units. */
  function span(seconds) {
    const whole = Math.max(0, Math.round(seconds));
    if (whole < 60) return unit("second", whole);
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return unit("minute", minutes);
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return pair(["hour", hours], ["minute", minutes % 60]);
    return pair(["day", Math.floor(hours / 24)], ["hour", hours % 24]);
  }

  const pair = (...parts) => parts.filter(([, n]) => n > 0).map(([name, n]) => unit(name, n)).join(" ");

  return {
    number, ms, rate, bytes, span,
    percent: (share) => format({ style: "percent", maximumFractionDigits: 1 }).format(share),
    times: (value) => word("times", { n: format({ maximumFractionDigits: 1 }).format(value) }),
    count: (noun, n, more = {}) => word(`${noun}_${rules.select(n)}`, { n: number(n), ...more }),
    // In the reader's own way, whatever the language of the page.
    clock: (at) => clock.format(at),
    moment: (at) => moment.format(at),
  };
}
