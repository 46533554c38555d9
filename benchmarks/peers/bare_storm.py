"""The least that a server in Python can do with an answer: acknowledges it with the text of its argument, unread.

No event loop, no frames, no JSON: sockets and an epoll, read a hundred at a time as by our own engine. What a service
takes beyond this is its own; what this takes beyond the server in C is Python's.
"""

import json
import os
import select
import socket
import sys

from realtime.frames import encode_text

ANSWER = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
TOGETHER = 100


def serve(listening: socket.socket, reply: bytes) -> None:
    """Until the standard input ends."""
    socks: dict[int, socket.socket] = {}
    upgraded: set[int] = set()
    epoll = select.epoll()
    for fd in (listening.fileno(), sys.stdin.fileno()):
        epoll.register(fd, select.EPOLLIN)
    while True:
        for fd, _ in epoll.poll(-1, TOGETHER):
            sock = socks.get(fd)
            if sock is not None:
                try:
                    data = sock.recv(4096)
                except ConnectionError:
                    data = b""
                if not data:
                    upgraded.discard(fd)
                    epoll.unregister(fd)
                    socks.pop(fd).close()
                elif fd in upgraded:
                    sock.send(reply)
                else:
                    upgraded.add(fd)
                    sock.send(ANSWER)
            elif fd == listening.fileno():
                sock = listening.accept()[0]
                sock.setblocking(False)
                socks[sock.fileno()] = sock
                epoll.register(sock, select.EPOLLIN)
            else:
                # Thousands of sockets need no farewell.
                os._exit(0)


def main() -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    listening.setblocking(False)
    print(json.dumps({"port": listening.getsockname()[1]}), flush=True)
    serve(listening, encode_text(sys.argv[1]))


if __name__ == "__main__":
    main()
