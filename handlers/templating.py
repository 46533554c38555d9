"""The templates as Jinja2 knows them, compiled at start: autoescape, gettext through Babel, addresses of files."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from game.kinds import KINDS
from game.markup import in_blocks, in_line
from handlers.kind_views import teach
from handlers.sayings import sayings
from handlers.static import StaticFiles

LANGUAGE = "en"
# Figures as Unicode's patterns have them: groups and decimals of the language, up to six of those, or one always.
NUMBER = "#,##0.######"
TENTHS = "#,##0.0"
DOMAIN = "messages"


class Templates:
    """`locales` holds gettext catalogues (`de/LC_MESSAGES/messages.mo`); without one the texts stay as written."""

    def __init__(self, folder: Path, locales: Path, static_files: StaticFiles, language: str = LANGUAGE) -> None:
        self._environment = environment(folder, locales, language, escapes=True)
        self._environment.globals.update(static_url=static_files.url, lang=language)
        self._environment.filters.update(
            datetime=_datetime(language),
            date=lambda at_ms: format_date(_utc(at_ms), "long", locale=language),
            # Never a bare figure on a page: 4,966 here is 4.966 elsewhere.
            number=_kept(partial(format_decimal, format=NUMBER, locale=language)),
            percent=_kept(partial(format_percent, locale=language)),
            seconds=_kept(lambda ms: format_decimal(ms / 1000, format=TENTHS, locale=language)),
        )
        self._environment.filters.update(
            formatted=_formatted(in_blocks), formatted_line=_formatted(in_line), in_words=_in_words
        )
        teach(self._environment, static_files)
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)

    def render(self, name: str, context: dict[str, Any]) -> str:
        return self._environment.get_template(name).render(context)


def _formatted(render: Callable[[str], str]) -> Callable[[str | None, Any], str | Markup]:
    """A filter: a text of a question as its author formats it, `{{ question.prompt|formatted(question) }}`."""

    def formatted(text: str | None, question: Any) -> str | Markup:
        is_stored = isinstance(question, dict)
        kind = KINDS[question["kind"] if is_stored else question.kind]
        if text and kind.formats(question.get("markup", "plain") if is_stored else question.markup):
            # Safe: nothing but the tags that game.markup names comes out of it.
            return Markup(render(text))  # noqa: S704
        return kind.asked(text or "")

    return formatted


def _in_words(text: str | None, question: Any) -> str:
    """A filter: the same without its formatting, for places that take nothing but letters."""
    shown = _formatted(in_line)(text, question)
    return shown.striptags() if isinstance(shown, Markup) else shown


def environment(folder: Path, locales: Path, language: str, *, escapes: bool) -> Environment:
    """With gettext; `escapes` for HTML."""
    made = Environment(
        autoescape=escapes,  # noqa: S701 - only letters are no HTML
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
    made.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    # What Python says in English. Not `_`, which would take what people wrote in it for markup of ours.
    say = sayings(locales / language / "LC_MESSAGES" / f"{DOMAIN}.mo")
    made.filters["said"] = lambda text: say(text) if text else ""
    made.filters["reason"] = lambda text: as_sentence(say(text)) if text else ""
    return made


def as_sentence(reason: str) -> str:
    """What a field must be, as it stands below the field."""
    return reason[:1].upper() + reason[1:] + "."


def _datetime(language: str) -> Any:
    def show(at_ms: int, shape: str = "medium") -> str:
        """Milliseconds since the epoch as a date and time in UTC; scripts show them in the reader's zone."""
        return format_datetime(_utc(at_ms), shape, locale=language)

    return show


def _kept(show: Callable[[Any], str]) -> Callable[[Any], str]:
    """A large table has a few hundred figures, thousands of times."""
    return lru_cache(maxsize=4096)(show)


def _utc(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)
