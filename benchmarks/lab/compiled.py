"""The parts in C, compiled when they are first needed. None where there is no compiler: then the Python ones do it."""

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


@functools.cache
def compiled(name: str, *flags: str) -> Path | None:
    """`lab/NAME.c` as a shared library, or with other flags as what they make; kept while this process runs."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    made = Path(_folder().name) / name
    how = flags or ("-shared", "-fPIC")
    subprocess.run([compiler, "-O2", *how, "-o", str(made), str(HERE / f"{name}.c")], check=True)
    return made


@functools.cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="quizhall-bench-")
