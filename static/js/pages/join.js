// The PIN field: digits only, cells that follow their number, and an answer without leaving the page.
// Without this script the form asks the server the plain way.

const form = document.querySelector(".join-form");
const input = document.getElementById("pin");
const cells = document.querySelector(".pin");
const error = document.getElementById("pin-error");
const button = form.querySelector("button");

const MIN_DIGITS = 6;
const MAX_DIGITS = 10;

function say(text) {
  error.textContent = text;
  input.setAttribute("aria-invalid", String(Boolean(text)));
}

function tidy() {
  // normalize: full-width digits; everything that is no digit came with a paste.
  const digits = input.value.normalize("NFKC").replace(/\D/g, "").slice(0, MAX_DIGITS);
  if (digits !== input.value) input.value = digits;
  cells.style.setProperty("--digits", Math.max(MIN_DIGITS, digits.length));
}

input.addEventListener("input", () => {
  tidy();
  if (error.textContent) say("");
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const pin = input.value;
  if (pin.length < MIN_DIGITS) return refuse(form.dataset.short);
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    const { ok, status } = await fetch(`/api/v1/rooms/${pin}`);
    if (ok) return location.assign(`/j/${pin}`);
    const reasons = { 404: "unknown", 410: "over", 429: "busy" };
    if (reasons[status]) refuse(form.dataset[reasons[status]]);
    else form.submit();
  } catch {
    // The browser's own page says best that there is no network.
    form.submit();
  } finally {
    button.removeAttribute("aria-busy");
  }
});

function refuse(text) {
  say(text);
  input.focus();
}

// `required` and `pattern` are for browsers without this script; here the sentences are ours.
form.noValidate = true;
// A back button or a server-rendered error may have left something in the field.
addEventListener("pageshow", tidy);
tidy();
