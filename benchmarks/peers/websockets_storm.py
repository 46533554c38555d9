"""websockets 17: PyJWT in process_request, a loop over the messages. With a file, one INSERT each (peewee)."""

import asyncio
import http

from websockets.asyncio.server import Request, Response, ServerConnection, serve

from benchmarks.peers.storming import acknowledgement, is_welcome, store, until_told


def admit(connection: ServerConnection, request: Request) -> Response | None:
    if is_welcome(request.headers.get("Authorization")):
        return None
    return connection.respond(http.HTTPStatus.UNAUTHORIZED, "sign in\n")


async def main() -> None:
    acknowledge = acknowledgement(store())

    async def handle(connection: ServerConnection) -> None:
        async for message in connection:
            await connection.send(acknowledge(message, str(connection.id)))

    async with serve(
        handle, "127.0.0.1", 0, process_request=admit, compression=None, ping_interval=None, backlog=4096
    ) as server:
        await until_told(next(iter(server.sockets)).getsockname()[1])


if __name__ == "__main__":
    asyncio.run(main())
