"""
Links: the addresses in a team's own texts, as links that a reader can follow. Web pages and e-mail, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from reportgen.settings import Settings

MAIL = "mailto:"
# An address ends before the full stop or bracket of the sentence that it stands in.
_ADDRESS = re.compile(
    r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?()]|(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:\?[^\s<>\"']*[^\s<>\"'.,;:!?()])?",
    re.ASCII,
)


def linked(text: str) -> Markup:
    """
    A text with its addresses as links.

    >>> linked("the team, team@example.org")
    Markup('the team, <a href="mailto:team@example.org">team@example.org</a>')
    """
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        target = _target(found)
        shown = target.removeprefix(MAIL).partition("?")[0] if target.startswith(MAIL) else target
        parts += [Markup.escape(text[at : found.start()]), Markup('<a href="{}">{}</a>').format(target, shown)]
        at = found.end()
    return Markup("").join([*parts, Markup.escape(text[at:])])


def addresses(settings: Settings) -> Iterator[str]:
    """Where the links in a team's own texts lead."""
    for text in (settings.contact, settings.feedback, settings.licence, settings.disclaimer):
        yield from (_target(found) for found in _ADDRESS.finditer(text))


def _target(found: re.Match[str]) -> str:
    address = found[0]
    return address if address.startswith(("http://", "https://", MAIL)) else MAIL + address
