"""The hottest modules as machine code, where somebody had them compiled: `make compile`. The text stays the same.

Each package that has such modules says here that what was compiled comes before its own files. What was compiled of
any other text than the one that lies here is left alone.
"""

import hashlib
import os
import sys
import sysconfig
from collections.abc import MutableSequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MADE = ROOT / ".compiled"
# In it, what it was made of.
TAG = "made-of"
# What every message passes on its way in and out, and what takes an answer and tells of it.
MODULES = (
    "clock.py",
    "realtime/connection.py",
    "realtime/dispatch.py",
    "realtime/fanout.py",
    "realtime/frames.py",
    "realtime/intake.py",
    "realtime/shard.py",
    "realtime/transport.py",
    "realtime/transport_socket.py",
    "services/answering.py",
)
# Written in C, each beside a module of the same name that does the same without.
IN_C = ("realtime/wire.c",)
# Whose types are built into the machine code.
PACKAGES = ("game", "models", "realtime", "services")
# auto, on or off. Not a setting like others: it is needed before they are read.
VARIABLE = "QUIZHALL_COMPILED"


def tag(root: Path = ROOT) -> str:
    """What the texts, and the interpreter that is to run them, are."""
    found = hashlib.sha256(f"{sys.version} {sysconfig.get_config_var('EXT_SUFFIX')} {MODULES}".encode())
    texts = (file for name in PACKAGES for kind in ("*.py", "*.c") for file in sorted((root / name).rglob(kind)))
    for file in [root / "clock.py", *texts]:
        found.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def is_usable(wanted: str, made: Path = MADE, root: Path = ROOT) -> bool:
    """Raises ValueError when it must be and is not, or something else is wanted."""
    if wanted not in ("auto", "on", "off"):
        raise ValueError(f"{VARIABLE} is {wanted!r} and may be auto, on or off")
    if wanted == "off":
        return False
    file = made / TAG
    if file.is_file() and file.read_text() == tag(root):
        return True
    if wanted == "on":
        reason = "is older than the source, or made for another Python" if file.is_file() else "is not there"
        raise ValueError(f"{VARIABLE}=on, but what would be used {reason}: make compile")
    return False


try:
    IS_USED = is_usable(os.environ.get(VARIABLE, "auto"))
except ValueError as error:
    sys.exit(f"quizhall: {error}")
if IS_USED:
    # For what is in no package; and for the one library with all of it, which each compiled module asks for.
    sys.path.insert(0, str(MADE))


def first(package: str, path: MutableSequence[str]) -> None:
    """For a package that is being imported: its compiled modules come before those of the same names beside it."""
    if IS_USED:
        path.insert(0, str(MADE / package))
