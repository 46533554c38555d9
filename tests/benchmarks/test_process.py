"""Processes under test: told lines, heard lines, and always ended."""

import os
import sys

import pytest

from benchmarks.lab.process import Process, ProcessError
from benchmarks.lab.usage import cpu_s, resident_kib

ECHO = """
import json, sys
print(json.dumps({"port": 1}), flush=True)
for line in sys.stdin:
    print(json.dumps({"heard": line.strip()}), flush=True)
"""


def test_it_says_hello_answers_and_is_ended() -> None:
    """After the block nothing of it is left."""
    with Process([sys.executable, "-c", ECHO]) as process:
        assert process.hello == {"port": 1}
        assert process.ask("go") == {"heard": "go"}
        assert cpu_s(process.pid) > 0
        assert resident_kib(process.pid) > 1000
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_a_process_that_ends_says_why() -> None:
    """The last line of its standard error is in the exception, so that a table can say it."""
    with pytest.raises(ProcessError, match="it ended: no such thing"):
        Process([sys.executable, "-c", "import sys; sys.exit('no such thing')"])
