"""socketify, Python over uWebSockets: publish to a topic, which uWebSockets sends at the end of its turn of the loop.

Its loop watches no standard input: a thread does, and passes each line on over a socket of its own.
"""

import socket
import sys
import threading
import time
from typing import Any

import socketify

from benchmarks.lab.sockets import open_sockets, read_text, text_frame
from benchmarks.peers.obey import SMALL, SMALL_ROOMS, TEXT, say

SETTINGS = {"idle_timeout": 0, "compression": socketify.CompressOptions.DISABLED}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def obey(port: int) -> None:
    control = open_sockets(port, "/control", [{}])[0]
    say({"port": port})
    for line in sys.stdin:
        control.sendall(text_frame(line.strip()))
        began, called = read_text(control).split()
        say({"began": float(began), "called": float(called)})


def small_room() -> dict[str, Any]:
    """What one member says is answered to both, one by one: what is published waits until the loop wakes up again."""
    members: list[socketify.WebSocket] = []

    def on_message(*_: Any) -> None:
        for member in members:
            member.send(SMALL, socketify.OpCode.TEXT)

    return {**SETTINGS, "open": members.append, "message": on_message}


def main() -> None:
    app, port = socketify.App(), free_port()

    def on_control(ws: socketify.WebSocket, message: str, opcode: socketify.OpCode) -> None:
        began = time.monotonic()
        if message == "go":
            app.publish("crowd", TEXT, socketify.OpCode.TEXT)
        ws.send(f"{began} {time.monotonic()}", socketify.OpCode.TEXT)

    app.ws("/control", {**SETTINGS, "message": on_control})
    app.ws("/crowd", {**SETTINGS, "open": lambda ws: ws.subscribe("crowd"), "message": lambda *_: None})
    for number in range(SMALL_ROOMS):
        app.ws(f"/small{number}", small_room())
    listening = {"port": port, "host": "127.0.0.1"}
    app.listen(listening, lambda _: threading.Thread(target=obey, args=(port,), daemon=True).start())
    app.run()


if __name__ == "__main__":
    main()
