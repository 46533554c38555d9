"""`make prove` as somebody runs it: the short run of 90 seconds with its fixed seed keeps every promise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parents[2]
RUN_WITHIN_S = 300


def prove(*arguments):
    command = [sys.executable, "-m", "prove", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=RUN_WITHIN_S)


def test_the_short_run_keeps_every_promise(tmp_path):
    """A failure shows the table, the seed, the schedule and the lines; the evidence is in the test's folder."""
    done = prove("--folder", str(tmp_path / "evidence"))
    assert done.returncode == 0, done.stdout + done.stderr
    again = prove("--check", str(tmp_path / "evidence"), "--json")
    counts = json.loads(again.stdout)["counts"]
    assert counts["faults"] > 30
    assert counts["people"] > 200
    assert counts["receipts"] > 500


def test_what_cannot_be_run_ends_with_a_sentence():
    done = prove("--scenario", "sunshine")
    assert done.returncode == 2
    assert done.stderr.startswith("prove: --scenario is 'sunshine'; it may be all, long, kills")
