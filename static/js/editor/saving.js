// Ties the saver to this page: what is said about it, what is kept in the browser, leaving, and two versions.

import { toast } from "../host/notices.js";
import { makeId } from "../lib/ids.js";
import { slot } from "../screen/parts.js";
import { chooseVersion } from "./conflict.js";
import { createKept, tabName } from "./kept.js";
import { isSame } from "./quiz.js";
import { createSaver } from "./saver.js";
import { getQuiz, putDraft } from "./service.js";

/** Worth an interruption; the rest is seen by who looks. */
const SAID = ["offline", "conflict", "refused", "signed_out", "gone"];

export function startSaving({ quizId, store, quiz, revision, word, announce, onReply }) {
  const status = document.getElementById("status");
  const decide = document.getElementById("decide");
  const dialog = document.getElementById("conflict");
  const kept = createKept(quizId, tabName(makeId), disk());
  const saver = createSaver({
    quiz, revision,
    send: (next, from) => putDraft(quizId, next, from),
    keep: kept.keep,
    release: kept.release,
    onChange: changedStatus,
  });

  function changedStatus({ status: name, reply, error }) {
    const isOther = status.dataset.state !== name;
    status.dataset.state = name;
    const sentence = name === "refused" && error?.sentence ? ` ${error.sentence}` : "";
    slot(status, "words").textContent = word(`status_${name}`) + sentence;
    decide.hidden = name !== "conflict";
    if (isOther && SAID.includes(name)) announce(word(`status_${name}`));
    if (reply) onReply(reply);
    if (isOther && name === "conflict") settle();
  }

  /** Fetches the other version and asks. Whatever is chosen, the other one is a step in the history. */
  async function settle() {
    if (dialog.open) return;
    let theirs;
    try {
      theirs = await getQuiz(quizId);
    } catch {
      // The button stays, and asks again.
      return;
    }
    const mine = store.quiz;
    if (isSame(mine, theirs.quiz)) return saver.resolve(mine, theirs.revision, mine);
    const choice = await chooseVersion(dialog, { mine, theirs: theirs.quiz, reason: "elsewhere", word });
    if (choice !== "later") choose(choice, theirs);
  }

  function choose(choice, { quiz: theirs, revision: newest }) {
    if (choice === "mine") {
      store.keepAgainst(theirs);
      saver.resolve(theirs, newest, store.quiz);
      toast(word("mine_kept"));
    } else {
      store.take(theirs);
      saver.resolve(theirs, newest, store.quiz);
      toast(word("theirs_taken"));
    }
  }

  decide.addEventListener("click", settle);
  addEventListener("online", () => saver.flush());
  addEventListener("focus", () => ["signed_out", "offline"].includes(saver.status) && saver.flush());
  addEventListener("pagehide", kept.write);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    kept.write();
    saver.flush();
  });
  addEventListener("beforeunload", (event) => {
    if (!saver.hasUnsaved()) return;
    kept.write();
    event.preventDefault();
  });

  return {
    changed: saver.changed,
    finish: saver.finish,
    /** What an earlier page kept and did not come to save: this tab's own comes back by itself when nobody changed the quiz since. */
    async restore() {
      const entry = kept.found();
      if (!entry) return;
      if (isSame(entry.quiz, quiz)) return kept.forget(entry.key);
      if (entry.isOurs && entry.revision === revision) {
        store.take(entry.quiz);
        announce(word("restored"));
        return;
      }
      const key = kept.setAside(entry);
      const choice = await chooseVersion(dialog, { mine: entry.quiz, theirs: quiz, reason: "kept", word });
      if (choice === "later") return;
      kept.forget(key);
      if (choice === "mine") store.take(entry.quiz);
    },
  };
}

function disk() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
