"""Hotspots: the rule, what is known without knowing everything, the ranks, the other rules, and what draws say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reportgen.analysis.concentration import unit_posterior
from reportgen.analysis.findings import gather
from reportgen.analysis.ground import lay
from reportgen.analysis.sensitivity import NAMES, RULES
from reportgen.area_groups import AreaGroup, AreaGroups
from reportgen.settings import HotspotRule, Settings

HEAD = (
    "area | crafts | publishing | architecture | all | crafts units | publishing units | architecture units | all units"
)
WHOLE = "Great Britain | 100000 | 100000 | 100000 | 10000000 | 20000 | 20000 | 20000 | 2000000"
LONDON = AreaGroups(groups={"london": AreaGroup(name="London", areas=("Camden", "Slough"))})


def places(*lines: str) -> str:
    """Great Britain has 1 % of its jobs and local units in each of three sub-sectors, and much of both."""
    return "\n".join([HEAD, WHOLE, *lines])


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("3000 | 3000 |    0 | 100000 | 25 | 25 |  0 | 1000", 1.0),
        ("3000 | 3000 |    0 | 100000 | 25 | 24 |  0 | 1000", 0.0),  # 49 creative local units
        ("1050 | 5000 |    0 | 100000 | 25 | 25 |  0 | 1000", 0.0),  # a quotient of 1.05 whose interval holds 1
        ("3000 | 3000 |    0 | 100000 | 25 | 25 |  0 | 2500", 0.0),  # by local units just the national share
        ("5000 | 1000 | 1000 | 100000 | 25 | 25 | 25 | 1000", 0.0),  # only one sub-sector above 1
        ("3000 | 3000 |    0 | 100000 | 50 |  9 |  0 |  300", 0.0),  # the second has 9 local units
        ("3000 | 3000 |    0 | 100000 | 50 | 10 |  0 |  300", 1.0),
    ],
)
def test_all_three_conditions_must_hold(analyse, line: str, answer: float) -> None:
    """Concentration, size and breadth, each at its threshold."""
    assert (answer, "ok") == analyse(places(f"Bath | {line}"))("Bath", "hotspot")


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("3000 | 3000 | 0 | 100000 | 25 | 25 | 0 | 1000", {"both": 1.0, "jobs": 1.0, "units": 1.0}),
        ("3000 | 3000 | 0 | 100000 | 25 | 25 | 0 | 2500", {"both": 0.0, "jobs": 1.0, "units": 0.0}),
        ("1050 | 1050 | 0 | 100000 | 25 | 25 | 0 | 1000", {"both": 0.0, "jobs": 0.0, "units": 1.0}),
    ],
)
def test_the_settings_choose_what_has_to_say_so(analyse, line: str, answers: dict[str, float]) -> None:
    """Jobs with the whole of their interval, local units with a probability of 97.5 %, or both."""
    for measure, answer in answers.items():
        found = analyse(places(f"Bath | {line}"), settings=Settings(hotspot=HotspotRule(measure=measure)))
        assert (answer, "ok") == found("Bath", "hotspot")


def test_thresholds_are_settings(analyse) -> None:
    """Two places that our own rule parts are parted otherwise by another rule."""
    text = places(
        "Bath | 3000 | 3000 | 0 | 100000 | 25 | 25 | 0 | 1000", "Stoke | 9000 | 500 | 500 | 100000 | 20 | 5 | 5 | 200"
    )
    strict_on_size = Settings(hotspot=HotspotRule(creative_units=51))
    lenient = Settings(
        hotspot=HotspotRule(location_quotient=2.0, creative_units=20, sub_sectors=1, sub_sector_units=10)
    )
    assert [(1.0, "ok"), (0.0, "ok")] == [analyse(text)(place, "hotspot") for place in ("Bath", "Stoke")]
    assert (0.0, "ok") == analyse(text, settings=strict_on_size)("Bath", "hotspot")
    assert (0.0, "ok") == analyse(text, settings=lenient)("Bath", "hotspot")
    assert (1.0, "ok") == analyse(text, settings=lenient)("Stoke", "hotspot")


def test_the_settings_choose_the_rule(analyse) -> None:
    """Of eight places one stands out in crafts, which is enough for a published rule, not broad enough for ours."""
    text = places(*(f"Place {at} | {900 + at} | 1000 | 1000 | 100000 | 10 | 10 | 10 | 1000" for at in range(7)))
    text += "\nStoke | 9000 | 1000 | 1000 | 100000 | 90 | 10 | 10 | 1000"
    answers = {
        rule: analyse(text, settings=Settings(hotspot=HotspotRule(rule=rule)))("Stoke", "hotspot") for rule in RULES
    }
    assert answers == {rule: (0.0 if rule == "reportgen" else 1.0, "ok") for rule in RULES}


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("[c] | 3000 | 0 | 100000 | 25 | 25 | 0 | 1000", (None, "suppressed")),  # creative as a whole is not known
        ("[c] | 3000 | 0 | 100000 | 25 | 24 | 0 | 1000", (0.0, "ok")),  # nor need it be: too few local units
        ("3000 | 3000 | 3000 | 100000 | 25 | 25 | [c] | 1000", (None, "suppressed")),  # local units in all not known
        ("500 | 500 | 500 | 100000 | 25 | 25 | [c] | 1000", (0.0, "ok")),  # nor need they be: not concentrated
        ("3000 | 3000 | 0 | [x] | 25 | 25 | 0 | 1000", (None, "missing")),
        ("3000 | 3000 | [z] | 100000 | 25 | 25 | 0 | 1000", (None, "not-applicable")),
        ("- | - | - | - | 25 | 25 | 0 | 1000", (None, "missing")),
        ("- | - | - | - | 5 | 5 | 0 | 1000", (0.0, "ok")),  # without any jobs figures, too few local units
        ("3000 | 3000 | 0 | 100000 | 25 | 25 | 0 | [x]", (None, "missing")),  # whether units are concentrated
        ("3000 [u] | 3000 | 0 | 100000 | 25 | 25 | 0 | 1000", (1.0, "low-reliability")),
        ("3000 [u] | 3000 | 0 | 100000 | 25 | 24 | 0 | 1000", (0.0, "ok")),  # decided by what is reliable
        ("500 [u] | 500 | 0 | 100000 | 25 | 25 | [c] | 1000", (0.0, "ok")),  # at most one sub-sector is concentrated
        ("500 [u] | 3000 | 0 | 100000 | 25 | 25 | [c] | 1000", (0.0, "low-reliability")),
    ],
)
def test_unknown_figures_matter_only_where_they_decide(analyse, line: str, answer) -> None:
    found = analyse(places(f"Bath | {line}"))
    assert answer == found("Bath", "hotspot")
    assert bool(found.why("Bath", "hotspot")) == (answer[1] != "ok")


def test_the_reason_is_that_of_the_figure_that_decides(analyse) -> None:
    """Local units of architecture are suppressed too, but two other sub-sectors already carry the rule."""
    found = analyse(places("Bath | 3000 | 3000 | 3000 | 100000 | 25 | 25 | [c] | 1000"))
    assert "Local units are suppressed for 1 of the 3 creative industries (Bath, 2023)." == found.why("Bath", "hotspot")


THREE_HOTSPOTS = places(
    "Bath | 3000 | 2500 | 0 | 100000 | 25 | 25 | 0 | 500",
    "Bristol | 6000 | 6000 | 0 | 100000 | 25 | 25 | 0 | 500",
    "Stoke | 100 | 100 | 0 | 100000 | 25 | 25 | 0 | 500",
    "York | 3000 | 2500 | 0 | 100000 | 25 | 25 | 0 | 500",
    "Leeds | [c] | 6000 | 0 | 100000 | 25 | 25 | 0 | 500",
)


def test_hotspots_are_ranked_by_their_quotient(analyse) -> None:
    """Equal quotients share the better rank; who is no hotspot has none, and who is not known is not known."""
    found = analyse(THREE_HOTSPOTS)
    assert (1.0, "ok") == found("Bristol", "hotspot-rank")
    assert [(2.0, "ok"), (2.0, "ok")] == [found(place, "hotspot-rank") for place in ("Bath", "York")]
    assert (None, "not-applicable") == found("Stoke", "hotspot-rank")
    assert "Not a hotspot, so without a rank among them (Stoke, 2023)." == found.why("Stoke", "hotspot-rank")
    assert (None, "suppressed") == found("Leeds", "hotspot-rank")


def test_a_hotspot_by_local_units_alone_has_a_rank_only_where_its_jobs_are_known(analyse) -> None:
    """Leeds's jobs are suppressed: by units it is a hotspot, and ranked by units; by nesta's union it has no rank."""
    by_units = analyse(THREE_HOTSPOTS, settings=Settings(hotspot=HotspotRule(measure="units")))
    assert (1.0, "ok") == by_units("Leeds", "hotspot")
    assert (1.0, "ok") == by_units("Leeds", "hotspot-rank")
    lines = [f"Place {at} | {900 + at} | 900 | 900 | 100000 | 10 | 10 | 10 | 1000" for at in range(7)]
    text = places(*lines, "Leeds | [c] | 900 | 900 | 100000 | 90 | 10 | 10 | 1000")
    by_either = analyse(text, settings=Settings(hotspot=HotspotRule(rule="nesta2015")))
    assert (1.0, "ok") == by_either("Leeds", "hotspot")
    assert (None, "suppressed") == by_either("Leeds", "hotspot-rank")


def test_ranks_are_those_of_a_level(analyse) -> None:
    """A zone of a release's own is ranked among the zones, not among the places."""
    found = analyse(THREE_HOTSPOTS, levels={"Bristol": "zone"})
    assert (1.0, "ok") == found("Bristol", "hotspot-rank")
    assert (1.0, "ok") == found("Bath", "hotspot-rank")


