"""
Explain: the account of a number of a release, or a list of what can be asked about an area.
Reads and analyses the release, finds the area and the fact that are meant; writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen import classification
from reportgen.analysis.findings import BY_ID, INDICATORS, Findings
from reportgen.batch import plan
from reportgen.batch.noted import Noted
from reportgen.batch.work import analyse_release, read_release
from reportgen.errors import ConfigurationError, Problem, UsageError
from reportgen.facts.asking import Asking, usual
from reportgen.facts.book import FactBook
from reportgen.facts.evidence import Accounts, Evidence
from reportgen.facts.fact import Fact
from reportgen.facts.tally import COUNTED
from reportgen.nearest import did_you_mean
from reportgen.release.model import ReleaseInfo
from reportgen.resources import Resources
from reportgen.settings import Settings


@dataclass(frozen=True)
class Askable:
    """An indicator that has values for an area: how many, and of how many findings."""

    indicator: str
    name: str
    values: int
    findings: int


@dataclass(frozen=True)
class Answer:
    """What was asked: the account of a fact, or, of an area alone, what can be asked about it."""

    release: ReleaseInfo
    area: str
    name: str
    evidence: Evidence | None
    askable: tuple[Askable, ...] = ()


def explain(folder: Path, asked: str, level: str | None, resources: Resources, settings: Settings) -> Answer:
    """
    The account of a number.
    Args:
        folder: of the release.
        asked: `AREA/indicator/sub-sector/year/other/variant`; the area is a code or a name, and what is left out
            is what the area's pack says: creative as a whole, the latest year, growth since five years.
        level: look for the area only among those of this level.
    Raises: DataError: the release is wrong; UsageError: there is no such area or fact, or several are meant.
    """
    release = read_release(folder, resources)
    word, _, rest = asked.partition("/")
    (area,) = plan.named(release, [word], level, packs=False)
    findings = analyse_release(release, resources, settings)
    definitions = classification.chosen(resources, release.info.classification, settings)
    if not rest.strip("/- "):
        return Answer(release.info, area, release.name_of(area), None, askable(findings, area))
    asking = Asking(findings, usual(release, findings, area, [part.id for part in definitions.creative]))
    indicator = rest.partition("/")[0].strip()
    if indicator in BY_ID and not asking.measures(indicator):
        measured = [each.indicator for each in askable(findings, area, values=False)]
        what, why = f"{indicator} is not measured for {release.name_of(area)}", "it has no value and no status there"
        fix = f"ask for another{did_you_mean(indicator, measured)}; `reportgen explain {area}` lists them"
        raise UsageError(Problem("unknown-fact", what, why, fix))
    try:
        fact = asking.one(f"{area}/{rest}")
    except ConfigurationError as error:  # of a team's own material; here the id was typed
        raise UsageError(error.problems) from error
    evidence = Accounts(findings, release, definitions, settings).of(fact)
    return Answer(release.info, area, release.name_of(area), evidence)


def explain_note(folder: Path, note: Noted, resources: Resources) -> Answer:
    """
    The account of the fact that a note of a finished pack is about: the same as by the fact's id.
    Args:
        folder: of the release.
    Raises: DataError: the release is wrong; UsageError: it is not the one that the pack was made from.
    """
    release = read_release(folder, resources)
    info = release.info
    if (info.id, str(info.revision)) != (note.release, note.revision):
        what = (
            f"the pack is of {note.release}, revision {note.revision}, and this is {info.id}, revision {info.revision}"
        )
        fix = "name the folder of the pack's release with --release, or build the pack again"
        raise UsageError(Problem("other-release", what, "its numbers may be others", fix, file=str(folder)))
    findings = analyse_release(release, resources, note.settings)
    definitions = classification.chosen(resources, info.classification, note.settings)
    evidence = Accounts(findings, release, definitions, note.settings).of(_as_found(note, findings))
    area = note.fact.key[0]
    return Answer(info, area, release.name_of(area), evidence)


def _as_found(note: Noted, findings: Findings) -> Fact:
    """The fact of a note as the findings have it; what a pack counted itself, as the pack has it."""
    if note.fact.key[1] in COUNTED:
        return note.fact
    try:
        return FactBook(findings).fact(*note.fact.key)
    except KeyError as error:
        what = f"note E{note.number} is about {note.fact.id}, which the release does not have"
        why, fix = "the pack was made with other definitions or groups of areas", "build the pack again"
        raise UsageError(Problem("unknown-fact", what, why, fix)) from error


def askable(findings: Findings, area: str, *, values: bool = True) -> tuple[Askable, ...]:
    """
    The indicators with findings about an area.
    Args:
        values: only those with a value.
    """
    found = []
    for indicator in INDICATORS:
        rows = findings.rows(indicator.id)
        rows = rows[rows["area"] == area]
        if len(rows) and (rows["value"].notna().any() or not values):
            found.append(Askable(indicator.id, indicator.name, int(rows["value"].notna().sum()), len(rows)))
    return tuple(found)
