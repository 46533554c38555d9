"""What an account may look like: its e-mail, name, role and password. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from services.errors import Invalid

ROLES = ("teacher", "admin")
NAME_MOST = 80
EMAIL_MOST = 254
PASSWORD_LEAST = 10
PASSWORD_MOST = 200
# Written loosely on purpose: only a letter to it could prove an address.
EMAIL = re.compile(r"[^\s\x00-\x1f\x7f@<>,;:\"()\[\]\\]+@[^\W_](?:[\w.-]*[^\W_])?")

Problems = list[dict[str, str]]


def normal_email(email: str) -> str:
    return unicodedata.normalize("NFKC", email).strip().lower()


def normal_name(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


def email_sought(email: str) -> str:
    """As it would be stored. PostgreSQL cannot even be asked for a NUL, which no address has."""
    return normal_email(email).replace("\x00", "")


def sought(name: str, email: str) -> str:
    """What an account is found and sorted by."""
    return letters_sought(f"{name} {email}")


def letters_sought(letters: str) -> str:
    return unicodedata.normalize("NFKC", letters.replace("\x00", "")).strip().casefold()


def check(sentence: str, problems: Problems) -> None:
    """Raises Invalid with all of them, if there are any."""
    if problems:
        raise Invalid(sentence, problems)


def email_problems(email: str) -> Problems:
    is_right = bool(EMAIL.fullmatch(email)) and len(email) <= EMAIL_MOST
    return _told("email", is_right, "must be an e-mail address such as ada@school.example")


def name_problems(name: str) -> Problems:
    return _told("name", 1 <= len(name) <= NAME_MOST and name.isprintable(), f"must have 1 to {NAME_MOST} characters")


def role_problems(role: str) -> Problems:
    return _told("role", role in ROLES, "must be teacher or admin")


def password_problems(password: str, field: str = "password", known: Sequence[str] = ()) -> Problems:
    """No rules of composition: length is what counts. `known` is what somebody would try first."""
    is_long = PASSWORD_LEAST <= len(password) <= PASSWORD_MOST
    told = _told(field, is_long, f"must have {PASSWORD_LEAST} to {PASSWORD_MOST} characters")
    lowered = password.strip().lower()
    return told or _told(field, lowered not in {word.lower() for word in known if word}, "must not be your e-mail")


def email_taken() -> Problems:
    return [{"field": "email", "reason": "has an account already"}]


def _told(field: str, is_right: bool, reason: str) -> Problems:
    return [] if is_right else [{"field": field, "reason": reason}]
