"""Compiles what compiled.py names into `.compiled`, with mypyc and as C, whole or not at all."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QUIZHALL_COMPILED"] = "off"

from compiled import IN_C, MADE, MODULES, TAG, tag  # noqa: E402 - found only now


def missing() -> str | None:
    """What a compiler needs and this machine has not."""
    if shutil.which("cc") is None:
        return "There is no C compiler (cc) here"
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        return "Python's headers are not here (python3-dev or the like)"
    return None


def build(folder: Path) -> None:
    """Leaves the libraries in `made` and everything else in `work`."""
    from mypyc.build import mypycify
    from setuptools import Extension, setup

    made, work = folder / "made", folder / "work"
    extensions = mypycify(
        ["--config-file", str(ROOT / "pyproject.toml"), *MODULES],
        opt_level="3",
        debug_level="0",
        group_name="quizhall_hot",
        target_dir=str(work),
    )
    for name in IN_C:
        module = name.removesuffix(".c").replace("/", ".")
        extensions.append(Extension(module, [str(ROOT / name)], extra_compile_args=["-O3", "-Wall", "-Wextra"]))
    command = ["-q", "build_ext", "--build-lib", str(made), "--build-temp", str(work)]
    setup(name="quizhall-hot", packages=[], py_modules=[], ext_modules=extensions, script_args=command)


def main() -> int:
    if reason := missing():
        print(f"{reason}. Quizhall runs without, a little slower.", file=sys.stderr)
        return 1
    made_of = tag()
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".compiling-") as name:
        folder = Path(name)
        # In a process of its own: mypyc leaves by itself when there is something that it cannot compile.
        done = subprocess.run([sys.executable, __file__, name], cwd=ROOT)  # noqa: S603 - ourselves
        if done.returncode:
            return done.returncode
        (folder / "made" / TAG).write_text(made_of)
        shutil.rmtree(MADE, ignore_errors=True)
        (folder / "made").rename(MADE)
    print(f"{len(MODULES) + len(IN_C)} modules are compiled. They are used from the next start on.")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
    else:
        sys.exit(main())
