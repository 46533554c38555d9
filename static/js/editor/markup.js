// The HTML of what an author formats, as the service makes it: asked for once for each text, soon after it was typed.

const WAIT_MS = 250;
const KEPT = 500;

/** `post(texts, lines)` asks the service; `onNews()` is called when there is more to show. */
export function createMarkup(post, onNews) {
  // One map for texts of several lines, one for those of one line.
  const known = { texts: new Map(), lines: new Map() };
  let missing = { texts: new Set(), lines: new Set() };
  let timer = 0;

  function htmlOf(list, text) {
    if (!text) return "";
    if (!known[list].has(text)) {
      missing[list].add(text);
      timer ||= setTimeout(ask, WAIT_MS);
    }
    return known[list].get(text) ?? "";
  }

  async function ask() {
    const { texts, lines } = missing;
    timer = 0;
    missing = { texts: new Set(), lines: new Set() };
    try {
      const found = await post([...texts], [...lines]);
      keep(known.texts, texts, found.texts);
      keep(known.lines, lines, found.lines);
      onNews();
    } catch {
      // Offline, or signed out: the preview shows the text as it was written, and what is typed next asks again.
    }
  }

  /** The state of a preview with the HTML that is known. */
  return function withHtml(state) {
    const { question } = state;
    const shown = { ...question, prompt_html: htmlOf("texts", question.prompt) };
    for (const [name, entries] of Object.entries(question)) {
      if (Array.isArray(entries)) shown[name] = entries.map((entry) => (entry?.text ? { ...entry, html: htmlOf("lines", entry.text) } : entry));
    }
    return { ...state, question: shown, explanation_html: htmlOf("texts", state.explanation) };
  };
}

function keep(map, texts, found) {
  if (map.size > KEPT) map.clear();
  [...texts].forEach((text, place) => map.set(text, found[place]));
}
