"""The templates as text: each section has its twin, and no number is typed into a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.document.outline import OUTLINE
from reportgen.resources import bundled

SECTIONS = list(bundled().templates.files("sections/*.html").values())
FIXED = re.compile(r"<(\w+)[^>]*data-fixed[^>]*>[^<]*</\1>")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def prose(template: str) -> str:
    """What a template says whatever the data are: without expressions, tags, and what is marked as fixed."""
    return re.sub(r"<[^>]+>", "", FIXED.sub("", JINJA.sub("", template)))


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_no_number_is_typed_into_a_sentence(path: Path) -> None:
    """Digits come from facts; a constant of a method, a code or a date says so with `data-fixed`."""
    typed = [line.strip() for line in prose(path.read_text(encoding="utf-8")).splitlines() if re.search(r"\d", line)]
    assert typed == []


def test_a_number_typed_into_a_sentence_is_found() -> None:
    assert "47 %" in prose("<p>{{ name }} has 47 % of {{ num(x) }} jobs, <b data-fixed='method'>1</b></p>")


def test_each_section_is_two_files_of_one_name(root: Path) -> None:
    named = {section for outline in OUTLINE.values() for section in outline}
    gathered = {path.stem for path in (root / "src" / "reportgen" / "document" / "sections").glob("*.py")}
    assert named <= gathered
    assert {path.stem for path in SECTIONS} == named | {"contents"}
