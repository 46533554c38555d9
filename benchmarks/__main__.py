"""`python -m benchmarks [NAME…]`: runs them all, or those named, and prints their tables.

Each benchmark is a module with TITLE, FULL and QUICK (Options), and `run(options) -> Report`.
"""

import argparse
import dataclasses
import importlib
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.lab.cores import let_go, pin_generator
from benchmarks.lab.options import Options

# In the order in which they are run.
NAMES = (
    "fan_out",
    "close_round",
    "loop_lag",
    "idle_memory",
    "slow_peers",
    "join_storm",
    "answer_storm",
    "cost_curve",
    "many_nodes",
    "quiz_files",
)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="one of " + ", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds: does it work?")
    parser.add_argument("--sizes", help="numbers separated by commas, instead of the benchmark's own")
    parser.add_argument("--rounds", type=int, help="that count, warm-ups not among them")
    parser.add_argument("--only", default="", help="rows whose names have one of these in them, separated by commas")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument(
        "--save", type=Path, metavar="FOLDER", help="keep the JSON there, one file a benchmark; sizes add up"
    )
    args = parser.parse_args(argv)
    for name in args.names:
        if name not in NAMES:
            parser.error(f"there is no benchmark {name}; there are {', '.join(NAMES)}")
    return args


def options(args: argparse.Namespace, full: Options, quick: Options) -> Options:
    chosen = quick if args.quick else full
    if args.sizes:
        chosen = dataclasses.replace(chosen, sizes=tuple(int(part) for part in args.sizes.split(",")))
    if args.rounds:
        chosen = dataclasses.replace(chosen, rounds=args.rounds)
    return dataclasses.replace(chosen, only=tuple(part for part in args.only.split(",") if part))


def main(argv: Sequence[str]) -> int:
    args = parse(argv)
    # Ended from outside, what was started is ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    pin_generator()
    try:
        for name in args.names or NAMES:
            module = importlib.import_module(f"benchmarks.{name}")
            report = module.run(options(args, module.FULL, module.QUICK))
            if args.save:
                report.save(args.save)
            print(json.dumps(report.as_dict(), ensure_ascii=False) if args.json else report.text() + "\n", flush=True)
    finally:
        let_go()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
