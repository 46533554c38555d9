"""Takes scripts and styles down to what a browser needs, in a process of its own that ends when it is done.

Started by handlers.static: a JSON list of {type, text} comes in by the standard input, the texts go out as a list.
The library brings Go's runtime along, whose threads and eleven megabytes a node would keep for nothing.
"""

import sys

import minify
import msgspec


def main() -> None:
    files = msgspec.json.decode(sys.stdin.buffer.read(), type=list[dict[str, str]])
    small = [minify.string(file["type"], file["text"]) for file in files]
    sys.stdout.buffer.write(msgspec.json.encode(small))


if __name__ == "__main__":
    main()
