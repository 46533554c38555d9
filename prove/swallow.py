"""Takes the hints that a room has moved out of what a node sends to Redis, and answers them itself. Pure."""

HINT = b"log:"
# A share of a room's people says at which seq its node stands: a second hint, should the first be lost.
SHARE = b"people:"


def swallow(data: bytes, topics: tuple[bytes, ...] = (HINT,)) -> tuple[bytes, bytes]:
    """What goes on to Redis, and what the node is answered instead of the rest. Only whole commands are taken out."""
    kept, answers, at = [], [], 0
    while at < len(data):
        end, words = _command(data, at)
        if end is None:
            kept.append(data[at:])
            break
        if len(words) == 3 and words[0].upper() == b"PUBLISH" and words[1].startswith(topics):
            answers.append(b":1\r\n")
        else:
            kept.append(data[at:end])
        at = end
    return b"".join(kept), b"".join(answers)


def _command(data: bytes, at: int) -> tuple[int | None, list[bytes]]:
    """Where the RESP array at `at` ends, and its words; None when it is not whole, or no such array."""
    words: list[bytes] = []
    head, count, at = _number(data, at, b"*")
    while head and len(words) < count:
        head, size, at = _number(data, at, b"$")
        if not head or at + size + 2 > len(data):
            return None, []
        words.append(data[at : at + size])
        at += size + 2
    return (at, words) if head else (None, [])


def _number(data: bytes, at: int, mark: bytes) -> tuple[bool, int, int]:
    """Whether `mark` and a number stand there, the number, and where the next line begins."""
    end = data.find(b"\r\n", at)
    text = data[at + 1 : end]
    if data[at : at + 1] != mark or end < 0 or not text.isdigit():
        return False, 0, at
    return True, int(text), end + 2
