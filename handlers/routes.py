"""Every address of the service, gathered from the modules that answer it. The first that fits wins."""

from typing import Any

from handlers import people
from handlers.api import (
    admin,
    health,
    markup,
    media,
    metrics,
    notifications,
    openapi,
    questions,
    quizzes,
    rehearsals,
    rooms,
    sessions,
    tickets,
)
from handlers.api.base import NotFoundApi
from handlers.pages import admin as admin_pages
from handlers.pages import edit_quiz, export_quiz, import_quiz, join, login, results, room, setup, start_room
from handlers.pages import questions as question_pages
from handlers.pages import quizzes as quiz_pages
from handlers.pages import rooms as room_pages
from handlers.static import PREFIX, StaticHandler

MODULES: list[Any] = [
    sessions,
    tickets,
    people,
    quizzes,
    questions,
    media,
    markup,
    rooms,
    rehearsals,
    admin,
    notifications,
    health,
    metrics,
    openapi,
    join,
    login,
    setup,
    import_quiz,
    edit_quiz,
    export_quiz,
    quiz_pages,
    question_pages,
    start_room,
    room,
    results,
    room_pages,
    admin_pages,
]


def routes(live: list[Any] | None = None) -> list[Any]:
    """`live` are the routes of the WebSocket seam."""
    own = [route for module in MODULES for route in module.ROUTES]
    return [*(live or []), *own, (PREFIX + "(.*)", StaticHandler), (r"/api/.*", NotFoundApi)]
