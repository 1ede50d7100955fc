"""What sections say of tests: only what the p-value and the sign allow."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.claims import SIGNIFICANT
from reportgen.document.sections import alike, neighbours, outlook, standing
from reportgen.document.sections.tested import first_known, unlikely
from reportgen.document.voice import Voice
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status
from reportgen.resources import bundled

VALUES = st.one_of(st.none(), st.floats(-5, 5, allow_nan=False))
PROBABILITIES = st.one_of(st.none(), st.floats(0.001, 1))


def fact(value: float | None, unit: str = "number", low: float | None = None, high: float | None = None) -> Fact:
    status, reason = (Status.OK, "") if value is not None else (Status.SUPPRESSED, "It is suppressed.")
    return Fact("K1/x/all/2024/-/-", value, low, high, unit, 2, status, reason, "employment")


def comparison(difference: float | None, p: float | None) -> alike.Comparison:
    some = fact(5.0)
    return alike.Comparison("a", "b", (some, some), fact(difference), fact(p), fact(p), fact(p))


@given(VALUES, PROBABILITIES)
def test_a_difference_is_called_one_only_where_chance_seldom_gives_it(value: float | None, p: float | None) -> None:
    found, around = comparison(value, p), neighbours.Tested(fact(value), fact(p))
    sure = p is not None and p <= SIGNIFICANT
    assert (found.diverse in ("more", "less")) == (sure and value is not None)
    assert (around.verdict in ("above", "below")) == (sure and value is not None)
    assert (found.diverse == "unknown") == (value is None)
    assert found.apart == found.alike == ("unknown" if p is None else "yes" if sure else "open")


def test_the_sign_says_in_which_direction() -> None:
    assert [comparison(value, 0.01).diverse for value in (0.4, -0.4)] == ["more", "less"]
    assert [neighbours.Tested(fact(value), fact(0.01)).verdict for value in (0.4, -0.4)] == ["above", "below"]


def test_the_limit_itself_counts_against_chance() -> None:
    assert unlikely(fact(SIGNIFICANT))
    assert not unlikely(fact(SIGNIFICANT + 0.001))
    assert not unlikely(fact(None))


def test_rows_are_sorted_by_jobs_and_where_these_are_not_known_by_local_units() -> None:
    assert first_known({"jobs": fact(1.0), "units": fact(2.0)}) == 1.0
    assert first_known({"jobs": fact(None), "units": fact(2.0)}) == 2.0
    assert first_known({"jobs": fact(None), "units": fact(None)}) == float("-inf")


@pytest.mark.parametrize(
    ("error", "no_change", "better"), [(0.02, 0.07, True), (0.07, 0.07, False), (None, None, False)]
)
def test_a_projection_is_better_only_where_it_came_nearer(
    error: float | None, no_change: float | None, better: bool
) -> None:
    assert better == outlook.Trial("local", fact(9), fact(error), fact(no_change), fact(None), fact(None)).better


@st.composite
def estimates(draw: Any) -> Fact:
    """Jobs of any sign and size, with an interval or without, or not known."""
    value = draw(st.one_of(st.none(), st.sampled_from([0.0, 0.3, -0.3, 1.0, -1.0]), st.floats(-1e6, 1e6)))
    reach = draw(st.one_of(st.none(), st.floats(0, 1e5)))
    if value is None or reach is None:
        return fact(value, "jobs")
    return fact(value, "jobs", value - reach, value + reach)


@given(estimates(), st.lists(st.floats(0, 5), min_size=1, max_size=9))
def test_a_rank_is_open_where_an_interval_holds_most_others(own: Fact, others: list[float]) -> None:
    """So that it cannot stand in a heading; of a number without an interval nothing is said."""
    held = standing.holds_most(own, others)
    assert not standing.holds_most(own, [])
    if own.value is None or own.low is None or own.high is None:
        assert not held
    else:
        inside = [value for value in others if own.low <= value <= own.high]
        assert held == (len(inside) > len(others) - len(inside))


@given(estimates(), estimates(), estimates(), estimates())
def test_no_change_reads_wrong(national: Fact, mix: Fact, local: Fact, change: Fact) -> None:
    """Whatever the parts are: no number with two signs, none where none is known, and a sentence in every case."""
    if not all(part.known for part in (national, mix, local)):
        national = mix = local = change = fact(None, "jobs")
    own = outlook.Shift("E1", "Bath", "Bath", {"national": national, "mix": mix, "local": local, "change": change})
    voice = Voice(bundled().templates)
    context = {
        "kind": "regional",
        "name": "Bath",
        "name_start": "Bath",
        "own": own,
        "vague": False,
        "year": "2024",
        "base": "2019",
        "projected": fact(None, "jobs"),
        "now": fact(None, "jobs"),
        "until": "2029",
        "measure": "jobs",
        "above": "",
        "below": "",
    }
    for block in ("heading", "lede"):
        text = voice.part("sections/outlook.html", block, context).plain
        assert text
        for wrong in ("None", "nan", "gained −", "fell −", "lost −", "short −", "−−", "+−", "+0"):
            assert wrong not in text, text