def test_only_local_and_custom_areas_can_be_hotspots(analyse) -> None:
    found = analyse(THREE_HOTSPOTS)
    assert ["Bath", "Bristol", "Stoke", "York", "Leeds"] == list(found.findings.rows("hotspot")["area"])
    with pytest.raises(KeyError, match="no area Great Britain"):
        found("Great Britain", "hotspot")


def test_a_year_without_local_units_leaves_the_answer_open(release_of, analyse_it) -> None:
    """The two tables need not have the same years; a year of jobs alone decides only what jobs decide."""
    release = release_of("""
        year | area          | crafts | publishing | all
        2022 | Bath          |   5000 |       5000 |  50000
        2022 | Stoke         |    100 |        100 |  50000
        2022 | Great Britain | 100000 |     100000 | 5000000
        2023 | Bath          |   5000 |       5000 |  50000
        2023 | Stoke         |    100 |        100 |  50000
        2023 | Great Britain | 100000 |     100000 | 5000000
    """)
    units = release.businesses[release.businesses["year"] == 2023].reset_index(drop=True)
    found = analyse_it(replace(release, businesses=units))
    assert (1.0, "ok") == found("Bath", "hotspot")
    assert (None, "missing") == found("Bath", "hotspot", year="2022")
    assert "The release has no figures on local units (Bath, 2022)." == found.why("Bath", "hotspot", year="2022")
    assert (0.0, "ok") == found("Stoke", "hotspot", year="2022")


