// Calls to the JSON API with the teacher's cookie.

/** The decoded answer; throws an error with the `status` when the answer is not a success. */
export async function api(method, path, body) {
  const xsrf = document.querySelector('meta[name="xsrf"]')?.content ?? "";
  const headers = { Accept: "application/json", "X-XSRFToken": xsrf };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(path, { method, headers, credentials: "same-origin", body: JSON.stringify(body) });
  if (!response.ok) throw Object.assign(new Error(`${method} ${path}: ${response.status}`), { status: response.status });
  return response.status === 204 ? null : response.json();
}
