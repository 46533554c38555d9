"""The servers beside ours in join_storm and answer_storm, and the token that they check."""

import secrets
import time

import jwt

from benchmarks.lab.compiled import compiled
from benchmarks.lab.process import Process
from benchmarks.peers import Peer

SECRET = secrets.token_urlsafe(48)
LIBRARIES = (
    Peer("socketify (uWebSockets)", "socketify_storm", [], "socketify"),
    Peer("picows 2.3 (uvloop)", "picows_storm", [], "picows"),
    Peer("ws 8 (Node)", "ws_storm.mjs", [], "ws"),
    Peer("websockets 17", "websockets_storm", [], "websockets"),
    Peer("Tornado stock", "tornado_storm", [], "tornado"),
)
# As long as ours.
RECEIPT = (
    '{"jsonrpc":"2.0","id":7,"result":{"id":"000000000000000000000000000000000001","round":10,'
    '"received_at":1700000000000,"status":"stored"}}'
)
FLOOR = "C that looks at nothing: the kernel's share, and the generator's limit"
# What Python adds to that, however little a service does.
BARE = Peer("Python that looks at nothing", "bare_storm", [], arguments=(RECEIPT,))
# Those that also store, the usual way: one INSERT for each answer, on the loop, each with its own flush.
INSERTING = tuple(peer for peer in LIBRARIES if peer.file in ("websockets_storm", "tornado_storm"))


def start(peer: Peer, *arguments: str) -> Process:
    return Process([*peer.command, *arguments], {"BENCH_SECRET": SECRET})


def start_echo() -> Process | None:
    """The C server that looks at nothing; None without a compiler."""
    made = compiled("echo", "-Wall")
    return Process([str(made), RECEIPT]) if made else None


def bearer() -> str:
    """A token as ours are: HS256, with an audience, an issuer and an end."""
    now = int(time.time())
    claims = {"sub": secrets.token_hex(16), "aud": "bench", "iss": "quizhall", "iat": now, "exp": now + 86_400}
    claims |= {"jti": secrets.token_hex(16), "role": "participant", "ver": 1, "room": secrets.token_hex(16)}
    return jwt.encode(claims, SECRET, algorithm="HS256")
