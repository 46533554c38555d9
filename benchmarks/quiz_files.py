"""How long somebody who brings a quiz file waits for it: from before its child process starts until it has answered.

The file of each format that is written here, 50 questions by default, so that rows can be compared.
"""

import asyncio
import resource
import time
from functools import partial

from benchmarks.lab.figures import Figures
from benchmarks.lab.options import Options
from benchmarks.lab.report import Column, Report
from benchmarks.lab.rounds import RoundError, interleaved
from services.exports import writers
from services.file_reader import FileReader

TITLE = "quiz_files: seconds until a file of so many questions has been read, and of processor for it (medians)"
FULL = Options(sizes=(50,), rounds=9)
QUICK = Options(sizes=(10,), rounds=1)
COLUMNS = (Column("wall_s", "s", 2), Column("worst_s", "s, the slowest", 2), Column("cpu_s", "CPU s", 2))


def run(options: Options) -> Report:
    report = Report("quiz_files", TITLE, COLUMNS)
    report.remark("The start of the child is in it; the machine's other work is too.")
    for size in options.sizes:
        quiz = {"title": "Sums", "questions": [_question(number) for number in range(size)]}
        files = {name: format.export(quiz) for name, format in writers().items() if options.wants(name)}
        plan = {name: partial(measure, f"x{file.extension}", file.data, size) for name, file in files.items()}
        found = interleaved(plan, options.rounds)
        for name, figures in found.medians().items():
            worst = max(one["wall_s"] for one in found.found[name])
            report.add(size, name, figures | {"worst_s": worst})
        for name, reason in found.failed.items():
            report.add_absent(size, name, reason)
    return report


def measure(filename: str, data: bytes, size: int) -> Figures:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    (quiz,) = asyncio.run(FileReader().read(data, filename))
    wall_s, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if len(quiz.questions) != size:
        raise RoundError(f"{len(quiz.questions)} of {size} questions came back")
    return {"wall_s": wall_s, "cpu_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def _question(number: int) -> dict[str, object]:
    choices = [{"text": str(sum_), "correct": sum_ == 2 * number} for sum_ in range(2 * number - 1, 2 * number + 3)]
    return {"kind": "single", "prompt": f"How much is {number} + {number}?", "choices": choices}
