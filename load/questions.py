"""The quiz that is played: questions of several graded kinds in turn, with answers whose credit is known. Pure."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
RIGHT, HALF, NOTHING = Fraction(1), Fraction(1, 2), Fraction(0)


@dataclass(frozen=True)
class Asked:
    """One question as it is sent to the API, and answers to it with what each is worth."""

    question: Json
    answers: tuple[tuple[Json, Fraction], ...]

    @property
    def points(self) -> int:
        """Points for full credit."""
        return int(self.question["points"])

    @property
    def time_limit_ms(self) -> int:
        """The time limit, T of docs/scoring.md."""
        return int(self.question["time_limit_s"]) * 1000

    def credit(self, answer: Json) -> Fraction | None:
        """What this answer is worth; None when nobody gives it."""
        return next((worth for known, worth in self.answers if plain(known) == plain(answer)), None)

    def counted(self, answer: Json) -> list[int]:
        """Which counts of its distribution an answer is in: the choices it names, the gaps it fills rightly."""
        if "choices" in answer:
            return list(answer["choices"])
        accepted = [{text.casefold() for text in blank["accepted"]} for blank in self.question["blanks"]]
        return [at for at, text in enumerate(answer["blanks"]) if text.casefold() in accepted[at]]


def plain(answer: Json) -> Json:
    """An answer in the one form in which two are compared: chosen choices are a set."""
    return {"choices": sorted(answer["choices"])} if "choices" in answer else answer


def _choices(prompt: str, kind: str, texts: str, right: set[int]) -> Json:
    choices = [{"text": text, "correct": index in right} for index, text in enumerate(texts.split())]
    return {"kind": kind, "prompt": prompt, "choices": choices}


KINDS: tuple[tuple[Json, tuple[tuple[Json, Fraction], ...]], ...] = (
    (
        _choices("Which of these is a prime number?", "single", "21 27 31 33", {2}),
        tuple(({"choices": [index]}, RIGHT if index == 2 else NOTHING) for index in range(4)),
    ),
    (
        _choices("Which of these are even?", "multi", "2 3 4 5", {0, 2}),
        (
            ({"choices": [0, 2]}, RIGHT),
            ({"choices": [0]}, HALF),
            ({"choices": [0, 1]}, NOTHING),
            ({"choices": [0, 1, 2]}, HALF),
        ),
    ),
    (
        {"kind": "text", "prompt": "The capital of France?", "accepted": ["Paris"]},
        (({"text": "Paris"}, RIGHT), ({"text": "paris"}, RIGHT), ({"text": "Lyon"}, NOTHING)),
    ),
    (
        {"kind": "number", "prompt": "Pi?", "accepted": [{"value": 3.14, "tolerance": 0.01}]},
        (({"number": 3.14}, RIGHT), ({"number": 3.145}, RIGHT), ({"number": 3}, NOTHING)),
    ),
    (
        {
            "kind": "blanks",
            "prompt": "{{1}} stands on the {{2}}.",
            "blanks": [{"accepted": ["Paris"]}, {"accepted": ["Seine"]}],
        },
        (
            ({"blanks": ["Paris", "Seine"]}, RIGHT),
            ({"blanks": ["Paris", ""]}, HALF),
            ({"blanks": ["Rome", "seine"]}, HALF),
            ({"blanks": ["Rome", "Tiber"]}, NOTHING),
        ),
    ),
)


def asked(rounds: int, time_limit_s: int) -> list[Asked]:
    """The questions of a run of so many rounds."""
    bounds = {"points": 1000, "time_limit_s": time_limit_s}
    return [Asked(KINDS[n % len(KINDS)][0] | bounds, KINDS[n % len(KINDS)][1]) for n in range(rounds)]
