"""What one participant knows when a room is over: what was sent, confirmed, and told. Pure; the oracle reads it."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Given:
    """One answer. Neither a receipt nor a refusal: nobody has confirmed it."""

    round: int
    answer: Json
    id: str
    receipt: Json | None = None
    refused: str | None = None

    @property
    def is_settled(self) -> bool:
        """The service has said what became of it."""
        return self.receipt is not None or self.refused is not None


@dataclass
class Record:
    """One participant's lesson. `graded` and `finished` are the params of what was told, by round and at the end."""

    id: str
    nickname: str
    given: dict[int, Given] = field(default_factory=dict)
    graded: dict[int, Json] = field(default_factory=dict)
    finished: Json | None = None
    # Receipts that contradict an earlier one for the same id.
    second_receipts: list[Json] = field(default_factory=list)

    def confirm(self, given: Given, receipt: Json) -> None:
        """Notes a receipt; a second one must say the same."""
        if given.receipt is None:
            given.receipt = receipt
        elif given.receipt != receipt:
            self.second_receipts.append(receipt)
