"""The websockets library's own broadcast(), which encodes once; without compression and keepalive."""

import asyncio

from websockets.asyncio.server import ServerConnection, broadcast, serve

from benchmarks.peers.obey import TEXT, obey


async def main() -> None:
    connections: set[ServerConnection] = set()

    async def handle(connection: ServerConnection) -> None:
        connections.add(connection)
        await connection.wait_closed()

    async with serve(handle, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=4096) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        await obey(port, lambda: broadcast(connections, TEXT))


if __name__ == "__main__":
    asyncio.run(main())
