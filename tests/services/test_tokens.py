"""What a token says, and every way in which one must not be believed."""

import stat
import uuid
from pathlib import Path

import jwt
import pytest

from clock import ManualClock
from models.tables import Account
from services.errors import Unauthorized
from services.tokens import LIFETIME_MS, Tokens, load_or_make_secret

SECRET = b"s" * 32
ADA = Account(id="7b0c6a3e-0000-4000-8000-000000000001", role="teacher", ver=3)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(1_700_000_000_000)


@pytest.fixture
def tokens(clock: ManualClock) -> Tokens:
    return Tokens(SECRET, now=clock.now_ms)


def changed(token: str, secret: bytes | None = SECRET, algorithm: str = "HS256", **claims: object) -> str:
    """The token with other claims, signed again; None takes a claim out."""
    payload = jwt.decode(token, options={"verify_signature": False}) | claims
    return jwt.encode({name: value for name, value in payload.items() if value is not None}, secret, algorithm)


def test_an_account_token_names_its_account(tokens: Tokens) -> None:
    """Id, kind, role and ver come back; there is no room in it."""
    identity = tokens.read(tokens.issue_account(ADA))
    assert (identity.id, identity.kind, identity.role, identity.ver) == (ADA.id, "account", "teacher", 3)
    assert identity.room is None


def test_a_participant_token_names_its_room(tokens: Tokens) -> None:
    """A seat counts in one room only."""
    identity = tokens.read(tokens.issue_participant("seat", "room"))
    assert (identity.id, identity.kind, identity.role, identity.room) == ("seat", "participant", "participant", "room")


def test_a_screen_token_belongs_to_the_owner_and_one_room(tokens: Tokens) -> None:
    """The screen goes when the owner's sign-ins go."""
    identity = tokens.read(tokens.issue_screen("room", ADA.id, 3))
    assert (identity.id, identity.kind, identity.role, identity.room) == (ADA.id, "screen", "screen", "room")
    assert identity.ver == 3


def test_a_token_carries_every_claim_of_the_contract(tokens: Tokens) -> None:
    """Other programs read them."""
    claims = jwt.decode(tokens.issue_participant("seat", "room"), options={"verify_signature": False})
    assert set(claims) == {"sub", "exp", "iat", "iss", "aud", "jti", "role", "ver", "room"}


def test_two_tokens_of_one_account_are_two_sign_ins(tokens: Tokens) -> None:
    """Each can be revoked without the other."""
    jtis = {tokens.read(tokens.issue_account(ADA)).jti for _ in range(2)}
    assert len(jtis) == 2
    assert all(uuid.UUID(jti) for jti in jtis)


def test_an_expired_token_says_so(tokens: Tokens, clock: ManualClock) -> None:
    """At its end, not a moment earlier, by the clock that we are given."""
    token = tokens.issue_account(ADA)
    clock.advance(LIFETIME_MS["account"] / 1000 - 1)
    tokens.read(token)
    clock.advance(1)
    with pytest.raises(Unauthorized) as refused:
        tokens.read(token)
    assert refused.value.details["reason"] == "expired"


@pytest.mark.parametrize("claim", ["sub", "exp", "iat", "iss", "aud", "jti", "role", "ver"])
def test_a_token_without_one_of_its_claims_is_refused(tokens: Tokens, claim: str) -> None:
    """PyJWT alone would take a token without an end."""
    with pytest.raises(Unauthorized):
        tokens.read(changed(tokens.issue_account(ADA), **{claim: None}))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "somebody"},
        {"aud": "quizhall:other"},
        {"aud": ["quizhall:account", "quizhall:screen"]},
        {"aud": "quizhall:participant"},
        {"role": "participant"},
        {"role": ["admin"]},
        {"ver": "3"},
        {"ver": True},
        {"exp": 1.5e12},
        {"sub": 7},
        {"jti": 7},
        {"room": "room"},
    ],
    ids=str,
)
def test_a_token_that_does_not_fit_together_is_refused(tokens: Tokens, claims: dict[str, object]) -> None:
    """A kind's audience, role and room belong together."""
    with pytest.raises(Unauthorized):
        tokens.read(changed(tokens.issue_account(ADA), **claims))


def test_a_participant_token_is_no_account(tokens: Tokens) -> None:
    """Taking the room out and naming another role does not help: the audience stays."""
    token = tokens.issue_participant("seat", "room")
    with pytest.raises(Unauthorized):
        tokens.read(changed(token, role="admin", room=None))


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_only_the_pinned_algorithm_is_believed(tokens: Tokens, algorithm: str) -> None:
    """Also not `none`, and not another hash with the right secret."""
    token = changed(tokens.issue_account(ADA), None if algorithm == "none" else SECRET, algorithm)
    with pytest.raises(Unauthorized):
        tokens.read(token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "ä.ö.ü", b"\xff\xfe", "eyJ" * 5000])
def test_what_is_no_token_is_refused(tokens: Tokens, token: str) -> None:
    """Whatever is sent, the answer is Unauthorized."""
    with pytest.raises(Unauthorized):
        tokens.read(token)


def test_another_secret_is_another_house(tokens: Tokens, clock: ManualClock) -> None:
    """A signature that is not ours is nobody's."""
    with pytest.raises(Unauthorized):
        tokens.read(Tokens(b"t" * 32, now=clock.now_ms).issue_account(ADA))


def test_a_short_secret_is_refused(clock: ManualClock) -> None:
    """31 bytes are too few; the message says how many there must be."""
    with pytest.raises(ValueError, match="at least 32"):
        Tokens(b"s" * 31, now=clock.now_ms)


def test_the_secret_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    """The second start finds what the first one made, and nobody else may read it."""
    path = tmp_path / "data" / "jwt_secret"
    secret = load_or_make_secret(path)
    assert len(secret) >= 32
    assert load_or_make_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["jwt_secret"]
