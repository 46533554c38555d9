"""What can go wrong for the generator itself; what goes wrong for the service is counted, not raised.

LoadError
├── UsageError   the plan cannot be played as asked
├── ApiError     an HTTP call was answered with something else than what the run needs
└── LinkError    a socket was not upgraded, or ended before the reply came
"""

from typing import Any


class LoadError(Exception):
    """Ends the run; the message is one plain sentence."""


class UsageError(LoadError):
    """Asked for something that cannot be played."""


class ApiError(LoadError):
    """`status` is the HTTP status, `code` the name in the error's body."""

    def __init__(self, message: str, status: int = 0, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class LinkError(LoadError):
    """`code` is the word under which the report counts it; `data` is what an error of the service said besides."""

    def __init__(self, message: str, code: str = "lost", data: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data or {}
