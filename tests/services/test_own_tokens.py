"""The quick check of our own tokens says what PyJWT says: here PyJWT, and nothing else, is the judge beside it."""

import base64
import hmac
import json
from typing import Any

import jwt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.tables import Account
from services.errors import Unauthorized
from services.identity import Identity
from services.tokens import CLAIMS, Tokens

SECRET = b"s" * 32
NOW_MS = 1_700_000_000_000
ISSUER = "quizhall"
ADA = Account(id="7b0c6a3e-0000-4000-8000-000000000001", role="teacher", ver=3)
TOKENS = Tokens(SECRET, ISSUER, now=lambda: NOW_MS)
ISSUED = [TOKENS.issue_account(ADA), TOKENS.issue_participant("seat", "room"), TOKENS.issue_screen("room", "ada", 3)]
HEAD, _, _ = ISSUED[0].partition(".")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


class PlainTokens(Tokens):
    """The same rules over PyJWT alone."""

    def _claims_of_own(self, token: str | bytes) -> dict[str, Any] | None:
        return None


PLAIN = PlainTokens(SECRET, ISSUER, now=lambda: NOW_MS)


def verdict(tokens: Tokens, token: str | bytes) -> Identity | str:
    try:
        return tokens.read(token)
    except Unauthorized as refused:
        return str(refused)


def same(token: str | bytes) -> Identity | str:
    """The verdict, which is the same with the quick check and without."""
    found = verdict(TOKENS, token)
    assert found == verdict(PLAIN, token)
    return found


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(head: str, payload: str, digest: str = "sha256") -> str:
    """Any header and payload under our own secret."""
    mac = hmac.digest(SECRET, f"{head}.{payload}".encode(), digest)
    return f"{head}.{payload}.{encoded(mac)}"


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


@pytest.mark.parametrize("token", ISSUED)
def test_what_we_issue_is_read_without_pyjwt(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And as PyJWT reads it."""
    expected = verdict(PLAIN, token)
    monkeypatch.setattr(Tokens, "_claims_of_any", None)
    assert TOKENS.read(token) == expected


@given(st.sampled_from(ISSUED), st.data())
def test_a_changed_token_has_the_same_verdict(token: str, data: st.DataObject) -> None:
    """A few letters replaced, put in or left out anywhere."""
    at = data.draw(st.integers(0, len(token)))
    put = data.draw(st.text(max_size=3) | st.text("=._-+/ \n\tA0", max_size=3))
    same(token[:at] + put + token[at + data.draw(st.integers(0, 3)) :])


@given(st.sampled_from(ISSUED), st.sampled_from([*CLAIMS, "room", "nbf", "crit", "x"]), JSON)
@example(ISSUED[0], "exp", 1.7e9)
@example(ISSUED[0], "ver", True)
@example(ISSUED[0], "exp", NOW_MS // 1000)
@example(ISSUED[0], "exp", 10**30)
@example(ISSUED[0], "nbf", 9_999_999_999)
@example(ISSUED[0], "aud", ["quizhall:account"])
@example(ISSUED[1], "room", None)
def test_any_claim_under_our_signature_has_the_same_verdict(token: str, name: str, value: Any) -> None:
    """Also those that we never write, and that PyJWT would look at."""
    payload = json.dumps(claims_of(token) | {name: value})
    same(signed(HEAD, encoded(payload.encode("utf-8", "surrogatepass"))))


@given(st.sampled_from(ISSUED), st.sampled_from(list(CLAIMS)))
def test_a_missing_claim_has_the_same_verdict(token: str, name: str) -> None:
    """All are required."""
    claims = claims_of(token)
    del claims[name]
    assert isinstance(same(signed(HEAD, encoded(json.dumps(claims).encode()))), str)


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_payload_under_our_signature_has_the_same_verdict(payload: bytes) -> None:
    """JSON that is no object, bytes that are no JSON, text that is no UTF-8."""
    assert isinstance(same(signed(HEAD, encoded(payload))), str)


@given(st.sampled_from(ISSUED), st.text("=._-+/ \n\tA0é", max_size=3), st.data())
def test_a_payload_written_otherwise_has_the_same_verdict(token: str, put: str, data: st.DataObject) -> None:
    """Padding, other alphabets, dots and white space inside, signed as it stands."""
    payload = token.split(".")[1]
    at = data.draw(st.integers(0, len(payload)))
    same(signed(HEAD, payload[:at] + put + payload[at:]))


@given(st.sampled_from(ISSUED), st.dictionaries(st.sampled_from(["alg", "typ", "kid", "crit", "b64"]), JSON))
@example(ISSUED[0], {"typ": "JWT", "alg": "HS256"})
@example(ISSUED[0], {"alg": "none"})
def test_any_other_header_has_the_same_verdict(token: str, header: dict[str, Any]) -> None:
    """Other algorithms, `none`, other orders, what must be understood (`crit`)."""
    same(signed(encoded(json.dumps(header).encode()), token.split(".")[1]))


@pytest.mark.parametrize("token", ISSUED)
@pytest.mark.parametrize("put", ["{} ", " {}", "{}\n", "{}.", "{}..", ".{}", "{}A", "{}\x00"])
def test_nothing_may_stand_around_a_token(token: str, put: str) -> None:
    """Refused, by both."""
    assert isinstance(same(put.format(token)), str)


@pytest.mark.parametrize("alg", ["none", "HS384", "HS512"])
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_another_algorithm_is_refused(alg: str) -> None:
    """Though the secret is the right one."""
    token = jwt.encode(claims_of(ISSUED[0]), None if alg == "none" else SECRET, alg)
    assert isinstance(same(token), str)
    head, _, rest = token.partition(".")
    assert isinstance(same(f"{HEAD}.{rest}"), str)
    assert head != HEAD


def test_bytes_are_read_like_text() -> None:
    """By PyJWT."""
    assert same(ISSUED[0].encode()) == TOKENS.read(ISSUED[0])


@given(seat=st.text(), room=st.text())
def test_what_we_write_pyjwt_reads(seat: str, room: str) -> None:
    """And finds in it what was meant, whatever the ids."""
    claims = jwt.decode(TOKENS.issue_participant(seat, room), SECRET, ["HS256"], audience=f"{ISSUER}:participant",
                        options={"verify_exp": False, "verify_iat": False})  # fmt: skip
    assert (claims["sub"], claims["room"], claims["iss"], claims["role"]) == (seat, room, ISSUER, "participant")
    assert jwt.get_unverified_header(TOKENS.issue_participant(seat, room)) == {"alg": "HS256", "typ": "JWT"}
