"""H5P packages: the single types, and the sets, columns and presentations that hold them."""

import json

import pytest
from sound_samples import mp3, opus
from workbooks import zipped

import formats

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
CHOICE = {
    "question": "<p>Q&amp;A?</p>\n",
    "answers": [
        {"text": "<div>a</div>\n", "correct": False, "tipsAndFeedback": {"chosenFeedback": "<p>no</p>", "tip": "t"}},
        {"text": "<div>b</div>\n", "correct": True},
    ],
    "behaviour": {"type": "auto"},
}


def image(path: str) -> dict:
    return {"type": {"library": "H5P.Image 1.1", "params": {"file": {"path": path}, "alt": "A sign"}}}


def package(library: str, content: object, *files: tuple[str, bytes], **about: object) -> bytes:
    head = {"title": "Berries", "mainLibrary": library, "language": "de", **about}
    entries = [("h5p.json", json.dumps(head).encode()), ("content/content.json", json.dumps(content).encode())]
    return zipped([*entries, *files])


def parse(library: str, content: object, *files: tuple[str, bytes], **about: object) -> formats.Parsed:
    (parsed,) = formats.parse(package(library, content, *files, **about), "a.h5p")
    return parsed


def only(library: str, content: object) -> dict:
    parsed = parse(library, content)
    assert parsed.issues == []
    (question,) = parsed.questions
    return {name: value for name, value in question.items() if name != "_where"}


def right(question: dict) -> list[str]:
    return [choice["text"] for choice in question["choices"] if choice.get("correct")]


def test_a_choice_keeps_feedback_and_tips():
    """Its HTML becomes text; a tip is the teacher's to give."""
    assert only("H5P.MultiChoice", CHOICE) == {
        "kind": "single",
        "prompt": "Q&A?",
        "choices": [{"text": "a", "feedback": "no"}, {"text": "b", "correct": True}],
        "notes": "Tip for “a”: t",
    }
    both = CHOICE | {"answers": [{"text": "a", "correct": True}, {"text": "b", "correct": True}, {"text": "c"}]}
    assert only("H5P.MultiChoice", both)["kind"] == "multi"
    assert only("H5P.MultiChoice", CHOICE | {"behaviour": {"type": "multi"}})["kind"] == "multi"


@pytest.mark.parametrize(("correct", "expected"), [("true", "Ja"), ("false", "Nein"), (False, "Nein")])
def test_true_or_false_is_said_with_a_word(correct, expected):
    """With the words that the author chose."""
    content = {"question": "Q?", "correct": correct, "l10n": {"trueText": "Ja", "falseText": "Nein"}}
    question = only("H5P.TrueFalse", content)
    assert (question["kind"], right(question)) == ("true_false", [expected])
    assert [choice["text"] for choice in question["choices"]] == ["Ja", "Nein"]


def test_where_the_first_answer_is_right_it_is_moved():
    """A set of single choices, and a summary, whose statements nobody may have written."""
    content = {"choices": [{"question": f"Q{n}?", "answers": ["right", "b", "c", "d"]} for n in range(20)]}
    questions = parse("H5P.SingleChoiceSet", content).questions
    assert all(right(question) == ["right"] for question in questions)
    assert len({[choice["text"] for choice in question["choices"]].index("right") for question in questions}) > 2
    summary = {"intro": "Choose.", "summaries": [{"summary": ["<p>So</p>", "<p>Not</p>"], "tip": ""}, {}]}
    assert right(only("H5P.Summary", summary)) == ["So"]


def test_gaps_have_ways_tips_and_literal_stars():
    """`**` is a star; what stands alone in a package is a question a sentence."""
    content = {
        "text": "Fill in.",
        "questions": ["<p>2 ** *3/three:a number* = *6* {{x}}</p>", "<p>*a\\/b*</p>"],
        "behaviour": {"caseSensitive": True},
    }
    first, second = parse("H5P.Blanks", content).questions
    assert first["prompt"] == "Fill in.\n\n2 * {{1}} = {{2}} { {x}}"
    assert first["blanks"] == [{"accepted": ["3", "three"]}, {"accepted": ["6"]}]
    assert (first["kind"], first["match"], first["notes"]) == ("blanks", "exact", "Tip for {{1}}: a number")
    assert second["blanks"] == [{"accepted": ["a/b"]}]
    together = parse("H5P.QuestionSet", {"questions": [{"library": "H5P.Blanks 1.14", "params": content}]})
    assert len(together.questions[0]["blanks"]) == 3


