"""The pages of those who run the installation: `/admin`, and one room. Their scripts ask for the figures."""

from handlers.pages.base import PageHandler
from services.errors import Forbidden
from services.identity import Identity

FOR_ADMINS = "This page is for the people who run this Quizhall. Your quizzes and rooms are where they always are."


class AdminHandler(PageHandler):
    def require_admin(self) -> Identity:
        identity = self.require_account()
        if not identity.is_admin:
            raise Forbidden(FOR_ADMINS)
        return identity


class AdminPage(AdminHandler):
    async def get(self) -> None:
        self.require_admin()
        self.show("admin.html")


class AdminRoomPage(AdminHandler):
    """Any PIN has its page, which tells by itself that there is no such room: it may stand open all day."""

    async def get(self, pin: str) -> None:
        self.require_admin()
        self.show("admin_room.html", pin=self.check_pin(pin))


ROUTES = [(r"/admin", AdminPage), (r"/admin/rooms/([^/]+)", AdminRoomPage)]
