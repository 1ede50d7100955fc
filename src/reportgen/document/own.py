"""
Own: sections of a team's own. Each is a template alone, which asks for facts, charts and tables by id; what goes wrong
in it is told with its file and line.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError

from reportgen.document.asked import Answers
from reportgen.document.templates import environment
from reportgen.document.voice import Said
from reportgen.errors import ConfigurationError, Problem
from reportgen.nearest import did_you_mean
from reportgen.resources import Folder
from reportgen.settings import OwnSection

if TYPE_CHECKING:
    from reportgen.document.brief import Brief

BLOCKS = ("name", "body")
FOLDER = "templates/sections"


def said(name: str, brief: Brief) -> tuple[Said, Said]:
    """
    The name and the body of an own section.
    Raises: ConfigurationError: its template asks for what is not there; with the file and the line.
    """
    context: dict[str, Any] = {**brief.words, **Answers(brief, name).functions}
    try:
        title, body = (brief.say(name, block, context) for block in BLOCKS)
    except ConfigurationError as error:
        row = brief.voice.row(_template(name), error)
        problems = [one if one.file else replace(one, file=_file(name), row=row) for one in error.problems]
        raise ConfigurationError(problems) from error
    return title, body


def faults(templates: Folder, sections: Sequence[OwnSection]) -> Iterator[Problem]:
    """What can be seen of the templates of own sections before anything is said through them."""
    for name in (section.name for section in sections):
        path = templates.find(_template(name))
        if path is None:
            known = [Path(each).stem for each in templates.files("sections/*.html")]
            what, why = f"the section {name} has no template", "a section of its own is a template"
            fix = f"write the file {_file(name)}, or correct the name of the section{did_you_mean(name, known)}"
            yield Problem("own-section", what, why, fix, file=_file(name))
            continue
        with contextlib.suppress(TemplateSyntaxError, UnicodeDecodeError):  # told of with all templates of one's own
            blocks = environment(templates).get_template(_template(name)).blocks
            for block in (block for block in BLOCKS if block not in blocks):
                what = f"the template of the section {name} has no block {block}"
                why = "the name stands in the running head and the contents, the body on the page"
                fix = f"write {{% block {block} %}} … {{% endblock %}}"
                yield Problem("own-section", what, why, fix, file=_file(name))


def _template(name: str) -> str:
    return f"sections/{name}.html"


def _file(name: str) -> str:
    return f"{FOLDER}/{name}.html"
