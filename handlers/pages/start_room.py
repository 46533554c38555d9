"""One quiz to read, and the form that starts a room with it."""

import re
from typing import Any

import msgspec

from game.settings import PRESETS, Settings
from handlers.ids import checked_id
from handlers.pages.base import PageHandler
from services.errors import Invalid, NotReady
from services.identity import Identity
from services.rehearsal import PLAYERS_LEAST, PLAYERS_MOST, PLAYERS_USUAL

QUESTION = re.compile(r"questions\[(\d+)\]")
DEFAULTS = msgspec.structs.asdict(Settings())
FLAGS = tuple(name for name, value in DEFAULTS.items() if isinstance(value, bool))
# Of a rehearsal; the second is the usual one.
CLASS_SIZES = (PLAYERS_LEAST, PLAYERS_USUAL, 20, PLAYERS_MOST)
PRESET_VALUES = {name: msgspec.structs.asdict(settings) for name, settings in PRESETS.items()}


class QuizPage(PageHandler):
    """Shows the form as `?preset=` says, else as the teacher had it last time."""

    async def get(self, quiz_id: str) -> None:
        identity, quiz_id = self.require_account(), checked_id(quiz_id)
        preset = PRESET_VALUES.get(self.get_query_argument("preset", ""))
        last = None if preset else await self.services.rooms.last_settings(identity, quiz_id)
        values = preset or (msgspec.structs.asdict(last) if last else DEFAULTS)
        await self.show_form(identity, quiz_id, values, is_remembered=last is not None)

    async def show_form(
        self,
        identity: Identity,
        quiz_id: str,
        values: dict[str, Any],
        errors: dict[str, str] | None = None,
        *,
        is_remembered: bool = False,
    ) -> None:
        """`errors` are by setting."""
        self.show(
            "quiz.html",
            422 if errors else 200,
            quiz=await self.services.desk.quizzes.get(identity, quiz_id),
            values=values | {"read_time_s": as_typed(values["read_time_s"])},
            presets=PRESET_VALUES,
            preset=next((name for name, preset in PRESET_VALUES.items() if preset == values), None),
            unfinished=await self.unfinished(identity, quiz_id),
            errors=errors or {},
            is_remembered=is_remembered,
            class_sizes=CLASS_SIZES,
        )

    async def unfinished(self, identity: Identity, quiz_id: str) -> list[int]:
        """The numbers of the questions that must be finished before the quiz can be played."""
        problems = await self.services.desk.quizzes.problems(identity, quiz_id)
        places = (QUESTION.match(problem["field"]) for problem in problems)
        return sorted({int(place[1]) + 1 for place in places if place})


class HostQuiz(QuizPage):
    """A bare button starts the room as the last one was."""

    async def get(self, quiz_id: str) -> None:
        # Where somebody ends who reloads a form that was refused.
        self.redirect(f"/quizzes/{checked_id(quiz_id)}")

    async def post(self, quiz_id: str) -> None:
        identity, quiz_id = self.require_account(), checked_id(quiz_id)
        posted = self.posted_settings()
        settings = posted or await self.services.rooms.last_settings(identity, quiz_id)
        if isinstance(settings, Settings):
            settings = msgspec.structs.asdict(settings)
        try:
            room = await self.make(identity, quiz_id, settings)
        except NotReady:
            # There the list of what is missing stands open.
            self.redirect(f"/quizzes/{quiz_id}/edit#unfinished", status=303)
            return
        except Invalid as error:
            problems = error.details["problems"]
            errors = {each["field"].removeprefix("settings."): each["reason"] for each in problems}
            await self.show_form(identity, quiz_id, DEFAULTS | (settings or {}), errors)
            return
        self.services.limits.at_home(room["pin"], self.address)
        self.redirect(f"/host/{room['pin']}", status=303)

    async def make(self, identity: Identity, quiz_id: str, settings: dict[str, Any] | None) -> dict[str, Any]:
        return await self.services.rooms.create(identity, quiz_id, settings)

    def posted_settings(self) -> dict[str, Any] | None:
        """The settings of the form; None from a bare button. A checkbox that is off is not sent at all."""
        if not set(DEFAULTS) & set(self.request.body_arguments):
            return None
        settings: dict[str, Any] = {name: self.field(name) == "on" for name in FLAGS}
        for name in DEFAULTS.keys() - FLAGS:
            if text := self.field(name):
                settings[name] = number(text) if name == "read_time_s" else text
        return settings


class RehearseQuiz(HostQuiz):
    """The same form, sent by another button: a room with a sample class in it."""

    async def make(self, identity: Identity, quiz_id: str, settings: dict[str, Any] | None) -> dict[str, Any]:
        players = self.field("players", str(PLAYERS_USUAL))
        count = int(players) if players.isascii() and players.isdigit() and len(players) < 4 else 0
        return await self.services.rehearsals.start(identity, quiz_id, settings, count)


def as_typed(seconds: float | str) -> str:
    """5.0 as a person writes it."""
    return seconds if isinstance(seconds, str) else f"{seconds:g}"


def number(text: str) -> float | str:
    """A number when it is one, a whole one without a point; the rules tell the teacher about anything else."""
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


ROUTES = [
    (r"/quizzes/([^/]+)", QuizPage),
    (r"/quizzes/([^/]+)/host", HostQuiz),
    (r"/quizzes/([^/]+)/rehearse", RehearseQuiz),
]