def test_words_to_drag_are_words_to_type():
    """All of them stand below the text, also those that fit nowhere."""
    content = {
        "taskDescription": "<p>Drag.</p>",
        "textField": "A *cat:meows\\+Yes\\-No* &amp;\n*1/2*",
        "distractors": "*dog* *cow*",
    }
    parsed = parse("H5P.DragText", content)
    assert [issue.code for issue in parsed.issues] == ["read_as_typed"]
    (question,) = parsed.questions
    assert question["prompt"] == "Drag.\n\nA {{1}} &\n{{2}}\n\n(1/2 · cat · cow · dog)"
    assert question["blanks"] == [{"accepted": ["cat"]}, {"accepted": ["1/2"]}]
    assert question["notes"] == "Tip for {{1}}: meows"


@pytest.mark.parametrize(
    ("library", "content", "expected"),
    [
        (
            "H5P.Essay 1.5",
            {"taskDescription": "Why?", "keywords": [{"keyword": "sun"}]},
            {"kind": "open", "notes": "Should be mentioned: sun"},
        ),
        (
            "H5P.SimpleMultiChoice 1.1",
            {"question": "Q?", "alternatives": [{"text": "a"}, {"text": "b"}]},
            {"kind": "poll"},
        ),
        ("H5P.Flashcards 1.7", {"cards": [{"text": "Q?", "answer": "a/b"}]}, {"kind": "text", "accepted": ["a", "b"]}),
        ("H5P.Crossword 0.5", {"words": [{"clue": "Q?", "answer": "a"}]}, {"kind": "text", "accepted": ["a"]}),
        (
            "H5P.SortParagraphs 0.11",
            {"taskDescription": "Q?", "paragraphs": ["<p>a</p>", "b"]},
            {"kind": "order", "items": ["a", "b"]},
        ),
    ],
)
def test_less_frequent_types_come_in_too(library, content, expected):
    """As the kind that asks the same."""
    question = only(library, content)
    assert expected.items() <= question.items()


