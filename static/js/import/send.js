// Sends one file to the API. XMLHttpRequest and not fetch: it tells how much has been sent.

/**
 * {done, stop}. `done` gives {url} of the preview, {message} that refuses the file, {stopped: true}, or {} when there
 * was no answer. `onProgress` gets the share sent, 0 to 1.
 */
export function sendFile(address, file, format, onProgress) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("file", file);
  if (format) body.append("format", format);
  const done = new Promise((resolve) => {
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    request.upload.addEventListener("load", () => onProgress(1));
    request.addEventListener("load", () => resolve(readAnswer(request)));
    request.addEventListener("error", () => resolve({}));
    request.addEventListener("abort", () => resolve({ stopped: true }));
  });
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-XSRFToken", document.querySelector('meta[name="xsrf"]')?.content ?? "");
  request.send(body);
  return { done, stop: () => request.abort() };
}

function readAnswer(request) {
  try {
    const answer = JSON.parse(request.responseText);
    return request.status === 201 ? { url: answer.url } : { message: answer.error?.message };
  } catch {
    return {};
  }
}
