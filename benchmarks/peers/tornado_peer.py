"""What Tornado's documentation shows: write_message in a loop over a set of handlers, the collector as it comes."""

import asyncio
from collections import defaultdict

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler

from benchmarks.peers.obey import SMALL, TEXT, obey


async def main() -> None:
    topics: dict[str, set[WebSocketHandler]] = defaultdict(set)

    class Handler(WebSocketHandler):
        def open(self, topic: str) -> None:
            self.set_nodelay(True)
            self.topic = topic
            topics[topic].add(self)

        def on_message(self, message: str | bytes) -> None:
            for handler in topics[self.topic]:
                handler.write_message(SMALL)

    def go() -> None:
        for handler in topics["crowd"]:
            handler.write_message(TEXT)

    sockets = bind_sockets(0, "127.0.0.1", backlog=4096)
    HTTPServer(Application([("/(.*)", Handler)])).add_sockets(sockets)
    await obey(sockets[0].getsockname()[1], go)


if __name__ == "__main__":
    asyncio.run(main())