def test_an_area_of_a_picture_is_pointed_at():
    """In percent of it, from the upper left corner; without its picture there is nothing to point at."""
    place = {"x": 10, "y": 20, "width": 30, "height": 40}
    spots = [
        {"userSettings": {"correct": True}, "computedSettings": place},
        {"userSettings": {"correct": False}, "computedSettings": place | {"figure": "circle"}},
    ]
    settings = {"hotspotSettings": {"taskDescription": "Where?", "hotspot": spots}}
    settings["backgroundImageSettings"] = {"backgroundImage": {"path": "images/map.png"}}
    content = {"imageHotspotQuestion": settings}
    parsed = parse("H5P.ImageHotspotQuestion", content, ("content/images/map.png", PNG))
    (question,) = parsed.questions
    assert (question["kind"], question["prompt"]) == ("hotspot", "Where?")
    assert question["areas"] == [
        {"label": "Area 1", "correct": True, "shape": "rect", "x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4},
        {"label": "Area 2", "correct": False, "shape": "circle", "x": 0.25, "y": 0.4, "rx": 0.15, "ry": 0.2},
    ]
    assert parse("H5P.ImageHotspotQuestion", content).issues[0].code == "picture_lost"


def test_questions_are_found_wherever_they_stand():
    """In a column in a book, on a slide, in a video; what is no question is counted, what is unknown is skipped."""
    node = {"library": "H5P.MultiChoice 1.16", "params": CHOICE}
    column = {"library": "H5P.Column 1.18", "params": {"content": [{"content": node}, {"content": node}]}}
    text = {"library": "H5P.AdvancedText 1.1", "params": {"text": "<p>Read.</p>"}}
    drag = {"library": "H5P.DragQuestion 1.14", "params": {"question": {"task": {"elements": [{"type": text}]}}}}
    content = {"chapters": [column, {"slides": [{"elements": [{"action": text}, {"action": drag}]}]}]}
    parsed = parse("H5P.InteractiveBook", content)
    assert [question["_where"] for question in parsed.questions] == ["question 1", "question 2"]
    assert [(issue.where, issue.code) for issue in parsed.issues] == [
        ("question 3", "kind_unknown"),
        ("the whole package", "texts_left_out"),
    ]


def test_the_picture_above_a_question_comes_along():
    """One that is missing, elsewhere, or a drawing that may be a program, is told."""
    paths = ["images/sign.png", "images/gone.png", "https://example.org/a.png", "images/a.svg", "../h5p.json"]
    nodes = [{"library": "H5P.MultiChoice 1.16", "params": CHOICE | {"media": image(path)}} for path in paths]
    files = [("content/images/sign.png", PNG), ("content/images/a.svg", b"<svg/>")]
    parsed = parse("H5P.QuestionSet", {"questions": nodes}, *files)
    shown = parsed.questions[0]["media"]
    assert (parsed.images, shown["alt"]) == ({shown["image"]: PNG}, "A sign")
    assert [issue.where for issue in parsed.issues] == ["question 2", "question 3", "question 4", "question 5"]
    assert {issue.code for issue in parsed.issues} == {"picture_lost"}
    assert len(parsed.questions) == 5


def test_the_recording_above_a_question_comes_along():
    """The first of its files, as the others are the same once more; a video and what is missing are told."""

    def above(**params) -> dict:
        return {"library": "H5P.MultiChoice 1.16", "params": CHOICE | {"media": {"type": {"params": params}}}}

    files = [{"path": "audios/a.mp3"}, {"path": "audios/a.ogg"}]
    nodes = [above(files=files), above(files=[{"path": "audios/gone.mp3"}]), above(sources=[{"path": "videos/a.mp4"}])]
    card = {"text": "Who?", "answer": "Ada", "audio": files}
    nodes.append({"library": "H5P.Dialogcards 1.9", "params": {"dialogs": [card]}})
    sounds = [("content/audios/a.mp3", mp3()), ("content/audios/a.ogg", opus())]
    parsed = parse("H5P.QuestionSet", {"questions": nodes}, *sounds)
    assert list(parsed.images.values()) == [mp3()]
    assert ["media" in question for question in parsed.questions] == [True, False, False, True]
    assert [issue.code for issue in parsed.issues] == ["sound_lost", "media_lost"]


def test_the_package_says_whose_it_is():
    """Title, language, introduction, author and licence stay with the quiz."""
    parsed = parse(
        "H5P.QuestionSet",
        {
            "introPage": {"introduction": "<p>Hello</p>"},
            "questions": [{"library": "H5P.MultiChoice 1", "params": CHOICE}],
        },
        authors=[{"name": "Ada"}],
        license="CC BY",
        licenseVersion="4.0",
    )
    assert (parsed.title, parsed.language) == ("Berries", "de")
    assert parsed.description == "Hello\nBy Ada.\nLicence: CC BY 4.0."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (package("H5P.Column", {}), "no questions"),
        (package("H5P.Column", []), "not what it should be"),
        (zipped([("h5p.json", b"{}")]), "not whole"),
        (zipped([("h5p.json", b"{"), ("content/content.json", b"{}")]), "broken at line 1"),
    ],
)
def test_what_cannot_be_read_is_refused(data, said):
    """In one sentence."""
    with pytest.raises(formats.FormatError, match=said):
        formats.parse(data, "a.h5p")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"question": "", "answers": CHOICE["answers"]}, "no_text"),
        ({"question": "Q?", "answers": [{"text": "a"}]}, "too_few_answers"),
        ({"question": "Q?", "answers": [{"text": ""}, {"text": "b"}]}, "choice_without_text"),
        ({"question": ["Q?"], "answers": "ab"}, "no_text"),
    ],
)
def test_what_cannot_be_asked_is_skipped(content, code):
    """With its reason."""
    nodes = [{"library": "H5P.MultiChoice 1.16", "params": params} for params in (CHOICE, content)]
    parsed = parse("H5P.QuestionSet", {"questions": nodes})
    assert [(issue.where, issue.code) for issue in parsed.issues] == [("question 2", code)]
