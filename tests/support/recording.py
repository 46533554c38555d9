"""A transport that records what it was asked to do."""

from collections.abc import Callable


def texts_of(frames: bytes) -> list[str]:
    """What stands in text frames of ours that are written together."""
    texts = []
    while frames:
        assert frames[0] == 0x81, frames
        more = {126: 2, 127: 8}.get(frames[1], 0)
        begin = 2 + more
        end = begin + (int.from_bytes(frames[2:begin]) if more else frames[1])
        texts.append(frames[begin:end].decode())
        frames = frames[end:]
    return texts


class RecordingTransport:
    """Remembers what it was asked to do, in order; `queued` plays the bytes that the socket has not taken."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.writes = 0
        self.pings: list[bytes] = []
        self.ended: list[tuple[object, ...]] = []  # ("close", code, reason) and ("abort",)
        self.queued = 0
        self.is_reading = True
        self.on_send: Callable[[str], None] = lambda text: None

    def attach(self, outlet: object) -> None:
        """Leaves it alone, so that everything comes through `write`."""

    def start(self, receiver: object) -> None:
        pass

    def write(self, frame: bytes) -> None:
        self.writes += 1
        for text in texts_of(frame):
            self.on_send(text)
            self.sent.append(text)

    def ping(self, payload: bytes) -> None:
        self.pings.append(payload)

    def pause_reading(self) -> None:
        self.is_reading = False

    def resume_reading(self) -> None:
        self.is_reading = True

    def drop(self, code: int, reason: str) -> None:
        self.ended.append(("drop", code, reason))

    def close(self, code: int, reason: str) -> None:
        self.ended.append(("close", code, reason))

    def abort(self) -> None:
        self.ended.append(("abort",))
