"""A small file of every format that is read, for tests that break it."""

import io
import json
import zipfile

import formats
from game.quiz import decode_quiz, encode_quiz

IMAGE = "c" * 64 + ".png"
_QUESTIONS = [
    {
        "kind": "single",
        "prompt": "Größe $x^2$?",
        "choices": [{"text": "ja", "correct": True}, {"text": "=no", "feedback": "#so"}],
    },
    {
        "kind": "multi",
        "prompt": "Two",
        "choices": [{"text": t, "correct": t != "b"} for t in "abc"],
        "explanation": "why",
    },
    {"kind": "true_false", "prompt": "Sun?", "choices": [{"correct": True}, {"correct": False}]},
    {"kind": "text", "prompt": "Typed", "accepted": ["é", {"text": "x", "weight": 0.5}]},
    {"kind": "number", "prompt": "Pi", "accepted": [{"value": 3.14, "tolerance": 0.1}, {"min": 1, "max": 2}]},
    {"kind": "poll", "prompt": "Poll", "choices": [{"text": "a"}, {"text": "b"}]},
    {"kind": "info", "prompt": "Slide <b>", "media": {"image": IMAGE, "alt": "a"}},
    {"kind": "order", "prompt": "Order", "items": ["one", "two", "three"]},
    {"kind": "match", "prompt": "Match", "pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}]},
    {
        "kind": "categorize",
        "prompt": "Sort",
        "categories": ["x", "y"],
        "items": [{"text": t, "category": n} for n, t in enumerate("pq")],
    },
    {"kind": "blanks", "prompt": "The {{1}} of {{2}}", "blanks": [{"accepted": ["end"]}, {"accepted": ["it", "us"]}]},
    {"kind": "scale", "prompt": "How", "min": 1, "max": 5, "labels": {"min": "bad", "max": "good"}},
    {"kind": "open", "prompt": "Say"},
]
_ids = iter(map(str, range(100)))
QUIZ = encode_quiz(decode_quiz({"title": "Small", "tags": ["a"], "questions": _QUESTIONS}, lambda: next(_ids)))

TEXT2QTI = """Quiz title: T

1.  What?
... fb
a)  6
*c) 5

2.  Which?
[ ] a
[*] b

3.  n
=   1.4 +- 0.1

4.  s
*   Santa
____
"""
OPENTDB = {
    "response_code": 0,
    "results": [
        {
            "type": "multiple",
            "difficulty": "easy",
            "category": "A &amp; B",
            "question": "Who &quot;is&quot;?",
            "correct_answer": "x",
            "incorrect_answers": ["y", "z"],
        }
    ],
}
RECORDS = [{"question": "Q1?", "options": ["a", "b"], "answer": "b"}, {"question": "Q2?", "answer": "c"}]
QTI2 = """<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t">
<responseDeclaration identifier="R" cardinality="single" baseType="identifier">
<correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody><choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>What?</prompt>
<simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice>
</choiceInteraction></itemBody></assessmentItem>"""
H5P = {"question": "<p>Q</p>", "answers": [{"text": "<div>a</div>", "correct": True}, {"text": "b", "correct": False}]}
SHEET = 'Question;Answer 1;Answer 2;Time;Correct\r\nGröße?;ja;nein;20;1\r\n"a;\nb";c;d;5;1,2\r\n'


def _packed(**files: object) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_json", ".json"), json.dumps(content))
    return file.getvalue()


def _written(name: str) -> tuple[str, bytes]:
    format = formats.FORMATS[name]
    exported = format.export(QUIZ, {IMAGE: b"no picture"})
    return f"{name}{exported.extension}", exported.data


SMALL_FILES: dict[str, bytes] = {
    **dict(_written(name) for name, format in formats.FORMATS.items() if format.is_written),
    "text2qti.md": TEXT2QTI.encode(),
    "opentdb.json": json.dumps(OPENTDB).encode(),
    "records.json": json.dumps(RECORDS).encode(),
    "trivia.txt": b"#Q Who?\n^ a\nA a\nB b\n\n#Q What\nmore?\n^ c\nA c\nB d\n",
    "item.xml": QTI2.encode(),
    "one.h5p": _packed(h5p_json={"mainLibrary": "H5P.MultiChoice", "title": "T"}, content__content_json=H5P),
    "sheet.csv": SHEET.encode("cp1252"),
    "columns.tsv": b"Who wrote it?\tAnn\tBob\nWho sang it?\tCy\tDee\n",
}
