"""How long a broadcast of about 300 bytes takes to reach the last of N connections, and what the loop feels of it.

Servers on one core, this generator on the other, variants interleaved in one run, medians of the rounds. Ratios within
one table count; milliseconds are those of the machine and the moment. `python benchmarks/fan_out.py --help`.
"""

import argparse
import json
import os
import resource
import select
import shutil
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from fan_out_server import VARIANTS

SERVER = Path(__file__).with_name("fan_out_server.py")
KEY = "MDEyMzQ1Njc4OWFiY2RlZg=="
WARM_UP = 2


class Audience:
    """A server process and N connections to it."""

    def __init__(self, variant: str, size: int, core: int) -> None:
        command = [sys.executable, str(SERVER), variant, str(core)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        hello = self.hear()
        self.size = size
        self.expected = size * (hello["size"] + 4)
        self.sockets = [self.connect(hello["port"]) for _ in range(size)]
        self.epoll = select.epoll()
        for sock in self.sockets:
            sock.setblocking(False)
            self.epoll.register(sock, select.EPOLLIN)
        self.kib_each = (self.ask("memory")["resident_kib"] - hello["resident_kib"]) / size

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def tell(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()

    def ask(self, what: str) -> dict[str, Any]:
        self.tell(what)
        return self.hear()

    def connect(self, port: int) -> socket.socket:
        sock = socket.create_connection(("127.0.0.1", port))
        sock.sendall(
            f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += sock.recv(4096)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        return sock

    def broadcast(self, what: str) -> dict[str, float]:
        """One broadcast: when the middle and the last connection had it, the loop's worst gap, the server's CPU."""
        self.tell(what)
        left, seen = self.expected, []
        poll, read = self.epoll.poll, os.read
        while left > 0:
            events = poll(0, 512)
            for fd, _ in events:
                left -= len(read(fd, 65536))
            if events:
                seen.append((time.monotonic(), left))
        answer = self.hear()
        began = answer.pop("began")
        half = next(at for at, rest in seen if rest <= self.expected / 2)
        return {"p50_ms": (half - began) * 1000, "last_ms": (seen[-1][0] - began) * 1000, **answer}

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for sock in self.sockets:
            sock.close()


def measure(size: int, rounds: int, variants: list[str], core: int) -> dict[str, dict[str, float]]:
    """The medians of each variant."""
    audiences = {variant: Audience(variant, size, core) for variant in variants}
    plan = [(name, audience, "go") for name, audience in audiences.items()]
    if "socket" in audiences and shutil.which("cc"):
        plan.insert(0, ("C send(2) loop", audiences["socket"], "floor"))
    found: dict[str, list[dict[str, float]]] = {name: [] for name, _, _ in plan}
    for number in range(WARM_UP + rounds):
        first = number % len(plan)
        for name, audience, what in plan[first:] + plan[:first]:
            figures = audience.broadcast(what)
            if number >= WARM_UP:
                found[name].append(figures)
    table = {
        name: {key: statistics.median(one[key] for one in runs) for key in runs[0]} for name, runs in found.items()
    }
    for name, audience in audiences.items():
        table[name]["kib_each"] = audience.kib_each
        audience.end()
    return table


def show(size: int, table: dict[str, dict[str, float]]) -> None:
    floor = table.get("C send(2) loop", {}).get("last_ms")
    print(f"\n{size} connections, ~300 bytes, medians")
    heads = ("p50 ms", "last ms", "÷ floor", "gap ms", "gap cpu", "µs each", "KiB each")
    print(f"{'':18}" + "".join(f"{head:>9}" for head in heads))
    for name, row in table.items():
        ratio = f"{row['last_ms'] / floor:.2f}" if floor else ""
        memory = f"{row['kib_each']:.1f}" if "kib_each" in row else ""
        print(
            f"{name:18}{row['p50_ms']:9.1f}{row['last_ms']:9.1f}{ratio:>9}{row['gap_ms']:9.1f}{row['gap_cpu_ms']:9.1f}"
            f"{row['cpu_ms'] * 1000 / size:9.1f}{memory:>9}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,5000", help="numbers of connections, separated by commas")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--variants", default=",".join(VARIANTS), help="separated by commas")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    args = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[1]})
    core = cores[0] if len(cores) > 1 else -1
    results = {}
    for size in (int(text) for text in args.sizes.split(",")):
        # All variants are connected at the same time, and each connection is an open file here.
        variants = args.variants.split(",")
        fitting, rest = variants[: (most - 200) // size], variants[(most - 200) // size :]
        if rest:
            print(f"{size}: only {most} files may be open, left out: {', '.join(rest)}", file=sys.stderr)
        results[size] = measure(size, args.rounds, fitting, core)
        if not args.json:
            show(size, results[size])
    if args.json:
        print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
