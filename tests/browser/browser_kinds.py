"""Each kind as people meet it, a row each: how it is written, asked, answered by touch and by key, and told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from browser_answering import (
    key_blanks,
    key_multi,
    key_open,
    key_order,
    key_picture,
    key_scale,
    key_targets,
    key_words,
    press,
    tap_blanks,
    tap_open,
    tap_order,
    tap_picture,
    tap_scale,
    tap_targets,
    tap_words,
    type_answer,
)
from browser_editor import Editor
from browser_student import Student
from browser_writing import (
    write_blanks,
    write_categorize,
    write_hotspot,
    write_match,
    write_multi,
    write_nothing,
    write_number,
    write_order,
    write_poll,
    write_scale,
    write_single,
    write_text,
    write_true_false,
    write_wordcloud,
)
from playwright.sync_api import Page

RIGHT, PARTLY, WRONG, SAID = "That's right", "Partly right", "Not this time", "This is what you all said"


@dataclass(frozen=True)
class Row:
    """The first of two is always who has touch, the other has keys."""

    # What the editor's menu calls it.
    name: str
    prompt: str
    write: Callable[[Editor], None]
    # Of the question, as it is stored.
    body: dict[str, Any]
    # What stands on phone and projector while it is open; what the projector tells afterwards, as words or as bars.
    phone: str
    stage: str
    revealed: str | dict[str, int]
    tap: Callable[[Student], None]
    keys: Callable[[Page], None]
    verdicts: tuple[str, str]
    # The answers in words, and as a spreadsheet has them where it is otherwise.
    told: tuple[str, str]
    cells: tuple[str, str] = field(default=("", ""))
    # In the list of who belongs where, on the phone that had all right.
    right_rows: int = 0


def choice(text: str, *, correct: bool = False) -> dict[str, Any]:
    return {"text": text, "correct": correct}


ROWS = {
    "single": Row(
        name="One right answer",
        prompt="Capital of France?",
        write=write_single,
        body={
            "choices": [choice("Paris", correct=True), choice("Rome"), choice("Bern")],
            "explanation": "It is on the Seine.",
        },
        phone="Tap your answer.",
        stage="Paris",
        revealed={"Paris": 1, "Rome": 1, "Bern": 0},
        tap=lambda student: student.choose("Paris"),
        keys=lambda page: press(page, "Rome", "Space"),
        verdicts=(RIGHT, WRONG),
        told=("Paris", "Rome"),
        cells=("A", "B"),
    ),
    "multi": Row(
        name="Several right answers",
        prompt="Which are prime?",
        write=write_multi,
        body={"choices": [choice("Two", correct=True), choice("Nine"), choice("Seven", correct=True)]},
        phone="Choose all that are right.",
        stage="Choose every right answer",
        revealed={"Two": 2, "Nine": 0, "Seven": 1},
        tap=lambda student: student.choose("Two", "Seven"),
        keys=key_multi,
        verdicts=(RIGHT, PARTLY),
        told=("Seven", "Two"),
        cells=("A C", "A"),
    ),
    "true_false": Row(
        name="True or false",
        prompt="Fire is cold.",
        write=write_true_false,
        body={"choices": [choice("True"), choice("False", correct=True)]},
        phone="Tap your answer.",
        stage="False",
        revealed={"True": 1, "False": 1},
        tap=lambda student: student.choose("False"),
        keys=lambda page: press(page, "True", "Space"),
        verdicts=(RIGHT, WRONG),
        told=("False", "True"),
        cells=("B", "A"),
    ),
    "text": Row(
        name="Type the answer",
        prompt="River through Cairo?",
        write=write_text,
        body={"accepted": ["Nile", "Nil"]},
        phone="Type your answer.",
        stage="Type your answer on your device",
        revealed="Nile",
        tap=lambda student: student.type_answer("nile"),
        keys=lambda page: type_answer(page, "Amazon"),
        verdicts=(RIGHT, WRONG),
        told=("nile", "Amazon"),
    ),
    "number": Row(
        name="Number",
        prompt="Legs of a spider?",
        write=write_number,
        body={"accepted": [{"value": 8, "tolerance": 0.5}]},
        phone="Type a number.",
        stage="Enter a number on your device",
        revealed="8",
        tap=lambda student: student.type_answer("8,5"),
        keys=lambda page: type_answer(page, "6"),
        verdicts=(RIGHT, WRONG),
        told=("8.5", "6"),
    ),
    "poll": Row(
        name="Poll",
        prompt="Tea or coffee?",
        write=write_poll,
        body={"choices": [{"text": "Tea"}, {"text": "Coffee"}], "time_limit_s": 600},
        phone="Tap your answer.",
        stage="Coffee",
        revealed={"Tea": 1, "Coffee": 1},
        tap=lambda student: student.choose("Tea"),
        keys=lambda page: press(page, "Coffee", "Space"),
        verdicts=(SAID, SAID),
        told=("Tea", "Coffee"),
        cells=("A", "B"),
    ),
    "order": Row(
        name="Put in order",
        prompt="From the Sun outwards",
        write=write_order,
        body={"items": ["Mercury", "Venus", "Earth"]},
        phone="Put them in order.",
        stage="Put them in order on your device",
        revealed={"Mercury": 1, "Venus": 2, "Earth": 1},
        tap=tap_order,
        keys=key_order,
        verdicts=(RIGHT, PARTLY),
        told=("1. Mercury, 2. Venus, 3. Earth", "1. Earth, 2. Venus, 3. Mercury"),
        right_rows=3,
    ),
    "match": Row(
        name="Match",
        prompt="In French?",
        write=write_match,
        body={
            "pairs": [
                {"left": "cat", "right": "chat"},
                {"left": "dog", "right": "chien"},
                {"left": "bird", "right": "oiseau"},
            ],
            "distractors": ["souris"],
        },
        phone="Find what belongs together.",
        stage="Find what belongs together",
        revealed={"cat → chat": 2, "dog → chien": 1, "bird → oiseau": 1},
        tap=tap_targets(cat="chat", dog="chien", bird="oiseau"),
        keys=key_targets(cat="chat", dog="souris"),
        verdicts=(RIGHT, PARTLY),
        told=("cat → chat · dog → chien · bird → oiseau", "cat → chat · dog → souris"),
        right_rows=3,
    ),
    "categorize": Row(
        name="Categorize",
        prompt="Metal or gas?",
        write=write_categorize,
        body={
            "categories": ["Gas", "Metal", "Neither"],
            "items": [{"text": "Iron", "category": 1}, {"text": "Neon", "category": 0}],
        },
        phone="Choose where each belongs.",
        stage="Choose where each belongs",
        revealed="Neon2",
        tap=tap_targets(Iron="Metal", Neon="Gas"),
        keys=key_targets(Neon="Gas", Iron="Neither"),
        verdicts=(RIGHT, PARTLY),
        told=("Iron → Metal · Neon → Gas", "Iron → Neither · Neon → Gas"),
        right_rows=2,
    ),
    "blanks": Row(
        name="Fill in the gaps",
        prompt="The {{1}} sat on the mat.",
        write=write_blanks,
        body={"prompt": "The {{1}} sat on the {{2}}.", "blanks": [{"accepted": ["cat", "dog"]}, {"accepted": ["mat"]}]},
        phone="Fill in the gaps.",
        stage="Fill in the gaps on your device",
        revealed="The cat sat on the mat.",
        tap=tap_blanks,
        keys=key_blanks,
        verdicts=(RIGHT, PARTLY),
        told=("1. Cat · 2. mat", "1. dog · 2. roof"),
    ),
    "hotspot": Row(
        name="Point at the picture",
        prompt="Where is it blue?",
        write=write_hotspot,
        body={},
        phone="Tap the place in the picture.",
        stage="Tap the place on your device",
        revealed={"The blue half": 1, "The red half": 1},
        tap=tap_picture,
        keys=key_picture,
        verdicts=(RIGHT, WRONG),
        told=("The blue half", "The red half"),
    ),
    "scale": Row(
        name="Scale",
        prompt="How sure are you?",
        write=write_scale,
        body={"min": -10, "max": 10, "labels": {"min": "Not at all", "max": "Very much"}},
        phone="Choose a step.",
        stage="10 – Very much",
        revealed="On average 1",
        tap=tap_scale,
        keys=key_scale,
        verdicts=(SAID, SAID),
        told=("10", "-8"),
    ),
    "wordcloud": Row(
        name="Word cloud",
        prompt="What comes with autumn?",
        write=write_wordcloud,
        body={"words_most": 2},
        phone="Type up to 2 words.",
        stage="Up to 2 words each",
        revealed="Rain2",
        tap=tap_words,
        keys=key_words,
        verdicts=(SAID, SAID),
        told=("Rain, Fog", "wind, rain"),
    ),
    "open": Row(
        name="Open answer",
        prompt="Why is the sky blue?",
        write=write_nothing,
        body={},
        phone="Write your answer.",
        stage="Write your answer on your device",
        revealed="Because of the Rayleigh scattering.",
        tap=tap_open,
        keys=key_open,
        verdicts=(SAID, SAID),
        told=("Because of the Rayleigh scattering.\nI think.", "No idea"),
    ),
    "info": Row(
        name="Slide",
        prompt="That was it.",
        write=write_nothing,
        body={"time_limit_s": 20},
        phone="That was it.",
        stage="That was it.",
        revealed="",
        tap=lambda student: None,
        keys=lambda page: None,
        verdicts=("", ""),
        told=("", ""),
    ),
}
