"""What can be said to every benchmark on the command line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`sizes` count connections, participants or answers; `only` chooses rows by a part of their name, () is all."""

    sizes: tuple[int, ...]
    rounds: int
    only: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        return not self.only or any(part in name for part in self.only)
