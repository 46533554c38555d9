"""Tables and JSON of what a benchmark found."""

import json
from pathlib import Path

from benchmarks.lab.report import Column, Report


def report() -> Report:
    """Two sizes, a row without a figure, a peer that is not here."""
    made = Report("sample", "A sample", [Column("last_ms", "last ms"), Column("kib", "KiB each", 2)])
    made.add(1000, "ours", {"last_ms": 1234.56, "kib": 2.123})
    made.add(1000, "floor", {"last_ms": 5.0})
    made.add_absent(1000, "ws 8", "no node on this machine")
    made.add(5000, "ours", {"last_ms": 1.0})
    return made


def test_a_table_for_each_size() -> None:
    """Figures are rounded for people, and what is missing is told."""
    lines = report().text().splitlines()
    assert lines[0] == "A sample"
    assert lines[2:7] == [
        "1,000",
        "        last ms  KiB each",
        "ours    1,234.6      2.12",
        "floor       5.0         –",
        "ws 8   not here: no node on this machine",
    ]
    assert lines[8] == "5,000"


def test_the_schema_is_one_for_all() -> None:
    """Name, machine, date and rows; nothing in it names the machine or a commit."""
    found = report().as_dict()
    assert set(found) == {"benchmark", "machine", "date", "remarks", "rows"}
    assert set(found["machine"]) == {"cores", "processor", "memory_gib", "system", "python"}
    assert found["rows"][2] == {"size": 1000, "name": "ws 8", "absent": "no node on this machine"}


def test_sizes_of_several_runs_add_up(tmp_path: Path) -> None:
    """A long benchmark is run in parts; what is measured again replaces what was."""
    report().save(tmp_path)
    again = Report("sample", "A sample", [])
    again.add(5000, "ours", {"last_ms": 2.0})
    again.save(tmp_path)
    rows = json.loads((tmp_path / "sample.json").read_text())["rows"]
    assert [(row["size"], row.get("last_ms")) for row in rows] == [
        (1000, 1234.56),
        (1000, 5.0),
        (1000, None),
        (5000, 2.0),
    ]
