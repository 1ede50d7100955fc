"""Creative industries beside others: what co-location, innovation and supply chain say, case by case."""

from __future__ import annotations

import re
import types
from itertools import product

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.findings import INDICATORS
from reportgen.document.sections.colocation import VARIANTS, Beside, Line, verdict
from reportgen.document.sections.economy import mostly_own
from reportgen.document.voice import Voice
from reportgen.facts.fact import Fact
from reportgen.facts.words import SIDES, Side, side
from reportgen.release.tables import Status
from reportgen.resources import bundled

LONGEST = 105  # letters of a heading
VERDICTS = ("together", "apart", "open", "mixed", "unknown")
BOUNDS: dict[Side, tuple[float, float, float]] = {
    "above": (0.4, 0.2, 0.6),
    "open": (0.1, -0.1, 0.3),
    "below": (-0.4, -0.6, -0.2),
}
PLACES = {
    "name": "Bath",
    "name_start": "Bath",
    "benchmark": "Great Britain",
    "benchmark_short": "GB",
    "london": "London",
    "ahead": [],
    "behind": [],
}
LONG_NAME = "Yorkshire and The Humber, East"  # as long as a heading takes
KINDS = ["new products", "new processes", "collaboration"]


def correlation(where: Side) -> Fact:
    """A correlation on a side of nought."""
    value, low, high = BOUNDS.get(where, (None, None, None))
    status = Status.MISSING if value is None else Status.OK
    reason = "Too few areas have figures." if value is None else ""
    return Fact(
        f"K/co-location-spearman/all/{where}/-/-", value, low, high, "coefficient", 2, status, reason, "employment"
    )


def share(value: float | None, low: float | None = None, high: float | None = None) -> Fact:
    status = Status.MISSING if value is None else Status.OK
    return Fact(f"E/creative-input-exposure/-/{value}/-/-", value, low, high, "share", 2, status, "", "employment")


def on_side(where: Side) -> Fact:
    """A quotient on a side of the national share."""
    value, low, high = (None if end is None else 1 + end for end in BOUNDS.get(where, (None, None, None)))
    return share(value, low, high)


def beside(sides: tuple[Side, ...], others: tuple[Side, ...] = ()) -> Beside:
    lines = [
        Line(variant, share(None), share(None), (correlation(where), correlation(other), correlation(other)))
        for (variant, _), where, other in zip(VARIANTS, sides, others or sides, strict=True)
    ]
    return Beside("kibs-net", "Knowledge-intensive services", tuple(lines))


def said(template: str, block: str, **context: object) -> str:
    return Voice(bundled().templates).part(template, block, {**PLACES, **context}).plain


def sentence(group: Beside) -> str:
    """What is said of one group."""
    return said("sections/colocation.html", "verdict", group=group)


@pytest.mark.parametrize(("made", "served"), list(product(VERDICTS, VERDICTS)))
def test_a_heading_on_co_location_fits_for_every_pair_of_verdicts(made: str, served: str) -> None:
    heading = said(
        "sections/colocation.html", "heading", verdicts={"high-tech-manufacturing": made, "kibs-net": served}
    )
    assert 20 < len(heading) <= LONGEST
    assert (made, served) == ("unknown", "unknown") or not heading.startswith(
        "Where creative work lies beside other industries cannot"
    )


@pytest.mark.parametrize(("concentrated", "innovative"), list(product(SIDES, SIDES)))
def test_a_region_has_a_heading_of_its_own_for_every_pair_of_sides(concentrated: str, innovative: str) -> None:
    context = {"concentrated": concentrated, "innovative": innovative, "name": LONG_NAME, "name_start": LONG_NAME}
    assert 20 < len(said("sections/economy.html", "heading", **context)) <= LONGEST


def test_no_two_cases_of_a_region_share_a_heading() -> None:
    headings = [
        said("sections/economy.html", "heading", concentrated=one, innovative=other)
        for one, other in product(SIDES, SIDES)
    ]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize(("concentrated", "split"), list(product(SIDES, range(4))))
def test_a_heading_names_the_innovation_that_can_be_told(concentrated: str, split: int) -> None:
    """Where activity as a whole cannot, new processes or collaboration may: the table beneath shows them."""
    context = {"concentrated": concentrated, "innovative": "open", "ahead": KINDS[:split], "behind": KINDS[split:]}
    heading = said("sections/economy.html", "heading", **context)
    assert len(heading) <= LONGEST
    assert all(kind in heading for kind in KINDS)
    words = heading.lower().split()
    assert ("more" in words, "fewer" in words or "less" in words) == (split > 0, split < len(KINDS))
    assert "lead" not in words  # a higher share of firms that report it is no lead


SMALL = {"innovative": "unknown", "alone": False, "home": "Yorkshire and The Humber"}


@pytest.mark.parametrize(("leans", "others"), list(product(SIDES, SIDES)))
def test_exposure_that_lies_in_the_creative_industries_is_no_heading(leans: str, others: str) -> None:
    """What the text beneath would take back, as the other industries do not lean so, is not claimed above it."""
    row = types.SimpleNamespace(quotient=share(None))
    context = {"leans": leans, "others_lean": others, "beside": [row, row, row], **SMALL}
    heading = said(
        "sections/economy.html", "heading_in_short", **{**context, "name": LONG_NAME, "name_start": LONG_NAME}
    )
    assert len(heading) <= LONGEST
    assert ("creative inputs" in heading) == (leans == others and leans in ("above", "below"))


