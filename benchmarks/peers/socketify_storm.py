"""socketify, Python over uWebSockets: PyJWT in its upgrade callback. A thread watches its standard input."""

import json
import os
import socket
import sys
import threading

import socketify

from benchmarks.peers.storming import acknowledgement, is_welcome


def until_told(port: int) -> None:
    print(json.dumps({"port": port}), flush=True)
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    app, acknowledge = socketify.App(), acknowledgement(None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def admit(res: socketify.Response, req: socketify.Request, context: object) -> None:
        if not is_welcome(req.get_header("authorization")):
            res.write_status(401).end("sign in")
            return
        key = req.get_header("sec-websocket-key")
        res.upgrade(
            key, req.get_header("sec-websocket-protocol"), req.get_header("sec-websocket-extensions"), context, {}
        )

    def on_message(ws: socketify.WebSocket, message: str | bytes, opcode: socketify.OpCode) -> None:
        ws.send(acknowledge(message, ""), socketify.OpCode.TEXT)

    how = {"idle_timeout": 0, "compression": socketify.CompressOptions.DISABLED}
    app.ws("/ws", {**how, "upgrade": admit, "message": on_message})
    app.listen({"port": port, "host": "127.0.0.1"}, lambda _: threading.Thread(target=until_told, args=(port,)).start())
    app.run()


if __name__ == "__main__":
    main()
