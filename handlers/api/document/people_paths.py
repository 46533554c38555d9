"""One's own account, coming to one, and what admins do with accounts, as the OpenAPI document tells of them."""

from handlers.api.document.account_paths import USER
from handlers.api.document.parts import (
    COUNT,
    FLAG,
    ID,
    MAYBE_TIME,
    PUBLIC,
    RATE_HEADERS,
    TEXT,
    TIME,
    Schema,
    json_answer,
    json_body,
    link,
    listed,
    maybe,
    operation,
    path_parameter,
    query_parameter,
    ref,
    thing,
)
from services.account_rules import EMAIL_MOST, NAME_MOST, PASSWORD_LEAST, PASSWORD_MOST, ROLES
from services.invitations import DAYS_MOST, NOTE_MOST

ROLE: Schema = {"enum": list(ROLES)}
NAME: Schema = {"type": "string", "minLength": 1, "maxLength": NAME_MOST}
EMAIL: Schema = {"type": "string", "maxLength": EMAIL_MOST, "examples": ["ada@school.example"]}
PASSWORD: Schema = {"type": "string", "minLength": PASSWORD_LEAST, "maxLength": PASSWORD_MOST}
TOKEN: Schema = {"type": "string", "description": "What stands behind `token=` in the link"}
SIGNED_IN = thing({"token": TEXT, "user": USER})
DONE: Schema = {"204": {"description": "Done"}}

SCHEMAS: Schema = {
    "SignIn": thing(
        {"id": ID, "device": TEXT, "at": TIME, "seen_at": TIME, "is_this": FLAG},
        about="A device that somebody is signed in on; `seen_at` is exact to five minutes",
    ),
    "Account": thing(
        USER["properties"]
        | {"created_at": TIME, "seen_at": MAYBE_TIME, "deactivated_at": MAYBE_TIME, "waiting_since": MAYBE_TIME}
        | {"quizzes": COUNT},
        about="An account as admins see it",
    ),
    "Invitation": thing(
        {
            "id": ID,
            "role": ROLE,
            "note": TEXT,
            "email": {"type": ["string", "null"], "description": "The only address that it is good for"},
            "state": {"enum": ["open", "used", "expired"]},
            "at": TIME,
            "expires_at": TIME,
            "used_at": MAYBE_TIME,
            "made_by": {"type": ["string", "null"]},
            "account": maybe(USER),
            "url": TEXT | {"description": "Only when it is made"},
        },
        ("url",),
    ),
}

