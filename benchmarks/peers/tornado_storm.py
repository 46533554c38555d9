"""Stock Tornado: PyJWT in prepare(), on_message, write_message. With a file, one INSERT each on the loop (peewee)."""

import asyncio

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError
from tornado.websocket import WebSocketHandler

from benchmarks.peers.storming import acknowledgement, is_welcome, store, until_told


async def main() -> None:
    acknowledge = acknowledgement(store())

    class Handler(WebSocketHandler):
        def prepare(self) -> None:
            if not is_welcome(self.request.headers.get("Authorization")):
                raise HTTPError(401)

        def open(self) -> None:
            self.set_nodelay(True)

        def on_message(self, message: str | bytes) -> None:
            self.write_message(acknowledge(message, str(id(self))))

    sockets = bind_sockets(0, "127.0.0.1", backlog=4096)
    HTTPServer(Application([("/ws", Handler)])).add_sockets(sockets)
    await until_told(sockets[0].getsockname()[1])


if __name__ == "__main__":
    asyncio.run(main())
