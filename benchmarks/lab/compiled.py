"""The parts in C, compiled when they are first needed. None where there is no compiler: then the Python ones do it."""

import functools
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
MADE = HERE.parent / "found"


@functools.cache
def compiled(name: str, *flags: str) -> Path | None:
    """`lab/NAME.c` as a shared library, or with other flags as what they make; kept until the source changes."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    source, how = HERE / f"{name}.c", flags or ("-shared", "-fPIC")
    tag = hashlib.sha256(source.read_bytes() + repr(how).encode()).hexdigest()[:16]
    made = MADE / f"{name}-{tag}"
    if not made.exists():
        MADE.mkdir(exist_ok=True)
        # Several processes may be at it: each moves a whole one into place.
        draft = made.with_name(f"{made.name}.{os.getpid()}")
        subprocess.run([compiler, "-O2", *how, "-o", str(draft), str(source)], check=True)
        draft.replace(made)
    return made
