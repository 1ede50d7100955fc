"""
No template has a number of its own without a mark, in any branch, also in those that no pack of today takes: the text
between its tags is read as it stands there, and so are the texts that it prints out of its tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from reportgen.document.templates import environment
from reportgen.pack.numbers import unmarked
from reportgen.resources import bundled

SAID = "\N{OBJECT REPLACEMENT CHARACTER}"  # where a tag prints something
TEMPLATES = sorted((bundled().root / "templates").rglob("*.html"))
OWN = sorted((bundled().example / "templates").rglob("*.html"))


def texts(node: nodes.Node) -> Iterator[str]:
    """
    What a template can print of its own, in the order in which it stands there. Comparisons print nothing; a table of
    words (`{% set WORDS = {…} %}`) is printed inside of other elements, where the check of every pack reads it.
    """
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Const):
        yield f" {node.value} " if isinstance(node.value, str) else ""
    elif isinstance(node, nodes.Filter) and node.node is not None:  # what it is told is not printed
        yield from texts(node.node)
    elif not isinstance(node, nodes.Compare | nodes.FromImport | nodes.Filter | nodes.Dict):
        for child in node.iter_child_nodes():
            yield " " if isinstance(node, nodes.If) else ""  # a branch begins
            yield from texts(child)
            if isinstance(node, nodes.Output) and not isinstance(child, nodes.TemplateData):
                yield SAID


def typed(template: str) -> list[str]:
    html = "".join(texts(environment(bundled().templates).parse(template)))
    return [problem.what for problem in unmarked(f"<section>{html}</section>", {}) if problem.kind in KINDS]


KINDS = ("unmarked-number", "unknown-reason")


@pytest.mark.parametrize("path", [*TEMPLATES, *OWN], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_types_no_number(path: Path) -> None:
    assert [] == typed(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'two'|upper }} of them",
        "{% if never %}In 2019 it was less.{% endif %}",
        "{% if many %}many{% else %}two{% endif %}",
        "{{ 'One' if few else 'Many' }} of them",
        "{% set words = ['two', 'three'] %}{{ words[n] }}",
        "{% macro m() %}<p>12 places</p>{% endmacro %}",
        '<p data-fixed="because">{{ year }}</p>',
    ],
)
def test_a_typed_number_is_found_in_every_branch(template: str) -> None:
    assert typed(template)


@pytest.mark.parametrize(
    "template",
    [
        "{% if rows|length == 2 and kind == 'one' %}both{% endif %}",
        '<p>{{ num(jobs) }} of <span data-fixed="method">{{ most }}</span></p>',
        '<col style="width: 12mm">',
        "{# 12 places #}",
    ],
)
def test_what_is_not_printed_may_hold_numbers(template: str) -> None:
    assert [] == typed(template)
