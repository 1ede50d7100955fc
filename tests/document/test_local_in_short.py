"""What a local pack says in short of its peers, its industries and its growth: whole sentences in every case."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from types import SimpleNamespace

import pytest

from reportgen.document.voice import Voice
from reportgen.facts.fact import Fact
from reportgen.facts.words import SIDES, Side
from reportgen.release.tables import Status
from reportgen.resources import bundled

LONGEST = 105  # letters of a heading
LONG_NAME, LONG_PEER = "Llandrindod Wells and Builth Wells", "Blandford Forum and Gillingham"
PLACES = {
    "kind": "local",
    "name": LONG_NAME,
    "name_start": LONG_NAME,
    "benchmark": "Great Britain",
    "local_plural": "travel-to-work areas",
    "regional_plural": "countries and regions",
    "things": "jobs",
    "measure": "jobs",
    "growth_base": "2019",
    "home": "Wales",
    "nation": "the United Kingdom",
    "correlated_in": "the United Kingdom",
    "benchmark_short": "GB",
    "alone": False,
    "buyer_name": "construction",
}
ENDS: dict[Side, tuple[float, float, float]] = {
    "above": (1.4, 1.2, 1.6),
    "open": (1.1, 0.9, 1.3),
    "below": (0.6, 0.4, 0.8),
}


def fact(where: Side, line: float = 1.0, unit: str = "ratio", name: str = "") -> Fact:
    """A fact on a side of a line; without a value where the side is unknown."""
    value, low, high = (end - 1 + line for end in ENDS[where]) if where in ENDS else (None, None, None)
    status, reason = (
        (Status.OK, "") if where in ENDS else (Status.MISSING, "The release has no figures on it (Bath, 2024).")
    )
    return Fact(f"W/{name or where}/all/2024/-/-", value, low, high, unit, 2, status, reason, "employment")


def said(section: str, block: str, **context: object) -> str:
    return Voice(bundled().templates).part(f"sections/{section}.html", block, {**PLACES, **context}).plain


def row(quotient: Side, correlation: Side) -> SimpleNamespace:
    return SimpleNamespace(quotient=fact(quotient), correlation=fact(correlation, line=0.0, unit="coefficient"))


def whole(text: str) -> None:
    """Sentences end, none is missing a word, none says a Python word."""
    assert text == "" or text.endswith((".", ").")), text
    assert not re.search(r"None|nan|undefined|\(\)|\(, |  | [,.;]|\.\.", text), text


@pytest.mark.parametrize(("leans", "served"), list(product(SIDES, SIDES)))
def test_there_is_a_heading_on_other_industries_for_every_pair_of_sides(leans: Side, served: Side) -> None:
    heading = said(
        "economy",
        "heading_in_short",
        leans=leans,
        others_lean=leans,
        beside=[row("open", "open"), row("open", "open"), row(served, "open")],
    )
    assert 20 < len(heading) <= LONGEST
    assert ("cannot be said" in heading) == (leans == "unknown" and served in ("open", "unknown"))


@pytest.mark.parametrize(("made", "served"), list(product(SIDES, SIDES)))
def test_co_location_is_told_for_every_pair_of_sides(made: Side, served: Side) -> None:
    beside = [row("open", "open"), row(made, made), row(served, served)]
    whole(said("economy", "co_located", beside=beside))
    text = said("economy", "in_same_places", beside=beside)
    whole(text)
    assert text.count("cannot be told") == [made, served].count("open")
    assert text.count("different places") == [made, served].count("below")


@pytest.mark.parametrize(("innovative", "nation"), list(product(SIDES, SIDES)))
def test_innovation_is_that_of_the_region_and_says_so(innovative: Side, nation: Side) -> None:
    rates = [
        {
            "creative": fact("open", 0.0, "share"),
            "whole": fact("open", 0.0, "share"),
            "nation": fact(nation, 0.0, "points"),
        }
    ]
    text = said("economy", "in_its_region", surveyed=True, rates=rates, innovative=innovative)
    whole(text)
    assert text.startswith(
        "The innovation survey speaks of countries and regions, not of single travel-to-work areas. In Wales,"
    )
    assert (nation == "unknown") == ("the United Kingdom" not in text)


def test_innovation_that_nobody_asked_for_has_a_sentence() -> None:
    text = said("economy", "in_its_region", surveyed=False, rates=[])
    assert (
        f"The innovation survey speaks of the country and its regions alone, so it says nothing of {LONG_NAME}." == text
    )
    text = said("economy", "in_its_region", surveyed=True, rates=[], why_no_rates=fact("unknown"))
    whole(text)
    assert text.endswith("The release has no figures on it (Bath, 2024).")


@pytest.mark.parametrize(("leans", "others", "there"), list(product(SIDES, SIDES, ("open", "unknown"))))
def test_the_supply_chain_is_told_for_every_pair_of_sides(leans: Side, others: Side, there: Side) -> None:
    exposure = [{"there": fact(there, 0.0, "share")}]
    context = {"leans": leans, "others_lean": others, "mostly_own": False, "exposure": exposure}
    text = said(
        "economy", "inputs", exposed=fact("open", 0.0, "share"), buyer=fact("open", 0.0, "share", "b"), **context
    )
    whole(text)
    assert "construction is the largest buyer of creative inputs" in text
    text = said("economy", "inputs", exposed=fact("unknown"), buyer=fact("unknown"), **context)
    start = f"How much the industries of {LONG_NAME} lean on creative inputs cannot be said."
    assert f"{start} The release has no figures on it (Bath, 2024)." == text


def place(name: str = LONG_PEER, effective: Side = "open", distance: Fact | None = None) -> SimpleNamespace:
    return SimpleNamespace(name=name, spoken=name, effective=fact(effective, 5.0, "number"), distance=distance)


@pytest.mark.parametrize(("own", "home", "spread"), list(product(SIDES, (*SIDES, None), SIDES)))
def test_the_profile_is_told_beside_that_of_the_region(own: Side, home: Side | None, spread: Side) -> None:
    context = {"own": place(effective=own), "home": place("Wales", home) if home else None, "spread": spread}
    grown = {name: [LONG_PEER] if name == "open" else [] for name in SIDES}
    whole(said("nearest", "said", peers=[place()], why_none=fact("open"), grown=grown, **context))


@pytest.mark.parametrize("sides", list(product((True, False), repeat=3)))
def test_growth_beside_nearest_peers_names_those_that_differ(sides: tuple[bool, bool, bool]) -> None:
    grown = {
        name: [f"{name} it"] if there else [] for name, there in zip(("above", "open", "below"), sides, strict=True)
    }
    peers = [place(names[0]) for names in grown.values() if names] or [place()]
    grown["unknown"] = [] if any(sides) else [LONG_PEER]
    text = said(
        "nearest", "said", own=place(), home=None, spread="unknown", peers=peers, why_none=fact("open"), grown=grown
    )
    whole(text)
    assert ("above it" in text, "below it" in text) == (sides[0], sides[2])
    assert any(sides) == ("is not known" not in text)


@pytest.mark.parametrize(
    ("own", "home", "why"),
    [
        (True, True, "these intervals overlap"),
        (False, True, "its own number has no interval"),
        (True, False, "that number has no interval"),
        (False, False, "neither number has an interval"),
    ],
)
def test_profiles_that_nothing_tests_are_not_called_alike(own: bool, home: bool, why: str) -> None:
    """Numbers without an interval were not compared: that they cannot be told apart would be a finding."""
    rows = [place(effective="open"), place("Wales", "open")]
    for row_, ranged in zip(rows, (own, home), strict=True):
        row_.effective = row_.effective if ranged else replace(row_.effective, low=None, high=None)
    grown = {name: [LONG_PEER] if name == "open" else [] for name in SIDES}
    text = said(
        "nearest", "said", own=rows[0], home=rows[1], spread="open", peers=[place()], why_none=None, grown=grown
    )
    whole(text)
    assert f"; {why}, so which is more even is not clear." in text


def test_a_place_too_small_for_peers_says_why_and_has_a_heading() -> None:
    context = {"own": place(), "home": None, "spread": "unknown", "peers": [], "grown": {}, "why_none": fact("unknown")}
    assert said("nearest", "said", **context).endswith("The release has no figures on it (Bath, 2024).")
    assert "Which places are most like this area is not known" == said("nearest", "heading", **context)
    assert len(said("nearest", "heading", **{**context, "peers": [place()]})) <= LONGEST


@pytest.mark.parametrize(("above", "below", "shifted"), list(product(("", "Crafts"), ("", "Design"), ([], [1]))))
def test_sub_sectors_beyond_national_growth_are_named(above: str, below: str, shifted: list[int]) -> None:
    text = said("outlook", "own_parts", shifted=shifted, above=above, below=below)
    whole(text)
    assert ("Crafts" in text, "Design" in text) == (bool(above and shifted), bool(below and shifted))
