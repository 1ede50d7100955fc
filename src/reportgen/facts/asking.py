"""
Asking: facts by their id, with what an id leaves out filled in: `location-quotient/crafts`, `*/creative-jobs/all`.
Takes an id as a team writes it in its own material, gives facts; an id that is not there is an error that teaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from reportgen.analysis.changes import base_year
from reportgen.analysis.findings import BY_ID, KEY, Findings
from reportgen.classification import CREATIVE
from reportgen.errors import ConfigurationError, Problem
from reportgen.facts.book import FactBook
from reportgen.facts.fact import Fact
from reportgen.nearest import did_you_mean
from reportgen.release.model import Release

Along = Literal["area", "sub_sector", "year"]
EVERY = "*"
MOST_LISTED = 8  # known words that the message of a miss lists
SHAPE = "area/indicator/sub-sector/year/other/variant"


@dataclass(frozen=True)
class Whose:
    """
    What an id means where it leaves something out, for one pack.
    Args:
        subject: code of the area that is meant where none is named.
        areas: words that stand for an area → its code: `benchmark`, `region`.
        peers: codes of `*` in the place of the area.
        sub_sectors: ids of `*` in the place of the sub-sector, in their order.
        preferred: words for `other` and `variant` that are taken where an indicator has several, first come first.
        names: code → name, of all areas.
    """

    subject: str
    areas: Mapping[str, str]
    peers: Sequence[str]
    sub_sectors: Sequence[str]
    preferred: Sequence[str]
    names: Mapping[str, str]


def usual(release: Release, findings: Findings, area: str, sub_sectors: Sequence[str]) -> Whose:
    """What is meant where an id leaves something out: what the pack of the area would say."""
    regions = release.regions_of(area) if release.level_of(area).kind == "local" else {}
    known = findings.get(area, "creative-jobs", CREATIVE, findings.latest()).value is not None
    return Whose(
        subject=area,
        areas={},
        peers=(),
        sub_sectors=sub_sectors,
        preferred=(
            base_year(findings.years["employment"]),
            *regions,
            release.info.national,
            "jobs" if known else "units",
        ),
        names={str(code): str(name) for code, name in release.areas["name"].items()},
    )


@dataclass(frozen=True)
class Series:
    """Facts that differ in one part of their id."""

    along: Along
    facts: tuple[Fact, ...]


class Asking:
    """Answers ids for one pack."""

    def __init__(self, findings: Findings, whose: Whose) -> None:
        self._findings, self._whose = findings, whose
        self._book = FactBook(findings)

    def one(self, id: str) -> Fact:
        """
        The fact of an id without `*`.
        Raises: ConfigurationError: there is no such fact, or the id names several.
        """
        parts = self._parts(id)
        if EVERY in parts.values():
            raise refused(id, "names several facts", "ask for one area, sub-sector and year", "a fact is one number")
        return self._book.fact(*self._key(id, parts))

    def measures(self, indicator: str) -> bool:
        """Whether an indicator has rows about the pack's own area: some are measured for one kind of area alone."""
        return bool((self._findings.rows(indicator)["area"] == self._whose.subject).any())

    def many(self, id: str) -> Series:
        """
        The facts of an id with one `*`: the pack's peers, the nine sub-sectors, or all years.
        Raises: ConfigurationError: there are none, or there is no `*`, or more than one.
        """
        parts = self._parts(id)
        stars = [part for part in parts if parts[part] == EVERY]
        if len(stars) != 1 or stars[0] not in ("area", "sub_sector", "year"):
            fix = "put one * in place of the area, the sub-sector or the year"
            raise refused(
                id, "does not say what differs", fix, "a chart or table has one row for each of several facts"
            )
        along: Along = stars[0]  # type: ignore[assignment]
        return Series(along, tuple(self._book.fact(*key) for key in self._keys(id, parts, along)))

    def _keys(self, id: str, parts: dict[str, str], along: Along) -> list[tuple[str, ...]]:
        if along == "area":
            return [self._key(id, {**parts, "area": area}) for area in self._whose.peers]
        rows = self._rows(id, parts)
        # What they share is settled first, once for all: several years are compared with the same one.
        for column in ("sub_sector", "year", "other", "variant"):
            if column != along:
                parts[column] = self._word(id, column, parts[column], rows)
                rows = rows[rows[column] == parts[column]]
        known = set(map(str, rows[along].unique()))
        order: Iterable[str] = self._whose.sub_sectors if along == "sub_sector" else sorted(known)
        found = [self._key(id, {**parts, along: word}) for word in order if word in known]
        if not found:
            raise refused(id, f"has no {_called(along)} to choose from", "ask without *", "each is measured as a whole")
        return found

    def _parts(self, id: str) -> dict[str, str]:
        """The parts as written, empty where left out."""
        words = ["" if word.strip() == "-" else word.strip() for word in id.split("/")]
        if words[0] in BY_ID:
            words = ["", *words]
        if len(words) < 2 or words[1] not in BY_ID:
            word = words[1] if len(words) > 1 and self._is_area(words[0]) else words[0]
            fix = f"take an indicator from dictionary.csv, which `reportgen analyse` writes{did_you_mean(word, BY_ID)}"
            raise refused(id, f"names no indicator: {word or '-'}", fix, f"an id is {SHAPE}, the area may be left out")
        if len(words) > len(KEY):
            raise refused(id, f"has {len(words)} parts", f"write at most {len(KEY)}", f"an id is {SHAPE}")
        return dict(zip(KEY, [*words, *[""] * (len(KEY) - len(words))], strict=True))

    def _is_area(self, word: str) -> bool:
        return word in ("", EVERY) or word in self._whose.areas or word in self._whose.names

    def _key(self, id: str, parts: Mapping[str, str]) -> tuple[str, ...]:
        rows = self._rows(id, parts)
        key = {"area": str(rows["area"].iloc[0]), "indicator": parts["indicator"]}
        for column in ("sub_sector", "year", "other", "variant"):
            key[column] = self._word(id, column, parts[column], rows)
            rows = rows[rows[column] == key[column]]
        return tuple(key[column] for column in KEY)

    def _rows(self, id: str, parts: Mapping[str, str]) -> pd.DataFrame:
        """The findings of the indicator about the area."""
        indicator, word = parts["indicator"], parts["area"]
        area = self._whose.areas.get(word, word) or self._whose.subject
        if area not in self._whose.names:
            by_name = {name.casefold(): code for code, name in self._whose.names.items()}
            known = [*self._whose.areas, *self._whose.names]
            code = by_name.get(area.casefold())
            hint = f" (did you mean {code}?)" if code else did_you_mean(area, known)
            fix = f"write the code of an area, {' or '.join(self._whose.areas)}, or nothing for the pack's own{hint}"
            raise refused(id, f"names no area: {area}", fix, "areas are told apart by their codes")
        rows = self._findings.rows(indicator)
        rows = rows[rows["area"] == area]
        if rows.empty:
            fix = 'put the section into fewer packs (packs = ["local"]), or ask for another indicator'
            raise refused(
                id, f"is not measured for {self._whose.names[area]}", fix, "it has no value and no status there"
            )
        return rows

    def _word(self, id: str, column: str, word: str, rows: pd.DataFrame) -> str:
        """The word of a part: as written, or what is meant where nothing is."""
        known = sorted(map(str, rows[column].unique()))
        if word:
            if word not in known:
                there = did_you_mean(word, known) or f" (there are {', '.join(known[:MOST_LISTED])})"
                raise refused(id, f"names no {_called(column)}: {word}", f"write one that is there{there}", _WHY_KNOWN)
            return word
        if column == "year":
            return known[-1]
        for meant in ("", CREATIVE if column == "sub_sector" else "", *self._whose.preferred):
            if meant in known:
                return meant
        if len(known) > 1:
            fix = f"write one of {', '.join(known[:MOST_LISTED])}"
            raise refused(id, f"does not say which {_called(column)}", fix, "several are measured")
        return known[0]


_WHY_KNOWN = "the findings have no row for it, not even one that says why there is no value"


def _called(column: str) -> str:
    return {"other": "other part (the fifth)", "variant": "variant (the sixth)"}.get(column, column.replace("_", "-"))


def refused(id: str, what: str, fix: str, why: str) -> ConfigurationError:
    return ConfigurationError(Problem("unknown-fact", f"the id {id!r} {what}", why, fix))
