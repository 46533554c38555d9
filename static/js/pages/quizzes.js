// The teacher's list: found while somebody types, times in the reader's zone, menus that close, a notice said once.

const TYPING_MS = 220;
const NOTICES = ["deleted", "copied", "restored"];
const language = document.documentElement.lang || undefined;
const dateOnly = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
const dateAndTime = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const form = document.querySelector(".quiz-search");

showTimes();
if (form) followTyping();
forgetNotice();

document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(null));

// One that opens at the lower edge comes into view; `toggle` does not bubble.
document.addEventListener("toggle", ({ target }) => target.open && listOf(target)?.scrollIntoView({ block: "nearest" }), true);

function listOf(menu) {
  return menu.matches("details.menu") ? menu.querySelector(".menu-list") : null;
}

function showTimes() {
  for (const time of document.querySelectorAll("time[data-ms]")) {
    time.textContent = ("date" in time.dataset ? dateOnly : dateAndTime).format(Number(time.dataset.ms));
  }
}

/** A menu that is closed by Escape gives the focus back to its button. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu === except) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus && except === null) menu.querySelector("summary").focus();
  }
}

/** What was done is said once: a reload or a bookmark does not say it again. */
function forgetNotice() {
  const url = new URL(location.href);
  for (const name of NOTICES) url.searchParams.delete(name);
  if (url.href !== location.href) history.replaceState(null, "", url);
}

function followTyping() {
  const failed = document.getElementById("search-failed");
  let timer;
  let asking;

  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(ask, event.target.name === "q" ? TYPING_MS : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
  failed.querySelector("button").addEventListener("click", ask);

  async function ask() {
    asking?.abort();
    const mine = (asking = new AbortController());
    const asked = [...new FormData(form)].filter(([, value]) => value.trim());
    const address = `${form.action}?${new URLSearchParams(asked)}`;
    const found = document.getElementById("found");
    found.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.status);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      history.replaceState(null, "", address);
      failed.hidden = true;
    } catch (error) {
      if (mine.signal.aborted) return;
      found.removeAttribute("aria-busy");
      failed.hidden = false;
    }
  }
}

/** Takes the list, the tags and the count over from the page as the service made it. */
function show(page) {
  for (const id of ["found", "tags"]) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
  }
  // Written into the element that is there, so that it is read out.
  document.getElementById("count").textContent = page.getElementById("count")?.textContent ?? "";
  showTimes();
}
