"""Pages: what listeners read, in their own language, rendered without knowing who they are."""

import gettext
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import jinja2

from rooms.listening import View
from rooms.room import AHEAD, ON_AIR
from web.bills import Bill
from web.events import shown
from web.saying import UTC, clock_time, when

TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """Renders every page.

    Args:
        catalogues: texts by language.
        edition: the part of the assets' address that changes with them.
        public_url: the address under which listeners reach the gallery, without a slash at its end.
    """

    def __init__(
        self, catalogues: Mapping[str, gettext.NullTranslations], edition: str, public_url: str
    ) -> None:
        self.languages = frozenset(catalogues)
        self.public_url = public_url
        self._environments = {
            language: _environment(language, catalogue, edition, public_url)
            for language, catalogue in catalogues.items()
        }

    def front(self, language: str) -> str:
        """The page without a key; it reveals nothing."""
        return self._render("front.html", language)

    def privacy(self, language: str) -> str:
        """What is promised to listeners and what is not."""
        return self._render("privacy.html", language)

    def room(self, view: View, language: str) -> str:
        """The page on which a room is heard."""
        zone = view.group.zone if view.group else UTC
        return self._render("room.html", language, view=view, room=view.room, zone=zone, shown=shown(view))

    def programme(self, bill: Bill, language: str) -> str:
        """What is on in a group now, and what comes next; of one topic, if the bill is for one.

        The bill has all talks nevertheless, so that the page can lead to the other topics.
        """
        shown = [room for room in bill.rooms if bill.topic in (None, room.plan.topic)]
        parts = {
            "on_air": [room for room in shown if room.state in ON_AIR],
            "ahead": [room for room in shown if room.state in AHEAD],
        }
        return self._render("programme.html", language, bill=bill, zone=bill.group.zone, **parts)

    def sentence(self, name: str, language: str) -> tuple[str, str]:
        """A title and a sentence for an answer that is no page of its own; named in sentences.html."""
        module = self._environments[language].get_template("sentences.html").module
        title, text = getattr(module, name)
        return str(title), str(text)

    def plain(self, name: str, language: str) -> str:
        """A page with no more than a sentence."""
        title, text = self.sentence(name, language)
        return self._render("sentence.html", language, title=title, text=text)

    def _render(self, template: str, language: str, **context: Any) -> str:
        return self._environments[language].get_template(template).render(context)


def _environment(
    language: str, catalogue: gettext.NullTranslations, edition: str, public_url: str
) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["when"] = partial(when, language=language)
    environment.filters["clock_time"] = partial(clock_time, language=language)
    environment.globals.update(language=language, assets=f"/static/{edition}", public_url=public_url)
    environment.globals["webcal_url"] = f"webcal://{public_url.partition('://')[2]}"
    return environment
