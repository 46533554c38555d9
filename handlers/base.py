"""What pages and API have in common: headers, who is asking, XSRF."""

from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError

from handlers.address import client_address
from handlers.headers import security_headers
from handlers.session import bearer_token, cookie_token
from handlers.told_errors import ToldErrors
from services.errors import Forbidden, NotFound, Unauthorized
from services.identity import Identity
from services.live import UNKNOWN_PIN

if TYPE_CHECKING:
    from services.container import Services

SIGN_IN_FIRST = "Sign in first."
OLD_FORM = "This page was open for too long. Go back, reload it and try again."


class BaseHandler(ToldErrors):
    """Settings it needs: services, public_url, is_https, trusted_proxies, templates."""

    identity: Identity | None = None
    # Which sites may show this answer within a page of theirs, as the Content Security Policy writes it.
    framed_by = "'none'"

    @property
    def services(self) -> "Services":
        services: Services = self.application.settings["services"]
        return services

    @property
    def is_https(self) -> bool:
        return bool(self.application.settings["is_https"])

    @property
    def address(self) -> str:
        request = self.request
        return client_address(request.remote_ip, request.headers, self.application.settings["trusted_proxies"])

    @property
    def agent(self) -> str:
        """What the browser calls itself."""
        return self.request.headers.get("User-Agent", "")

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in security_headers(self.request.host, self.is_https, self.framed_by).items():
            self.set_header(name, value)

    def compute_etag(self) -> str | None:
        """None: what may not be stored need not be compared."""
        return None

    async def find_identity(self) -> Identity | None:
        """Who is asking, None without a token. A cookie counts for a change only with the XSRF token.

        Raises Unauthorized for a token that does not count, Forbidden for a change without its XSRF token.
        """
        token = bearer_token(self.request.headers)
        if token is None:
            token = cookie_token(self, self.is_https)
            if token is None:
                return None
            if self.request.method not in ("GET", "HEAD", "OPTIONS"):
                self.check_form_token()
        self.identity = await self.services.accounts.authenticate(token)
        return self.identity

    async def find_account(self) -> Identity:
        """The signed-in account; raises Unauthorized, for participants and screens Forbidden."""
        identity = await self.find_identity()
        if identity is None:
            raise Unauthorized(SIGN_IN_FIRST)
        if identity.kind != "account":
            raise Forbidden("Only an account may do this.")
        return identity

    async def find_admin(self) -> Identity:
        """The signed-in admin; raises Unauthorized, for everybody else Forbidden."""
        identity = await self.find_account()
        if not identity.is_admin:
            raise Forbidden("Only an admin may do this.")
        return identity

    def check_form_token(self) -> None:
        """Raises Forbidden unless the form or the X-XSRFToken header repeats the XSRF cookie."""
        try:
            self.check_xsrf_cookie()
        except HTTPError as error:
            raise Forbidden(OLD_FORM) from error

    def check_pin(self, text: str) -> str:
        """The PIN as it may stand in the database; raises NotFound as for an unknown one, which counts."""
        self.services.limits.check_pin_guesses(self.address)
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            self.count_unknown_pin()
            raise NotFound(UNKNOWN_PIN)
        return text

    def count_unknown_pin(self) -> None:
        self.count(self.services.limits.count_wrong_pin(self.address))

    async def public_room(self, pin: str, *, just_over: bool = False) -> dict[str, Any]:
        """{pin, title, phase, locked, participants}; wrong PINs are counted. Raises NotFound, RoomOver, RateLimited.

        `just_over` lets a room through that has ended, as long as its sockets stay open.
        """
        pin = self.check_pin(pin)
        rooms = self.services.rooms
        try:
            room = await (rooms.door(pin) if just_over else rooms.public(pin))
        except NotFound:
            self.count_unknown_pin()
            raise
        self.services.limits.count_right_pin(self.address)
        return room
