"""The templates as Jinja2 knows them, compiled at start: autoescape, gettext through Babel, addresses of files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handlers.static import StaticFiles

LANGUAGE = "en"
DOMAIN = "messages"


class Templates:
    """`locales` holds gettext catalogues (`de/LC_MESSAGES/messages.mo`); without one the texts stay as written."""

    def __init__(self, folder: Path, locales: Path, static_files: StaticFiles, language: str = LANGUAGE) -> None:
        self._environment = Environment(
            autoescape=True,
            loader=FileSystemLoader(folder),
            extensions=["jinja2.ext.i18n"],
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            # Every template stays compiled: the loop must never read one from the disk.
            cache_size=-1,
        )
        translations = Translations.load(str(locales), [language], DOMAIN)
        catalogue = translations if isinstance(translations, Translations) else NullTranslations()
        self._environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
        self._environment.globals.update(static_url=static_files.url, lang=language)
        self._environment.filters["datetime"] = _datetime(language)
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)

    def render(self, name: str, context: dict[str, Any]) -> str:
        return self._environment.get_template(name).render(context)


def _datetime(language: str) -> Any:
    def show(at_ms: int, shape: str = "medium") -> str:
        """Milliseconds since the epoch as a date and time in UTC; scripts show them in the reader's zone."""
        return format_datetime(datetime.fromtimestamp(at_ms / 1000, UTC), shape, locale=language)

    return show
