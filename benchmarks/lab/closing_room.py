"""A room of the real service in which everyone has answered, and what closing its round takes from the outside."""

import json
import socket
import time

from benchmarks.lab.figures import Figures
from benchmarks.lab.sockets import batches, text_frame
from benchmarks.lab.stage import PATIENCE_S, Meter, ServiceStage, spread
from benchmarks.lab.wire import Crowd, SlowCrowd

STORED, GRADED = '"stored"', "answer.graded"
# Answers in a breath: the service takes them as they come, and no socket fills up.
AT_ONCE = 500
BREATH_S = 0.02


class ClosingStage(ServiceStage):
    """Each round is opened, answered by everybody and closed; only the closing is measured, from the host's command
    being sent until the last participant has its own grade."""

    def _gather(self, socks: list[socket.socket]) -> Crowd | SlowCrowd:
        self._socks = socks
        self._number = 0
        return super()._gather(socks)

    def round(self, way: str) -> Figures:
        self.host.ask("room.next" if self._number else "room.start")
        self._number += 1
        self._crowd.receive("round.opened", PATIENCE_S)
        self._answer()
        meter = Meter(self.service.pid)
        began = time.monotonic()
        number = self.host.send("round.close")
        times = self._crowd.receive(GRADED, PATIENCE_S)
        self.host.reply(number)
        return {**spread(times, began), "cpu_us": meter.used_s() * 1e6 / self._size}

    def _answer(self) -> None:
        """Two texts in turn, half of the answers right; returns when everybody has a receipt."""
        for batch in batches(self._size, AT_ONCE):
            for peer in batch:
                answer, name = {"choices": [peer % 2]}, f"{self._number}x{peer}"
                params = {"room": self.room.pin, "round": self._number, "answer": answer, "id": name}
                call = {"jsonrpc": "2.0", "id": 7, "method": "answer.submit", "params": params}
                self._socks[peer].sendall(text_frame(json.dumps(call)))
            time.sleep(BREATH_S)
        self._crowd.receive(STORED, PATIENCE_S)
