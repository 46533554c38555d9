"""The floor: sockets that are upgraded and never read, and a bare loop of send(2) in C over them."""

import asyncio
import contextlib
import socket

from benchmarks.lab.wire import library
from benchmarks.peers.obey import TEXT, obey

FRAME = b"\x81\x7e" + len(TEXT).to_bytes(2, "big") + TEXT.encode()
ANSWER = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


async def main() -> None:
    found = library()
    if found is None:
        raise SystemExit("no C compiler")
    socks: list[socket.socket] = []
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    listening.setblocking(False)
    loop = asyncio.get_running_loop()

    def on_readable(sock: socket.socket) -> None:
        loop.remove_reader(sock)
        sock.recv(4096)
        sock.sendall(ANSWER)

    def on_acceptable() -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                sock, _ = listening.accept()
                sock.setblocking(False)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                socks.append(sock)
                loop.add_reader(sock, on_readable, sock)

    fds: list[object] = []

    def go() -> dict[str, int]:
        if not fds:
            import ctypes

            fds.append((ctypes.c_int * len(socks))(*(sock.fileno() for sock in socks)))
        return {"sent": found.send_all(fds[0], len(socks), FRAME, len(FRAME))}

    loop.add_reader(listening, on_acceptable)
    await obey(listening.getsockname()[1], go)


if __name__ == "__main__":
    asyncio.run(main())
