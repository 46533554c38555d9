"""Who a valid token belongs to; what every use case is told about its caller."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["account", "participant", "screen"]
Role = Literal["teacher", "admin", "participant", "screen"]


@dataclass(frozen=True, slots=True)
class Identity:
    """`room` is the room's id for participants and screens, `exp` is in milliseconds since the epoch.

    `id` is the account's, for a participant the seat's, for a screen the account's that opened it.
    """

    id: str
    kind: Kind
    role: Role
    name: str
    email: str
    ver: int
    jti: str
    room: str | None
    exp: int

    @property
    def is_admin(self) -> bool:
        return self.kind == "account" and self.role == "admin"
