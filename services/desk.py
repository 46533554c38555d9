"""What teachers do outside a room: their quizzes, what they bring, what came of it. One place for it in Services."""

from concurrent.futures import Executor
from dataclasses import dataclass

from clock import Clock
from models.database import Database
from services.audit import Audit
from services.brought_media import BroughtMedia
from services.contents import Contents
from services.exports import Exports
from services.file_reader import FileReader
from services.imports import Imports
from services.library import Library
from services.media import Media
from services.orders import Orders
from services.past_rooms import PastRooms
from services.previews import Previews
from services.question_bank import QuestionBank
from services.quizzes import Quizzes
from services.result_pages import ResultPages
from services.results import Results
from services.retention import Retention
from services.rooms import Rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    quizzes: Quizzes
    library: Library
    bank: QuestionBank
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


def build_desk(
    db: Database, clock: Clock, executor: Executor, rooms: Rooms, contents: Contents, orders: Orders, days: int
) -> Desk:
    """All of it over one database; nothing runs yet. Rooms are kept for `days`."""
    quizzes = Quizzes(db, clock)
    media = Media(db, clock, executor)
    imports = Imports(quizzes, FileReader(), BroughtMedia(media))
    retention = Retention(db, clock, orders, days)
    return Desk(
        quizzes=quizzes,
        library=Library(db, clock),
        bank=QuestionBank(db, clock),
        imports=imports,
        exports=Exports(quizzes, media),
        media=media,
        previews=Previews(db, clock, imports),
        results=Results(db, rooms, contents),
        result_pages=ResultPages(db, rooms, contents, retention),
        past_rooms=PastRooms(db, clock, rooms, orders, Audit(db, clock)),
        retention=retention,
    )
