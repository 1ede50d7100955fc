"""What follows for an area by rules, in which order, how surely, and what all but follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.assessment.conditions import Condition
from reportgen.assessment.recommendations import Tested, adviser, grade
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status
from tests.assessment.conftest import Place, findings_of

BATH, BRISTOL, SOUTH_WEST, LONDON = "E30000165", "E30000180", "E12000009", "E12000007"
NATION, BRITAIN = "K02000001", "K03000001"
PROGRESS = """
progress = { indicator = "location-quotient", sub_sector = "all", bound = "low", is = "above", number = 1 }
would_change = { indicator = "location-quotient", sub_sector = "all", bound = "high", is = "below", number = 1 }
"""


def rule(id: str, *when: str, kinds: str = '"local"', more: str = "") -> str:
    """A rule of ours; conditions as `indicator sub-sector bound is number`, more keys of one behind a bar."""
    conditions = []
    for each in when:
        words, _, further = each.partition("|")
        indicator, sub_sector, bound, comparison, number = words.split()
        sub_sector = sub_sector.replace("-", "", 1) if sub_sector == "-" else sub_sector
        conditions.append(
            f'{{ indicator = "{indicator}", sub_sector = "{sub_sector}", bound = "{bound}", is = "{comparison}", '
            f"number = {number}{', ' + further.strip() if further else ''} }}"
        )
    return (
        f'id = "{id}"\nprinciple = "existing-clusters"\nkinds = [{kinds}]\nwhen = [{", ".join(conditions)}]\n'
        f"{PROGRESS}{more}"
    )


QUOTIENT = "location-quotient all low above 1"


def ids(some: tuple[object, ...]) -> list[str]:
    return [one.rule.id for one in some]  # type: ignore[attr-defined]


def test_a_rule_needs_all_its_conditions(place: Place) -> None:
    """What follows comes with the facts that made it, by the names of the conditions, and with the jobs affected."""
    facts = f"""
        {BATH} | location-quotient | all |  |  | 1.1 to 1.3
        {BATH} | creative-jobs     | all |  |  | 900 to 1100
    """
    found = place.adviser(
        facts,
        rule("back-it", QUOTIENT + ' | name = "quotient"', "creative-jobs all low at-least 500"),
        rule("not-this", QUOTIENT, "creative-jobs all low at-least 901"),
    ).advise(BATH)
    [one] = found.recommendations
    assert ("back-it", 2) == (one.rule.id, found.asked)
    assert {"quotient", "condition-2", "affected", "progress", "would_change"} == one.facts.keys()
    assert f"{BATH}/location-quotient/all/2023/-/-" == one.facts["quotient"].id
    assert 1000.0 == one.affected.value


def test_nothing_follows_from_what_cannot_be_relied_on(place: Place) -> None:
    """None is an answer, too."""
    facts = f"""
        {BATH}    | location-quotient | all |  |  | 1.1 to 1.3 [u]
        {BRISTOL} | location-quotient | all |  |  | [c]
    """
    advice = place.adviser(facts, rule("back-it", QUOTIENT))
    for area in (BATH, BRISTOL):
        assert ((), (), 1) == (
            advice.advise(area).recommendations,
            advice.advise(area).near_misses,
            advice.advise(area).asked,
        )


def test_of_sub_sectors_that_pass_the_one_with_most_jobs_is_told(place: Place) -> None:
    """A rule that is asked of each says one thing of an area."""
    facts = f"""
        {BATH} | location-quotient | crafts       |  |  | 1.1 to 1.3
        {BATH} | location-quotient | architecture |  |  | 1.6 to 1.9
        {BATH} | location-quotient | publishing   |  |  | 0.6 to 0.9
        {BATH} | creative-jobs     | crafts       |  |  | 500 to 700
        {BATH} | creative-jobs     | architecture |  |  | 200 to 300
        {BATH} | creative-jobs     | publishing   |  |  | 2000 to 3000
    """
    affects = 'affects = { indicator = "creative-jobs", sub_sector = "*" }'
    found = place.adviser(facts, rule("back-it", "location-quotient * low above 1", more=affects)).advise(BATH)
    [one] = found.recommendations
    assert ("crafts", 600.0) == (one.sub_sector, one.affected.value)


def test_the_first_affect_most_and_are_firm(place: Place) -> None:
    """Jobs × 3, 2 or 1 for the grades A, B and C; five are told, the others are behind."""
    facts = f"""
        {BATH} | location-quotient       | all          |  |  | 1.2 to 1.3
        {BATH} | location-quotient-units | all          |  |  | 1.01 to 1.3
        {BATH} | creative-jobs           | all          |  |  | 990 to 1010
        {BATH} | creative-jobs           | crafts       |  |  | 600 to 800
        {BATH} | creative-jobs           | architecture |  |  | 300 to 500
    """

    def affects(part: str) -> str:
        return f'affects = {{ indicator = "creative-jobs", sub_sector = "{part}" }}'

    thin = "location-quotient-units all low above 1"
    found = place.adviser(
        facts,
        rule("thin", thin, more=affects("all")),
        rule("some", QUOTIENT, more=affects("architecture")),
        rule("most", QUOTIENT, more=affects("all")),
        rule("more", QUOTIENT, more=affects("crafts")),
        rule("same", QUOTIENT, more=affects("architecture")),
        rule("thin-crafts", thin, more=affects("crafts")),
    ).advise(BATH)
    assert ["most", "more", "some", "same", "thin"] == ids(found.recommendations)
    assert ["A", "A", "A", "A", "C"] == [one.grade for one in found.recommendations]
    assert ["thin-crafts"] == ids(found.further)


def test_where_jobs_are_not_known_local_units_are_told_behind_all_that_are(place: Place) -> None:
    """As in Northern Ireland."""
    facts = f"""
        {BATH} | location-quotient-units | all    |  |  | 1.2 to 1.3
        {BATH} | creative-jobs           | all    |  |  | [x]
        {BATH} | creative-jobs           | crafts |  |  | 40 to 60
        {BATH} | creative-local-units    | all    |  |  | 900 to 1100
    """
    when = "location-quotient-units all low above 1"
    crafts = 'affects = { indicator = "creative-jobs", sub_sector = "crafts" }'
    found = place.adviser(facts, rule("whole", when), rule("crafts", when, more=crafts)).advise(BATH)
    assert [("crafts", "jobs"), ("whole", "local units")] == [
        (one.rule.id, one.affected.unit) for one in found.recommendations
    ]


def test_a_figure_of_the_region_is_that_of_the_region_the_area_lies_in(place: Place) -> None:
    """A region is its own; what rests on it is a grade less firm for an area."""
    facts = f"""
        {SOUTH_WEST} | innovation-difference | all | all-industries | collaboration | -0.3 to -0.1
        {LONDON}     | innovation-difference | all | all-industries | collaboration | 0.1 to 0.3
        {BATH}       | creative-jobs         | all |                |               | 900 to 1100
    """
    word = 'of = "region", other = "all-industries", variant = "collaboration"'
    when = f"innovation-difference all high below 0 | {word}"
    advice = place.adviser(facts, rule("connect", when, kinds='"local", "regional"'))
    assert [["B"], ["B"], [], []] == [
        [one.grade for one in advice.advise(area).recommendations] for area in (BATH, SOUTH_WEST, LONDON, "E30000234")
    ]


def test_words_stand_for_years_and_areas(place: Place) -> None:
    """The base year is five years back; the benchmark, the nation and the region are areas."""
    facts = f"""
        {BATH}    | creative-jobs-growth   | all | 2018         |  | 0.01 to 0.03
        {BATH}    | location-quotient-rank | all | {SOUTH_WEST} |  | 1
        {BRITAIN} | creative-jobs-growth   | all | 2018         |  | -0.03 to -0.01
    """
    grows = 'creative-jobs-growth all low above 0 | other = "base-year", name = "growth"'
    first = 'location-quotient-rank all value at-most 1 | other = "region"'
    falls = 'creative-jobs-growth all high below 0 | other = "base-year", of = "benchmark", name = "elsewhere"'
    found = place.adviser(facts, rule("grow", grows, first, falls)).advise(BATH)
    [one] = found.recommendations
    assert f"{BATH}/creative-jobs-growth/all/2023/2018/-" == one.facts["growth"].id
    assert f"{BRITAIN}/creative-jobs-growth/all/2023/2018/-" == one.facts["elsewhere"].id


def test_the_nation_is_told_by_the_benchmark_where_its_own_figures_are_not_known(place: Place) -> None:
    """Its hotspots are counted for the nation itself, its jobs for Great Britain."""
    facts = f"""
        {NATION}  | creative-jobs | all |  |  | [x]
        {BRITAIN} | creative-jobs | all |  |  | 900 to 1100
        {NATION}  | hotspot-count | all |  |  | 3
        {BRITAIN} | hotspot-count | all |  |  | 2
    """
    when = ("hotspot-count all value at-least 3", "creative-jobs all low at-least 500")
    [one] = place.adviser(facts, rule("hold", *when, kinds='"national"')).advise(NATION).recommendations
    assert [NATION, BRITAIN] == [each.fact.key[0] for each in one.tested]


def test_nothing_stands_for_figures_that_must_be_the_nations_own(place: Place) -> None:
    """What a gap in its counts concerns is not known: neither the jobs of Great Britain nor its workplaces say it."""
    facts = f"""
        {NATION}  | creative-jobs        | all |  |  | [x]
        {BRITAIN} | creative-jobs        | all |  |  | 900 to 1100
        {NATION}  | creative-local-units | all |  |  | 90 to 110
        {NATION}  | hotspot-count        | all |  |  | 3
    """
    own = 'affects = { indicator = "creative-jobs", sub_sector = "all", of = "own" }'
    gap = rule("gap", "hotspot-count all value at-least 3", kinds='"national"', more=own)
    [one] = place.adviser(facts, gap).advise(NATION).recommendations
    assert (NATION, False) == (one.affected.key[0], one.affected.known)


def test_a_rule_is_asked_of_its_kinds_of_areas_and_where_its_facts_are_measured(place: Place) -> None:
    """What has no finding is not asked; what has one without a value is."""
    facts = f"""
        {BATH}       | location-quotient | all |  |  | 1.1 to 1.3
        {SOUTH_WEST} | location-quotient | all |  |  | [x]
    """
    advice = place.adviser(
        facts,
        rule("local", QUOTIENT),
        rule("both", QUOTIENT, "hotspot all value at-least 1", kinds='"local", "regional"'),
    )
    assert [1, 0, 0] == [advice.advise(area).asked for area in (BATH, BRISTOL, SOUTH_WEST)]


@pytest.mark.parametrize(
    ("quotient", "units", "missed"),
    [
        ("0.95 to 1.3", "1.1 to 1.3", ["condition-1"]),
        ("0.88 to 1.5", "1.1 to 1.3", ["condition-1"]),  # by less than half a half-width
        ("0.7 to 0.8", "1.1 to 1.3", []),
        ("0.95 to 1.3", "0.95 to 1.3", []),
        ("[c]", "1.1 to 1.3", []),
        ("0.95 to 1.3 [u]", "1.1 to 1.3", []),
        ("1.1 to 1.3", "1.1 to 1.3", []),
    ],
)
def test_a_near_miss_lacks_exactly_one_condition_by_little(
    place: Place, quotient: str, units: str, missed: list[str]
) -> None:
    """And that on a number that can be relied on."""
    facts = f"""
        {BATH} | location-quotient       | all |  |  | {quotient}
        {BATH} | location-quotient-units | all |  |  | {units}
    """
    found = place.adviser(facts, rule("back-it", QUOTIENT, "location-quotient-units all low above 1")).advise(BATH)
    assert missed == [miss.failing.condition.name for miss in found.near_misses]


def test_the_estimate_that_holds_by_least_is_the_one_that_binds(place: Place) -> None:
    """Counts and verdicts hold or fail; how surely is a matter of estimates."""
    facts = f"""
        {BATH} | location-quotient       | all |  |      | 1.3 to 1.5
        {BATH} | location-quotient-units | all |  |      | 1.02 to 1.3
        {BATH} | hotspot                 | all |  |      | 1
        {BATH} | sub-sectors-above       | all |  | jobs | 2
    """
    exact = ("hotspot all value at-least 1", 'sub-sectors-above all value at-least 2 | variant = "jobs"')
    both = (*exact, QUOTIENT, "location-quotient-units all low above 1")
    found = place.adviser(facts, rule("all", *both), rule("exact", *exact), rule("jobs", *both[:3])).advise(BATH)
    assert {
        "all": ("location-quotient-units", False),
        "exact": ("sub-sectors-above", False),
        "jobs": ("location-quotient", True),
    } == {one.rule.id: (one.binding.condition.indicator, one.wide) for one in found.recommendations}


QUOTIENT_FACT = Fact("E1/location-quotient/all/2024/-/-", 1.2, 1.1, 1.3, "ratio", 2, Status.OK, "", "employment")


@pytest.mark.parametrize(
    ("margins", "of", "fact", "expected"),
    [
        ((0.5,), "area", QUOTIENT_FACT, "A"),
        ((0.49,), "area", QUOTIENT_FACT, "B"),
        ((0.09,), "area", QUOTIENT_FACT, "C"),
        ((2.0, 0.2), "area", QUOTIENT_FACT, "B"),
        ((2.0,), "region", QUOTIENT_FACT, "B"),
        ((0.3,), "region", QUOTIENT_FACT, "C"),
        ((2.0,), "area", replace(QUOTIENT_FACT, low=None, high=None), "B"),
        ((0.0,), "area", replace(QUOTIENT_FACT, low=None, high=None, unit="areas"), "A"),
        ((0.6,), "area", replace(QUOTIENT_FACT, id="E1/selection-probability/all/-/-/-", low=None, high=None), "A"),
    ],
)
def test_a_grade_falls_for_small_margins_wider_figures_and_unknown_intervals(
    margins: tuple[float, ...], of: str, fact: Fact, expected: str
) -> None:
    """From A, firm, down to C, thin; counts take nothing away, and a probability is its own interval."""
    condition = Condition("quotient", fact.key[1], "all", of=of)  # type: ignore[arg-type]
    assert expected == grade([Tested(condition, fact, True, margin) for margin in margins])


def test_what_words_say_besides_is_a_fact_even_where_it_is_not_measured(place: Place) -> None:
    """So that a text can ask whether it is known."""
    facts = f"{BATH} | location-quotient | all |  |  | 1.1 to 1.3"
    also = 'also = [{ name = "growth", indicator = "creative-jobs-growth", sub_sector = "all", other = "base-year" }]'
    [one] = place.adviser(facts, rule("back-it", QUOTIENT, more=also)).advise(BATH).recommendations
    assert (None, Status.NOT_APPLICABLE) == (one.facts["growth"].value, one.facts["growth"].status)
    assert one.facts["progress"].known


def test_a_teams_own_rule_may_leave_parts_of_a_fact_out(place: Place) -> None:
    """Then that is meant which the pack of the area says: creative as a whole, growth since the base year."""
    facts = f"""
        {BATH} | creative-jobs-growth | all    | 2018 |  | 0.01 to 0.03
        {BATH} | creative-jobs-growth | crafts | 2018 |  | -0.03 to -0.01
        {BATH} | creative-jobs        | all    |      |  | 900 to 1100
    """
    texts = "\n".join(f'{name} = "Words"' for name in ("principle", "action", "why", "who", "first_step", "progress"))
    own = f"""
        id = "grow"
        {texts}
        would_change = "Words"
        when = [{{ indicator = "creative-jobs-growth", bound = "low", is = "above", number = 0 }}]
    """
    [one] = place.adviser(facts, own).advise(BATH).recommendations
    assert f"{BATH}/creative-jobs-growth/all/2023/2018/-" == one.tested[0].fact.id
    assert one.rule.texts is not None


@pytest.mark.parametrize(
    ("kind", "part", "name", "code"),
    [
        ("university", "", "Old College", ""),
        ("university", "it-software-and-computer-services", "New College", ""),
        ("hotspot", "", "Bristol", BRISTOL),
        ("peer", "", "London", "E30000234"),
        ("buyer", "", "wholesale trade", "G46"),
    ],
)
def test_partners_are_named_from_data(place: Place, kind: str, part: str, name: str, code: str) -> None:
    """The university with most graduates, the hotspot next door, the nearest peer that surely grew more, the buyer."""
    facts = f"""
        {BATH}    | location-quotient      | all                               |            |           | 1.1 to 1.3
        {BRISTOL} | location-quotient      | all                               |            |           | 1.3 to 1.5
        E30000234 | location-quotient      | all                               |            |           | 1.5 to 1.7
        {BATH}    | neighbouring-hotspot   | all                               | {BRISTOL}  |           | 1
        {BATH}    | neighbouring-hotspot   | all                               | E30000234  |           | 0
        {BATH}    | peer-growth-difference | all                               | {BRISTOL}  | jobs.1    | -0.01 to 0.05
        {BATH}    | peer-growth-difference | all                               | E30000234  | jobs.2    | 0.01 to 0.05
        {BATH}    | buying-industry        |                                   | F41        | 1         | 0.02 to 0.04
        {BATH}    | buying-industry        |                                   | G46        | 2         | 0.05 to 0.07
        {BATH}    | graduates              |                                   |            | creative  | 400
        {BATH}    | graduates              |                                   |            | computing | 250
    """
    affects = f'affects = {{ indicator = "creative-jobs", sub_sector = "{part or "all"}" }}'
    more = f'partner = "{kind}"\n{affects}'
    [one] = place.adviser(facts, rule("with", QUOTIENT, more=more)).advise(BATH).recommendations
    assert one.partner is not None
    assert (kind, name, code) == (one.partner.kind, one.partner.name, one.partner.code)
    assert all(fact.known for fact in one.partner.facts.values())


@pytest.mark.parametrize("kind", ["university", "hotspot", "peer", "buyer"])
def test_where_there_is_no_partner_none_is_named(place: Place, kind: str) -> None:
    """London has no university in the table, and nothing is known beside it."""
    facts = """
        E30000234 | location-quotient | all |  |  | 1.1 to 1.3
        E30000165 | neighbouring-hotspot   | all | E30000180 |        | 1
        E30000165 | peer-growth-difference | all | E30000180 | jobs.1 | 0.01 to 0.05
        E30000165 | buying-industry        |     | G46       | 1      | 0.05 to 0.07
    """
    advice = place.adviser(facts, rule("with", QUOTIENT, more=f'partner = "{kind}"')).advise("E30000234")
    assert [None] == [one.partner for one in advice.recommendations]


def test_a_region_names_the_biggest_university_of_its_areas(place: Place) -> None:
    """By graduates in creative subjects."""
    facts = f"{SOUTH_WEST} | location-quotient | all |  |  | 1.1 to 1.3"
    text = rule("with", QUOTIENT, kinds='"regional"', more='partner = "university"')
    [one] = place.adviser(facts, text).advise(SOUTH_WEST).recommendations
    assert one.partner is not None
    assert "Harbour Art" == one.partner.name


def test_the_same_release_and_rules_have_one_adviser(place: Place) -> None:
    """A worker makes many packs; another table of rules has another."""
    findings, rules = (
        findings_of(f"{BATH} | location-quotient | all |  |  | 1.1 to 1.3"),
        place.rules(rule("a", QUOTIENT)),
    )
    first = adviser(place.release, findings, rules, place.classification)
    assert first is adviser(place.release, findings, rules, place.classification)
    assert first is not adviser(place.release, findings, place.rules(rule("b", QUOTIENT)), place.classification)
