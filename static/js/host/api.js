// Calls to the JSON API with the teacher's cookie.

/** The decoded answer; throws when the answer is not a success. */
export async function api(method, path) {
  const xsrf = document.querySelector('meta[name="xsrf"]')?.content ?? "";
  const response = await fetch(path, {
    method,
    headers: { Accept: "application/json", "X-XSRFToken": xsrf },
    credentials: "same-origin",
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.status === 204 ? null : response.json();
}
