// What could not be saved yet, kept in this browser: one entry for each tab and quiz, so that two tabs keep both.

const PREFIX = "quizhall:draft:";
// Writing a large quiz down with every key would be felt.
const SETTLE_MS = 250;

/** `disk` is localStorage, or null where there is none; `tab` names this tab over reloads. */
export function createKept(quizId, tab, disk) {
  const key = `${PREFIX}${quizId}:${tab}`;
  let pending = null;
  let timer;

  function write() {
    clearTimeout(timer);
    if (!pending) return;
    attempt(() => disk.setItem(key, JSON.stringify({ ...pending, at: Date.now() })));
    pending = null;
  }

  return {
    keep(quiz, revision) {
      pending = { quiz, revision };
      clearTimeout(timer);
      timer = setTimeout(write, SETTLE_MS);
    },
    /** Writes what still waits, because the page may end now. */
    write,
    release() {
      clearTimeout(timer);
      pending = null;
      attempt(() => disk.removeItem(key));
    },
    /** {key, quiz, revision, at, isOurs} of what a page kept that did not come to save it; this tab's own first, then the newest. */
    found() {
      const keys = attempt(() => Object.keys(disk)) ?? [];
      const entries = keys.filter((name) => name.startsWith(`${PREFIX}${quizId}:`)).map((name) => {
        const entry = attempt(() => JSON.parse(disk.getItem(name)));
        return entry && { ...entry, key: name, isOurs: name === key };
      });
      return entries.filter(Boolean).sort((a, b) => Number(b.isOurs) - Number(a.isOurs) || b.at - a.at)[0] ?? null;
    },
    /** So that what is kept from now on does not take its place; returns where it is. */
    setAside({ key: name, quiz, revision, at, isOurs }) {
      if (!isOurs) return name;
      const aside = `${key}-${at}`;
      attempt(() => disk.setItem(aside, JSON.stringify({ quiz, revision, at })));
      attempt(() => disk.removeItem(key));
      return aside;
    },
    forget: (name) => attempt(() => disk.removeItem(name)),
  };
}

/** This tab's name: the same after a reload, another in another tab. */
export function tabName(makeId) {
  const name = attempt(() => sessionStorage.getItem("quizhall:tab")) ?? makeId();
  attempt(() => sessionStorage.setItem("quizhall:tab", name));
  return name;
}

/** Private windows and full disks: then the page itself warns when it is left. */
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