_ACCOUNT = operation(
    "getAccount",
    "One's own account",
    "account",
    {"200": json_answer("The account", thing({"account": thing(USER["properties"] | {"created_at": TIME})}))},
    (401, 403),
)
_PROFILE = {"name": maybe(NAME), "email": maybe(EMAIL), "password": TEXT}
_CHANGE = operation(
    "changeAccount",
    "Another name, or another e-mail, which needs the present `password`",
    "account",
    {"200": json_answer("As it is now", thing({"user": USER}))},
    (401, 403, 413, 415, 422),
    requestBody=json_body(thing(_PROFILE, tuple(_PROFILE), is_closed=True)),
)
_PASSWORD = operation(
    "changePassword",
    "Another password; ends all sign-ins and sockets, and begins a new one here",
    "account",
    {"200": json_answer("The new token", thing({"token": TEXT}), RATE_HEADERS)},
    (401, 403, 413, 415, 422),
    requestBody=json_body(thing({"current": TEXT, "password": PASSWORD}, is_closed=True)),
)
_SIGN_INS = operation(
    "listSignIns",
    "Where one is signed in, the one used last first",
    "account",
    {"200": json_answer("All of them", thing({"sign_ins": listed(ref("SignIn"))}))},
    (401, 403),
)
_END_ALL = operation("signOutEverywhere", "Ends all sign-ins, this one too", "account", DONE, (401, 403))
_END_ONE = operation(
    "endSignIn",
    "Ends one of one's own sign-ins and closes its sockets",
    "account",
    DONE,
    (401, 403, 404),
    parameters=[path_parameter("id", ID, "Of the sign-in")],
)
_SIGN_UP = operation(
    "signUp",
    "A new account by the `token` of a link; signs in. Without one, where REGISTRATION is open and no e-mail goes out, "
    "an admin is asked to let them in: the same answer whether or not there is an account",
    "account",
    {
        "201": json_answer("The account and its token", SIGNED_IN, RATE_HEADERS),
        "202": json_answer("An admin is asked, if there is no such account", thing({}), RATE_HEADERS),
    },
    (403, 410, 413, 415, 422, 503),
    requestBody=json_body(
        thing({"name": NAME, "email": EMAIL, "password": PASSWORD, "token": maybe(TOKEN)}, ("token",), is_closed=True)
    ),
    **PUBLIC,
)
_SIGN_UP_LETTER = operation(
    "askForSignUpLetter",
    "Sends a link to a new account, or the news that there is one, where REGISTRATION is open and SMTP_URL is set; "
    "answers the same whether or not there is an account",
    "account",
    {"202": json_answer("A letter is on its way", thing({}), RATE_HEADERS)},
    (403, 413, 415, 422),
    requestBody=json_body(thing({"email": TEXT}, is_closed=True)),
    **PUBLIC,
)
_LOOK = operation(
    "lookAtInvitation",
    "What an invitation is good for, without using it up",
    "account",
    {"200": json_answer("It works", thing({"role": ROLE, "email": maybe(TEXT), "expires_at": TIME}), RATE_HEADERS)},
    (403, 410, 413, 415, 422),
    requestBody=json_body(thing({"token": TOKEN}, is_closed=True)),
    **PUBLIC,
)
_FORGOT = operation(
    "forgotPassword",
    "Sends a link to a new password, where SMTP_URL is set; answers the same whether or not there is an account",
    "account",
    {"202": json_answer("It is on its way, if there is such an account", thing({}), RATE_HEADERS)},
    (403, 413, 415, 422),
    requestBody=json_body(thing({"email": TEXT}, is_closed=True)),
    **PUBLIC,
)
_NEW_PASSWORD = operation(
    "setNewPassword",
    "A new password by the token of a link; ends all sign-ins, and signs in",
    "account",
    {"200": json_answer("The account and its token", SIGNED_IN, RATE_HEADERS)},
    (403, 410, 413, 415, 422),
    requestBody=json_body(thing({"token": TOKEN, "password": PASSWORD}, is_closed=True)),
    **PUBLIC,
)

