"""What every message passes at its socket: who has one, reading it, answering it. Nothing here waits.

`wire.c` does the same and takes this module's place where it was compiled: it makes none of the objects that lie
between the kernel and the message, and keeps the interpreter's lock for a call that takes microseconds.
"""

import os
import select
from collections.abc import Callable, Sequence
from typing import Any

from realtime.frames import TEXT, encode_frame, lone_text

READ_MOST = 32 * 1024


def call_readable(epoll: "select.epoll", callbacks: Sequence[Callable[[], object] | None], most: int) -> None:
    """Calls back for those descriptors, `most` of them, that have something to read; `callbacks` are by descriptor.

    What one of them raises comes out, and the others are offered again.
    """
    for fd, _ in epoll.poll(0, most):
        callback = callbacks[fd]
        if callback is not None:  # else one of those before has closed it
            callback()


def receive(fd: int, most: int) -> str | bytes | None:
    """A str when the socket gives one text of up to `most` bytes, alone in its frame and alone in what was read.

    Else what was read as it is, for a FrameDecoder: b"" when the peer has gone; None when there is nothing now.
    """
    try:
        data = os.read(fd, READ_MOST)
    except (BlockingIOError, InterruptedError):
        return None
    except OSError:
        return b""
    text = lone_text(data, most)
    return data if text is None else text


def send_text(fd: int, payload: bytes) -> int:
    """Sends UTF-8 as one frame; returns how many of the frame's bytes are left to send, all when it could not."""
    frame = encode_frame(TEXT, payload)
    try:
        return len(frame) - os.write(fd, frame)
    except OSError:
        return len(frame)


def fetch_ahead(items: list[Any]) -> None:
    """For whoever takes thousands of items off a list's end: has the processor fetch what the next ones refer to.

    Here nothing happens: Python cannot ask for that.
    """
