"""python-socketio on uvicorn with uvloop, the stack of ClassQuiz and many others: emit to a room."""

import asyncio
import json
import socket
from typing import Any

import socketio
import uvicorn
import uvloop

from benchmarks.peers.obey import EVENT, TEXT, obey

PAYLOAD = json.loads(TEXT)["params"]


async def main() -> None:
    server = socketio.AsyncServer(async_mode="asgi", ping_interval=3600, ping_timeout=3600)

    @server.event
    async def connect(sid: str, environ: dict[str, Any]) -> None:
        await server.enter_room(sid, "crowd")

    sock = socket.create_server(("127.0.0.1", 0), backlog=4096)
    settings = uvicorn.Config(
        socketio.ASGIApp(server), log_level="error", backlog=4096, ws_per_message_deflate=False, ws_ping_interval=None
    )
    serving = asyncio.create_task(uvicorn.Server(settings).serve([sock]))
    await obey(sock.getsockname()[1], lambda: server.emit(EVENT, PAYLOAD, room="crowd"))
    await serving


if __name__ == "__main__":
    uvloop.run(main())
