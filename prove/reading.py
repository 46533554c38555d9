"""Reads one witness's journal as docs/protocol.md tells a browser to take what it hears. Pure but for the file.

Knows no code of the service and none of the witness: what it says comes from the lines alone.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
SHOWN_MOST = 400


@dataclass
class Problem:
    """A broken promise: which one, the sentence, and the line that shows it."""

    promise: str
    sentence: str
    line: str = ""


@dataclass
class Spell:
    """A time without a socket: when it was lost, from which node and why, when the next try began, when it was over."""

    lost_ms: float
    node: str
    code: int
    connecting_ms: float | None = None
    back_ms: float | None = None
    back_at: str = ""


@dataclass
class Reading:
    """What one witness knew at the end. `events` by seq as `(method, params)`, applied once each."""

    name: str
    who: Json = field(default_factory=dict)
    seq: int | None = None
    epoch: str | None = None
    events: dict[int, tuple[str, Json]] = field(default_factory=dict)
    # The moment of the last line.
    last_ms: float = 0.0
    # When and at which node an event came over an open socket.
    came: dict[int, tuple[float, str]] = field(default_factory=dict)
    answers: dict[str, Json] = field(default_factory=dict)
    receipts: dict[str, list[Json]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    graded: dict[int, Json] = field(default_factory=dict)
    finished: Json | None = None
    # Host commands that were carried out: (method, when sent, at which node, the seq they led to).
    moves: list[tuple[str, float, str, int]] = field(default_factory=list)
    receipt_ms: list[float] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    messages: int = 0
    repeated: int = 0
    snapshots: int = 0
    holes: int = 0
    problems: list[Problem] = field(default_factory=list)

    def whereabouts(self, at_ms: float) -> str:
        """Whether there was a socket at the end, which was then."""
        spell = self.spells[-1] if self.spells else None
        if spell is None or spell.back_ms is not None:
            return f"with an open socket, last heard {(at_ms - self.last_ms) / 1000:.1f} s before"
        return f"without a socket for {(at_ms - spell.lost_ms) / 1000:.1f} s"


def read(path: Path) -> Reading:
    """A whole journal."""
    with path.open("rb") as lines:
        return take(path.name, lines)


def take(name: str, lines: Iterable[bytes]) -> Reading:
    """The same from lines that stand elsewhere."""
    reader = _Reader(Reading(name))
    for number, line in enumerate(lines, start=1):
        reader.line = f"{name}:{number} {line.decode(errors='replace').strip()[:SHOWN_MOST]}"
        reader.take(json.loads(line))
    return reader.reading


class _Reader:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.line = ""
        self._node = ""
        self._now_ms = 0.0
        # Commands without reply on the socket that is open: id → (what was said, when).
        self._calls: dict[Any, tuple[Json, float]] = {}

    def take(self, line: Json) -> None:
        self._now_ms = self.reading.last_ms = line["t"]
        if "got" in line:
            self.reading.messages += 1
            self._got(line["got"])
        elif "said" in line:
            self._said(line["said"])
        elif "who" in line:
            self.reading.who = line["who"]
        elif "got_text" in line:
            self._broken("order", "was sent what is no JSON object")
        else:
            self._moved(line)

    def _moved(self, line: Json) -> None:
        spells = self.reading.spells
        if "connected" in line:
            self._node = line["connected"]
            self._calls.clear()
        elif "connecting" in line and spells and spells[-1].connecting_ms is None:
            spells[-1].connecting_ms = self._now_ms
        elif "lost" in line:
            if not spells or spells[-1].back_ms is not None:
                spells.append(Spell(self._now_ms, line["node"], line["lost"]))
            self._calls.clear()

    def _said(self, said: Json) -> None:
        self._calls[said["id"]] = (said, self._now_ms)
        if said["method"] == "answer.submit":
            params = said["params"]
            self.reading.answers.setdefault(params["id"], params)

    def _got(self, got: Json) -> None:
        if "method" in got:
            self._event(got["method"], got["params"], is_live=True)
            return
        said, sent_ms = self._calls.pop(got.get("id"), (None, 0.0))
        if said is None:
            self._broken("order", "got a reply to nothing that was asked on this socket")
        elif said["method"] == "room.subscribe" and "result" in got:
            self._subscribed(said["params"], got["result"])
        elif said["method"] == "answer.submit":
            self._answered(said["params"]["id"], got, sent_ms)
        elif "result" in got and "seq" in got["result"]:
            self.reading.moves.append((said["method"], sent_ms, self._node, got["result"]["seq"]))

    def _answered(self, answer_id: str, got: Json, sent_ms: float) -> None:
        reading = self.reading
        if "result" in got:
            receipts = reading.receipts.setdefault(answer_id, [])
            if not receipts:
                reading.receipt_ms.append(self._now_ms - sent_ms)
            elif receipts[0] != got["result"]:
                self._broken("doubled", "got a second receipt that differs from the first")
            receipts.append(got["result"])
        else:
            reading.refused[answer_id] = str((got["error"].get("data") or {}).get("code"))

    def _subscribed(self, asked: Json, result: Json) -> None:
        reading = self.reading
        if reading.spells and reading.spells[-1].back_ms is None:
            reading.spells[-1].back_ms, reading.spells[-1].back_at = self._now_ms, self._node
        if reading.epoch not in (None, result["epoch"]):
            self._broken("order", "was told of another epoch although nothing was restored")
        if "snapshot" in result:
            reading.snapshots += reading.seq is not None
            if reading.seq is not None and result["seq"] < reading.seq:
                self._broken("missed", f"a snapshot leads back from seq {reading.seq} to {result['seq']}")
        else:
            for event in result["events"]:
                self._event(event["method"], event["params"], is_live=False)
            if reading.seq != result["seq"]:
                self._broken(
                    "missed", f"a resume after {asked.get('after')} ends at {reading.seq}, not {result['seq']}"
                )
        reading.seq, reading.epoch = result["seq"], result["epoch"]
        graded = result.get("you", {}).get("graded")
        if graded:
            self._graded(graded)

    def _event(self, method: str, params: Json, *, is_live: bool) -> None:
        reading, seq = self.reading, params.get("seq")
        if seq is None:
            if method == "answer.graded":
                self._graded({name: value for name, value in params.items() if name != "room"})
            elif method == "participant.finished":
                reading.finished = params
        elif reading.seq is None or seq == reading.seq + 1:
            reading.seq = seq
            reading.events[seq] = (method, params)
            if is_live:
                reading.came[seq] = (self._now_ms, self._node)
        elif seq <= reading.seq:
            reading.repeated += 1
            if seq in reading.events and reading.events[seq] != (method, params):
                self._broken("order", f"seq {seq} came twice and said something else")
        elif is_live:
            reading.holes += 1
            self._broken("holes", f"an open socket went from seq {reading.seq} to {seq}")
        else:
            self._broken("missed", f"a resume went from seq {reading.seq} to {seq}")

    def _graded(self, params: Json) -> None:
        known = self.reading.graded.setdefault(params["round"], params)
        if known != params:
            self._broken("scores", f"was told two grades of round {params['round']}: {known} and {params}")

    def _broken(self, promise: str, sentence: str) -> None:
        self.reading.problems.append(Problem(promise, f"{self.reading.name} {sentence}.", self.line))


def raw_messages(path: Path) -> Iterator[tuple[str, Json]]:
    """Each message that was heard with the line that it stood in."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if b'"got":' in line:
                yield (
                    f"{path.name}:{number} {line.decode(errors='replace').strip()[:SHOWN_MOST]}",
                    json.loads(line)["got"],
                )
