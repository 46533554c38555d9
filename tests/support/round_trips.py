"""What comes back of a quiz that went out as a file of another program: what is held, and how it is compared."""

import pytest

from formats.text import normalise

# What the formats of others hold, kind by kind, and the fields of a question that each has a place for besides.
OTHERS = {
    "gift": (("single", "multi", "true_false", "text", "number", "info", "match", "open"), ("feedback", "explanation")),
    "moodle-xml": (
        ("single", "multi", "true_false", "text", "number", "info", "match", "order", "open", "blanks"),
        ("feedback", "explanation"),
    ),
    "qti": (
        ("single", "multi", "true_false", "text", "number", "info", "match", "open", "blanks"),
        ("feedback", "explanation"),
    ),
    "aiken": (("single",), ()),
    "kahoot": (("single", "multi"), ()),
    "wayground": (("single", "multi", "poll", "text", "open"), ("explanation",)),
    "csv": (("single", "multi", "poll", "text", "open"), ("explanation",)),
}


def is_plain(quiz: dict) -> bool:
    """One right answer of several, or a single gap, is another kind elsewhere."""
    return all(
        (question["kind"] != "multi" or sum(choice["correct"] for choice in question["choices"]) > 1)
        and len(question.get("blanks", "12")) > 1
        for question in quiz["questions"]
    )


def words(text: str) -> str:
    return " ".join(normalise(text).split())


def plain(question: dict, fields: tuple[str, ...], lost: set[str]) -> dict:
    """What of a question is compared: kind, texts and key."""
    if "markup" in question:
        # A file says nothing of how its texts are to be shown; where a formula is seen, they are escaped anew.
        return {"kind": question["kind"]}
    shown = {"kind": question["kind"], "prompt": words(question["prompt"])}
    if "explanation" in fields and "explanation_lost" not in lost:
        shown["explanation"] = words(question.get("explanation") or "")
    for choice in question.get("choices") or ():
        entry = [words(choice["text"]), bool(choice.get("correct"))]
        shown.setdefault("choices", []).append(entry)
        if "feedback" in fields:
            entry.append(words(choice.get("feedback") or ""))
    shown["accepted"] = every(question.get("accepted") or (), lost)
    shown["items"] = [words(item) for item in question.get("items") or ()]
    shown["pairs"] = [(words(pair["left"]), words(pair["right"])) for pair in question.get("pairs") or ()]
    shown["distractors"] = [words(text) for text in question.get("distractors") or ()]
    shown["blanks"] = [every(blank["accepted"], lost) for blank in question.get("blanks") or ()]
    return shown


def every(entries, lost: set[str]) -> list:
    """What is accepted, each once."""
    found = [accepted(entry, "weights_lost" in lost) for entry in entries]
    return [entry for at, entry in enumerate(found) if entry[:-1] not in [before[:-1] for before in found[:at]]]


def accepted(entry, without_weight: bool) -> list:
    if isinstance(entry, str):
        return [words(entry), 1]
    weight = 1 if without_weight else round(entry.get("weight") or 1, 5)
    if "text" in entry:
        return [words(entry["text"]), weight]
    low = entry["min"] if "min" in entry else entry["value"] - (entry.get("tolerance") or 0)
    high = entry["max"] if "max" in entry else entry["value"] + (entry.get("tolerance") or 0)
    return [pytest.approx(low, abs=1e-6, rel=1e-9), pytest.approx(high, abs=1e-6, rel=1e-9), weight]