def test_a_release_without_local_units_says_so_everywhere(release_of, analyse_it) -> None:
    """Jobs can still say no, and by jobs alone the published rules have an answer; draws have nothing to draw from."""
    release = release_of(THREE_HOTSPOTS.replace("Bath | 3000 | 2500", "Bath | 9000 | 9000"))
    found = analyse_it(replace(release, businesses=None))
    why = "The release has no figures on local units (Bath, 2023)."
    for indicator, variant in [("hotspot", ""), ("selection-probability", "reportgen"), ("quotient-rank-interval", "")]:
        assert (None, "missing") == found("Bath", indicator, variant=variant)
        assert why == found.why("Bath", indicator, variant=variant)
    assert (0.0, "ok") == found("Stoke", "hotspot")
    assert "ok" == found("Bath", "hotspot-by-rule", variant="nesta2015.jobs")[1]
    assert (None, "missing") == found("Bath", "hotspot-by-rule", variant="nesta2015.units")
    assert (None, "missing") == found("United Kingdom", "hotspots-by-rule", variant="nesta2015.units")


WITH_LONDON = places(
    "Camden | 9000 | 8000 | 0 | 100000 | 90 | 80 | 0 | 1000",
    "Slough | 3000 | 3000 | 0 | 100000 | 30 | 30 | 0 | 1000",
    "Bath | 3000 | 2000 | 0 | 100000 | 30 | 25 | 0 | 1000",
    "Stoke | 900 | 900 | 0 | 100000 | 10 | 10 | 0 | 1000",
    "London | 30000 | 30000 | 10000 | 1500000 | 6000 | 6000 | 2000 | 300000",
)


