"""
Write what is made in docs/methods.md, between its markers; the words around them are written by hand. The indicators
come from the analysis and the docstrings of its functions, the tables of coverage from a simulation of a minute.

    python tools/write_methods.py               # the indicators
    python tools/write_methods.py --simulate    # the tables too
"""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulate import coverage
from simulate.worlds import country

from reportgen.analysis.findings import FAMILIES, Indicator

PAGE = Path(__file__).parents[1] / "docs" / "methods.md"
HEAD = re.compile(r"^(Args|Returns|Raises|Source):", re.MULTILINE)


def indicators() -> str:
    """All indicators in Markdown, grouped by family, each function told once: where it is first used."""
    lines: list[str] = []
    told: dict[Callable[..., Any], str] = {}
    for name, family in FAMILIES.items():
        lines += [f"## Family `{name}`", "", summary(family).partition(". ")[0].rstrip(".") + ".", ""]
        for each in family.INDICATORS:
            lines += [*entry(each, told.get(each.made_by)), ""]
            told.setdefault(each.made_by, each.name)
    return "\n".join(lines).rstrip()


def entry(indicator: Indicator, told: str | None) -> list[str]:
    """One indicator. `told`: name of the one at which its function's account stands already."""
    account = [] if told else [f"- How: {summary(indicator.made_by)}"]
    source = section(indicator.made_by, "Source")
    if source and not told:
        account.append(f"- Source of the function: {source}")
    return [
        f"### {indicator.name}",
        "",
        indicator.definition,
        "",
        f"- Id, unit: `{indicator.id}`, {indicator.unit}",
        f"- Formula: `{indicator.formula}`",
        f"- Source: {indicator.source}",
        *(account or [f"- How: as “{told}”"]),
    ]


def summary(of: object) -> str:
    """What a docstring says before its first section, in one line: its first paragraph."""
    words = HEAD.split(inspect.getdoc(of) or "")[0]
    return " ".join(words.strip().split("\n\n")[0].split())


def section(of: object, name: str) -> str:
    """A section of a docstring in one line, empty if it has none."""
    parts = HEAD.split(inspect.getdoc(of) or "")
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return " ".join(found.get(name, "").split("\n\n")[0].split())


def block(page: str, name: str) -> str:
    """What stands between the markers of a name."""
    return _marked(name).search(page)[2]  # type: ignore[index]


def put(page: str, name: str, text: str) -> str:
    """The page with a text between the markers of a name."""
    return _marked(name).sub(lambda found: f"{found[1]}\n{text}\n{found[3]}", page)


def _marked(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}: [^>]*-->)\n(.*)\n(<!-- end of {name} -->)", re.DOTALL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--simulate", action="store_true", help="the tables of coverage too")
    page = put(PAGE.read_text(encoding="utf-8"), "indicators", indicators())
    if parser.parse_args().simulate:
        of = country()
        measured = {world: coverage.measure(world, of) for world in coverage.WORLDS}
        page = put(page, "coverage", coverage.as_text(measured, coverage.false_finds(of)))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
