"""Blackboard's pools: QTI 1.2 in files of its own name, with its own words for kinds and for all the points."""

import pytest
from workbooks import zipped

import formats

ESSAY = (
    '<flow class="RESPONSE_BLOCK"><response_str ident="response" rcardinality="Single">'
    '<render_fib fibtype="String"/></response_str></flow>'
)


def text(said: str, name: str = "FORMATTED_TEXT_BLOCK", tag: str = "flow") -> str:
    inner = f'<mat_extension><mat_formattedtext type="HTML">{said}</mat_formattedtext></mat_extension>'
    return f'<{tag} class="{name}"><material>{inner}</material></{tag}>'


def labels(*texts: str, cardinality: str = "Single") -> str:
    """Named a, b, c and so on."""
    written = "".join(
        f'<flow_label class="Block"><response_label ident="{name}">{text(said, tag="flow_mat")}'
        '<flow_mat class="FILE_BLOCK"><material/></flow_mat></response_label></flow_label>'
        for name, said in zip("abcd", texts, strict=False)
    )
    response = f'<response_lid ident="response" rcardinality="{cardinality}"><render_choice>{written}</render_choice>'
    return f'<flow class="RESPONSE_BLOCK">{response}</response_lid></flow>'


def equal(value: str, response: str = "response") -> str:
    return f'<varequal respident="{response}" case="No">{value}</varequal>'


def right(asked: str) -> str:
    score = '<setvar variablename="SCORE" action="Set">'
    return (
        f'<respcondition title="correct"><conditionvar>{asked}</conditionvar>{score}SCORE.max</setvar>'
        '<displayfeedback linkrefid="correct" feedbacktype="Response"/></respcondition>'
        f'<respcondition title="incorrect"><conditionvar><other/></conditionvar>{score}0.0</setvar></respcondition>'
    )


def pool(*items: tuple[str, str, str]) -> bytes:
    """(kind, answers, conditions) of each."""
    written = "".join(
        f"<item><itemmetadata><bbmd_questiontype>{kind}</bbmd_questiontype></itemmetadata>"
        f'<presentation><flow class="Block"><flow class="QUESTION_BLOCK">{text("&lt;p&gt;What?&lt;/p&gt;")}</flow>'
        f'{body}</flow></presentation><resprocessing>{conditions}</resprocessing><itemfeedback ident="correct">'
        f"{text('Well done', tag='flow_mat')}</itemfeedback></item>"
        for kind, body, conditions in items
    )
    document = (
        f'<questestinterop><assessment title="Pool 1"><section>{written}</section></assessment></questestinterop>'
    )
    return zipped([("imsmanifest.xml", b"<manifest/>"), ("res00001.dat", document.encode())])


PAIRS = "".join(
    f'<flow class="Block">{text(left)}<response_lid ident="{left}" rcardinality="Single"><render_choice>'
    + "".join(f'<flow_label><response_label ident="{left}{number}"/></flow_label>' for number in range(3))
    + "</render_choice></response_lid></flow>"
    for left in "xy"
)
RIGHTS = f'<flow class="RIGHT_MATCH_BLOCK">{"".join(text(one, "Block") for one in ("one", "two", "three"))}</flow>'
PAIR = "<respcondition><conditionvar>{}</conditionvar></respcondition>"


@pytest.mark.parametrize(
    ("kind", "body", "conditions", "expected"),
    [
        (
            *("Multiple Choice", labels("Yes", "No"), right(equal("b"))),
            {"kind": "single", "choices": [{"text": "Yes"}, {"text": "No", "correct": True}]},
        ),
        (
            *("True/False", labels("true", "false"), right(equal("b"))),
            {"kind": "true_false", "choices": [{"text": "true"}, {"text": "false", "correct": True}]},
        ),
        (
            "Multiple Answer",
            labels("A", "B", "C", cardinality="Multiple"),
            right(f"<and>{equal('a')}{equal('c')}<not>{equal('b')}</not></and>"),
            {
                "kind": "multi",
                "choices": [{"text": "A", "correct": True}, {"text": "B"}, {"text": "C", "correct": True}],
            },
        ),
        (
            *("Fill in the Blank", ESSAY, right(equal("Paris")) + right(equal("paris, FR"))),
            {"kind": "text", "accepted": ["Paris", "paris, FR"]},
        ),
        (
            "Numeric",
            ESSAY,
            right(f'<vargte respident="response">3.0</vargte><varlte respident="response">4.0</varlte>{equal("3.5")}'),
            {"kind": "number", "accepted": [{"value": 3.5, "tolerance": 0.5}]},
        ),
        ("Essay", ESSAY, right(""), {"kind": "open"}),
        (
            *("Ordering", labels("1", "2", cardinality="Ordered"), right(f"<and>{equal('b')}{equal('a')}</and>")),
            {"kind": "order", "items": ["2", "1"]},
        ),
        (
            *("Matching", f'<flow class="RESPONSE_BLOCK">{PAIRS}</flow>{RIGHTS}'),
            PAIR.format(equal("x1", "x")) + PAIR.format(equal("y0", "y")),
            {
                "kind": "match",
                "pairs": [{"left": "x", "right": "two"}, {"left": "y", "right": "one"}],
                "distractors": ["three"],
            },
        ),
    ],
)
def test_a_question_of_blackboard_is_read(kind, body, conditions, expected):
    """Its feedback is a note."""
    (quiz,) = formats.parse(pool((kind, body, conditions)), "ExportFile_pool.zip")
    (question,) = quiz.questions
    assert {name: value for name, value in question.items() if name != "_where"} == expected | {
        "prompt": "What?",
        "notes": "When right: Well done",
    }
    assert (quiz.title, quiz.issues) == ("Pool 1", [])


def test_what_is_only_blackboards_is_told_by_its_name():
    """And does no harm to the rest."""
    (quiz,) = formats.parse(pool(("Hot Spot", ESSAY, right("")), ("Essay", ESSAY, "")), "a.zip")
    assert [(issue.where, issue.code) for issue in quiz.issues] == [("question 1", "kind_unknown")]
    assert "Hot Spot" in quiz.issues[0].message
