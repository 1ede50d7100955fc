"""Innovation: rates of a survey, how far they can be trusted, and who is compared with whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.findings import Findings
from reportgen.analysis.innovation import DESIGN_EFFECT, INDICATORS, MEASURES, jeffreys, katz, newcombe
from reportgen.analysis.uncertainty import wilson
from reportgen.release.model import Release

SHARES = st.floats(min_value=0, max_value=1)
INNER = st.floats(min_value=0.01, max_value=0.99)
NUMBERS = st.floats(min_value=20, max_value=20_000)
MARKS = {"[c]": "suppressed", "[x]": "missing", "[z]": "not-applicable"}
PLACES = """
    area          | crafts | rest
    Great Britain |    100 |  900
"""
SURVEY = """
    area           | group                   |    n | rate
    United Kingdom | creative-industries     |  600 | 0.50
    United Kingdom | high-tech-manufacturing |  300 | 0.60
    United Kingdom | kibs-net                |  900 | 0.45
    United Kingdom | all-industries          | 9000 | 0.40
    London         | creative-industries     |  150 | 0.60
    London         | high-tech-manufacturing |   20 | [c]
    London         | kibs-net                |   29 | 0.50
    London         | all-industries          | 1500 | 0.40 [u]
"""


def survey(text: str) -> pd.DataFrame:
    """A table of the survey, all of one measure and one wave."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    rows = []
    for line in lines:
        row = dict(zip(head, line, strict=True))
        rate, _, mark = row["rate"].partition("[")
        status = {"": "ok", "u]": "low-reliability"}.get(mark) or MARKS[f"[{mark}"]
        value, n = (float(text) if text.strip() else np.nan for text in (rate, row["n"]))
        rows.append(("2021-2023", row["area"], row["group"], "product-innovation", n, value, status))
    return pd.DataFrame(rows, columns=["wave", "area", "sector_group", "measure", "n", "rate", "status"])


@pytest.fixture(scope="module")
def look(release_of: Callable[..., Release], analyse_it) -> Callable[[str | None], Findings]:
    """Takes a survey as text, or none, gives what is found in it."""
    release = release_of(PLACES)

    def found(text: str | None) -> Findings:
        return analyse_it(replace(release, innovation=None if text is None else survey(text))).findings

    return found


@pytest.fixture(scope="module")
def ask(look) -> Callable[..., tuple[float | None, str, str]]:
    """Takes area, indicator, sub-sector and what is compared, gives value, status and reason."""
    findings = look(SURVEY)

    def answer(area: str, indicator: str, sub_sector: str, other: str = "") -> tuple[float | None, str, str]:
        found = findings.get(area, indicator, sub_sector, "2021-2023", other, "product-innovation")
        return (None if found.value is None else round(found.value, 6), found.status.value, found.reason)

    return answer


def test_a_rate_is_the_published_one(ask) -> None:
    assert (0.5, "ok", "") == ask("United Kingdom", "innovation-rate", "all")
    assert (0.4, "ok", "") == ask("United Kingdom", "innovation-rate", "")


def test_an_interval_takes_two_thirds_of_the_answers(look) -> None:
    """A design effect of 1.5: 600 businesses tell as much as 400 drawn alike."""
    assert DESIGN_EFFECT == 1.5
    found = look(SURVEY).get("United Kingdom", "innovation-rate", "all", "2021-2023", variant="product-innovation")
    low, high = wilson(np.array(0.5), np.array(400.0))
    assert (float(low), float(high)) == (found.low, found.high)


def test_under_thirty_answers_nothing_is_shown(ask) -> None:
    """It is not suppressed, the survey does give it: it is we who do not use it, and say so."""
    why = "Fewer than 30 businesses answered, too few for a rate (London, KIBS net of creative industries, 2021-2023)."
    assert (None, "not-applicable", why) == ask("London", "innovation-rate", "kibs-net")
    assert (None, "not-applicable", why) == ask("London", "innovation-difference", "all", "kibs-net")


def test_what_the_survey_suppresses_stays_suppressed(ask) -> None:
    why = "The rate of innovation is suppressed (London, high-tech manufacturing, 2021-2023)."
    assert (None, "suppressed", why) == ask("London", "innovation-rate", "high-tech-manufacturing")
    assert (None, "suppressed", why) == ask("London", "innovation-difference", "all", "high-tech-manufacturing")
    assert (None, "suppressed", why) == ask(
        "London", "innovation-difference", "high-tech-manufacturing", "United Kingdom"
    )


def test_low_reliability_reaches_what_is_made_of_it(ask) -> None:
    why = "The rate of innovation is of low reliability (London, all industries, 2021-2023)."
    assert (0.2, "low-reliability", why) == ask("London", "innovation-difference", "all", "all-industries")
    assert (1.5, "low-reliability", why) == ask("London", "innovation-ratio", "all", "all-industries")


