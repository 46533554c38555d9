"""Letters that go out: the text from templates/mail/, its first line the subject, over the server of SMTP_URL."""

import logging
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from handlers.templating import LANGUAGE, environment

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
WITHIN_S = 20
PORTS = {"smtp": 587, "smtps": 465}


def mailer(url: str, sender: str) -> Callable[[str, str, dict[str, Any]], Awaitable[None]]:
    """Sends (to, which letter, its values). `smtps` is TLS from the first byte; `smtp` takes it up when offered."""
    server = urlsplit(url)
    texts = environment(ROOT / "templates" / "mail", ROOT / "locales", LANGUAGE, escapes=False)
    for name in texts.list_templates(extensions=["txt"]):
        texts.get_template(name)

    async def post(to: str, which: str, values: dict[str, Any]) -> None:
        subject, _, body = texts.get_template(f"{which}.txt").render(values).partition("\n")
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = sender, to, subject
        # So that no absence note answers it.
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(body.strip() + "\n")
        import aiosmtplib  # many installations send none, and it is a good part of a start

        try:
            await aiosmtplib.send(
                letter,
                hostname=server.hostname,
                port=server.port or PORTS[server.scheme],
                username=unquote(server.username) if server.username else None,
                password=unquote(server.password) if server.password else None,
                use_tls=server.scheme == "smtps",
                timeout=WITHIN_S,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            # Neither the address nor the link: the log is read by more people than the letter.
            logger.warning("a letter could not be sent by %s: %s", server.hostname, type(error).__name__)

    return post
