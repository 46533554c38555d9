"""A thousand strangers with the PIN, and a class behind one address: over real HTTP, through a proxy that is trusted.

The test is the proxy: it says in X-Forwarded-For whom it speaks for.
"""

import asyncio
import contextlib
import itertools
import json
from collections.abc import Callable, Iterable

import pytest
from blackbox_http import Api, Room
from blackbox_process import Service

pytestmark = pytest.mark.process
BOTS = 1000
PUPILS = 40
SCHOOL = "192.0.2.77"
HOME = "192.0.2.1"
AT_ONCE = 100
# The promise is five seconds on a machine of one's own; whoever is refused for a whole window waits far longer.
PATIENCE_S = 20.0
QUIZ = [{"kind": "single", "prompt": "2 + 2 = ?", "choices": [{"text": "3"}, {"text": "4", "correct": True}]}]


class Crowd:
    """Requests of people at addresses of their own, many at once."""

    def __init__(self, port: int, pin: str) -> None:
        self._port = port
        self._path = f"/api/v1/rooms/{pin}/participants"
        self._names = itertools.count()
        # So many bots at once; pupils wait for no bot here, only for the service.
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def join(self, address: str) -> tuple[int, float]:
        """The status, and in how many seconds to come again."""
        body = json.dumps({"nickname": f"P{next(self._names)}"})
        status, headers = await self._post(self._path, address, body)
        return status, float(headers.get("retry-after", 0))

    async def guess(self, address: str) -> int:
        status, _ = await self._post("/api/v1/rooms/000/participants", address, '{"nickname": "X"}')
        return status

    async def _post(self, path: str, address: str, body: str) -> tuple[int, dict[str, str]]:
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nX-Forwarded-For: {address}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        async with self._gate if address.startswith("10.") else contextlib.nullcontext():
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            writer.write((head + body).encode())
            answer = (await reader.read()).decode()
            writer.close()
            await writer.wait_closed()
        lines = answer.partition("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        return int(lines[0].split()[1]), headers

    async def pupil(self, address: str) -> bool:
        """Joins, and comes again when told to, as the page does."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                status, again_s = await self.join(address)
                if status == 201:
                    return True
                await asyncio.sleep(again_s)


def bot(number: int) -> str:
    return f"10.0.{number // 250}.{number % 250 + 1}"


def room_of(service: Service) -> tuple[Api, Room]:
    api = Api(service.port).login()
    return api, api.room(api.quiz(QUIZ))


async def class_gets_in(crowd: Crowd, address: str, bots: Iterable[int]) -> int:
    """How many of the class are in, while bots do what they do."""
    flood = [asyncio.create_task(crowd.join(bot(number))) for number in bots]
    try:
        came = await asyncio.gather(*(crowd.pupil(address) for _ in range(PUPILS)), return_exceptions=True)
        return came.count(True)
    finally:
        await asyncio.gather(*flood)


def test_a_class_gets_in_beside_a_thousand_bots(make_service: Callable[..., Service]) -> None:
    """With the limits as they are when nobody sets any: forty of forty within five seconds each."""
    service = make_service(TRUSTED_PROXIES="127.0.0.1", RATE_LIMIT_JOIN="")
    _, room = room_of(service)
    assert asyncio.run(class_gets_in(Crowd(service.port, room.pin), SCHOOL, range(BOTS))) == PUPILS


def test_a_class_gets_in_when_bots_have_used_the_room_up(make_service: Callable[..., Service]) -> None:
    """A hundred and fifty an hour: the bots have had them before the first of the class comes."""
    service = make_service(TRUSTED_PROXIES="127.0.0.1", RATE_LIMIT_JOIN="150/hour")
    _, room = room_of(service)

    async def scenario() -> tuple[list[int], int]:
        crowd = Crowd(service.port, room.pin)
        flood = [status for status, _ in await asyncio.gather(*(crowd.join(bot(n)) for n in range(300)))]
        return flood, await class_gets_in(crowd, SCHOOL, range(300, 300 + BOTS))

    flood, came = asyncio.run(scenario())
    assert (flood.count(201), flood.count(429)) == (150, 150)
    assert came == PUPILS


def test_who_sits_with_the_host_gets_in_whatever_the_bots_do(make_service: Callable[..., Service]) -> None:
    """They come again and again, from a thousand addresses; the room was made where the class is."""
    service = make_service(TRUSTED_PROXIES="127.0.0.1", RATE_LIMIT_JOIN="150/hour")
    api, _ = room_of(service)
    made = api.call("POST", "/api/v1/rooms", {"quiz_id": api.quiz(QUIZ)}, headers={"X-Forwarded-For": HOME})
    assert made.status == 201
    crowd = Crowd(service.port, made.json["pin"])
    assert asyncio.run(class_gets_in(crowd, HOME, list(range(BOTS)) * 2)) == PUPILS


def test_guesses_from_a_thousand_addresses_are_slowed_down_together(make_service: Callable[..., Service]) -> None:
    """A few in all, not a few for each; the class with the right PIN is let in, and may still mistype."""
    service = make_service(TRUSTED_PROXIES="127.0.0.1")
    _, room = room_of(service)

    async def scenario() -> tuple[list[int], list[tuple[int, float]], int]:
        crowd = Crowd(service.port, room.pin)
        guesses = await asyncio.gather(*(crowd.guess(bot(n % 200)) for n in range(3000)))
        pupils = await asyncio.gather(*(crowd.join(SCHOOL) for _ in range(PUPILS)))
        return guesses, pupils, await crowd.guess(SCHOOL)

    guesses, pupils, mistyped = asyncio.run(scenario())
    assert set(guesses) == {404, 429}
    # 200 addresses could have had 60 each; the boundary of a minute may lie in between.
    assert guesses.count(404) <= 2 * (600 + 200 * 3)
    assert {status for status, _ in pupils} == {201}
    assert mistyped == 404


def test_an_address_that_nobody_vouches_for_counts_for_nothing(make_service: Callable[..., Service]) -> None:
    """Without TRUSTED_PROXIES a made-up address is no way around a limit."""
    service = make_service(RATE_LIMIT_LOGIN="3/hour")
    codes = []
    for number in range(5):
        body = {"email": "nobody@school.example", "password": "wrong"}
        reply = Api(service.port).call("POST", "/api/v1/login", body, headers={"X-Forwarded-For": f"10.0.0.{number}"})
        codes.append(reply.status)
    assert codes == [401, 401, 401, 429, 429]
