"""
Outline: which sections a pack has, in which order. A new section is a word here and its two files; a section of a
team's own is a template alone, which its settings put behind one of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.settings import OwnSection
from reportgen.toml import value

OUTLINE: Mapping[str, tuple[str, ...]] = {
    "national": (
        *("cover", "headlines", "infographic", "hotspots", "places", "regions", "agglomeration", "alike"),
        *("colocation", "innovation", "supply_chain", "growth", "standing", "outlook", "neighbours", "claims"),
        *("recommendations", "register", "methods"),
        "evidence",
    ),
    "regional": (
        *("cover", "headlines", "infographic", "areas", "subsectors", "standing", "economy", "growth", "outlook"),
        *("recommendations", "methods", "evidence"),
    ),
    "local": (
        *("cover", "headlines", "subsectors", "economy", "growth", "outlook", "standing", "nearest", "recommendations"),
        *("methods", "evidence"),
    ),
}
WITHOUT_HEAD = frozenset({"cover", "infographic"})  # pages without running head and foot
ANNEX = frozenset({"register", "methods", "evidence"})  # set smaller
FLOWS = frozenset(  # follow on the page of the section before them, where there is room
    {("regional", "standing"), *(("local", name) for name in ("economy", "outlook", "nearest"))}
)
INFOGRAPHIC = "infographic"  # beside the PDF alone where an outline lacks it
EVIDENCE = "evidence"  # said when all others are: their facts are numbered in it
CLOSING = ("methods", "evidence")  # after all others; pages are counted to the end of the first of them
TAKEN = frozenset({name for names in OUTLINE.values() for name in names} | {"contents"})


def outline(kind: str, own: Sequence[OwnSection]) -> tuple[str, ...]:
    """
    The sections of a pack of a kind, with a team's own among them; several after the same one stand as listed.

    >>> own = [OwnSection(name="skills"), OwnSection(name="more"), OwnSection(name="plans", after="skills")]
    >>> outline("local", own)[:6], outline("local", own)[-2:]
    (('cover', 'headlines', 'skills', 'plans', 'more', 'subsectors'), ('methods', 'evidence'))
    """
    names = list(OUTLINE[kind])
    placed: dict[str, list[str]] = {}  # section → those behind it so far, itself first
    for section in own:
        if kind in section.packs:
            group = placed.setdefault(section.after, [section.after])
            names.insert(max(names.index(name) for name in _all_behind(section.after, placed)) + 1, section.name)
            group.append(section.name)
    return tuple(names)


def _all_behind(name: str, placed: Mapping[str, list[str]]) -> list[str]:
    """A section, those placed behind it, and those behind these."""
    return [name, *(inner for other in placed.get(name, [name])[1:] for inner in _all_behind(other, placed))]


def misplaced(own: Sequence[OwnSection]) -> list[Problem]:
    """What is wrong with the names and places of a team's own sections."""
    problems: list[Problem] = []
    before: list[OwnSection] = []
    for section in own:
        if section.name in TAKEN:
            fix = "give it another name; to change ours, put a template of this name into templates/sections"
            problems.append(_problem(f"the section {section.name} has the name of one of ours", fix))
        if section.name in [other.name for other in before]:
            problems.append(_problem(f"two sections are called {section.name}", "give each a name of its own"))
        problems += _wrong_place(section, before)
        before.append(section)
    return problems


def _wrong_place(section: OwnSection, before: Sequence[OwnSection]) -> list[Problem]:
    places = {
        kind: [
            *(name for name in OUTLINE[kind] if name not in CLOSING),
            *(other.name for other in before if kind in other.packs),
        ]
        for kind in section.packs
    }
    without = [kind for kind in section.packs if section.after not in places[kind]]
    if not without:
        return []
    what = f"the section {section.name} is to come after {section.after}, which "
    if section.after in CLOSING:
        fix = "put it after a section before it, such as growth"
        return [_problem(what + "closes every pack", fix)]
    if any(section.after in OUTLINE[kind] for kind in OUTLINE) or len(without) < len(section.packs):
        having = [kind for kind in section.packs if kind not in without]
        fix = "choose another place"
        fix += f", or only the packs that have it: packs = {value(having)}" if having else ""
        return [_problem(what + f"a {without[0]} pack does not have", fix)]
    known = dict.fromkeys(name for names in places.values() for name in names)
    return [_problem(what + "is no section", f"name one of {', '.join(known)}{did_you_mean(section.after, known)}")]


def _problem(what: str, fix: str) -> Problem:
    why = "a pack is put together by its outline, section by section"
    return Problem("own-section", what, why, fix, detail="setting: sections")
