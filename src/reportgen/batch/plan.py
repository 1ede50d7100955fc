"""
Plan: which areas of a release get a pack in this run.
Takes a release and what was asked for, gives codes in a fixed order; builds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from reportgen.errors import ConfigurationError, Problem, UsageError
from reportgen.nearest import did_you_mean, nearest
from reportgen.release.model import Level, Release
from reportgen.settings import Settings

MOST_OFFERED = 5


def national(release: Release) -> list[str]:
    """The one area of the national report."""
    return [release.info.national]


def every(
    release: Release, level: str | None = None, listed: Path | None = None, limit: int | None = None
) -> list[str]:
    """
    All areas that get a pack, in the order of the release.
    Args:
        level: only this level.
        listed: only the areas of this file, one code or name a line, in its order.
        limit: only the first so many.
    Raises: UsageError: the release has no such level, no pack is written at it, or the file names what is not there.
    """
    if listed is not None:
        lines = listed.read_text(encoding="utf-8-sig").splitlines()
        return named(release, lines, level, file=str(listed))[:limit]
    codes = release.packs()
    if level is not None:
        only = _level(release, level)
        codes = [code for code in codes if release.level_of(code) == only]
        if not codes:
            what, why = f"no pack is written of {only.plural}", "other areas are compared with them, or there are none"
            raise UsageError(Problem("no-pack", what, why, f"name another level: {_levels(release)}"))
    return codes[:limit]


def named(
    release: Release, wanted: Sequence[str], level: str | None = None, file: str = "", *, packs: bool = True
) -> list[str]:
    """
    The areas asked for by code or name, each once, in the order asked for.
    Args:
        wanted: codes or names, in any case; blank ones are passed over.
        level: look only among the areas of this level.
        file: where they stand, one a line, if they come from a file.
        packs: only areas that get a pack; else benchmarks too.
    Returns: codes.
    Raises: UsageError: all that name no area, more than one, or one without a pack.

    A name at two levels, like London (a region and a travel-to-work area), is never guessed.
    """
    only = None if level is None else _level(release, level)
    found: dict[str, None] = {}
    problems = []
    for row, text in enumerate(wanted, start=1):
        if text.strip():
            area = _find(release, text, only, set(release.packs()) if packs else set(map(str, release.areas.index)))
            if isinstance(area, str):
                found[area] = None
            else:
                kind, what, why, fix = area
                problems.append(Problem(kind, what, why, fix, file=file, row=row if file else None))
    if problems:
        raise UsageError(problems)
    if not found:
        raise UsageError(
            Problem("no-area", "no area is named", "there is nothing to build", "name one by code or name", file=file)
        )
    return list(found)


def check_peers(release: Release, settings: Settings) -> None:
    """
    See that the peers of the settings are areas of a release.
    Raises: ConfigurationError: with all codes that are not.
    """
    known = release.packs()
    codes = {release.name_of(code): code for code in known}
    problems = []
    for peer in settings.peers if settings.peers != "auto" else ():
        if peer not in known:
            what, why = f"peers names {peer}, which is no area with a pack", "local packs compare with it"
            fix = f"write the code of {peer}, {codes[peer]}" if peer in codes else "correct the code"
            fix += f"{did_you_mean(peer, known)}; areas.csv of {release.info.id} has all codes"
            problems.append(Problem("unknown-peer", what, why, fix, detail="setting: peers"))
    if problems:
        raise ConfigurationError(problems)


def neighbours(text: str, names: Iterable[str]) -> list[str]:
    """
    The names that someone who typed a text may have meant: those that hold it, or else those that look alike.

    >>> neighbours("bristl", ["Bath", "Bristol"])
    ['Bristol']
    >>> neighbours("guildford", ["Bath", "Guildford and Aldershot"])
    ['Guildford and Aldershot']
    """
    by_key = {_key(name): name for name in names}
    holding = [key for key in by_key if _key(text) and _key(text) in key]
    return [by_key[key] for key in holding or nearest(_key(text), by_key)][:MOST_OFFERED]


def _find(release: Release, text: str, only: Level | None, packs: set[str]) -> str | tuple[str, str, str, str]:
    """The code that a text names, one of `packs`, or kind, what, why and fix of the problem with it."""
    pool = [str(code) for code in release.areas.index if only is None or release.level_of(str(code)) == only]
    hits = [code for code in pool if _key(text) in (_key(code), _key(release.name_of(code)))]
    if len(hits) > 1:
        options = " · ".join(f"{code} ({release.level_of(code).singular})" for code in hits)
        levels = " or ".join(f"--level {release.level_of(code).id}" for code in hits)
        return (
            "ambiguous-area",
            f"{text} is the name of {len(hits)} areas",
            f"each is a place of its own: {options}",
            f"give the code instead, or {levels}",
        )
    if hits and hits[0] not in packs:
        singular = release.level_of(hits[0]).singular
        return (
            "no-pack",
            f"no pack is written of {release.name_of(hits[0])}",
            f"it is a {singular}: other areas are compared with it",
            "name another area",
        )
    if hits:
        return hits[0]
    return _miss(release, text, only, [code for code in pool if code in packs])


def _miss(release: Release, text: str, only: Level | None, pool: list[str]) -> tuple[str, str, str, str]:
    elsewhere = [code for code in release.packs() if _key(text) in (_key(code), _key(release.name_of(code)))]
    near = neighbours(text, [*map(release.name_of, pool), *pool])
    if only is not None and elsewhere:
        fix = "at another level: " + " · ".join(f"{c} ({release.level_of(c).singular})" for c in elsewhere)
    elif near:
        fix = f"did you mean {' or '.join(near)}?"
    else:
        fix = "name an area by its official code or name; areas.csv of the release lists them"
    what = f"there is no area called {text}" + (f" among the {only.plural}" if only else "")
    return "unknown-area", what, f"areas are those of {release.info.id}", fix


def _level(release: Release, text: str) -> Level:
    for level in release.info.levels.values():
        if _key(text) in (_key(level.id), _key(level.singular), _key(level.plural)):
            return level
    near = neighbours(text, release.info.levels)
    raise UsageError(
        Problem(
            "unknown-level",
            f"there is no level called {text}",
            f"the levels are those of {release.info.id}",
            f"did you mean {' or '.join(near)}?" if near else f"use one of: {_levels(release)}",
        )
    )


def _levels(release: Release) -> str:
    return ", ".join(level.id for level in release.info.levels.values() if level.kind != "benchmark")


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
