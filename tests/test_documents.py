"""Holds the documents to the code: what a stranger reads there is all there is, and nothing that is not."""

import re
from pathlib import Path

from config import setting_names
from game.phases import COMMANDS, Phase
from realtime.codes import CloseCode, ErrorCode

ROOT = Path(__file__).parent.parent
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")


def read(path: str) -> str:
    """A document's text."""
    return (ROOT / path).read_text(encoding="utf-8")


def rows(text: str) -> set[str]:
    """The first cell of every table row that is a name in code type."""
    return set(re.findall(r"^\| `([A-Za-z_.]+)` \|", text, flags=re.M))


def test_every_setting_is_documented() -> None:
    """docs/settings.md lists exactly the settings that config.py reads."""
    assert rows(read("docs/settings.md")) == set(setting_names())


def test_every_error_is_documented() -> None:
    """docs/protocol.md has each error's number and name in one row."""
    protocol = read("docs/protocol.md")
    missing = [code.name for code in ErrorCode if f"| {int(code)} | `{code.code_name}` |" not in protocol]
    assert missing == []


def test_every_close_code_is_documented() -> None:
    """docs/protocol.md has each close code's number and name in one row."""
    protocol = read("docs/protocol.md")
    missing = [code.name for code in CloseCode if f"| {int(code)} | `{code.code_name}` |" not in protocol]
    assert missing == []


def test_every_host_command_and_phase_is_documented() -> None:
    """docs/protocol.md names each command that moves a room, and each phase."""
    protocol = read("docs/protocol.md")
    assert set(COMMANDS) <= rows(protocol)
    assert [phase for phase in Phase if phase not in protocol] == []


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link points to a file that is there, every #part to a heading of this document."""
    documents = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))
    broken = []
    for document in documents:
        text = document.read_text(encoding="utf-8")
        headings = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", text, re.M)}
        for file, part in LINK.findall(text):
            if file and not (document.parent / file).exists():
                broken.append(f"{document.name}: {file}")
            elif not file and part.removeprefix("#") not in headings:
                broken.append(f"{document.name}: {part}")
    assert broken == []


def test_every_decision_has_a_number_of_its_own():
    """Two that were written at the same time would take the same one."""
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("0*.md")]
    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]
