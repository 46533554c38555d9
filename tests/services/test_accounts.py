"""Who may sign in and for how long: accounts, the first admin's key, revoked tokens, over a real database."""

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from databases import database_url

from clock import ManualClock
from models.database import Database
from models.migrate import migrate
from models.tables import Account, Participant, Quiz, Room
from services.accounts import Accounts
from services.errors import Forbidden, Invalid, Unauthorized
from services.passwords import Passwords
from services.sign_ins import SignIns
from services.tokens import Tokens

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PASSWORD = "correct horse"


@dataclasses.dataclass
class Here:
    db: Database
    clock: ManualClock
    tokens: Tokens
    passwords: Passwords
    sign_ins: SignIns
    accounts: Accounts


@contextlib.asynccontextmanager
async def accounts_in(folder: Path, hasher: PasswordHasher = CHEAP) -> AsyncIterator[Here]:
    db = Database(database_url(folder))
    migrate(db.engine)
    db.start()
    clock = ManualClock(1_700_000_000_000)
    tokens = Tokens(b"s" * 32, now=clock.now_ms)
    with ThreadPoolExecutor(1) as executor:
        passwords = Passwords(executor, hasher)
        sign_ins = SignIns(db, tokens, clock)
        accounts = Accounts(db, tokens, clock, passwords, sign_ins)
        yield Here(db, clock, tokens, passwords, sign_ins, accounts)
    db.stop()


def fields_of(error: Invalid) -> set[str]:
    return {problem["field"] for problem in error.details["problems"]}


@pytest.mark.gen_test
async def test_signing_in_gives_a_token_that_counts(tmp_path: Path) -> None:
    """However the e-mail's capitals are written."""
    async with accounts_in(tmp_path) as here:
        await here.accounts.create("Ada@School.example", "Ada", "teacher", PASSWORD)
        token, user = await here.accounts.login(" ada@school.EXAMPLE", PASSWORD)
        assert user == {"id": user["id"], "email": "ada@school.example", "name": "Ada", "role": "teacher"}
        identity = await here.accounts.authenticate(token)
        assert (identity.id, identity.name, identity.email) == (user["id"], "Ada", "ada@school.example")


@pytest.mark.gen_test
async def test_a_wrong_password_and_an_unknown_address_look_the_same(tmp_path: Path) -> None:
    """Nobody learns who has an account here."""
    async with accounts_in(tmp_path) as here:
        await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        said = set()
        for email, password in [
            ("ada@school.example", "wrong horse"),
            ("bo@school.example", PASSWORD),
            ("ada@school.example", PASSWORD * 1000),
            ("ada@school.example", ""),
            ("\x00", "\x00"),
        ]:
            with pytest.raises(Unauthorized) as refused:
                await here.accounts.login(email, password)
            said.add((refused.value.message, tuple(refused.value.details)))
        assert len(said) == 1


@pytest.mark.gen_test
async def test_an_unknown_address_costs_a_hash_too(tmp_path: Path) -> None:
    """The time tells no more than the words: both ways go through one check."""
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, stored: str | bytes, password: str | bytes) -> bool:
            checked.append(str(stored))
            return super().verify(stored, password)

    async with accounts_in(tmp_path, Counting(time_cost=1, memory_cost=64, parallelism=1)) as here:
        with pytest.raises(Unauthorized):
            await here.accounts.login("nobody@school.example", PASSWORD)
        assert len(checked) == 1


@pytest.mark.gen_test
async def test_passwords_are_stored_as_argon2_hashes_only(tmp_path: Path) -> None:
    """The word itself is nowhere."""
    async with accounts_in(tmp_path) as here:
        await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        account = await here.db.read(Account.get)
        assert account.password_hash.startswith("$argon2id$")
        assert PASSWORD not in str(account.__data__)


