"""What a room of N costs in the services, without sockets: taking seats, storing answers durably, closing the round.

The answers of one room are stored twice in each round of the benchmark: as they come (group commit), and one after the
other (a commit each). Medians of the rounds; the ratio counts. `python benchmarks/answer_path.py --help`.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from house import House, house  # noqa: E402 - the path has to be set first
from sample_rooms import SINGLE  # noqa: E402

# One commit each is slow: a part of the answers says as much.
ALONE_PART = 10


async def timed(work: Awaitable[object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    await work
    return time.perf_counter() - start


async def play(here: House, teacher: object, size: int) -> dict[str, float]:
    """One room from the first seat to the last grade."""
    services = here.services
    room = await here.room(teacher, SINGLE, SINGLE, read_time_s=0, close_when_all_answered=False)
    seats: list[dict] = []

    async def join() -> None:
        seats.extend(
            await asyncio.gather(*[services.participants.join(room["pin"], f"p{number}") for number in range(size)])
        )

    joining_s = await timed(join())
    live = await services.live.by_pin(room["pin"])

    def submit(seat: dict, number: int) -> Awaitable[object]:
        return services.answers.submit(live, seat["participant"]["id"], number, {"choices": [1]}, f"s{number}", 0)

    async def one_by_one() -> None:
        for seat in seats[: size // ALONE_PART]:
            await submit(seat, 2)

    await services.transitions.command(room["id"], "room.start")
    storing_s = await timed(asyncio.gather(*[submit(seat, 1) for seat in seats]))
    closing_s = await timed(services.transitions.command(room["id"], "round.close"))
    await services.transitions.command(room["id"], "room.next")
    alone_s = await timed(one_by_one())
    await services.transitions.command(room["id"], "room.end")
    return {
        "joins_per_s": size / joining_s,
        "answers_per_s": size / storing_s,
        "answers_one_by_one_per_s": size // ALONE_PART / alone_s,
        "close_ms": closing_s * 1000,
    }


async def measure(size: int, rounds: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as here:
            teacher = await here.teacher()
            await play(here, teacher, min(size, 200))
            results = [await play(here, teacher, size) for _ in range(rounds)]
    medians = {name: statistics.median(result[name] for result in results) for name in results[0]}
    return medians | {"ratio": medians["answers_per_s"] / medians["answers_one_by_one_per_s"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="500,5000", help="participants in the room (default 500,5000)")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    table = {int(size): asyncio.run(measure(int(size), args.rounds)) for size in args.sizes.split(",")}
    if args.json:
        print(json.dumps(table))
        return
    print(f"{'participants':>12} {'joins/s':>9} {'answers/s':>10} {'one by one/s':>13} {'ratio':>6} {'close ms':>9}")
    for size, row in table.items():
        print(
            f"{size:>12} {row['joins_per_s']:>9.0f} {row['answers_per_s']:>10.0f}"
            f" {row['answers_one_by_one_per_s']:>13.0f} {row['ratio']:>6.1f} {row['close_ms']:>9.0f}"
        )


if __name__ == "__main__":
    main()
