"""Looks through everything that one witness was sent for what is right, before it may be known."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from prove.reading import Json, Problem, raw_messages

# What docs/protocol.md keeps out of a question: an author's fields that tell what is right.
SECRET_FIELDS = frozenset({"correct", "weight", "accepted", "explanation", "notes", "key", "match", "score"})
REVEALED = frozenset({"REVEAL", "STANDINGS"})


def early_keys(path: Path, explanations: Mapping[int, str]) -> list[Problem]:
    """`explanations` by round; each occurs nowhere but in its own reveal."""
    problems = []
    for line, message in raw_messages(path):
        for sentence in breaches(message, explanations):
            problems.append(Problem("keys", f"{path.name} {sentence}.", line))
    return problems


def breaches(message: Json, explanations: Mapping[int, str]) -> Iterator[str]:
    """One sentence for each thing that this message should not have had in it."""
    allowed = {explanations.get(number) for number in _revealed(message)}
    text = str(message)
    for number, explanation in explanations.items():
        if explanation in text and explanation not in allowed:
            yield f"was told the explanation of round {number} outside its reveal"
    for question in _questions(message):
        for name in SECRET_FIELDS & _names(question):
            yield f"was told {name} in a question"


def _revealed(message: Json) -> Iterator[int]:
    """The rounds whose reveal this message is, or holds."""
    for event in [message, *_replayed(message)]:
        if event.get("method") == "round.closed":
            yield event["params"]["round"]
    snapshot = (message.get("result") or {}).get("snapshot") or {}
    if snapshot.get("phase") in REVEALED:
        yield snapshot["round"]


def _replayed(message: Json) -> list[Json]:
    return (message.get("result") or {}).get("events") or []


def _questions(value: Any) -> Iterator[Json]:
    """Whatever stands under the name `question`, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "question" and isinstance(inner, dict):
                yield inner
            yield from _questions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _questions(inner)


def _names(value: Any) -> set[str]:
    """The names of all fields, however deep."""
    if isinstance(value, dict):
        return set(value).union(*(_names(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(_names(inner) for inner in value))
    return set()
