"""`make prove`: our promises under attack. docs/guarantees.md says what it does and what came of it."""

import argparse
import asyncio
import dataclasses
import json
import shutil
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from prove.plan import SCENARIOS, UsageError, make_plan
from prove.report import as_dict, as_text, judge_evidence
from prove.run import run
from prove.schedule import Fault, make_schedule

BROKEN, USAGE = 1, 2
SEED = 4


def main(argv: Sequence[str] | None = None) -> int:
    """0 when every promise was kept."""
    args = _parser().parse_args(argv)
    if args.check:
        return _judge(Path(args.check), [], args, is_kept=True)
    try:
        plan = make_plan(
            args.scenario, args.seed, args.minutes, args.participants, args.database, is_together=args.together
        )
    except UsageError as error:
        print(f"prove: {error}", file=sys.stderr)
        return USAGE
    folder = Path(args.folder or tempfile.mkdtemp(prefix="quizhall-prove-"))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        print(f"prove: --folder is {folder}; it may be a new one, or one that is empty.", file=sys.stderr)
        return USAGE
    print(f"Scenario {plan.scenario}, seed {plan.seed}; evidence in {folder}.", file=sys.stderr)
    try:
        schedule = asyncio.run(run(plan, folder, lambda sentence: print(sentence, file=sys.stderr)))
    except Exception:  # noqa: BLE001 - whatever ended it, what was seen until then is evidence all the same
        traceback.print_exc()
        print("The run broke off. Rooms that were still played count as not ended.", file=sys.stderr)
        _judge(folder, make_schedule(plan), args, is_kept=True)
        return BROKEN
    return _judge(folder, schedule, args, is_kept=bool(args.folder))


def _judge(folder: Path, schedule: list[Fault], args: argparse.Namespace, *, is_kept: bool) -> int:
    plan = json.loads((folder / "plan.json").read_text())
    verdict = judge_evidence(folder, plan["scenario"])
    if args.json:
        found = as_dict(verdict) | {"plan": plan, "schedule": [dataclasses.asdict(fault) for fault in schedule]}
        print(json.dumps(found, indent=1))
    else:
        print(as_text(verdict))
    if verdict.is_kept:
        if not is_kept:
            shutil.rmtree(folder)
        return 0
    print(f"\nSeed {plan['seed']}, scenario {plan['scenario']}; the evidence stays in {folder}.", file=sys.stderr)
    for fault in schedule if not args.json else ():
        print(f"  {fault.at_s:8.2f} s  {fault.name} n{fault.node + 1}, {fault.lasts_s:g} s, {fault.share:g}")
    return BROKEN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make prove", description=__doc__, allow_abbrev=False)
    parser.add_argument("--scenario", default="all", help="; ".join(f"{n}: {s.about}" for n, s in SCENARIOS.items()))
    parser.add_argument("--seed", type=int, default=SEED, help="repeats a run's faults and choices (%(default)s)")
    parser.add_argument("--minutes", type=float, help="how long; each scenario has a short run of its own")
    parser.add_argument("--participants", type=int, help="people in all rooms together")
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--together", action="store_true", help="everybody of a room at one node while that lives")
    parser.add_argument("--json", action="store_true", help="the verdict for programs")
    parser.add_argument("--folder", help="keep the evidence here")
    parser.add_argument("--check", metavar="FOLDER", help="run nothing, judge this evidence again")
    return parser


if __name__ == "__main__":
    sys.exit(main())
