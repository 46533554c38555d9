"""SIGTERM in the middle of a lesson: everybody is told when to come back, and what was on its way is stored."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from blackbox_class import RIGHT, classroom, run
from blackbox_http import Api
from blackbox_live import LostError
from blackbox_process import Service

pytestmark = pytest.mark.process
PLAYERS = 30


def test_everybody_is_told_and_no_acknowledged_answer_is_lost(make_service: Callable[..., Service]) -> None:
    service = make_service()
    api = Api(service.port).login()

    async def play() -> None:
        async with classroom(api, close_when_all_answered=False) as room:
            players = [await room.player() for _ in range(PLAYERS)]
            await room.open()
            sending = [asyncio.ensure_future(player.submit(1, RIGHT)) for player in players]
            await asyncio.sleep(0)
            service.signal_term()
            replies = await asyncio.gather(*sending, return_exceptions=True)
            codes = [await player.lost() for player in players]
            await asyncio.get_running_loop().run_in_executor(None, service.reap)
            assert service.status == 0
            assert "Traceback" not in service.log_text()
            assert set(codes) == {4000}
            for player in players:
                (told,) = [event for event in player.others if event["method"] == "node.draining"]
                assert 0 < told["params"]["reconnect_within_ms"] <= 5000
            await asyncio.get_running_loop().run_in_executor(None, service.start)
            await room.host.join_room()
            await room.host.command("round.close")
            results = api.results(room.room)
            stored = sum(person["answers"][0]["answer"] is not None for person in results["participants"])
            acknowledged = sum(not isinstance(reply, LostError) for reply in replies)
            assert not [reply for reply in replies if isinstance(reply, Exception) and not isinstance(reply, LostError)]
            assert stored >= acknowledged

    run(play())


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready", "/health/deep"])
def test_a_well_node_is_well_all_the_way_through(make_service: Callable[..., Service], path: str) -> None:
    service = make_service()
    with urllib.request.urlopen(f"http://127.0.0.1:{service.port}{path}", timeout=10) as reply:
        assert json.load(reply)["status"] == "healthy"
