"""What a benchmark found: rows of named figures, as a table for people and as JSON for programs. One schema for all.

`{"benchmark", "machine": {…}, "date", "rows": [{"size", "name", figure: value…}, {"size", "name", "absent": reason}]}`
"""

import datetime
import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.lab.figures import Figures


@dataclass(frozen=True)
class Column:
    """A figure as the table shows it; the JSON has all of them, rounded to nothing."""

    key: str
    head: str
    digits: int = 1


@dataclass
class Report:
    """One benchmark's rows, and remarks that a reader needs beside them."""

    benchmark: str
    title: str
    columns: Sequence[Column]
    rows: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, size: int, name: str, figures: Figures) -> None:
        self.rows.append({"size": size, "name": name, **figures})

    def add_absent(self, size: int, name: str, reason: str) -> None:
        """A row that could not be measured is told, with its reason."""
        self.rows.append({"size": size, "name": name, "absent": reason})

    def remark(self, text: str) -> None:
        if text not in self.remarks:
            self.remarks.append(text)

    def as_dict(self) -> dict[str, Any]:
        return {
            "benchmark": self.benchmark,
            "machine": machine(),
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "remarks": self.remarks,
            "rows": self.rows,
        }

    def text(self) -> str:
        """A table for each size."""
        parts = [self.title]
        for size in dict.fromkeys(row["size"] for row in self.rows):
            rows = [row for row in self.rows if row["size"] == size]
            parts += ["", f"{size:,}", table(self.columns, rows)]
        return "\n".join(parts + (["", *self.remarks] if self.remarks else []))

    def save(self, folder: Path) -> None:
        """As FOLDER/benchmark.json. Sizes that an earlier run measured and this one did not are kept."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.benchmark}.json"
        found = self.as_dict()
        if file.exists():
            sizes = {row["size"] for row in self.rows}
            kept = [row for row in json.loads(file.read_text())["rows"] if row["size"] not in sizes]
            found["rows"] = sorted(kept + self.rows, key=lambda row: row["size"])
        file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def table(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> str:
    """Right-aligned figures behind the names; – where a row has none."""
    wide = max([len(row["name"]) for row in rows] + [4])
    widths = [max(len(column.head), 8) for column in columns]
    lines = [" " * wide + "".join(f"  {c.head:>{width}}" for c, width in zip(columns, widths, strict=True))]
    for row in rows:
        if "absent" in row:
            lines.append(f"{row['name']:<{wide}}  not here: {row['absent']}")
            continue
        cells = [f"  {_cell(row.get(c.key), c.digits):>{width}}" for c, width in zip(columns, widths, strict=True)]
        lines.append(f"{row['name']:<{wide}}" + "".join(cells))
    return "\n".join(lines)


def _cell(value: float | None, digits: int) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:,.{digits}f}"


def machine() -> dict[str, Any]:
    """What the figures depend on, and nothing that names the machine."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
