"""Which names of a room the class may see: what the word lists say, and what the host has said since.

It follows from the settings, the names and the room's log alone, so that every node comes to the same.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from game.room import Event
from game.settings import Settings
from services.name_filter import is_doubtful, prepare

# Stands on the screen where a name is that nobody may see yet.
HIDDEN = "•••"


class RoomNames:
    def __init__(self, settings: Settings, language: str, log: Iterable[Event] = ()) -> None:
        self._is_filtered = settings.name_filter and settings.nicknames == "free"
        self._language = language
        if self._is_filtered:
            prepare(language)
        self._kept: set[str] = set()
        self._refused: set[str] = set()
        # Who has been asked for another name and has not given one yet.
        self.asked: set[str] = set()
        # The names that were changed since their seats were taken: news of a seat may be older than that.
        self.changed: dict[str, str] = {}
        for event in log:
            self.apply(event)

    def apply(self, event: Event) -> None:
        """Takes the next event of the log, whatever it is about."""
        if not event.name.startswith("name."):
            return
        participant_id, nickname = event.params["participant"], event.params["nickname"]
        if event.name == "name.kept":
            self._kept.add(nickname)
            self._refused.discard(nickname)
            self.asked.discard(participant_id)
        elif event.name == "name.refused":
            self._refused.add(nickname)
            self.asked.add(participant_id)
        else:
            self.changed[participant_id] = nickname
            self.asked.discard(participant_id)

    def is_hidden(self, nickname: str) -> bool:
        """The host has refused it, or a word list knows it and the host has not kept it."""
        if nickname in self._refused:
            return True
        return self._is_filtered and nickname not in self._kept and is_doubtful(nickname, self._language)

    def visible(self, nicknames: Iterable[str]) -> list[str]:
        return [nickname for nickname in nicknames if not self.is_hidden(nickname)]

    def masked(self, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Rows of standings as the class may see them."""
        return [{**row, "nickname": HIDDEN} if self.is_hidden(row["nickname"]) else dict(row) for row in rows]

    def to_check(self, seats: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
        """Of these (id, nickname) those that the host should look at; `asked`: another name is awaited."""
        return [
            {"participant": participant_id, "nickname": nickname, "asked": participant_id in self.asked}
            for participant_id, nickname in seats
            if self.is_hidden(nickname)
        ]
