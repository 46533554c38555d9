"""Holds the shape of the code: who may import whom, how long a file may be, what a template may contain.

Each breach is one plain sentence; the map at the top is the whole rule.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# What each of ours may import of ours. A new package or top-level module is added here, with its place.
MAP: dict[str, set[str]] = {
    "clock": set(),
    "compiled": set(),
    "config": set(),
    "logs": set(),
    "game": set(),
    "formats": set(),
    "realtime": {"clock", "compiled"},
    "models": {"clock"},
    "migrations": {"models"},
    "services": {"game", "models", "realtime", "formats", "clock", "compiled"},
    "handlers": {"services", "game", "realtime", "formats", "clock"},
    "jobs": {"services", "realtime", "clock"},
    "load": {"clock"},
    "benchmarks": {"load", "services", "realtime", "clock", "compiled"},
    "prove": {"load", "clock"},
    "cli": {"config", "services", "game", "models", "formats", "load", "clock"},
    "wiring": {"clock", "config", "services", "handlers", "models", "realtime", "formats"},
    "app": {"clock", "compiled", "config", "logs", "wiring", "services", "handlers", "jobs", "cli", "models"}
    | {"realtime"},
}

IO = {"asyncio", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess"}
IO |= {"tempfile", "threading", "time", "urllib", "uuid", "peewee", "redis", "tornado"}
WEB = {"tornado", "jinja2"}
TYPE_ONLY = "from random import Random"
# It takes texts apart and opens nothing.
PURE = "urllib.parse"

# What a package may not import of the outside world, and why.
FOREIGN: dict[str, tuple[set[str], str]] = {
    "game": (IO, "game/ is pure: time, chance and I/O are passed in"),
    "formats": (IO, "formats/ is pure: bytes in, questions out"),
    "models": (WEB | {"redis"}, "models/ knows tables, and nothing of HTTP or Redis"),
    "services": (WEB, "services/ are called by handlers and know no HTTP"),
    "jobs": (WEB | {"peewee"}, "jobs/ say when, and call services"),
    "handlers": ({"peewee"}, "handlers/ ask services, which ask the database"),
    "realtime": ({"peewee", "jinja2"}, "realtime/ knows topics and connections only"),
}

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
MOST_PUBLIC_METHODS = 15

# Words that the glossary replaces, as they would appear in the name of a class or a file.
NOT_OUR_WORDS = {
    "manager": "hub",
    "registry": "hub",
    "waiter": "connection",
    "player": "participant",
    "presenter": "host",
    "counter": "seq",
    "turn": "round",
}


def python_files(top: str) -> list[Path]:
    """The Python files of one package or top-level module, in a stable order."""
    module = ROOT / f"{top}.py"
    files = [module] if module.is_file() else sorted((ROOT / top).rglob("*.py"))
    return [file for file in files if "node_modules" not in file.parts]


def all_python_files() -> list[Path]:
    """Every Python file of ours outside the tests."""
    return [file for top in MAP for file in python_files(top)]


def name(file: Path) -> str:
    """A file's name as a person would write it."""
    return file.relative_to(ROOT).as_posix()


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Line and first part of every absolute import of a file, those inside functions too.

    `from random import Random` is left out: it names the type of what is passed in. So is PURE.
    """
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            is_harmless = ast.unparse(node) == TYPE_ONLY or node.module == PURE
            yield from () if is_harmless else ((node.lineno, node.module.split(".")[0]),)


def allowed(top: str) -> str:
    """The packages of ours that one may import, as words."""
    return ", ".join(sorted(MAP[top])) or "nothing of ours"


def decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The plain names a function is decorated with."""
    return {ast.unparse(decorator) for decorator in function.decorator_list}


def report(breaches: list[str]) -> None:
    """Fails with one sentence a line."""
    if breaches:
        pytest.fail("\n" + "\n".join(breaches), pytrace=False)


def test_every_package_is_on_the_map() -> None:
    """A folder with Python in it, or a module at the top, has its place in MAP."""
    tops = {path.parent.name for path in ROOT.glob("*/*.py")} | {path.stem for path in ROOT.glob("*.py")}
    strangers = tops - set(MAP) - {"tests", "scripts", "docs", "data"}
    report([f"{top} is not on the map: say in tests/test_layout.py what it may import." for top in strangers])


