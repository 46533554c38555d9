"""Makes and reads the signed tokens (HS256 JWTs) of accounts, participants and screens, and keeps their secret.

Owns what a token says. Whether its account or seat still exists is accounts.py's question.
"""

import os
import secrets
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import jwt

from models.tables import Account
from services.errors import Unauthorized
from services.identity import Identity, Kind, Role

ALGORITHM = "HS256"
SECRET_BYTES = 32
HOUR_MS = 3_600_000
# A lesson must not end because a token did; a teacher signs in about once a fortnight.
LIFETIME_MS: dict[Kind, int] = {"account": 14 * 24 * HOUR_MS, "participant": 24 * HOUR_MS, "screen": 24 * HOUR_MS}
ROLES: dict[Kind, tuple[Role, ...]] = {
    "account": ("teacher", "admin"),
    "participant": ("participant",),
    "screen": ("screen",),
}
REQUIRED = ["sub", "exp", "iat", "iss", "aud", "jti", "role", "ver"]
NOT_VALID = "Your sign-in is not valid. Sign in again."


def load_or_make_secret(path: Path) -> bytes:
    """The secret kept at `path`, made at the first start. Nodes that start together agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # mkstemp makes the file 0600; link() fails when another node was faster, so nobody sees half a secret.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            os.link(name, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without hard links: the later of two nodes wins
            os.replace(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
    return path.read_bytes().strip()


class Tokens:
    """`now` gives milliseconds since the epoch. Raises ValueError for a secret below 32 bytes."""

    def __init__(self, secret: bytes, issuer: str = "quizhall", *, now: Callable[[], int]) -> None:
        if len(secret) < SECRET_BYTES:
            raise ValueError(f"the secret has {len(secret)} bytes; it must have at least {SECRET_BYTES}")
        self._secret = secret
        self._issuer = issuer
        self._now = now
        self._jwt = jwt.PyJWT(options={"enforce_minimum_key_length": True})

    def issue_account(self, account: Account) -> str:
        return self._issue("account", str(account.id), str(account.role), int(account.ver), None)

    def issue_participant(self, participant_id: str, room_id: str) -> str:
        return self._issue("participant", participant_id, "participant", 1, room_id)

    def issue_screen(self, room_id: str, owner_id: str, ver: int = 0) -> str:
        """With the owner's `ver`, what ends all the owner's sign-ins ends the screen too; 0 binds it to nothing."""
        return self._issue("screen", owner_id, "screen", ver, room_id)

    def read(self, token: str | bytes) -> Identity:
        """Checks the signature and every claim; raises Unauthorized. `name` and `email` stay empty."""
        try:
            claims = self._jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                issuer=self._issuer,
                audience=[self._audience(kind) for kind in ROLES],
                # The times are checked below: PyJWT would ask the machine's clock instead of ours.
                options={"require": REQUIRED, "verify_exp": False, "verify_iat": False},
            )
        except (jwt.PyJWTError, UnicodeError) as error:
            raise Unauthorized(NOT_VALID) from error
        return self._identity(claims)

    def _identity(self, claims: dict[str, Any]) -> Identity:
        aud, role, ver, exp = claims["aud"], claims["role"], claims["ver"], claims["exp"]
        kind = next((kind for kind in ROLES if aud == self._audience(kind)), None)
        whole = type(ver) is int and type(exp) is int and isinstance(claims["jti"], str)
        if kind is None or role not in ROLES[kind] or not whole:
            raise Unauthorized(NOT_VALID)
        room = claims.get("room")
        if isinstance(room, str) != (kind != "account"):
            raise Unauthorized(NOT_VALID)
        if exp * 1000 <= self._now():
            raise Unauthorized("Your sign-in has expired. Sign in again.", reason="expired")
        return Identity(claims["sub"], kind, cast(Role, role), "", "", ver, claims["jti"], room, exp * 1000)

    def _audience(self, kind: Kind) -> str:
        return f"{self._issuer}:{kind}"

    def _issue(self, kind: Kind, sub: str, role: str, ver: int, room: str | None) -> str:
        now_ms = self._now()
        claims: dict[str, Any] = {
            "sub": sub,
            "exp": (now_ms + LIFETIME_MS[kind]) // 1000,
            "iat": now_ms // 1000,
            "iss": self._issuer,
            "aud": self._audience(kind),
            "jti": str(uuid.uuid4()),
            "role": role,
            "ver": ver,
        }
        if room is not None:
            claims["room"] = room
        return self._jwt.encode(claims, self._secret, algorithm=ALGORITHM)
