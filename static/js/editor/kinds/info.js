// The slide: its text is the prompt, and that is all.

export const info = {
  name: "info",
  hasTime: false,
  hasPoints: false,
  blank: () => ({}),
  checks: () => [],
  sample: () => ({}),
  form: null,
};
