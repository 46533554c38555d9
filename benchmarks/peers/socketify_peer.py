"""socketify, Python over uWebSockets: publish to a topic, which uWebSockets sends at the end of its turn of the loop.

Its loop watches no standard input: a thread does, and passes each line on over a socket of its own.
"""

import socket
import sys
import threading
import time

import socketify

from benchmarks.lab.sockets import open_sockets, read_text, text_frame
from benchmarks.peers.obey import TEXT, say


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


def main() -> None:
    app, port = socketify.App(), free_port()

    def on_control(ws: socketify.WebSocket, message: str, opcode: socketify.OpCode) -> None:
        began = time.monotonic()
        if message == "go":
            app.publish("crowd", TEXT, socketify.OpCode.TEXT)
        ws.send(f"{began} {time.monotonic()}", socketify.OpCode.TEXT)

    shared = {"idle_timeout": 0, "compression": socketify.CompressOptions.DISABLED}
    app.ws("/control", {**shared, "message": on_control})
    app.ws("/crowd", {**shared, "open": lambda ws: ws.subscribe("crowd"), "message": lambda *_: None})
    app.listen(
        {"port": port, "host": "127.0.0.1"}, lambda _: threading.Thread(target=obey, args=(port,), daemon=True).start()
    )
    app.run()


if __name__ == "__main__":
    main()
