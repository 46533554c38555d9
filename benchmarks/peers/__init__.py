"""Who is measured: one small server a file, told on standard input (`peers/obey.py`), and this list of them all."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
# The peers' own packages; ours never see them.
PEER_PYTHON = str(ROOT / ".venv-bench" / "bin" / "python")


@dataclass(frozen=True)
class Peer:
    """A server process. `ways` are the ways to broadcast that it knows, by the names of their rows.

    `package` is what has to be installed, for Python among .venv-bench's packages, for Node among node_modules.
    `speaks` is what a client does after the upgrade: nothing ("ws"), or Socket.IO's greeting ("socket.io").
    """

    name: str
    file: str
    ways: Sequence[tuple[str, str]]
    package: str = ""
    speaks: str = "ws"
    arguments: Sequence[str] = ()

    @property
    def command(self) -> list[str]:
        if self.file.endswith(".mjs"):
            return ["node", "--expose-gc", str(FOLDER / self.file)]
        return [PEER_PYTHON if self.package else sys.executable, "-m", f"benchmarks.peers.{self.file}", *self.arguments]

    def absent(self) -> str | None:
        """Why it cannot be measured here; None when it can."""
        if self.file.endswith(".mjs"):
            if shutil.which("node") is None:
                return "there is no node on this machine"
            return None if (FOLDER / "node_modules" / self.package).is_dir() else f"npm did not install {self.package}"
        if not self.package:
            return None
        installed = list((ROOT / ".venv-bench").glob(f"lib/python3*/site-packages/{self.package}"))
        return None if installed else f"pip did not install {self.package} (make bench does)"


ENGINE = "ours, bare engine"
STREAM = "ours, over Tornado's stream"
FLOOR = "C send(2) loop, the floor"

PEERS = (
    Peer(FLOOR, "floor", [(FLOOR, "go")]),
    Peer(ENGINE, "engine", [(ENGINE, "go")]),
    Peer("socketify (uWebSockets) publish", "socketify_peer", [("socketify (uWebSockets) publish", "go")], "socketify"),
    Peer("picows 2.3", "picows_peer", [("picows 2.3, loop", "go")], "picows"),
    Peer("ws 8 (Node)", "ws.mjs", [("ws 8 (Node), prepared frame", "prepared"), ("ws 8 (Node), loop", "loop")], "ws"),
    Peer("websockets 17", "websockets_peer", [("websockets 17 broadcast()", "go")], "websockets"),
    Peer("socket.io 4 (Node)", "socketio.mjs", [("socket.io 4 (Node), room emit", "go")], "socket.io", "socket.io"),
    Peer(STREAM, "engine", [(STREAM, "go")], arguments=("--transport", "stream")),
    Peer("Tornado write_message loop", "tornado_peer", [("Tornado write_message loop", "go")], "tornado"),
    Peer(
        "python-socketio + uvicorn",
        "socketio_peer",
        [("python-socketio + uvicorn, room emit", "go")],
        "socketio",
        "socket.io",
    ),
)