def test_the_variant_of_the_settings_is_the_rule_itself(analyse) -> None:
    found = analyse(WITH_LONDON, groups=LONDON)
    for place in ("Camden", "Slough", "Bath", "Stoke"):
        assert found(place, "hotspot") == found(place, "hotspot-by-rule", variant="reportgen.both")


def test_without_london_its_areas_are_left_out_and_the_whole_is_without_it(analyse) -> None:
    """London has 2 % of its jobs in crafts, so the rest of Great Britain has less than 1 %, and Stoke more than it."""
    found = analyse(WITH_LONDON, groups=LONDON)
    assert (1.0, "ok") == found("Slough", "hotspot-by-rule", variant="creative-nation2018.jobs")
    assert (None, "not-applicable") == found("Slough", "hotspot-by-rule", variant="creative-nation2018.jobs.ex-london")
    assert "It counts as London, which is left out here (Slough, 2023)." == found.why(
        "Slough", "hotspot-by-rule", variant="reportgen.both.ex-london"
    )
    assert [(0.0, "ok"), (0.0, "ok")] == [
        found("Stoke", "hotspot-by-rule", variant=f"creative-nation2018.jobs{london}") for london in ("", ".ex-london")
    ]  # above the share now, but not above the median size of two areas
    assert [3.0, 1.0] == [
        found("United Kingdom", "hotspots-by-rule", variant=f"reportgen.both{london}")[0]
        for london in ("", ".ex-london")
    ]
    assert (1.0, "ok") == found("United Kingdom", "hotspots-kept", variant="reportgen.both.ex-london")


def test_which_areas_count_as_london_is_said(analyse) -> None:
    found = analyse(WITH_LONDON, groups=LONDON)
    places = ("Camden", "Slough", "Bath")
    assert [(1.0, "ok"), (1.0, "ok"), (0.0, "ok")] == [found(place, "counts-as-london", "") for place in places]


def test_without_a_group_called_london_nothing_can_be_said_without_it(analyse) -> None:
    found = analyse(WITH_LONDON)
    why = "No group of areas says which of them count as London."
    assert (None, "missing") == found("Bath", "counts-as-london", "")
    for area, indicator in (("Bath", "hotspot-by-rule"), ("United Kingdom", "hotspots-by-rule")):
        assert (None, "missing") == found(area, indicator, variant="nesta2015.jobs.ex-london")
        assert why == found.why(area, indicator, variant="nesta2015.jobs.ex-london")


def test_where_there_is_no_it_it_cannot_be_left_out(analyse) -> None:
    """The sub-sectors of these tests have none; nor have those of a team whose settings leave it out already."""
    found = analyse(WITH_LONDON, groups=LONDON)
    why = "Creative industries, as they are counted here, have no IT to leave out."
    assert (None, "not-applicable") == found("Bath", "hotspot-by-rule", variant="nesta2015.jobs.without-it")
    assert why == found.why("United Kingdom", "hotspots-by-rule", variant="nesta2015.jobs.without-it")