@pytest.mark.parametrize("top", MAP)
def test_imports_point_one_way(top: str) -> None:
    """No module imports one that stands beside or above it."""
    report(
        [
            f"{name(file)}:{line} imports {other}, which {top} may not: the map allows {allowed(top)}."
            for file in python_files(top)
            for line, other in imported(file)
            if other in MAP and other != top and other not in MAP[top]
        ]
    )


@pytest.mark.parametrize("top", FOREIGN)
def test_what_a_package_must_not_know(top: str) -> None:
    """The pure packages do no I/O, the tables know no HTTP."""
    forbidden, why = FOREIGN[top]
    report(
        [
            f"{name(file)}:{line} imports {other}, but {why}."
            for file in python_files(top)
            for line, other in imported(file)
            if other in forbidden
        ]
    )


def test_no_file_is_too_long_to_read() -> None:
    """A file that passes the limit is asking to be split along a noun."""
    files = all_python_files() + sorted((ROOT / "static" / "js").rglob("*.js"))
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    report(
        [
            f"{name(file)} has {lines} lines; {LONGEST_FILE} is the most."
            for file, lines in lengths.items()
            if lines > LONGEST_FILE
        ]
    )


def test_functions_and_classes_stay_small() -> None:
    """A function fits on a screen, a class has one job."""
    breaches = []
    for file in all_python_files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    breaches.append(f"{name(file)}:{node.lineno} {node.name} has {lines} lines.")
            elif isinstance(node, ast.ClassDef):
                methods = [item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
                public = sum(not m.name.startswith("_") and "property" not in decorators(m) for m in methods)
                if public > MOST_PUBLIC_METHODS:
                    breaches.append(f"{name(file)}:{node.lineno} {node.name} has {public} public methods.")
    report(breaches)


def test_every_module_says_what_it_owns() -> None:
    """A module that holds code begins with a docstring."""
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in all_python_files()}
    report(
        [
            f"{name(file)} does not say what it owns."
            for file, tree in trees.items()
            if tree.body and not ast.get_docstring(tree)
        ]
    )


def test_names_come_from_the_glossary() -> None:
    """No class or file is called by a word that docs/glossary.md replaces."""
    breaches = []
    for file in all_python_files():
        classes = [n.name for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.ClassDef)]
        words = {(given, word.lower()) for given in classes for word in re.findall(r"[A-Z][a-z]+", given)}
        words |= {(file.name, word) for word in file.stem.split("_")}
        breaches += [
            f"{name(file)} calls something {given}; our word is {NOT_OUR_WORDS[word]}."
            for given, word in sorted(words)
            if word in NOT_OUR_WORDS
        ]
    report(breaches)


def test_only_the_command_line_prints() -> None:
    """Everything else logs."""
    report(
        [
            f"{name(file)}:{node.lineno} prints; log it, or return it to the command line."
            for file in all_python_files()
            if file.parent.name != "cli" and file.name not in ("app.py", "__main__.py")
            if not file.is_relative_to(ROOT / "benchmarks")
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        ]
    )


INLINE = {
    r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)": "an inline script",
    r"<style\b": "an inline style sheet",
    r"<[^>]+\sstyle\s*=": "an inline style",
    r"<[^>]+\son[a-z]+\s*=": "an inline event handler",
    r"javascript:": "a javascript: address",
    r"(?:src|href)\s*=\s*[\"']https?://": "something from another site",
    r"\|\s*safe\b": "unescaped text",
}


def test_templates_keep_the_content_security_policy() -> None:
    """Templates hold no script, no style and nothing from another origin."""
    report(
        [
            f"{name(file)} has {what}, which the Content Security Policy forbids."
            for file in sorted((ROOT / "templates").rglob("*.html"))
            for pattern, what in INLINE.items()
            if re.search(pattern, re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.S), re.I)
        ]
    )


def test_scripts_write_text_and_never_html() -> None:
    """What a person typed reaches the page as text: no innerHTML and its kin."""
    forbidden = re.compile(r"\.(innerHTML|outerHTML)\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(")
    report(
        [
            f"{name(file)} uses {found.group(0)}; write textContent, or clone a <template>."
            for file in sorted((ROOT / "static" / "js").rglob("*.js"))
            if (found := forbidden.search(file.read_text(encoding="utf-8")))
        ]
    )
