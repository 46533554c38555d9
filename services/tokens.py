"""Makes and reads the signed tokens (HS256 JWTs) of accounts, participants and screens, and keeps their secret.

Owns what a token says. Whether its account or seat still exists is accounts.py's question.
"""

import base64
import hmac
import os
import secrets
import sys
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import jwt
import msgspec

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
CLAIMS: dict[str, type] = {
    "sub": str, "exp": int, "iat": int, "iss": str, "aud": str, "jti": str, "role": str, "ver": int,
}  # fmt: skip
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


def _base64url(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


class Tokens:
    """`now` gives milliseconds since the epoch. Raises ValueError for a secret below 32 bytes."""

    def __init__(self, secret: bytes, issuer: str = "quizhall", *, now: Callable[[], int]) -> None:
        if len(secret) < SECRET_BYTES:
            raise ValueError(f"the secret has {len(secret)} bytes; it must have at least {SECRET_BYTES}")
        self._secret = secret
        self._issuer = issuer
        self._now = now
        self._kinds: dict[str, Kind] = {self._audience(kind): kind for kind in ROLES}
        self._jwt = jwt.PyJWT(options={"enforce_minimum_key_length": True})
        # The header and the dot that every token made here begins with.
        self._head = self._jwt.encode({}, secret, algorithm=ALGORITHM).partition(".")[0] + "."

    def issue_account(self, account: Account) -> str:
        return self._issue("account", str(account.id), str(account.role), int(account.ver), None)

    def issue_participant(self, participant_id: str, room_id: str) -> str:
        return self._issue("participant", participant_id, "participant", 1, room_id)

    def issue_screen(self, room_id: str, owner_id: str, ver: int = 0) -> str:
        """With the owner's `ver`, what ends all the owner's sign-ins ends the screen too; 0 binds it to nothing."""
        return self._issue("screen", owner_id, "screen", ver, room_id)

    def read(self, token: str | bytes) -> Identity:
        """Checks the signature and every claim; raises Unauthorized. `name` and `email` stay empty."""
        claims = self._claims_of_own(token)
        return self._identity(self._claims_of_any(token) if claims is None else claims)

    def _claims_of_own(self, token: str | bytes) -> dict[str, Any] | None:
        """The claims of a token written letter for letter as `_issue` writes them, None for any other.

        A fifth of what PyJWT needs, at every handshake. It only ever says yes; whatever is different in the least is
        left to PyJWT (docs/adr/0009).
        """
        if not (isinstance(token, str) and token.startswith(self._head) and token.isascii()):
            return None
        signed, _, signature = token.rpartition(".")
        digest = hmac.digest(self._secret, signed.encode(), "sha256")
        if not hmac.compare_digest(_base64url(digest), signature.encode()):
            return None
        payload = signed[len(self._head) :].encode()
        try:
            said = base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))
            claims = msgspec.json.decode(said)
        except (msgspec.DecodeError, ValueError):
            return None
        return claims if _base64url(said) == payload and self._is_as_issued(claims) else None

    def _is_as_issued(self, claims: Any) -> bool:
        """Every claim that `_issue` writes, of its type, and no other: none that PyJWT would want to look at."""
        return (
            type(claims) is dict
            and len(claims) == len(CLAIMS) + ("room" in claims)
            and all(type(claims.get(name)) is kind for name, kind in CLAIMS.items())
            and claims["iss"] == self._issuer
        )

    def _claims_of_any(self, token: str | bytes) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = self._jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                issuer=self._issuer,
                audience=list(self._kinds),
                # The times are checked below: PyJWT would ask the machine's clock instead of ours.
                options={"require": list(CLAIMS), "verify_exp": False, "verify_iat": False},
            )
        except (jwt.PyJWTError, UnicodeError) as error:
            raise Unauthorized(NOT_VALID) from error
        return claims

    def _identity(self, claims: dict[str, Any]) -> Identity:
        aud, role, ver, exp = claims["aud"], claims["role"], claims["ver"], claims["exp"]
        kind = self._kinds.get(aud) if isinstance(aud, str) else None
        whole = type(ver) is int and type(exp) is int and isinstance(claims["jti"], str)
        if kind is None or role not in ROLES[kind] or not whole:
            raise Unauthorized(NOT_VALID)
        room = claims.get("room")
        if isinstance(room, str) != (kind != "account"):
            raise Unauthorized(NOT_VALID)
        if exp * 1000 <= self._now():
            raise Unauthorized("Your sign-in has expired. Sign in again.", reason="expired")
        # One text for all who share it: both are looked up for every answer, and what thousands share is near at hand.
        shared, role = sys.intern(room) if isinstance(room, str) else room, sys.intern(role)
        return Identity(claims["sub"], kind, cast(Role, role), "", "", ver, claims["jti"], shared, exp * 1000)

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
        # A third of what PyJWT needs, for everybody who joins; the tests have PyJWT read it.
        signed = self._head + _base64url(msgspec.json.encode(claims)).decode()
        return f"{signed}.{_base64url(hmac.digest(self._secret, signed.encode(), 'sha256')).decode()}"