def test_robustness_is_the_share_of_variants_with_an_answer_that_select_a_place(analyse) -> None:
    """Twelve variants have one for Slough, with London alone; none can leave IT out here."""
    found = analyse(WITH_LONDON, groups=LONDON)
    answers = [found("Slough", "hotspot-by-rule", variant=name)[0] for name in NAMES]
    given = [answer for answer in answers if answer is not None]
    assert 12 == len(given)
    assert (round(sum(given) / 12, 6), "ok") == found("Slough", "hotspot-robustness")


def test_selection_probabilities_lie_from_nought_to_one(analyse) -> None:
    found = analyse(WITH_LONDON, groups=LONDON)
    assert (1.0, "ok") == found("Camden", "selection-probability", variant="reportgen")
    shares = found.findings.rows("selection-probability")["value"]
    assert shares.between(0, 1).all()
    assert sorted(RULES) == sorted(found.findings.rows("selection-probability")["variant"].unique())


def test_a_selection_that_hangs_on_a_suppressed_count_is_not_told(analyse) -> None:
    """A figure of low reliability goes through, and is named."""
    text = WITH_LONDON.replace("| 30 | 25 | 0 | 1000", "| 30 | [c] | 0 | 1000")
    found = analyse(text, groups=LONDON)
    assert (None, "suppressed") == found("Bath", "selection-probability", variant="reportgen")
    assert (1.0, "ok") == found("Camden", "selection-probability", variant="reportgen")
    shaky = analyse(WITH_LONDON.replace("| 30 | 25 | 0 | 1000", "| 30 | 25 [u] | 0 | 1000"), groups=LONDON)
    assert "low-reliability" == shaky("Bath", "selection-probability", variant="reportgen")[1]
    assert "Local units are of low reliability for the one industry" in shaky.why(
        "Bath", "selection-probability", variant="reportgen"
    )


def test_ranks_have_an_interval_among_the_local_areas(analyse) -> None:
    """By the shrunken quotient of creative local units; a zone of a release's own is none of those ranked."""
    found = analyse(WITH_LONDON, groups=LONDON, levels={"Stoke": "zone"})
    rows = [found.row(place, "quotient-rank-interval") for place in ("Camden", "Slough", "Bath")]
    assert [1.0, 2.0, 3.0] == [row.value for row in rows]
    assert all(1 <= row.low <= row.value <= row.high <= 3 for row in rows)
    with pytest.raises(KeyError, match="no area Stoke"):
        found("Stoke", "quotient-rank-interval")


def test_stars_are_told_by_jobs_and_by_local_units(analyse) -> None:
    """A suppressed count has none, which is not no star."""
    found = analyse(WITH_LONDON.replace("Bath | 3000", "Bath | [c]"), groups=LONDON)
    assert (3.0, "ok") == found("Camden", "observatory-stars", "crafts", variant="jobs")
    assert (0.0, "ok") == found("Stoke", "observatory-stars", "architecture", variant="jobs")
    assert (None, "suppressed") == found("Bath", "observatory-stars", "crafts", variant="jobs")
    assert (1.0, "ok") == found("Bath", "observatory-stars", "crafts", variant="units")


def test_results_are_equal_run_to_run(analyse) -> None:
    first, again = (analyse(WITH_LONDON, groups=LONDON).findings.families["hotspots"] for _ in range(2))
    assert first.equals(again)


def test_with_london_the_posterior_is_that_of_the_whole_analysis(release_of, definitions_of) -> None:
    """Without it, the quotients are held against the rest, and London's areas shape no prior."""
    release = release_of(WITH_LONDON)
    inputs = gather(release, definitions_of(release), Settings(), LONDON)
    whole, rest = lay(inputs, ("2023",)), lay(inputs, ("2023",), london=False)
    cells = inputs.units.only(whole.cells.areas, [*inputs.units.creative, ""])
    assert np.array_equal(whole.posterior.shape, unit_posterior(inputs, cells).shape, equal_nan=True)
    assert (rest.posterior.mean > whole.posterior.mean)[:, -1].all()
    assert [False, False, True, True] == rest.among.tolist()