def test_creative_industries_are_compared_with_three_groups_and_the_country(ask) -> None:
    assert (-0.1, "ok", "") == ask("United Kingdom", "innovation-difference", "all", "high-tech-manufacturing")
    assert (0.05, "ok", "") == ask("United Kingdom", "innovation-difference", "all", "kibs-net")
    assert (0.1, "ok", "") == ask("United Kingdom", "innovation-difference", "all", "all-industries")
    assert (0.1, "ok", "") == ask("London", "innovation-difference", "all", "United Kingdom")


def test_a_region_without_rows_is_missing(look) -> None:
    """And so is a measure that nobody was asked about."""
    text = "\n".join(line for line in SURVEY.splitlines() if "London" not in line)
    findings = look(text)
    found = findings.get("London", "innovation-rate", "all", "2021-2023", variant="product-innovation")
    assert "missing" == found.status
    assert "The release has no figures on innovation (London, creative industries, 2021-2023)." == found.reason
    other = findings.get("United Kingdom", "innovation-rate", "all", "2021-2023", variant="collaboration")
    assert "missing" == other.status


def test_a_rate_without_the_number_of_answers_is_missing(look) -> None:
    """Nobody can say how good it is, or whether it may be shown."""
    found = look(SURVEY.replace("|  600 |", "|      |")).get(
        "United Kingdom", "innovation-rate", "all", "2021-2023", variant="product-innovation"
    )
    assert ("missing", None) == (found.status, found.value)
    assert found.reason.startswith("The release does not say how many businesses answered")


def test_there_is_no_ratio_to_nothing(look) -> None:
    found = look(SURVEY.replace("| 9000 | 0.40", "| 9000 | 0.00")).get(
        "United Kingdom", "innovation-ratio", "all", "2021-2023", "all-industries", "product-innovation"
    )
    assert "not-applicable" == found.status
    assert found.reason.startswith("No business of the group compared with reports it")


def test_a_release_without_a_survey_says_so_in_every_row(look) -> None:
    """For the country and its regions, each measure and group."""
    rows = look(None).families["innovation"]
    assert {"missing"} == set(rows["status"])
    assert {indicator.id for indicator in INDICATORS} == set(rows["indicator"])
    assert {"United Kingdom", "London"} == set(rows["area"])
    plain = rows[(rows["indicator"] == "innovation-rate") & rows["variant"].isin(MEASURES)]
    assert 2 * 4 * len(MEASURES) == len(plain)


@given(SHARES, NUMBERS, SHARES, NUMBERS)
def test_a_difference_lies_in_its_interval(one: float, n: float, other: float, m: float) -> None:
    low, high = newcombe(*map(np.array, (one, n, other, m)))
    assert -1 - 1e-9 <= low <= one - other + 1e-12
    assert one - other - 1e-12 <= high <= 1 + 1e-9


@given(SHARES, NUMBERS, SHARES, NUMBERS)
def test_a_difference_the_other_way_round_has_the_interval_the_other_way_round(one, n, other, m) -> None:
    low, high = newcombe(*map(np.array, (one, n, other, m)))
    back = newcombe(*map(np.array, (other, m, one, n)))
    assert (-high, -low) == pytest.approx([float(end) for end in back], abs=1e-12)


@given(INNER, NUMBERS, INNER, NUMBERS)
def test_a_ratio_the_other_way_round_has_the_inverse_interval(one, n, other, m) -> None:
    low, high = katz(*map(np.array, (one, n, other, m)))
    back = katz(*map(np.array, (other, m, one, n)))
    assert low <= one / other <= high
    assert (1 / high, 1 / low) == pytest.approx([float(end) for end in back])


@given(st.sampled_from([0.0, 1.0]), NUMBERS)
def test_a_ratio_has_no_interval_where_all_or_none_say_yes(share: float, n: float) -> None:
    assert np.isnan(katz(*map(np.array, (share, n, 0.5, n)))).all()


@given(st.integers(20, 5_000), st.data())
def test_two_intervals_of_one_rate_agree(n: int, data) -> None:
    """Wilson's and Jeffreys': their ends are at most 1.4/n apart, under five percentage points with 30 answers."""
    yes = data.draw(st.integers(0, n))
    share, number = np.array(yes / n), np.array(float(n))
    assert np.abs(np.array(wilson(share, number)) - np.array(jeffreys(share, number))).max() <= 1.4 / n


@given(INNER, NUMBERS)
def test_more_answers_narrow_an_interval(share: float, n: float) -> None:
    for interval in (wilson, jeffreys):
        few, many = (np.ptp(interval(np.array(share), np.array(number))) for number in (n, 4 * n))
        assert many < few