@pytest.mark.parametrize(("made", "served", "leans", "innovative"), list(product(SIDES, SIDES, SIDES, SIDES)))
def test_three_columns_have_a_heading_of_all_three(made: Side, served: Side, leans: Side, innovative: Side) -> None:
    """What is clear of co-location, supply and innovation; that nothing is, or that nothing is known, where so."""
    beside = [types.SimpleNamespace(quotient=on_side(each)) for each in ("open", made, served)]
    context = {"leans": leans, "others_lean": leans, "beside": beside, **SMALL, "innovative": innovative}
    heading = said("sections/economy.html", "heading_in_short", **context)
    assert 20 < len(heading) <= LONGEST
    clear = {"above", "below"} & {made, served, leans, innovative}
    assert bool(clear) == (not heading.endswith(("too few firms", "is not known")))


def test_an_open_interval_is_not_called_a_lack() -> None:
    heading = said("sections/economy.html", "heading", concentrated="above", innovative="open")
    assert "Creative work is concentrated here, but its firms are not clearly more innovative" == heading


@given(st.lists(st.sampled_from(SIDES), min_size=1, max_size=4))
def test_a_verdict_holds_for_all_that_is_known(sides: list[Side]) -> None:
    """The order does not matter, nor what is not known; two answers make it mixed."""
    assert verdict(sides) == verdict(sides[::-1]) == verdict([*sides, "unknown"])
    known = {where for where in sides if where != "unknown"}
    assert (verdict(sides) == "mixed") == (len(known) > 1)
    assert (verdict(sides) == "unknown") == (not known)


@given(st.tuples(*[st.sampled_from(SIDES)] * 4), st.tuples(*[st.sampled_from(SIDES)] * 4))
def test_what_is_said_of_a_group_names_each_way_of_measuring_once(
    sides: tuple[Side, ...], others: tuple[Side, ...]
) -> None:
    """In whole sentences, whatever lies on which side; the reason where nothing is known."""
    text = sentence(beside(sides, others))
    assert text.endswith((".", "zero."))
    assert not re.search(r"\b(None|nan)\b|[Bb]y  |[Bb]y it|, by :|by \(|  ", text), text
    if all(where == "unknown" for where in sides):
        assert "is, is not known. Too few areas have figures." in text
    else:
        for both in ("jobs", "local units"):  # a way with London and without it may be said in a breath
            text = text.replace(f"{both}, with and without London", f"{both}, {both} without London")
        every = "jobs, jobs without London, local units, local units without London"
        text = text.replace("jobs and local units, each with and without London", every)
        assert 2 == len(re.findall(r"local units", text)) == text.count("London")


def test_other_correlations_that_differ_are_owned_up_to() -> None:
    above: tuple[Side, ...] = ("above",) * 4
    assert "do not say the same" not in sentence(beside(above))
    assert "do not say the same" in sentence(beside(above, ("above", "above", "open", "above")))


SHARE = st.floats(min_value=0, max_value=0.2)


@given(
    share_here=st.floats(0, 1), share_there=st.floats(0, 1), own=SHARE, own_there=SHARE, rest=SHARE, rest_there=SHARE
)
def test_most_of_a_difference_is_called_its_own_only_where_it_is(
    share_here: float, share_there: float, own: float, own_there: float, rest: float, rest_there: float
) -> None:
    """Exposure is a mean over creative and other industries: what the others' change moves is the lesser part."""
    here = share_here * own + (1 - share_here) * rest
    there = share_there * own_there + (1 - share_there) * rest_there
    if mostly_own(share(here), share(there), share(rest), share(rest_there)):
        by_others = (1 - share_here) * (rest - rest_there)
        assert by_others / (here - there) <= 0.5 + 1e-9


def test_a_difference_is_nobodys_where_there_is_none_or_it_is_not_known() -> None:
    assert not mostly_own(share(0.03), share(0.03), share(0.02), share(0.02))
    assert not mostly_own(share(0.03), share(0.02), share(None), share(0.02))
    assert mostly_own(share(0.033), share(0.034), share(0.028), share(0.027))  # the others go the other way
    assert not mostly_own(share(0.04), share(0.03), share(0.035), share(0.027))


def test_the_sides_of_the_correlations_here_are_what_they_are_called() -> None:
    assert list(SIDES) == [side(correlation(where), 0) for where in SIDES]


SHOWN = ("co-location", "innovation", "creative-input", "industries-by", "output-")


def test_the_font_has_every_letter_of_what_the_methods_page_says_of_them() -> None:
    """Another font would step in for a letter that ours lacks, and the pack would fail its check."""
    has = TTFont(bundled().fonts / "SourceSans3-Regular.ttf").getBestCmap().keys()
    shown = [each for each in INDICATORS if each.id.startswith(SHOWN)]
    lacking = {
        each.id: set(map(ord, f"{each.name}{each.definition}{each.formula}{each.source}")) - has for each in shown
    }
    assert shown
    assert {} == {id: letters for id, letters in lacking.items() if letters}
