"""The voice says facts and remembers which it said; it does not say what is not known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from reportgen.document.voice import Voice
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status
from reportgen.resources import Resources

KNOWN = Fact("E1/creative-jobs/all/2024/-/-", 6740.0, 6510.0, 6970.0, "jobs", 0, Status.OK, "", "employment")
HIDDEN = Fact("E2/creative-jobs/all/2024/-/-", None, None, None, "jobs", 0, Status.SUPPRESSED, "Hidden.", "employment")


@pytest.fixture
def voice(tmp_path: Path) -> Voice:
    (tmp_path / "said.html").write_text(
        "{% block title %}{{ num(fact) }} jobs ({{ span(fact) }}) in {{ name }}{% endblock %}"
        "{% block row %}{{ td(fact) }}{{ td_range(fact) }}{% endblock %}"
    )
    return Voice(Resources((tmp_path,)).folder("."))


def test_a_number_in_a_sentence_carries_its_fact(voice: Voice) -> None:
    said = voice.part("said.html", "title", {"fact": KNOWN, "name": "Bath"})
    assert '<span data-fact="E1/creative-jobs/all/2024/-/-">6,740</span> jobs' in said.html
    assert said.plain == "6,740 jobs (6,510 to 6,970) in Bath"
    assert list(voice.facts) == [KNOWN.id]


def test_what_is_not_known_cannot_be_said_as_a_number(voice: Voice) -> None:
    with pytest.raises(ValueError, match="has no value"):
        voice.part("said.html", "title", {"fact": HIDDEN, "name": "Bath"})


def test_fewer_has_no_minus_sign_in_its_interval(tmp_path: Path) -> None:
    """`fewer` says it already, and the smaller end comes first."""
    (tmp_path / "said.html").write_text("{% block gap %}{{ size(fact) }} fewer ({{ sizes(fact) }}){% endblock %}")
    below = replace(KNOWN, value=-7130.0, low=-8340.0, high=-5700.0)
    voice = Voice(Resources((tmp_path,)).folder("."))
    assert "7,130 fewer (5,700 to 8,340)" == voice.part("said.html", "gap", {"fact": below}).plain
    with pytest.raises(ValueError, match="no interval below nought"):
        voice.part("said.html", "gap", {"fact": replace(below, high=12.0)})


def test_a_table_cell_says_why_there_is_no_number(voice: Voice) -> None:
    assert voice.part("said.html", "row", {"fact": HIDDEN}).plain == "[c][c]"
    assert voice.part("said.html", "row", {"fact": KNOWN}).plain == "6,7406,510–6,970"


@pytest.mark.parametrize(("unit", "mark"), [("areas", "[z]"), ("jobs", "[x]")])
@pytest.mark.parametrize("status", [Status.OK, Status.LOW_RELIABILITY], ids=str)
def test_an_interval_that_is_not_there_has_its_own_mark(voice: Voice, unit: str, mark: str, status: Status) -> None:
    """What is exact needs none; that of an estimate is not known, however reliable its value is."""
    fact = replace(KNOWN, low=None, high=None, unit=unit, status=status)
    assert voice.part("said.html", "row", {"fact": fact}).plain.endswith(mark)


def test_a_name_that_looks_like_code_stays_text(voice: Voice) -> None:
    said = voice.part("said.html", "title", {"fact": KNOWN, "name": "<img src=x onerror=alert(1)> {{ 7*7 }}"})
    assert "&lt;img src=x onerror=alert(1)&gt; {{ 7*7 }}" in said.html


def test_a_template_that_asks_for_what_is_not_there_fails(voice: Voice) -> None:
    with pytest.raises(UndefinedError):
        voice.part("said.html", "title", {"fact": KNOWN})
