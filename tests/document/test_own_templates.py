"""Templates of a team's own stand in the place of ours; what is wrong with one is told to its author."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from reportgen.document.templates import faults
from reportgen.document.voice import Voice
from reportgen.errors import ConfigurationError
from reportgen.resources import Folder, Resources, with_own

OURS = {
    "base.html": "{% include 'part.html' %}",
    "part.html": "ours",
    "said.html": "{% block title %}Our title{% endblock %}{% block text %}Our text{% endblock %}",
    "faulty.html": "{% block title %}\n{{ nobody.said }}{% endblock %}",
    "asking.html": "{% from 'macros.html' import missing %}{{ missing() }}",
    "dividing.html": "{{ 1 / 0 }}",
    "macros.html": "{% macro missing() %}here{% endmacro %}",
}
Templates = Callable[..., Folder]


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    """Our templates, and those of one's own by name: `said_html="…"`."""

    def write(folder: Path, name: str, text: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def made(**own: str) -> Folder:
        for name, text in OURS.items():
            write(tmp_path / "ours" / "templates", name, text)
        for name, text in own.items():
            write(tmp_path / "working" / "templates", name.replace("_html", ".html"), text)
        return with_own(tmp_path / "working", Resources((tmp_path / "ours",))).templates

    return made


def wrong(templates: Folder) -> list[str]:
    return [text for problem in faults(templates) for text in (f"{problem.where}: {problem.what}", problem.fix)]


def fault(templates: Folder, name: str, block: str = "") -> list[str]:
    """What is told when a template, or a block of it, is filled in."""
    with pytest.raises(ConfigurationError) as error:
        Voice(templates).part(name, block, {}) if block else Voice(templates).render(name)
    return [f"{problem.where}: {problem.what}" for problem in error.value.problems]


def test_one_of_one_s_own_is_taken_also_where_ours_includes_it(templates: Templates) -> None:
    assert "own" == Voice(templates(part_html="own")).render("base.html")
    assert "ours" == Voice(templates().bundled).render("base.html")


def test_one_without_a_namesake_is_accepted(templates: Templates) -> None:
    """It may be included by another."""
    found = templates(part_html="{% include 'more.html' %}", more_html="more")
    assert [] == faults(found)
    assert "more" == Voice(found).render("base.html")


def test_a_changed_template_is_read_anew(templates: Templates) -> None:
    """In the same process: what is kept is kept for the same files only."""
    assert "one" == Voice(templates(part_html="one")).render("base.html")
    assert "two" == Voice(templates(part_html="two")).render("base.html")


def test_what_cannot_be_read_is_told_with_its_row(templates: Templates) -> None:
    """All of it at once."""
    found = templates(part_html="one\n{% if %}", said_html="{% block title %}{% endblock %}")
    assert [
        "templates/part.html:2: the template cannot be read: Expected an expression, got 'end of statement block'",
        "correct it, or delete your own file so that ours counts",
        "templates/said.html: the template has no block text",
        "add {% block text %} as ours has it, or delete your own file",
    ] == wrong(found)


def test_what_is_not_utf_8(templates: Templates, tmp_path: Path) -> None:
    templates(part_html="")
    (tmp_path / "working" / "templates" / "part.html").write_bytes(b"caf\xe9")
    expected = "templates/part.html: the template is not UTF-8: unexpected end of data"
    assert [expected, "save it as UTF-8"] == wrong(templates())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% block title %}\n\n{{ nme }}{% endblock %}", "templates/said.html:3: {}'nme' is undefined"),
        ("{% block title %}{{ 1 / 0 }}{% endblock %}", "templates/said.html:1: {}division by zero"),
        ("{% block title %}\n{% include 'x.html' %}{% endblock %}", "templates/said.html:2: {}x.html"),
        ("{% block title %}\n{{ num(none) }}{% endblock %}", "templates/said.html:2: {}'NoneType' object has no"),
    ],
)
def test_a_fault_while_it_speaks_is_told_with_its_row(templates: Templates, text: str, expected: str) -> None:
    """An unknown name, a sum that cannot be, a template that is not there, a fact that is none."""
    [found] = fault(templates(said_html=text), "said.html", "title")
    assert found.startswith(expected.format("the template cannot be filled in: "))


def test_a_whole_template_tells_its_row_too(templates: Templates) -> None:
    assert ["templates/part.html:2: the template cannot be filled in: 'nme' is undefined"] == fault(
        templates(part_html="own\n{{ nme }}"), "base.html"
    )


def test_one_that_lacks_what_ours_asks_for(templates: Templates) -> None:
    """The fault shows in ours: all one's own are named."""
    found = templates(macros_html="{% macro other() %}{% endmacro %}")
    with pytest.raises(ConfigurationError) as error:
        Voice(found).render("asking.html")
    assert "templates   macros.html" in error.value.as_text()
    assert "compare your own templates with ours" in error.value.as_text()


def test_a_fault_in_ours_stays_a_fault_of_ours(templates: Templates) -> None:
    with pytest.raises(UndefinedError):
        Voice(templates()).part("faulty.html", "title", {})
    with pytest.raises(ZeroDivisionError):
        Voice(templates(part_html="own")).render("dividing.html")