_ID = path_parameter("id", ID, "Of the account")
_ADMIN_ERRORS = (401, 403, 404)
_LIST = operation(
    "adminAccounts",
    "Admin: accounts by name",
    "admin",
    {"200": json_answer("One page", thing({"accounts": listed(ref("Account")), "next": maybe(ID)}))},
    (401, 403, 422),
    parameters=[
        query_parameter("after", ID, "`next` of the page before"),
        query_parameter("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "How many at most"),
        query_parameter("q", TEXT | {"maxLength": 64}, "Letters that the name or the e-mail contains"),
        query_parameter("role", ROLE, "Only these"),
        query_parameter("state", {"enum": ["active", "deactivated", "waiting"]}, "Only these"),
    ],
)
_ONE = operation(
    "adminAccount",
    "Admin: one account",
    "admin",
    {"200": json_answer("The account", thing({"account": ref("Account")}))},
    _ADMIN_ERRORS,
    parameters=[_ID],
)
_SET = operation(
    "adminChangeAccount",
    "Admin: another role, or deactivated or active again; ends its sign-ins. 409 `last_admin` when nobody else could "
    "run the installation",
    "admin",
    {"200": json_answer("As it is now", thing({"account": ref("Account")}))},
    (*_ADMIN_ERRORS, 409, 413, 415, 422),
    parameters=[_ID],
    requestBody=json_body(thing({"role": maybe(ROLE), "active": maybe(FLAG)}, ("role", "active"), is_closed=True)),
)
_TURN_DOWN = operation(
    "adminTurnDown",
    "Admin: an account that waits to be let in is deleted; 404 for all others",
    "admin",
    DONE,
    _ADMIN_ERRORS,
    parameters=[_ID],
)
_SIGN_OUT = operation(
    "adminSignOut", "Admin: ends all sign-ins of somebody", "admin", DONE, _ADMIN_ERRORS, parameters=[_ID]
)
_HAND_OVER = operation(
    "adminHandOver",
    "Admin: all quizzes of an account, and its rooms that are over, go to the one with the e-mail `to`",
    "admin",
    {"200": json_answer("How many", thing({"quizzes": COUNT, "rooms": COUNT}))},
    (*_ADMIN_ERRORS, 413, 415, 422),
    parameters=[_ID],
    requestBody=json_body(thing({"to": TEXT}, is_closed=True)),
)
_RESET = operation(
    "adminResetLink",
    "Admin: a link with which somebody chooses a new password, for a day; ends earlier ones",
    "admin",
    {"201": json_answer("The link, which is told only now", thing({"url": TEXT, "expires_at": TIME}))},
    _ADMIN_ERRORS,
    parameters=[_ID],
)
_INVITATIONS = operation(
    "adminInvitations",
    "Admin: invitations, the newest first; forgotten a month after they expire",
    "admin",
    {"200": json_answer("All of them", thing({"invitations": listed(ref("Invitation"))}))},
    (401, 403),
)
_INVITE = operation(
    "adminInvite",
    "Admin: an invitation link; refused while REGISTRATION is closed",
    "admin",
    {
        "201": json_answer("With its `url`, which is told only now", thing({"invitation": ref("Invitation")}))
        | {"links": {"withdraw": link("adminWithdrawInvitation", id="invitation/id")}}
    },
    (401, 403, 413, 415, 422),
    requestBody=json_body(
        thing(
            {
                "role": ROLE | {"default": "teacher"},
                "days": {"type": "integer", "minimum": 1, "maximum": DAYS_MOST, "default": 7},
                "note": {"type": "string", "maxLength": NOTE_MOST, "description": "For whom; only admins see it"},
                "email": maybe(EMAIL) | {"description": "Sent there, and good for that address only; needs SMTP_URL"},
            },
            ("role", "days", "note", "email"),
            is_closed=True,
        )
    ),
)
_WITHDRAW = operation(
    "adminWithdrawInvitation",
    "Admin: an unused invitation works no more",
    "admin",
    DONE,
    _ADMIN_ERRORS,
    parameters=[path_parameter("id", ID, "Of the invitation")],
)

PATHS: Schema = {
    "/api/v1/account": {"get": _ACCOUNT, "patch": _CHANGE},
    "/api/v1/account/password": {"post": _PASSWORD},
    "/api/v1/account/sign-ins": {"get": _SIGN_INS, "delete": _END_ALL},
    "/api/v1/account/sign-ins/{id}": {"delete": _END_ONE},
    "/api/v1/sign-up": {"post": _SIGN_UP},
    "/api/v1/sign-up/invitation": {"post": _LOOK},
    "/api/v1/sign-up/letter": {"post": _SIGN_UP_LETTER},
    "/api/v1/forgotten-password": {"post": _FORGOT},
    "/api/v1/new-password": {"post": _NEW_PASSWORD},
    "/api/v1/admin/accounts": {"get": _LIST},
    "/api/v1/admin/accounts/{id}": {"get": _ONE, "patch": _SET, "delete": _TURN_DOWN},
    "/api/v1/admin/accounts/{id}/sign-out": {"post": _SIGN_OUT},
    "/api/v1/admin/accounts/{id}/hand-over": {"post": _HAND_OVER},
    "/api/v1/admin/accounts/{id}/reset-link": {"post": _RESET},
    "/api/v1/admin/invitations": {"get": _INVITATIONS, "post": _INVITE},
    "/api/v1/admin/invitations/{id}": {"delete": _WITHDRAW},
}
