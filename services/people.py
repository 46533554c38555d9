"""Accounts and all that concerns them, besides signing in. One place for it in Services."""

from dataclasses import dataclass

from services.account_admin import AccountAdmin
from services.invitations import Invitations
from services.letters import Letters
from services.own_account import OwnAccount
from services.password_resets import PasswordResets
from services.sign_ins import SignIns
from services.sign_ups import SignUps


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    sign_ins: SignIns
    own: OwnAccount
    invitations: Invitations
    sign_ups: SignUps
    letters: Letters
    resets: PasswordResets
    admin: AccountAdmin
