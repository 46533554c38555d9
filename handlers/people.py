"""Every address about accounts: the pages and calls for oneself, for newcomers and for admins, in one list."""

from handlers.api import account, admin_accounts, sign_up
from handlers.pages import account as account_page
from handlers.pages import admin_users, new_password
from handlers.pages import sign_up as sign_up_page

_MODULES = (account, sign_up, admin_accounts, account_page, sign_up_page, new_password, admin_users)
ROUTES = [route for module in _MODULES for route in module.ROUTES]
