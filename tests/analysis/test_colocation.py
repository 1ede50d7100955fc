"""Co-location: which areas a correlation rests on, which are left out, and what is said where there is none."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from reportgen.analysis import colocation
from reportgen.analysis.findings import Findings
from reportgen.analysis.inputs import gather
from reportgen.area_groups import NONE, AreaGroup, AreaGroups
from reportgen.classification import Classification, Definition
from reportgen.settings import Settings

HEAD = "area | crafts | publishing | 2110 | 6910 | rest"
WHOLES = ["Great Britain | 1200 | 800 | 900 | 1500 | 90000", "London | 100 | 100 | 50 | 500 | 9000"]
LONDON = AreaGroups(groups={"london": AreaGroup(name="London", areas=("Place 0", "Place 1"))})
GROUPS = (
    Definition("high-tech-manufacturing", "High-tech manufacturing", "HTM", ("21",)),
    Definition("kibs-net", "KIBS net", "KIBS net", ("69",)),
)


def towns(number: int = 14, factor: int = 1) -> list[str]:
    """Places in which the more jobs there are in publishing, the fewer are in 2110."""
    rng = np.random.default_rng(5)
    lines = []
    for town in range(number):
        jobs = [*rng.integers(1, 30, size=2), 40 - 2 * town, rng.integers(5, 60), 1000]
        jobs[1] = 5 + 3 * town
        lines.append(" | ".join([f"Place {town}", *(str(int(each) * factor) for each in jobs)]))
    return lines


def whole(factor: int = 1) -> list[str]:
    cells = [line.split(" | ") for line in WHOLES]
    return [" | ".join([name, *(str(int(cell) * factor) for cell in rest)]) for name, *rest in cells]


@pytest.fixture
def colocate(release_of):
    """Takes lines of places, gives a look-up of the family's rows."""

    def look(*lines: str, groups: AreaGroups = NONE, wholes: list[str] = WHOLES, of=GROUPS, **changes: object):
        release = replace(release_of("\n".join([HEAD, *wholes, *lines])), **changes)
        creative = tuple(
            Definition(name, name.capitalize(), name.capitalize(), (code,))
            for name, code in (("crafts", "3212"), ("publishing", "5811"))
        )
        classification = Classification("test", "Test", "none", datetime.date(2020, 1, 1), None, creative, of, {})
        frame = colocation.findings(gather(release, classification, Settings(), groups))
        found = Findings({"colocation": frame}, {"employment": ("2023",)})

        def get(indicator: str, sub_sector: str = "publishing", other: str = "kibs-net", variant: str = "jobs"):
            return found.get("Great Britain", f"co-location-{indicator}", sub_sector, "2023", other, variant)

        return get

    return look


def test_areas_with_much_of_one_and_little_of_another_correlate_negatively(colocate) -> None:
    """With an interval around the value that lies below nought."""
    get = colocate(*towns())
    for indicator in ("pearson", "pearson-log", "spearman"):
        found = get(indicator, other="high-tech-manufacturing")
        assert -1 <= found.low <= found.value <= found.high < 0
        assert "employment" == found.source


def test_ten_times_the_jobs_everywhere_change_nothing(colocate) -> None:
    one, ten = colocate(*towns()), colocate(*towns(factor=10), wholes=whole(10))
    for indicator in ("pearson", "pearson-log", "spearman"):
        for end in ("value", "low", "high"):
            assert getattr(ten(indicator), end) == pytest.approx(getattr(one(indicator), end), abs=1e-9)


def test_the_matrix_is_symmetric_and_has_the_spearman_correlations(colocate) -> None:
    get = colocate(*towns())
    assert 1.0 == pytest.approx(get("matrix", "crafts", "crafts").value)
    assert get("matrix", "crafts", "publishing").value == get("matrix", "publishing", "crafts").value
    assert get("matrix").value == get("spearman").value
    assert get("matrix").low is None


def test_a_suppressed_area_is_left_out_and_counted(colocate) -> None:
    """All values are those without it."""
    without, with_it = colocate(*towns()), colocate(*towns(), "Bath | 10 | [c] | 10 | 10 | 1000")
    for indicator in ("pearson", "pearson-log", "spearman"):
        assert without(indicator).value == pytest.approx(with_it(indicator).value, abs=1e-12)
    assert [14.0, 1.0, 0.0] == [with_it(f"areas{rest}").value for rest in ("", "-left-out", "-zero")]


def test_an_area_with_nothing_is_left_out_of_logarithms_alone(colocate) -> None:
    without, with_it = colocate(*towns()), colocate(*towns(), "Bath | 10 | 0 | 10 | 10 | 1000")
    assert without("pearson-log").value == pytest.approx(with_it("pearson-log").value, abs=1e-12)
    assert without("pearson").value != pytest.approx(with_it("pearson").value, abs=1e-3)
    assert [15.0, 0.0, 1.0] == [with_it(f"areas{rest}").value for rest in ("", "-left-out", "-zero")]


def test_an_area_of_low_reliability_takes_part_and_is_told(colocate) -> None:
    found = colocate(*towns(), "Bath | 10 | 5 [u] | 10 | 10 | 1000")("spearman")
    assert "low-reliability" == found.status
    assert "Of the 15 areas that this rests on, 1 has a figure of low reliability." == found.reason


def test_nine_areas_tell_nothing(colocate) -> None:
    """Were it ten with a suppressed one, the tenth would be what stands in the way."""
    few = colocate(*towns(9))("pearson")
    hidden = colocate(*towns(9), "Bath | 10 | [c] | 10 | 10 | 1000")("pearson")
    assert (None, "not-applicable") == (few.value, few.status)
    assert (None, "suppressed") == (hidden.value, hidden.status)
    assert "Areas that have the figures that this rests on: 9 of 10;" in hidden.reason


def test_without_london_its_local_areas_are_left_out(colocate) -> None:
    get = colocate(*towns(), groups=LONDON)
    assert [14.0, 12.0] == [get("areas", variant=variant).value for variant in ("jobs", "jobs.ex-london")]
    assert "ok" == get("pearson", variant="units.ex-london").status


def test_where_nobody_says_what_london_is_nothing_is_told_without_it(colocate) -> None:
    found = colocate(*towns())("areas", variant="jobs.ex-london")
    assert (None, "missing") == (found.value, found.status)
    assert "The release has no local areas that are known to belong to London." == found.reason


def test_a_group_that_the_classification_lacks_is_missing(colocate) -> None:
    found = colocate(*towns())("pearson", other="kibs")
    assert (None, "missing") == (found.value, found.status)
    assert "The classification has no group of industries kibs." == found.reason


def test_without_local_units_all_areas_are_left_out(colocate) -> None:
    get = colocate(*towns(), businesses=None)
    assert [0.0, 14.0] == [get(f"areas{rest}", variant="units").value for rest in ("", "-left-out")]
    assert "missing" == get("pearson", variant="units").status
    assert "Areas that have the figures that this rests on: 0 of 14;" in get("pearson", variant="units").reason
