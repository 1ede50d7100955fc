"""docs/methods.md tells every indicator as the program has it, and has the tables of coverage."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from reportgen.analysis.findings import FAMILIES, INDICATORS

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import write_methods
from simulate import coverage


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "methods.md").read_text(encoding="utf-8")


def test_the_indicators_are_those_of_the_program(page: str) -> None:
    """Write them anew with: make methods."""
    assert write_methods.indicators() == write_methods.block(page, "indicators")


def test_each_indicator_has_its_name_definition_formula_and_source(page: str) -> None:
    for each in INDICATORS:
        account = page.partition(f"- Id, unit: `{each.id}`")
        assert account[0].endswith(f"### {each.name}\n\n{each.definition}\n\n"), each.id
        assert f"- Formula: `{each.formula}`\n- Source: {each.source}\n- How: " in account[2], each.id


def test_no_formula_breaks_out_of_its_quotes() -> None:
    assert [] == [each.id for each in INDICATORS if "`" in each.formula or "\n" in each.formula]


def test_each_function_says_what_it_does() -> None:
    """The page quotes the docstring's first paragraph."""
    assert [] == [each.id for each in INDICATORS if not write_methods.summary(each.made_by)]
    assert [] == [name for name, family in FAMILIES.items() if not write_methods.summary(family)]


def test_both_tables_of_coverage_have_their_classes_and_columns(page: str) -> None:
    """Whether the numbers are those of the simulation is tested with it, in tests/simulation."""
    rows = re.findall(r"^\| (.+) \|$", write_methods.block(page, "coverage"), re.MULTILINE)
    heads = [row for row in rows if row.startswith("class")]
    assert ["class | " + " | ".join(coverage.METHODS)] * len(coverage.WORLDS) == heads
    classes = ("all", *coverage.FIFTHS, *coverage.QUOTIENTS)
    for name in classes:
        assert len(coverage.WORLDS) == sum(row.startswith(f"{name} | ") for row in rows), name


def test_a_section_of_a_docstring_is_read_as_one_line() -> None:
    def function() -> None:
        """
        Divides: a
        by b.

        More words.
        Source: Isard (1960),
            ch. 7.

        >>> 1
        1
        """

    assert "Divides: a by b." == write_methods.summary(function)
    assert "Isard (1960), ch. 7." == write_methods.section(function, "Source")
    assert "" == write_methods.section(function, "Raises")
