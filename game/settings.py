"""How one room is played: chosen when it is made, never changed after."""

from typing import Annotated, Literal

import msgspec

Scoring = Literal["speed", "accuracy", "steady", "survey"]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    scoring: Scoring = "speed"
    # Seconds in which the question stands alone before the choices open; 0 opens at once.
    read_time_s: Annotated[float, msgspec.Meta(ge=0, le=120)] = 5
    close_when_all_answered: bool = True
    auto_advance: bool = False
    shuffle_choices: bool = False
    show_question_on_phone: bool = True
    streak_bonus: bool = False
    late_join: bool = True
    partial_credit: bool = True


class SettingsError(Exception):
    """A setting is unknown or out of its range; `field` and `reason` say which and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def decode_settings(data: object) -> Settings:
    """Settings from a JSON object or None (all defaults). Raises SettingsError."""
    if data is None:
        return Settings()
    try:
        return msgspec.convert(data, Settings)
    except msgspec.ValidationError as error:
        text = str(error)
        reason, _, path = text.partition(" - at `$.")
        field = path.rstrip("`") or "settings"
        raise SettingsError(field, reason) from error
