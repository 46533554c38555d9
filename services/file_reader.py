"""Has quiz files read in child processes that are bounded in time and memory, a few at a time."""

import asyncio
import logging
import subprocess
import sys
from pathlib import Path

import msgspec

from services.quiz_file import FILE_MOST, TABLE, TOO_LARGE, FoundQuiz, Table, UnclearColumns, unusable

log = logging.getLogger(__name__)

AT_A_TIME = 2
"""More would take the processors from the rooms."""
PATIENCE_S = 120
"""Of the clock on the wall, for a busy machine; the child itself may compute for half of it."""
TOO_LONG = "This file could not be read in a reasonable time; it is damaged or made up. Please save it again and retry."

_ROOT = Path(__file__).resolve().parent.parent
_CHILD = (sys.executable, "-m", "services.file_child")


class _Answer(msgspec.Struct):
    found: list[FoundQuiz] = []
    refused: str = ""
    field: str = "file"
    table: Table | None = None


class FileReader:
    """`command` starts the child; another one is for tests of what it may do wrong."""

    def __init__(self, command: tuple[str, ...] = _CHILD, patience_s: float = PATIENCE_S) -> None:
        self._command = command
        self._patience_s = patience_s
        self._free = asyncio.Semaphore(AT_A_TIME)

    async def read(self, data: bytes, filename: str, format: str | None = None) -> list[FoundQuiz]:
        """As read_quiz_file, which see. Raises Invalid with one sentence, whatever the file does to its reader."""
        if len(data) > FILE_MOST:
            raise unusable(TOO_LARGE)
        asked = msgspec.json.encode({"filename": filename, "format": format})
        async with self._free:
            # Its thread only waits; that of passwords is left alone.
            answer = await asyncio.to_thread(self._ask, asked + b"\n" + data)
        if answer.table is not None:
            raise UnclearColumns(answer.refused, answer.table)
        if answer.refused:
            raise unusable(answer.refused, answer.field)
        return answer.found

    async def read_table(self, table: Table, filename: str) -> list[FoundQuiz]:
        """As read_quiz_file.read_table, in a child too: a large one takes seconds. Raises Invalid."""
        data = await asyncio.to_thread(msgspec.json.encode, table)
        return await self.read(data, filename, TABLE)

    def _ask(self, sent: bytes) -> _Answer:
        try:
            # The command is ours; the file reaches it by the standard input only.
            done = subprocess.run(  # noqa: S603
                self._command, input=sent, capture_output=True, timeout=self._patience_s, cwd=_ROOT, check=True
            )
            return msgspec.json.decode(done.stdout, type=_Answer)
        except (subprocess.SubprocessError, msgspec.DecodeError) as error:
            said = getattr(error, "stderr", None) or b""
            log.warning("A quiz file could not be read: %s: %s", error, said[-500:].decode(errors="replace"))
            return _Answer(refused=TOO_LONG)
