"""Every way to say a fact reads right, whatever it is: number, size, interval, count, rank, cell."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts import said
from reportgen.facts.fact import Fact
from reportgen.facts.format import MARKS
from reportgen.facts.words import FRACTIONS, fraction
from reportgen.pack.numbers import number_in
from reportgen.release.tables import Status
from tests.made import SIGNED, UNITS, fact, facts
from tests.sentences import faults

ANY = st.sampled_from(UNITS).flatmap(facts)
KNOWN = st.sampled_from(UNITS).flatmap(lambda unit: facts(unit, known=True))
SIGN = re.compile(r"[−+]")


@given(ANY)
def test_no_text_of_a_fact_reads_wrong(any: Fact) -> None:
    """A mark is no number, and a reason has numbers of its own."""
    for text in said.every(any) - said.texts(any, "reason") - {*MARKS.values()}:
        assert [] == faults(text), text
        assert number_in(text) or text == "none", text


@given(KNOWN)
def test_the_sign_stands_where_no_verb_carries_it(known: Fact) -> None:
    """A minus below nought, a plus above it where one is asked for, neither on a size, and none before a nought."""
    assert known.value is not None
    read = re.sub(r"[^\d.]", "", said.number(known)).strip(".")
    assert said.number(known).startswith("−") == (known.value < 0 and float(read) > 0)
    if known.unit in SIGNED:  # a sign is asked of nothing else
        assert said.signed(known).startswith("+") == (known.value > 0 and float(read) > 0)
    assert not SIGN.search(said.size(known))


@given(KNOWN)
def test_a_flag_is_said_with_the_number(known: Fact) -> None:
    """However the number is said: a reader must not take it for a good one."""
    for say in (said.number, said.signed, said.size, said.words, said.cell):
        assert (MARKS[Status.LOW_RELIABILITY] in say(known)) == (known.status is Status.LOW_RELIABILITY)


@given(KNOWN)
def test_the_title_of_a_chart_says_a_number_without_its_flag(known: Fact) -> None:
    """The chart or its note has the flag; a title of it is not read as other than what the fact says."""
    assert said.reads(known, "title-", said.unmarked(said.number(known)))
    assert said.reads(known, "", said.unmarked(said.number(known))) == (known.status is Status.OK)


@pytest.mark.parametrize(
    ("reason", "of_year", "alone"),
    [
        ("No figures on jobs (Bath, 2024).", "No figures on jobs (2024).", "No figures on jobs."),
        ("No figures on jobs (Bath).", "No figures on jobs (Bath).", "No figures on jobs."),
        ("No figures on jobs.", "No figures on jobs.", "No figures on jobs."),
    ],
)
def test_a_reason_may_leave_out_the_place_that_its_page_is_about(reason: str, of_year: str, alone: str) -> None:
    unknown = replace(fact(None), reason=reason)
    assert (of_year, alone) == (said.reason_of_year(unknown), said.reason_alone(unknown))
    assert all(said.reads(unknown, "reason", text) for text in (reason, of_year, alone))


@given(st.sampled_from(UNITS).flatmap(lambda unit: facts(unit, known=False)))
def test_what_is_not_known_has_no_number(unknown: Fact) -> None:
    """Its cell has the mark that says why; whoever asks for the number is told."""
    assert MARKS[unknown.status] == said.cell(unknown) == said.cell_range(unknown)
    for say in (said.number, said.signed, said.size, said.interval, said.sizes, said.rank, said.words):
        with pytest.raises(said.NotKnownError, match="its sentence must be another one"):
            say(unknown)


@given(facts("share"), st.sampled_from(sorted(FRACTIONS)))
def test_a_fraction_is_said_only_of_a_share_that_is_sure_to_be_it(share: Fact, part: float) -> None:
    """With the whole of its interval; a flagged one, one without an interval and one that is not known have none."""
    words = fraction(share)
    if words in FRACTIONS[part]:
        assert share.value is not None
        assert share.low is not None
        assert share.high is not None
        assert part - 0.02 <= share.low <= share.value <= share.high <= part + 0.02
        assert share.status is Status.OK
    assert not share.known or said.fraction(share) == (words or said.number(share))


@pytest.mark.parametrize(
    ("low", "value", "high", "said_as"),
    [
        (0.33, 1 / 3, 0.34, "a third"),
        (0.32, 0.325, 0.33, "about a third"),
        (0.3, 1 / 3, 0.36, "33.3\u202f%"),
        (0.08, 0.087, 0.09, "8.7\u202f%"),
        (None, 0.5, None, "50.0\u202f%"),
    ],
    ids=["exactly", "about", "too wide", "too far for so small a one", "no interval"],
)
def test_a_share_near_a_fraction(low: float | None, value: float, high: float | None, said_as: str) -> None:
    assert said_as == said.fraction(fact(value, "share", low, high))


@given(KNOWN)
def test_a_noun_goes_with_the_number_before_it(known: Fact) -> None:
    """As it reads, not as it is: 1.2 jobs are rounded to one job."""
    assert [] == faults(f"{said.number(known)} {said.plural(known, 'place', 'places')}".replace("\u00a0[u]", ""))


@pytest.mark.parametrize(("value", "noun"), [(0.0, "jobs"), (0.7, "job"), (1.0, "job"), (1.4, "job"), (2.0, "jobs")])
def test_none_and_many_are_plural(value: float, noun: str) -> None:
    assert noun == said.plural(fact(value, "jobs"), "job", "jobs")


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (5.0, 5.0, "jobs", "5"),
        (4.9, 5.2, "jobs", "5"),
        (0.00004, 0.0004, "share", "0.004 to 0.04\u202f%"),
        (0.0, 0.0, "ratio", "0"),
    ],
)
def test_ends_that_read_alike_are_said_once(low: float, high: float, unit: str, text: str) -> None:
    assert text == said.interval(fact(low, unit, low, high))


def test_a_text_of_a_fact_is_also_what_a_title_says() -> None:
    """Without the mark of low reliability, which the picture below shows."""
    rank = replace(fact(20, "rank"), status=Status.LOW_RELIABILITY)
    assert {"20th", "20th [u]"} <= {text.replace("\N{NO-BREAK SPACE}", " ") for text in said.every(rank)}
