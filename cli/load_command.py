"""`app.py load`: its arguments, and the report on standard output. The playing is the business of load/."""

import argparse
import asyncio
import gc
import json
import secrets
import sys
from typing import TextIO

from clock import SystemClock
from load.errors import LoadError, UsageError
from load.plan import MOST_PARTICIPANTS, SCORINGS, Plan, check, parse_target
from load.report import as_dict, as_text
from load.run import Teacher, run
from load.think import parse_think

UNFINISHED, USAGE = 1, 2


def add_arguments(load: argparse.ArgumentParser) -> None:
    """Everything that a run is told; docs/load.md explains it."""
    load.add_argument("--rooms", type=int, default=1, metavar="R", help="rooms that play at the same time (1)")
    load.add_argument(
        "--players", type=int, default=30, metavar="P",
        help=f"participants of each room (30); at most {MOST_PARTICIPANTS} in all rooms together",
    )  # fmt: skip
    load.add_argument("--url", default="http://127.0.0.1:8888", metavar="U", help="the service (%(default)s)")
    load.add_argument("--email", metavar="E", help="a teacher's account; with --password-stdin")
    secret = load.add_mutually_exclusive_group(required=True)
    secret.add_argument("--password-stdin", action="store_true", help="read the password from the first line of stdin")
    secret.add_argument("--token-stdin", action="store_true", help="read an account's token from there instead")
    load.add_argument("--rounds", type=int, default=4, help="rounds of each room (4)")
    load.add_argument(
        "--think", default="uniform:0.2-3s",
        help="when people answer: uniform:0.2-3s (default), lognormal:4s (like people), fixed:1s, burst: at once",
    )  # fmt: skip
    load.add_argument(
        "--storm", type=float, default=0, metavar="SHARE", help="share of sockets reset in each round (0)"
    )
    load.add_argument("--scoring", default="speed", choices=SCORINGS, help="the rooms' scoring (speed)")
    load.add_argument("--at-once", type=int, default=64, help="joins or upgrades that are on the way at once (64)")
    load.add_argument("--most-seconds", type=float, default=300, help="the run ends after this, whatever happens (300)")
    load.add_argument("--seed", type=int, help="repeats a run's random choices")
    load.add_argument("--json", action="store_true", help="the report as JSON")
    load.add_argument(
        "--i-own-this-server", action="store_true", help="play against another machine than this one; it must be yours"
    )


def plan_of(args: argparse.Namespace) -> Plan:
    """The run that these arguments ask for. UsageError says what is wrong with them."""
    if args.password_stdin and not args.email:
        raise UsageError("--password-stdin needs --email, whose password it is.")
    return check(
        Plan(
            target=parse_target(args.url, owns_it=args.i_own_this_server),
            rooms=args.rooms,
            participants=args.players,
            rounds=args.rounds,
            think=parse_think(args.think),
            storm=args.storm,
            scoring=args.scoring,
            at_once=args.at_once,
            most_s=args.most_seconds,
            seed=secrets.randbelow(2**32) if args.seed is None else args.seed,
        )
    )


def tell(sentence: str) -> None:
    """To whoever sits there and waits; a program that reads our output is not bothered."""
    if sys.stderr.isatty():
        print(sentence, file=sys.stderr)


def run_load(args: argparse.Namespace, stdin: TextIO) -> int:
    """0 when the service kept every promise, 1 when not, 2 after one sentence when nothing could be played."""
    try:
        plan = plan_of(args)
        secret = stdin.readline().rstrip("\r\n")
        teacher = Teacher(token=secret) if args.token_stdin else Teacher(args.email, secret)
        # As the service does: with thousands of peers a collection would show in the figures.
        gc.set_threshold(50_000, 50, 100)
        report = asyncio.run(run(plan, teacher, SystemClock(), tell))
    except LoadError as error:
        print(error, file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("Stopped before its end; nothing was judged.", file=sys.stderr)
        return UNFINISHED
    print(json.dumps(as_dict(report), indent=1) if args.json else as_text(report))
    return report.exit_code
