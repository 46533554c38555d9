"""Reads one quiz file in a process of its own, where a hostile file ends nothing but that process.

Started by services.file_reader: `{filename, format}` as a line of JSON and then the file come in by the standard
input, the answer goes out as JSON: {"found": [...]} or {"refused": sentence, "field": name}.
"""

import resource
import sys

import msgspec

from services.errors import Invalid
from services.file_media import MEDIA_S, make_media
from services.quiz_file import TABLE, FoundQuiz, Table, UnclearColumns, read_quiz_file, read_table

CPU_S = 20
"""For the file itself. Its pictures and sounds have as much time again as they may take, and some to spare."""
CPU_WITH_MEDIA_S = CPU_S + MEDIA_S + 10
MEMORY = 1024 * 1024 * 1024
TOO_MUCH_MEMORY = "Reading this file would take more memory than any quiz; please save it again or divide it."


def bound() -> None:
    """From here on this process may neither take more, nor write a file, nor leave its memory behind."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_WITH_MEDIA_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(asked: dict[str, str | None], data: bytes) -> list[FoundQuiz]:
    if asked["format"] == TABLE:
        return read_table(msgspec.json.decode(data, type=Table), asked["filename"] or "")
    return read_quiz_file(data, asked["filename"] or "", asked["format"])


def main() -> None:
    bound()
    asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=dict[str, str | None])
    data = sys.stdin.buffer.read()
    try:
        found = _read(asked, data)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_WITH_MEDIA_S, CPU_WITH_MEDIA_S))
        make_media(found)
        told = msgspec.json.encode({"found": found})
    except UnclearColumns as unclear:
        told = msgspec.json.encode({"refused": unclear.message, "table": unclear.table})
    except Invalid as refusal:
        told = msgspec.json.encode({"refused": refusal.message, "field": refusal.details["problems"][0]["field"]})
    except MemoryError:
        told = msgspec.json.encode({"refused": TOO_MUCH_MEMORY, "field": "file"})
    sys.stdout.buffer.write(told)


if __name__ == "__main__":
    main()
