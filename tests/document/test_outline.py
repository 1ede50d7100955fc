"""Sections of a team's own stand where they are put, or are refused with the places there are."""

from __future__ import annotations

import pytest

from reportgen.document.outline import misplaced, outline
from reportgen.settings import OwnSection

PLACES = (
    *("cover", "headlines", "subsectors", "economy", "growth", "outlook", "standing", "nearest", "recommendations"),
    "first",
)


def test_an_own_section_stands_behind_the_one_that_it_names() -> None:
    """Only in the packs that are to have it."""
    own = [OwnSection(name="skills", after="growth", packs=("regional",))]
    assert "skills" not in outline("local", own)
    names = outline("regional", own)
    assert "skills" == names[names.index("growth") + 1]


def test_several_behind_one_stand_as_listed() -> None:
    own = [OwnSection(name="a"), OwnSection(name="b"), OwnSection(name="c", after="a"), OwnSection(name="d", after="b")]
    assert ("headlines", "a", "c", "b", "d", "subsectors") == outline("local", own)[1:7]


@pytest.mark.parametrize(
    ("section", "what", "fix"),
    [
        (
            OwnSection(name="skills", after="headline", packs=("local",)),
            "the section skills is to come after headline, which is no section",
            f"name one of {', '.join(PLACES)} (did you mean headlines?)",
        ),
        (
            OwnSection(name="skills", after="hotspots"),
            "the section skills is to come after hotspots, which a regional pack does not have",
            'choose another place, or only the packs that have it: packs = ["national"]',
        ),
        (
            OwnSection(name="skills", after="methods"),
            "the section skills is to come after methods, which closes every pack",
            "put it after a section before it, such as growth",
        ),
        (
            OwnSection(name="growth"),
            "the section growth has the name of one of ours",
            "give it another name; to change ours, put a template of this name into templates/sections",
        ),
        (OwnSection(name="first"), "two sections are called first", "give each a name of its own"),
    ],
    ids=["unknown", "not in every pack", "last", "taken", "twice"],
)
def test_a_section_that_has_no_place_is_refused(section: OwnSection, what: str, fix: str) -> None:
    [problem] = misplaced([OwnSection(name="first"), section])
    assert (what, fix) == (problem.what, problem.fix)
