// The calls that the editor makes. An error has the `status` of the answer and, where there is one, its `sentence`.

const xsrf = () => document.querySelector('meta[name="xsrf"]').content;

async function call(method, path, body, headers = {}) {
  const response = await fetch(path, { method, body, credentials: "same-origin", headers: { Accept: "application/json", "X-XSRFToken": xsrf(), ...headers } });
  if (response.ok) return response.json();
  const told = await response.json().catch(() => null);
  throw Object.assign(new Error(`${method} ${path}: ${response.status}`), {
    status: response.status, sentence: told?.error?.message, details: told?.error?.details,
  });
}

/** What the server keeps of a quiz for itself. */
const OWN_FIELDS = ["id", "revision", "ready", "created_at", "updated_at", "runs", "last_played_at"];

/** {quiz, revision} out of a quiz as the service tells it. */
export function parted(told) {
  const written = Object.entries(told).filter(([name]) => !OWN_FIELDS.includes(name));
  // Quizzes from before there were tags have none.
  return { quiz: { tags: [], ...Object.fromEntries(written) }, revision: told.revision };
}

/** {revision, ready, problems}. */
export const putDraft = (id, quiz, revision) =>
  call("PUT", `/api/v1/quizzes/${id}/draft`, JSON.stringify({ ...quiz, revision }), { "Content-Type": "application/json" });

export const getQuiz = async (id) => parted(await call("GET", `/api/v1/quizzes/${id}`));

/** {texts, lines}: the HTML of each text, and of each that stands in one line. */
export const postMarkup = (texts, lines) =>
  call("POST", "/api/v1/markup", JSON.stringify({ texts, lines }), { "Content-Type": "application/json" });

/** {id, url, width, height}. */
export async function postFile(file) {
  const form = new FormData();
  form.append("file", file);
  return (await call("POST", "/api/v1/media", form)).media;
}

/** Whether a picture or a sound is here; also when nobody can say. */
export const isStored = (id) =>
  fetch(`/media/${encodeURIComponent(id)}`, { method: "HEAD" }).then((response) => response.status !== 404, () => true);
