"""Alike: how diverse the regions' creative work is, who resembles whom, and whether South and North differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from reportgen.charts import theme
from reportgen.charts.heat import heat_map
from reportgen.charts.rows import Column
from reportgen.document.brief import TABLE, Brief, Measure
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated
from reportgen.document.sections import pictures
from reportgen.document.sections.tested import along, unlikely
from reportgen.facts import said
from reportgen.facts.fact import Fact
from reportgen.facts.words import compared
from reportgen.release.tables import Status

MOST_PEERS = 12  # places whose nearest peer is told
# px, height of the heat map's rows: as high as there is room where it has a page of its own, which it has beside tests.
ROW, LOW, ROOM = 52.0, 26.0, 590.0
# Of the comparisons that the analysis makes, those that the table shows: the first is the one that sentences tell, the
# second the same without its two largest cities.
SHOWN = (
    "wider-south|north-and-midlands",
    "wider-south-without-london|north-and-midlands-without-manchester",
    "wider-south-without-london|north-and-midlands",
    "wider-south|north-and-midlands-without-manchester",
)


@dataclass(frozen=True)
class Peer:
    """An area, the one that is most like it, and how unlike even that one is."""

    name: str
    peer: str
    distance: Fact


@dataclass(frozen=True)
class Comparison:
    """Two groups of cities and what tests say of them; `alike` asks whether the second is alike within itself."""

    one: str
    other: str
    means: tuple[Fact, Fact]
    difference: Fact
    difference_p: Fact
    profiles_p: Fact
    alike_p: Fact

    @property
    def diverse(self) -> str:
        """What can be said of the two by how diversified they are: more, less, open, unknown."""
        if self.difference.value is None:
            return "unknown"
        if not unlikely(self.difference_p):
            return "open"
        return "more" if self.difference.value > 0 else "less"

    @property
    def apart(self) -> str:
        """Whether their profiles differ: yes, open, unknown."""
        return _verdict(self.profiles_p)

    @property
    def alike(self) -> str:
        """Whether the cities of the second are more alike among themselves than cities of both: yes, open, unknown."""
        return _verdict(self.alike_p)


def gather(brief: Brief) -> dict[str, Any] | None:
    if not brief.release.at_level("regional") and not brief.release.at_level("local"):
        return None
    measure, year = brief.measure, brief.year
    regions = _regions(brief)
    least = along(brief, "permanova-p", "variant")[0].partition(".")[2]
    comparisons = [_comparison(brief, pair, f"{measure}.{least}") for pair in SHOWN]
    spots = pictures.hotspots(brief, brief.area)
    peers = list(_peers(brief, spots or _biggest(brief)))[:MOST_PEERS]
    known = sorted((row for row in regions if row["effective"].known), key=lambda row: -row["effective"].value)
    context: dict[str, Any] = brief.words | {
        "year": dated(year),
        "regions": regions,
        "most_diverse": known[0] if known else None,
        "least_diverse": known[-1] if len(known) > 1 else None,
        "apart": len(known) > 1 and compared(known[0]["effective"], known[-1]["effective"]) == "above",
        "reliable": all(row["effective"].status is Status.OK for row in (*known[:1], *known[-1:])),
        "leads": len(known) > 1 and compared(known[0]["effective"], known[1]["effective"]) == "above",
        "peers": peers,
        "of_hotspots": bool(spots),
        "nearest": min(peers, key=lambda peer: peer.distance.value or 0.0, default=None),
        "comparisons": comparisons,
        "main": comparisons[0],
        "without": comparisons[1],
        "cities": _cities(brief, f"{measure}.{least}"),
        "least": int(least),
        "tested": any(one.difference.known for one in comparisons),
        "source": brief.source_line("employment", "businesses"),
    }
    for block in ("heading", "lede"):
        context[block] = brief.say("alike", block, context).html
    context["figure"] = _heat(brief, [row for row in regions if row["place"].known], context)
    context["tests_number"] = brief.next_table() if context["tested"] else 0
    context["peers_number"] = brief.next_table() if peers else 0
    return context


def _regions(brief: Brief) -> list[dict[str, Any]]:
    """The regions in the order of likeness, those without a profile last."""
    variant = f"{brief.measure}.regions"
    codes = brief.release.at_level("regional")
    rows = [
        {
            "code": code,
            "name": brief.release.name_of(code),
            "spoken": brief.spoken(code),
            "place": brief.book.fact(code, "cluster-order", "all", brief.year, variant=variant),
            "effective": brief.book.fact(code, "effective-sub-sectors", "all", brief.year, variant=brief.measure),
            **_most_like(brief, code, codes),
        }
        for code in codes
    ]
    return sorted(rows, key=lambda row: (row["place"].value or float("inf"), row["name"]))


def _heat(brief: Brief, rows: list[dict[str, Any]], context: dict[str, Any]) -> Markup:
    """The distances between the regions with the tree that joins them; nothing where there are no two."""
    if len(rows) < 2:
        return Markup()
    names = {row["code"]: row["name"] for row in rows}
    codes = list(names)
    distances = [
        (names[one], brief.book.fact(one, "profile-distance", "all", brief.year, other, brief.measure))
        for place, one in enumerate(codes)
        for other in codes[:place]
    ]
    variant = f"{brief.measure}.regions"
    joins = [
        brief.book.fact(one, "cluster-merge", "all", brief.year, other, variant).value or 0.0
        for one, other in pairwise(codes)
    ]
    numbers = figure_rows([(row["name"], row["effective"]) for row in rows])
    words = theme.words()
    columns = (
        Column(words["sub-sectors"], [row.text for row in numbers], "strong"),
        Column(words["interval"], [row.interval for row in numbers]),
    )
    draw = partial(
        heat_map,
        figure_rows(distances),
        fonts=brief.fonts,
        names=names,
        pair=("area", "other"),
        darkest="low",
        joins=joins,
        columns=columns,
        key=True,
        row=max(min(ROW, ROOM / len(names)), LOW) if context["tested"] else LOW,
    )
    closest = min((row for row in rows if row["like"]), key=lambda row: (row["distance"].value, row["name"]))
    more = {
        **context,
        "shown": rows,
        "closest": closest,
        "as_near": sum(said.number(fact) == said.number(closest["distance"]) for _, fact in distances if fact.known)
        > 1,
        "untold": [row for row in context["regions"] if row not in rows],
    }
    return charted(brief, draw, "alike", "heat", more, TABLE[brief.measure])


def _most_like(brief: Brief, code: str, codes: Iterable[str]) -> dict[str, Any]:
    """The region whose profile is nearest, and its distance; of one without, its distance from itself, not known."""
    distances = nearest_regions(brief, code, codes)
    if distances:
        return {"like": brief.release.name_of(distances[0][0]), "distance": distances[0][1]}
    own = brief.book.fact(code, "profile-distance", "all", brief.year, code, brief.measure)
    return {"like": "", "distance": own}


def nearest_regions(brief: Brief, code: str, codes: Iterable[str]) -> list[tuple[str, Fact]]:
    """The regions whose profiles are known, the one most like a region first."""
    found = [
        (other, brief.book.fact(code, "profile-distance", "all", brief.year, other, brief.measure))
        for other in codes
        if other != code
    ]
    known = [(other, fact) for other, fact in found if fact.value is not None]
    return sorted(known, key=lambda pair: (pair[1].value or 0.0, brief.release.name_of(pair[0])))


def nearest_peer(brief: Brief, code: str, place: int, measure: Measure) -> Peer | None:
    """The local area that stands in a place among the peers of another; None where there is none."""
    variant = f"{measure}.{place}"
    year = brief.years(measure)[-1]
    [other] = along(brief, "nearest-peer", "other", area=code, variant=variant)
    fact = brief.book.fact(code, "nearest-peer", "all", year, other, variant)
    return Peer(brief.release.name_of(code), brief.release.name_of(other), fact) if fact.known else None


def _peers(brief: Brief, codes: list[str]) -> Iterable[Peer]:
    found = (nearest_peer(brief, code, 1, brief.measure) for code in codes)
    return (peer for peer in found if peer is not None)


def _biggest(brief: Brief) -> list[str]:
    """The local areas with the most jobs, largest first, where these are known."""
    year = brief.years("jobs")[-1]
    jobs = {code: brief.book.fact(code, "jobs", "", year).value for code in brief.release.at_level("local")}
    known = [code for code in jobs if jobs[code] is not None]
    return sorted(known, key=lambda code: (-(jobs[code] or 0.0), brief.release.name_of(code)))


def _comparison(brief: Brief, pair: str, variant: str) -> Comparison:
    one, other = pair.split("|")

    def tested(indicator: str, key: str) -> Fact:
        return brief.book.fact(brief.release.info.national, indicator, "all", brief.year, key, variant)

    return Comparison(
        one,
        other,
        (tested("group-effective-sub-sectors", one), tested("group-effective-sub-sectors", other)),
        tested("effective-sub-sectors-difference", pair),
        tested("effective-sub-sectors-difference-p", pair),
        tested("permanova-p", pair),
        tested("within-group-distance-p", f"{other}|{one}"),
    )


def _cities(brief: Brief, variant: str) -> tuple[Fact, Fact]:
    """How many cities the two groups of the first comparison have."""
    first, second = SHOWN[0].split("|")
    return (
        brief.book.fact(brief.release.info.national, "group-cities", "all", brief.year, first, variant),
        brief.book.fact(brief.release.info.national, "group-cities", "all", brief.year, second, variant),
    )


def _verdict(p: Fact) -> str:
    if p.value is None:
        return "unknown"
    return "yes" if unlikely(p) else "open"
