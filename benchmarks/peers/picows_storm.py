"""picows on uvloop: PyJWT when it asks for a listener."""

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

from benchmarks.peers.storming import acknowledgement, is_welcome, until_told


async def main() -> None:
    acknowledge = acknowledgement(None)

    class Listener(WSListener):
        def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
            if frame.msg_type == WSMsgType.TEXT:
                transport.send(WSMsgType.TEXT, acknowledge(frame.get_payload_as_bytes(), "").encode())

    def admit(request: WSUpgradeRequest) -> WSListener | None:
        return Listener() if is_welcome(request.headers.get("Authorization")) else None

    server = await ws_create_server(admit, "127.0.0.1", 0, backlog=4096)
    await until_told(server.sockets[0].getsockname()[1])


if __name__ == "__main__":
    uvloop.run(main())
