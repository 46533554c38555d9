"""What teachers do outside a room: their quizzes, what they bring, what came of it. One place for it in Services."""

from dataclasses import dataclass

from services.exports import Exports
from services.imports import Imports
from services.library import Library
from services.media import Media
from services.past_rooms import PastRooms
from services.previews import Previews
from services.quizzes import Quizzes
from services.result_pages import ResultPages
from services.results import Results
from services.retention import Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    quizzes: Quizzes
    library: Library
    imports: Imports
    exports: Exports
    media: Media
    previews: Previews
    results: Results
    result_pages: ResultPages
    past_rooms: PastRooms
    retention: Retention

    async def sweep(self) -> None:
        """What nobody needs any more."""
        await self.library.bury()
        await self.media.sweep()
        await self.previews.sweep()
