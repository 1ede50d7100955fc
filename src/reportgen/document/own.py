"""
Own: sections of a team's own. Each is a template alone, which asks for facts, charts and tables by id; what goes wrong
in it is told with its file and line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateSyntaxError

from reportgen.document.asked import Answers
from reportgen.document.voice import NotKnownError, Said, Voice
from reportgen.errors import ConfigurationError, Problem
from reportgen.release.nearest import did_you_mean
from reportgen.resources import Resources
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
        problems = [replace(one, file=_file(name), row=row) if not one.file else one for one in error.problems]
        raise ConfigurationError(problems) from error
    except NotKnownError as error:
        why = "a number that is not known can only be said by a sentence of its own"
        fix = "ask first: {% if FACT.known %} … {% else %} {{ FACT.reason }} {% endif %}"
        raise _wrong(name, str(error).partition(":")[0], why, fix, brief.voice.row(_template(name), error)) from error
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        why, fix = "the section cannot be said", "mend the line, or look at the example in docs/own-material.md"
        raise _wrong(name, str(error), why, fix, brief.voice.row(_template(name), error)) from error
    return title, body


def faults(resources: Resources, sections: Sequence[OwnSection]) -> list[Problem]:
    """What can be seen of the templates of own sections before anything is said through them."""
    voice, problems = Voice(resources.templates), []
    for section in sections:
        name = section.name
        if resources.find(_file(name)) is None:
            known = [path.stem for path in resources.templates.glob("sections/*.html")]
            fix = f"write the file {_file(name)}, or correct the name of the section{did_you_mean(name, known)}"
            problems.append(
                _wrong(name, "there is no such template", "a section of its own is a template", fix).problems[0]
            )
            continue
        try:
            absent = [block for block in BLOCKS if block not in voice.blocks(_template(name))]
        except TemplateSyntaxError as error:
            fix = "mend the line"
            problems.append(_wrong(name, str(error.message), "it cannot be read", fix, error.lineno).problems[0])
            continue
        for block in absent:
            why = "the name stands in the running head and the contents, the body on the page"
            fix = f"write {{% block {block} %}} … {{% endblock %}}"
            problems.append(_wrong(name, f"the template has no block {block}", why, fix).problems[0])
    return problems


def _template(name: str) -> str:
    return f"sections/{name}.html"


def _file(name: str) -> str:
    return f"{FOLDER}/{name}.html"


def _wrong(name: str, what: str, why: str, fix: str, row: int | None = None) -> ConfigurationError:
    what = f"the section {name} cannot be written: {what}"
    return ConfigurationError(Problem("own-section", what, why, fix, file=_file(name), row=row))
