"""picows on uvloop, as its documentation recommends: transport.send in a loop."""

import uvloop
from picows import WSListener, WSMsgType, WSTransport, ws_create_server

from benchmarks.peers.obey import TEXT, obey


async def main() -> None:
    transports: set[WSTransport] = set()
    message = TEXT.encode()

    class Listener(WSListener):
        def on_ws_connected(self, transport: WSTransport) -> None:
            transports.add(transport)

    def go() -> None:
        for transport in transports:
            transport.send(WSMsgType.TEXT, message)

    server = await ws_create_server(lambda _: Listener(), "127.0.0.1", 0, backlog=4096)
    await obey(server.sockets[0].getsockname()[1], go)


if __name__ == "__main__":
    uvloop.run(main())