@pytest.mark.gen_test
async def test_a_hash_with_old_costs_is_renewed_at_sign_in(tmp_path: Path) -> None:
    """So that raising the costs reaches old accounts."""
    async with accounts_in(tmp_path) as here:
        await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        old = (await here.db.read(Account.get)).password_hash
        with ThreadPoolExecutor(1) as executor:
            dearer = Passwords(executor, PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
            later = Accounts(here.db, here.tokens, here.clock, dearer, here.sign_ins)
            await later.login("ada@school.example", PASSWORD)
            renewed = (await here.db.read(Account.get)).password_hash
            assert renewed != old
            await later.login("ada@school.example", PASSWORD)
            assert (await here.db.read(Account.get)).password_hash == renewed


@pytest.mark.gen_test
async def test_every_fault_of_a_new_account_is_named(tmp_path: Path) -> None:
    """Field and reason, all at once."""
    async with accounts_in(tmp_path) as here:
        with pytest.raises(Invalid) as refused:
            await here.accounts.create("ada", " ", "student", "short")
        assert fields_of(refused.value) == {"email", "name", "role", "password"}
        assert await here.db.read(Account.select().count) == 0


@pytest.mark.parametrize(
    "email", ["", "ada", "@school.example", "ada@", "a b@school.example", "ada@x@y", "a\x00@b.c", "a" * 251 + "@b.c"]
)
@pytest.mark.gen_test
async def test_what_is_no_email_is_refused(tmp_path: Path, email: str) -> None:
    """The rule is loose, but there must be somebody at some place."""
    async with accounts_in(tmp_path) as here:
        with pytest.raises(Invalid) as refused:
            await here.accounts.create(email, "Ada", "teacher", PASSWORD)
        assert fields_of(refused.value) == {"email"}


@pytest.mark.gen_test
async def test_one_address_has_one_account(tmp_path: Path) -> None:
    """Of two that are made at the same moment, one is refused."""
    async with accounts_in(tmp_path) as here:
        made = [here.accounts.create(email, "Ada", "teacher", PASSWORD) for email in ("ada@b.example", "ADA@B.example")]
        results = await asyncio.gather(*made, return_exceptions=True)
        assert sorted(isinstance(result, Invalid) for result in results) == [False, True]


@pytest.mark.gen_test
async def test_the_set_up_key_makes_one_admin(tmp_path: Path) -> None:
    """It works once, for the first account only."""
    async with accounts_in(tmp_path) as here:
        key = await here.accounts.setup_key()
        assert key is not None
        assert not await here.accounts.is_set_up()
        token, user = await here.accounts.setup(key, "Ada", "ada@school.example", PASSWORD)
        assert user["role"] == "admin"
        assert (await here.accounts.authenticate(token)).is_admin
        with pytest.raises(Forbidden):
            await here.accounts.setup(key, "Bo", "bo@school.example", PASSWORD)
        assert await here.accounts.setup_key() is None
        assert await here.accounts.is_set_up()


@pytest.mark.gen_test
async def test_of_two_that_use_the_key_at_once_one_gets_it(tmp_path: Path) -> None:
    """The key is used up in the transaction that makes the account."""
    async with accounts_in(tmp_path) as here:
        key = await here.accounts.setup_key() or ""
        both = [here.accounts.setup(key, name, f"{name}@school.example", PASSWORD) for name in ("ada", "bo")]
        results = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(isinstance(result, Forbidden) for result in results) == [False, True]
        assert await here.db.read(Account.select().count) == 1


@pytest.mark.gen_test
async def test_a_wrong_or_replaced_key_opens_nothing(tmp_path: Path) -> None:
    """A later start makes a new key, and the old one ends."""
    async with accounts_in(tmp_path) as here:
        old = await here.accounts.setup_key() or ""
        new = await here.accounts.setup_key() or ""
        for key in (old, "", "x"):
            with pytest.raises(Forbidden):
                await here.accounts.setup(key, "Ada", "ada@school.example", PASSWORD)
        with pytest.raises(Invalid):
            await here.accounts.setup(new, "Ada", "ada@school.example", "short")
        await here.accounts.setup(new, "Ada", "ada@school.example", PASSWORD)


@pytest.mark.gen_test
async def test_an_account_made_by_hand_ends_the_key(tmp_path: Path) -> None:
    """It was for the first account, and there is one now."""
    async with accounts_in(tmp_path) as here:
        key = await here.accounts.setup_key() or ""
        await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        with pytest.raises(Forbidden):
            await here.accounts.setup(key, "Bo", "bo@school.example", PASSWORD)


@pytest.mark.gen_test
async def test_the_first_account_gets_the_samples(tmp_path: Path) -> None:
    """The second one does not."""
    async with accounts_in(tmp_path) as here:
        row = {"id": "q", "title": "S", "content": "{}", "questions": 0, "created_at": 0, "updated_at": 0}
        await here.db.write(Quiz.insert(**row).execute)
        first = await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        await here.accounts.create("bo@school.example", "Bo", "teacher", PASSWORD)
        assert (await here.db.read(Quiz.get)).owner_id == first["id"]
        assert await here.accounts.claim_samples(first["id"]) == 0


@pytest.mark.gen_test
async def test_signing_out_ends_this_token_and_no_other(tmp_path: Path) -> None:
    """Whoever holds sockets is told whose."""
    async with accounts_in(tmp_path) as here:
        await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        ended, _ = await here.accounts.login("ada@school.example", PASSWORD)
        other, _ = await here.accounts.login("ada@school.example", PASSWORD)
        told: list[tuple[str, str | None]] = []

        async def tell(account_id: str, jti: str | None) -> None:
            told.append((account_id, jti))

        here.sign_ins.on_ended.append(tell)
        identity = await here.accounts.authenticate(ended)
        await here.accounts.logout(identity)
        await here.accounts.logout(identity)
        with pytest.raises(Unauthorized) as refused:
            await here.accounts.authenticate(ended)
        assert refused.value.details["reason"] == "revoked"
        assert told[0] == (identity.id, identity.jti)
        await here.accounts.authenticate(other)


@pytest.mark.gen_test
async def test_a_raised_ver_ends_all_sign_ins_and_screens(tmp_path: Path) -> None:
    """A screen that was bound to the owner's ver goes too."""
    async with accounts_in(tmp_path) as here:
        user = await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        token, _ = await here.accounts.login("ada@school.example", PASSWORD)
        await here.db.write(insert_room, user["id"])
        screen = here.tokens.issue_screen("room", user["id"], 1)
        assert (await here.accounts.authenticate(screen)).room == "room"
        await here.db.write(Account.update(ver=2).execute)
        for ended in (token, screen):
            with pytest.raises(Unauthorized):
                await here.accounts.authenticate(ended)


@pytest.mark.gen_test
async def test_the_role_is_the_accounts_not_the_tokens(tmp_path: Path) -> None:
    """What was taken away stays away."""
    async with accounts_in(tmp_path) as here:
        await here.accounts.create("ada@school.example", "Ada", "admin", PASSWORD)
        token, _ = await here.accounts.login("ada@school.example", PASSWORD)
        await here.db.write(Account.update(role="teacher").execute)
        assert (await here.accounts.authenticate(token)).role == "teacher"


@pytest.mark.gen_test
async def test_a_participant_counts_while_it_has_its_seat(tmp_path: Path) -> None:
    """In its own room, until it is removed."""
    async with accounts_in(tmp_path) as here:
        user = await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        await here.db.write(insert_room, user["id"])
        seat = {"id": "seat", "room_id": "room", "nickname": "Mia", "nickname_key": "mia", "joined_at": 0}
        await here.db.write(Participant.insert(**seat).execute)
        token = here.tokens.issue_participant("seat", "room")
        assert (await here.accounts.authenticate(token)).name == "Mia"
        for stranger in (
            here.tokens.issue_participant("seat", "other"),
            here.tokens.issue_participant("nobody", "room"),
        ):
            with pytest.raises(Unauthorized):
                await here.accounts.authenticate(stranger)
        await here.db.write(Participant.update(removed_at=1).execute)
        with pytest.raises(Unauthorized):
            await here.accounts.authenticate(token)


@pytest.mark.gen_test
async def test_a_screen_counts_for_a_room_of_its_owner(tmp_path: Path) -> None:
    """Not for somebody else's, and not for one that does not exist."""
    async with accounts_in(tmp_path) as here:
        ada = await here.accounts.create("ada@school.example", "Ada", "teacher", PASSWORD)
        bo = await here.accounts.create("bo@school.example", "Bo", "teacher", PASSWORD)
        await here.db.write(insert_room, ada["id"])
        for room, owner in (("room", bo["id"]), ("nowhere", ada["id"])):
            with pytest.raises(Unauthorized):
                await here.accounts.authenticate(here.tokens.issue_screen(room, owner))


def insert_room(owner_id: str) -> None:
    quiz = {"id": "quiz", "title": "S", "content": "{}", "questions": 0, "created_at": 0, "updated_at": 0}
    Quiz.insert(**quiz).execute()
    Room.insert(
        id="room",
        pin="123456",
        owner_id=owner_id,
        quiz_id="quiz",
        title="S",
        settings="{}",
        phase="LOBBY",
        round=0,
        rounds=1,
        seq=0,
        epoch="e",
        locked=False,
        created_at=0,
    ).execute()
