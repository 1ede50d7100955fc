"""Why a number is not there: each reason is a whole sentence of data/reasons.toml, whatever its words are."""

from __future__ import annotations

import inspect
import itertools
import re
from collections.abc import Callable, Iterator
from string import Formatter
from typing import Any

import pytest

from reportgen.analysis import reasons
from reportgen.analysis.reasons import economy, figures, places, written, years
from reportgen.wording import texts
from tests.sentences import prose_faults

NAMES = ["Belfast", "Derry", "Enniskillen", "Newry"]
# What the arguments of a reason may be, by their names.
ARGUMENTS: dict[str, list[Any]] = {
    "table": ["employment", "businesses"],
    "state": [1, 2, 3, 4],
    "which": [figures.PART, figures.CREATIVE, figures.TOTAL, figures.BUNDLES],
    "names": [NAMES[:number] for number in (1, 2, 3, 4)],
    "codes": [["R90"], ["R90", "R91"], ["R90", "R91", "R93"]],
    "entries": [["63"], ["63", "69"], ["62", "63", "69"]],
    "regions": [["Wales"], ["Wales", "Northern Ireland"]],
    "measure": ["graduates-computing"],
    "basis": ["units", "jobs"],
    "place": ["Bath, 2024"],
    "name": ["Crafts"],
    "year": ["2024"],
    "first": ["1997"],
    "last": ["2007"],
    "area": ["Bath"],
    "code": ["6201"],
    "group": ["London"],
    "one": ["north"],
    "other": ["south"],
    "industry": ["Publishing"],
    "classification": ["ours"],
    "suppliers": ["creative"],
    "before": [0.0, 1.0, 1_900.0],
    "after": [200.0, 2_600.0],
    "of": [1, 2, 5, 1_200],
    "poor": [1, 2],
    "used": [10, 1_200],
    "needed": [3],
    "fewest": [30],
    "least": [10, 75_000],
    "span": [5],
}
COUNTS = [0, 1, 2, 5, 1_100]  # any argument that is not listed
# Reasons that are given only where there is something to count, or more than a single thing.
FROM_ONE = {"industries", "purchases_not_told", "jobs_left_out", "much_left_out"}
OF_SEVERAL = {"purchases_not_told", "jobs_left_out"}
ONLY = {"too_coarse": {"codes": [["71"], ["711"], ["7111"], ["71111"]]}, "no_start": {"table": ["employment", "gva"]}}
ONLY["areas"] = {"place": ["Bath, 2024", "Belfast, 2024"]}  # also of the area that a whole is made of
ONLY |= {name: {"table": ["employment", "businesses", "gva"]} for name in ("no_window", "no_figures")}
EVERY = [
    function
    for module in (economy, figures, places, years)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.endswith(("things", "start", "state_word", "standing"))
] + [years.no_start]


def calls(function: Callable[..., str]) -> Iterator[str]:
    """What a reason says, for every combination of its arguments that can be."""
    name = function.__name__
    wanted = [
        ONLY.get(name, {}).get(each, ARGUMENTS.get(each, COUNTS)) for each in inspect.signature(function).parameters
    ]
    for given in itertools.product(*wanted):
        words = dict(zip(inspect.signature(function).parameters, given, strict=True))
        count = words.get("count", len(words.get("names", ())))
        several = words.get("of") != 1 or name not in OF_SEVERAL
        if count <= words.get("of", count) and (count or name not in FROM_ONE) and several:
            yield function(**words)


@pytest.mark.parametrize("function", EVERY, ids=lambda function: function.__name__)
def test_a_reason_is_a_whole_sentence(function: Callable[..., str]) -> None:
    """Singular, plural and none; with separators of thousands; nothing in it is left to fill in."""
    for sentence in calls(function):
        assert [] == prose_faults(sentence), sentence
        assert not re.search(r"[{}]|(?<!subclass )\d{5}", sentence)


def test_every_sentence_has_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is written that no function says, and none said that is not written."""
    ours, said = texts(written.FILE), set[str]()
    asked = type("Asked", (dict,), {"__getitem__": lambda self, key: said.add(key) or ours[key]})
    monkeypatch.setattr(written, "texts", lambda _: asked())
    for function in EVERY:
        assert all(calls(function))
    assert sorted(ours) == sorted(said)


def test_every_word_of_a_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that a function gives stands in one at least of the sentences that it chooses from."""
    given: dict[str, set[str]] = {}
    say = written.say

    def watched(entry: str, /, **words: object) -> str:
        given.setdefault(entry.partition(".")[0], set()).update(words)
        return say(entry, **words)

    for module in (economy, figures, places, years):
        monkeypatch.setattr(module, "say", watched)
    assert all(all(calls(function)) for function in EVERY)
    asked: dict[str, set[str]] = {}
    for entry, text in texts(written.FILE).items():
        names = {name for _, name, _, _ in Formatter().parse(text) if name}
        asked.setdefault(entry.partition(".")[0], set()).update(names)
    assert {root: names for root, names in asked.items() if names} == {
        root: names for root, names in given.items() if names
    }


def test_reasons_are_the_functions_that_analysis_calls() -> None:
    assert {function.__name__ for function in EVERY} <= set(vars(reasons))
