"""Ten quizzes and more as teachers write them: those of a first start, and short ones of all sorts."""

import itertools
import json
from pathlib import Path
from typing import Any

from game.quiz import decode_quiz, encode_quiz

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def choose(prompt: str, right: str, *wrong: str, **more: Any) -> dict[str, Any]:
    choices = [{"text": right, "correct": True}, *({"text": text} for text in wrong)]
    return {"kind": "single", "prompt": prompt, "choices": choices} | more


def several(prompt: str, right: str, wrong: str) -> dict[str, Any]:
    """Answers parted by a comma."""
    choices = [{"text": text, "correct": True} for text in right.split(", ")]
    return {"kind": "multi", "prompt": prompt, "choices": choices + [{"text": text} for text in wrong.split(", ")]}


def true_or_not(prompt: str, is_true: bool) -> dict[str, Any]:
    choices = [{"text": "True", "correct": is_true}, {"text": "False", "correct": not is_true}]
    return {"kind": "true_false", "prompt": prompt, "choices": choices}


def pairs(prompt: str, *both: str) -> dict[str, Any]:
    """Sides parted by a colon."""
    sides = [entry.split(": ") for entry in both]
    return {"kind": "match", "prompt": prompt, "pairs": [{"left": left, "right": right} for left, right in sides]}


VOCABULARY = [
    pairs("Wer gehört zu wem?", "der Hund: le chien", "die Katze: le chat", "das Pferd: le cheval"),
    {"kind": "text", "prompt": "das Fenster", "accepted": ["la fenêtre", {"text": "fenêtre", "weight": 0.5}]},
    {
        "kind": "blanks",
        "prompt": "Je {{1}} un élève, tu {{2}} un prof.",
        "blanks": [{"accepted": ["suis"]}, {"accepted": ["es"]}],
    },
    choose("Comment dit-on « Danke » ?", "merci", "pardon", "salut", explanation="« Merci beaucoup » est plus poli."),
]
PROGRAMS = [
    choose("Was gibt `print(1 == 1.0)` aus?", "True", "False", "ein Fehler", markup="markdown"),
    choose("What is printed?\n\n```python\nfor x in range(2):\n    print(x)\n```", "0 1", "1 2", markup="markdown"),
    several("Which are falsy in Python?", '0, "", []', '"0", [0]'),
    choose("Which tag makes a line break?", "<br>", "<lb>", "&nbsp;"),
    {"kind": "order", "prompt": "From the smallest to the largest", "items": ["bit", "byte", "kilobyte", "megabyte"]},
]
SUMS = [
    {"kind": "number", "prompt": "What is π to two places?", "accepted": [{"value": 3.14, "tolerance": 0.005}]},
    {"kind": "number", "prompt": "A prime between 10 and 14?", "accepted": [{"value": 11}, {"value": 13}]},
    choose("{2, 4} ∩ {4, 6} = ?", "{4}", "{2, 4, 6}", "∅", time_limit_s=45),
    several("x² = 4: x = ?", "2, -2", "4, -4"),
    true_or_not("1/3 + 1/6 = 1/2", True),
]
PRICES = [
    choose("The shirt costs $20, 25 % off. What do you pay?", "$15", "$5", "$25"),
    choose("=SUM(A1:A3) over 1, 2, 3?", "6", "=6", "+6", "@6"),
    {"kind": "text", "prompt": 'Who said "Veni, vidi, vici"; and when?', "accepted": ["Caesar", "Julius Caesar"]},
]
ARABIC = [
    choose("ما هي عاصمة مصر؟", "القاهرة", "الرياض", "بغداد"),
    {"kind": "text", "prompt": "كم عدد أيام الأسبوع؟", "accepted": ["سبعة", "7"]},
    true_or_not("الشمس نجم.", True),
]
OPINIONS = [
    {"kind": "info", "prompt": "Welcome! 🎉\nThere are no wrong answers here."},
    {"kind": "poll", "prompt": "Tea or coffee?", "choices": [{"text": "Tea"}, {"text": "Coffee"}, {"text": "Neither"}]},
    {"kind": "scale", "prompt": "How was the trip?", "min": 1, "max": 5, "labels": {"min": "dull", "max": "great"}},
    {"kind": "wordcloud", "prompt": "One word for it", "words_most": 2},
    {"kind": "open", "prompt": "What should be different next time?", "time_limit_s": None},
]
ANIMALS = [
    {
        "kind": "categorize",
        "prompt": "Where does it live?",
        "categories": ["in water", "on land"],
        "items": [{"text": "cod", "category": 0}, {"text": "fox", "category": 1}, {"text": "carp", "category": 0}],
    },
    several("Which are mammals?", "whale, bat", "shark, hen"),
    choose("What do you call a young fox?", "kit", "calf", "lamb", points=500, notes="Show the picture first."),
    pairs("Who says what?", "cow: moo", "cat: meow"),
]


def _whole(title: str, language: str, questions: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    ids = (f"q{number}" for number in itertools.count(1))
    quiz = {"title": title, "language": language, "questions": questions} | more
    return encode_quiz(decode_quiz(quiz, lambda: next(ids)))


def _sample(path: Path) -> dict[str, Any]:
    quiz = json.loads(path.read_bytes())
    return _whole(quiz["title"], quiz.get("language", "en"), quiz["questions"], description=quiz.get("description", ""))


TEN = [
    *(_sample(path) for path in sorted(SAMPLES.glob("*.json"))),
    _whole("Vokabeln: Tiere & Haus", "de", VOCABULARY, tags=["Französisch", "Klasse 7"]),
    _whole("Python 101", "en", PROGRAMS),
    _whole("Sums / Rechnen", "en", SUMS, description="Without a calculator.\n\nTen minutes."),
    _whole("“Prices”; 50% off", "en-GB", PRICES),
    _whole("أسئلة عامة", "ar", ARABIC),
    _whole("After the trip", "en", OPINIONS),
    _whole("Animals #1", "en", ANIMALS, tags=["Biology"]),
]
