"""Who acts, what a page says where no step follows, and which strengths it names: a sentence for each case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.document.voice import Voice
from reportgen.release.tables import Status
from reportgen.resources import Resources, bundled
from reportgen.settings import HotspotRule
from tests.made import fact

RULES = bundled().root / "templates" / "recommendations"
OWNER = '{% block owner %}{% from "components/owner.html" import owner with context %}{{ owner() }}{% endblock %}'
CALLED = """{% block called %}
{% from "components/advice.html" import called with context %}{{ called({"id": id, "texts": none}) }}
{% endblock %}"""


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Voice:
    folder: Path = tmp_path_factory.mktemp("own")
    (folder / "templates/sections").mkdir(parents=True)
    (folder / "templates/sections/macros.html").write_text(OWNER + CALLED, encoding="utf-8")
    return Voice(Resources((folder, bundled().root)).templates)


def say(voice: Voice, section: str, block: str, **context: Any) -> str:
    return voice.part(f"sections/{section}.html", block, {"things": "jobs", "custom": False, **context}).plain


@pytest.mark.parametrize(
    ("kind", "name", "region", "owner"),
    [
        ("local", "London", "London", "The mayor’s office of London, with the boroughs."),
        ("local", "Inner London - West", "London", "The mayor’s office of London, with the boroughs."),
        ("regional", "London", "the United Kingdom", "The mayor’s office of London, with the boroughs."),
        (
            "local", "the Highlands and Islands", "Scotland",
            "The councils of the Highlands and Islands, with the devolved government of Scotland.",
        ),
        (
            "local", "Northern Ireland", "Northern Ireland",
            "The councils of Northern Ireland, with its devolved government.",
        ),
        (
            "local", "Bristol", "the South West",
            "The combined authority, or the councils of Bristol.",
        ),
    ],
)  # fmt: skip
def test_an_owner_is_an_office_that_the_place_has(voice: Voice, kind: str, name: str, region: str, owner: str) -> None:
    """No combined authority in London or in a nation that has none, and no level of areas before a name."""
    words = {"kind": kind, "name": name, "region": region, "london": "London", "local_singular": "NUTS 2 area"}
    assert owner == say(voice, "macros", "owner", **words)


@pytest.mark.parametrize(
    ("reached", "heading"),
    [
        (0, "No step follows from the evidence on the South West"),
        (1, "No step follows for the South West as a whole; a step follows in 1 of its 4 areas"),
        (2, "No step follows for the South West as a whole; steps follow in 2 of its 4 areas"),
    ],
)
def test_where_none_follows_for_a_region_the_heading_says_whether_any_does_in_it(
    voice: Voice, reached: int, heading: str
) -> None:
    words = {"kind": "regional", "name": "the South West", "lines": [], "all_steps": [], "near": False}
    words |= {"reached": fact(reached, "areas"), "all_areas": fact(4, "areas")}
    assert heading == say(voice, "recommendations", "heading", **words)


@pytest.mark.parametrize("rule", [path.stem for path in sorted(RULES.glob("*.html"))])
def test_a_rule_has_the_verb_of_its_actions_in_its_name(voice: Voice, rule: str) -> None:
    """Who reads a name in the table of a region finds the step again in the pack of the area."""
    block = (RULES / f"{rule}.html").read_text(encoding="utf-8").split("{% block action %}")[1].split("{% endblock")[0]
    actions = [line for line in block.strip().splitlines() if not line.startswith("{%")]
    verbs = {action.split()[0].strip(":;") for action in actions}
    assert verbs == {say(voice, "macros", "called", id=rule).split()[0]}


STRENGTH = {
    "kind": "local", "above_count": fact(3, "sub-sectors"), "strongest": fact(1.96, "ratio", 1.6, 2.4),
    "strongest_name": "Design", "strongest_full": "Design and designer fashion", "strongest_jobs": None,
    "weakest": None, "lacking_jobs": None, "most_jobs": None,
    "tied_name": "Music and arts", "tied_full": "Music and visual arts",
}  # fmt: skip


def test_two_strengths_that_cannot_be_told_apart_are_both_named(voice: Voice) -> None:
    both = STRENGTH | {"the_share_of_things": "the national share of jobs", "tied": fact(1.9, "ratio", 1.5, 2.3)}
    assert say(voice, "headlines", "what_title", **both) == "Design, and Music and arts are strengths"
    assert say(voice, "headlines", "what_text", **both).endswith(
        "Music and visual arts, at 1.90 times (1.50 to 2.30), is level with it: the intervals overlap."
    )
    assert say(voice, "headlines", "what_title", **STRENGTH, tied=None) == "Design is the strength"


@pytest.mark.parametrize(
    ("below", "text"),
    [
        (1, "Crafts is the only sub-sector clearly below it, at 0.23 times"),
        (4, "Crafts is among those below it, at 0.23 times"),
        (9, "All are clearly below it, Crafts at 0.23 times"),
    ],
)
def test_a_gap_is_the_only_one_among_several_or_among_all(voice: Voice, below: int, text: str) -> None:
    gap = STRENGTH | {"strongest": None, "tied": None, "weakest": fact(0.23, "ratio", 0.1, 0.4)}
    gap |= {"weakest_full": "Crafts", "below_count": fact(below, "sub-sectors"), "sub_sector_count": 9}
    assert say(voice, "headlines", "what_text", **gap) == f"{text} (0.10 to 0.40)."


PASSED_OVER = {
    "kind": "regional", "hotspot_count": fact(1, "areas"), "hotspot_areas": fact(7, "areas"),
    "areas": fact(7, "areas"), "open_spots": [], "local_plural": "travel-to-work areas",
    "rule": HotspotRule(),
    "passed_over_name": "Bath", "passed_over": fact(1.5, "ratio", 1.2, 1.8),
    "passed_over_by_units": fact(1.06, "ratio", 0.99, 1.12), "passed_over_sure": fact(1, "yes or no"),
    "passed_over_units": fact(1130, "local units"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("but", "text"),
    [
        ({"passed_over": None}, "no other meets every part of the rule: concentration, size and breadth."),
        (
            {"passed_over": fact(1.5, "ratio", 0.9, 2.8)},
            "Bath has a higher quotient, 1.50, but its interval, 0.90 to 2.80, includes the national share.",
        ),
        (
            {"passed_over_sure": fact(0, "yes or no")},
            "but its local units, at 1.06 times the national share, are not surely concentrated.",
        ),
        (
            {"passed_over_units": fact(40, "local units")},
            "Bath has a higher quotient, 1.50, but 40 creative local units, where the rule asks for 50.",
        ),
        ({}, "Bath has a higher quotient, 1.50, but too few concentrated sub-sectors with local units enough."),
    ],
)
def test_beside_a_single_hotspot_a_higher_place_is_told_with_what_it_lacks(
    voice: Voice, but: dict[str, Any], text: str
) -> None:
    assert say(voice, "headlines", "where_text", **PASSED_OVER | but).endswith(text)


def test_growth_is_told_beside_that_of_the_whole_where_the_two_lie_apart(voice: Voice) -> None:
    """An interval that leaves out the growth of Great Britain is no detail of the figure."""
    slow, fast = fact(0.01, "rate", 0.005, 0.015), fact(0.03, "rate", 0.025, 0.035)
    place = {"name": "Wales", "name_start": "Wales", "benchmark": "Great Britain", "benchmark_short": "GB"}
    place |= {"growth_base": "", "measure": "jobs", "units_change": None}
    told = place | {"kind": "regional", "growth": slow, "growth_all": slow, "growth_gb": fast}
    assert say(voice, "growth", "heading", **told).endswith("more slowly than in GB")
    assert say(voice, "growth", "lede", **told).endswith("the change here is clearly lower.")
    like = told | {"growth_gb": slow}
    assert "slowly" not in say(voice, "growth", "heading", **like)
    assert say(voice, "growth", "lede", **like).endswith("no clear difference.")
    nation = like | {"kind": "national"}
    assert say(voice, "growth", "lede", **nation).endswith("differs from that cannot be told.")


def test_areas_for_no_flagship_are_told_by_themselves(voice: Voice) -> None:
    """They are no clusters that could be backed."""
    counted = {"count": fact(56, "areas"), "mirror": fact(36, "areas")}
    panels = [counted | {"title": "Maximise existing clusters"}, {"title": "Evidence", "count": fact(5, "areas")}]
    assert say(voice, "recommendations", "panel_note", **counted) == "56 areas, 36 for no flagship (no dot)"
    assert say(voice, "recommendations", "maps_title", panels=panels) == (
        "“Maximise existing clusters” has most areas: 56, 36 of them for no flagship"
    )


def test_a_principle_without_a_dot_has_no_map_and_is_named_with_the_reason(voice: Voice) -> None:
    """An empty map would look like a map of nothing, whether the count is nought or not known."""
    without = [
        {"title": "Universities", "count": fact(None, "areas", status=Status.MISSING), "mirror": None},
        {"title": "Supply chains", "count": fact(0, "areas"), "mirror": None},
        {"title": "Clusters", "count": fact(7, "areas"), "mirror": fact(7, "areas")},
    ]
    assert say(voice, "recommendations", "maps_note", without=without, off_map=[]) == (
        "Without a map: Universities, not known; Supply chains, nowhere; Clusters, for no flagship."
    )
