"""
Areas with facts that a test writes down as a table, and the bundled release, analysed once.
Cells of `value`: `1.2`, `1.1 to 1.3` (the middle is the value), `1.1 to 1.3 [u]` of low reliability, `[c]`, `[x]`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.findings import COLUMNS, FAMILIES, FAMILY, KEY, Findings
from reportgen.analysis.shape import stack
from reportgen.assessment.recommendations import Advice, Adviser, advise_all
from reportgen.assessment.rules import Rule, load, read_rules
from reportgen.classification import Classification
from reportgen.classification import load as load_classification
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import bundled
from tests.releases import illustrative
from tests.support import MARKS, as_rows, write_release

YEARS = ("2018", "2023")
HEADER = ("area", "indicator", "sub_sector", "other", "variant", "value")


def findings_of(text: str) -> Findings:
    """Findings of the year 2023 out of a table between bars: area, indicator, sub-sector, other, variant, value."""
    lines = [line for line in as_rows("facts", text) if line != list(HEADER)]
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in FAMILIES}
    for area, indicator, sub_sector, other, variant, cell in lines:
        key = (area, indicator, sub_sector, "2023", other, variant)
        rows[FAMILY[indicator]].append((*key, *_numbers(cell), "", "employment"))
    frames = {name: _frame(found) for name, found in rows.items()}
    return Findings(frames, {"employment": YEARS, "businesses": YEARS})


def _numbers(cell: str) -> tuple[float, float, float, str]:
    if cell in MARKS:
        return (np.nan, np.nan, np.nan, MARKS[cell])
    number, flagged, _ = cell.partition(" [u]")
    low, ranged, high = number.partition(" to ")
    ends = (float(low), float(high)) if ranged else (np.nan, np.nan)
    value = (ends[0] + ends[1]) / 2 if ranged else float(low)
    return (value, *ends, "low-reliability" if flagged else "ok")


def _frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    if not rows:
        return stack([])
    order = [*KEY, "value", "low", "high", "status", "reason", "source"]
    frame = pd.DataFrame(rows, columns=order)[list(COLUMNS)]
    return frame.astype(dict.fromkeys((*KEY, "status", "reason", "source"), "category"))


@dataclass(frozen=True)
class Place:
    """A tiny release (Bath and Bristol in the South West, London) with facts of its own."""

    release: Release
    classification: Classification
    tmp_path: Path

    def rules(self, *texts: str) -> tuple[Rule, ...]:
        path = self.tmp_path / "recommendations.toml"
        path.write_text("".join(f"[[rule]]\n{text}\n" for text in texts), encoding="utf-8")
        return read_rules(path, [part.id for part in (*self.classification.creative, self.classification.whole)])

    def adviser(self, facts: str, *rules: str) -> Adviser:
        return Adviser(self.release, findings_of(facts), self.rules(*rules), self.classification)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    folder = write_release(tmp_path / "tiny", universities=UNIVERSITIES)
    return Place(
        read(folder, bundled().classification), load_classification(bundled().classification, "dcms-sic2007"), tmp_path
    )


UNIVERSITIES = """
    institution | area      | measure             | value
    Old College | E30000165 | graduates-creative  |   300
    Old College | E30000165 | graduates-computing |    50
    New College | E30000165 | graduates-creative  |   100
    New College | E30000165 | graduates-computing |   200
    Harbour Art | E30000180 | graduates-creative  |   500
"""


@dataclass(frozen=True)
class Ours:
    """The bundled release, our rules, and what follows from them for each of its areas."""

    release: Release
    findings: Findings
    classification: Classification
    rules: tuple[Rule, ...]
    advice: dict[str, Advice]

    @property
    def adviser(self) -> Callable[[], Adviser]:
        return lambda: Adviser(self.release, self.findings, self.rules, self.classification)


@pytest.fixture(scope="session")
def ours() -> Ours:
    work = illustrative()
    release, findings, classification = work.release, work.findings, work.classification
    rules = load(bundled(), classification)
    return Ours(release, findings, classification, rules, advise_all(release, findings, rules, classification))
