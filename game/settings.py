"""How one room is played: chosen when it is made, never changed after."""

from typing import Annotated, Literal

import msgspec

Scoring = Literal["speed", "accuracy", "steady", "survey"]
Nicknames = Literal["free", "generated"]
READ_TIME_MOST_S = 120


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    scoring: Scoring = "speed"
    # Seconds in which the question stands alone before the choices open; 0 opens at once.
    read_time_s: Annotated[float, msgspec.Meta(ge=0, le=READ_TIME_MOST_S)] = 5
    close_when_all_answered: bool = True
    auto_advance: bool = False
    shuffle_choices: bool = False
    show_question_on_phone: bool = True
    streak_bonus: bool = False
    late_join: bool = True
    partial_credit: bool = True
    # Who makes the names up: the participants, or the service.
    nicknames: Nicknames = "free"
    # Names that a word list knows are kept from the screen until the host has looked at them.
    name_filter: bool = True


# What a teacher may begin with. A class that is asked calmly has more time to read, and being fast brings nothing; a
# survey runs by itself, on the phones alone, under names that say nothing of who is behind them.
PRESETS = {
    "classic": Settings(),
    "calm": Settings(scoring="accuracy", read_time_s=10),
    "survey": Settings(scoring="survey", read_time_s=0, auto_advance=True, nicknames="generated"),
}


class SettingsError(Exception):
    """Settings are unknown or out of their range: `problems` are (field, reason), never none."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in problems))
        self.problems = problems


def decode_settings(data: object) -> Settings:
    """Settings from a JSON object or None (all defaults). Raises SettingsError with every fault."""
    if data is None:
        return Settings()
    try:
        return msgspec.convert(data, Settings)
    except msgspec.ValidationError as error:
        # One at a time, as the decoder stops at the first fault.
        alone = [_problem({name: value}) for name, value in data.items()] if isinstance(data, dict) else []
        problems = [problem for problem in alone if problem is not None]
        raise SettingsError(problems or [("settings", str(error))]) from error


def _problem(data: dict[str, object]) -> tuple[str, str] | None:
    try:
        msgspec.convert(data, Settings)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$.")
        return path.rstrip("`") or "settings", reason
    return None
