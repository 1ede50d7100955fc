"""
Noted: which fact a numbered note of a finished pack is about. Reads the facts that lie beside a PDF and the manifest of
its release; writes nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.batch import manifest
from reportgen.batch.check import root_of
from reportgen.errors import Problem, UsageError
from reportgen.facts.fact import Fact
from reportgen.facts.said import BETWEEN
from reportgen.release.tables import Status
from reportgen.settings import Settings

FACTS = "facts.csv"
_NOTE = re.compile(r"(?P<pdf>.+\.pdf)#[Ee]?(?P<number>\d+)")
_PDF = re.compile(r".+\.pdf(#.*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Noted:
    """
    A note of a pack.
    Args:
        release, revision: id of the release that the pack was made from, and its revision.
        settings: those that it was made with.
        fact: as facts.csv has it.
    """

    number: int
    release: str
    revision: str
    settings: Settings
    fact: Fact


def noted(asked: str) -> Noted | None:
    """
    The note that is asked for as `PACK.pdf#12` or `PACK.pdf#E12`; None where something else is asked for.
    Raises: UsageError: there is no such PDF, no facts beside it, no manifest above it, or no such note.
    """
    found = _NOTE.fullmatch(asked.strip())
    if found is None:
        if _PDF.fullmatch(asked.strip()):
            what, why = f"{asked} names no note", "a pack has many numbers, and each note is one"
            raise UsageError(Problem("unknown-note", what, why, "write the number of the note behind #, as in #E12"))
        return None
    pdf, number = Path(found["pdf"]).expanduser(), int(found["number"])
    rows = _rows(pdf)
    root = root_of(pdf)
    listing = manifest.read(root)
    notes = {int(row["note"]): row for row in rows if row.get("note")}
    if number not in notes:
        what, why = f"{pdf.name} has no note E{number}", "each note has a row in facts.csv, and none has this number"
        fix = f"its notes are E1 to E{max(notes)}" if notes else "build the pack again; it has no notes at all"
        raise UsageError(Problem("unknown-note", what, why, fix, file=str(pdf.parent / FACTS)))
    made_with = manifest.made_with(root)
    return Noted(number, str(listing["release"]), str(listing.get("version", "")), made_with, _fact(notes[number]))


def _rows(pdf: Path) -> list[dict[str, str]]:
    """The facts beside a PDF."""
    beside = pdf.parent / FACTS
    if not pdf.is_file():
        what, why, fix = "there is no such PDF", "a note is one of a finished pack", "name the PDF of a pack"
        raise UsageError(Problem("no-pack-there", what, why, fix, file=str(pdf)))
    try:
        rows = list(csv.DictReader(io.StringIO(beside.read_text(encoding="utf-8"), newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        what = f"there is no {FACTS} beside {pdf.name}" if not beside.is_file() else f"{FACTS} cannot be read: {error}"
        why, fix = "it says which fact a note is about", "name the PDF in the folder of its pack, or build it again"
        raise UsageError(Problem("no-pack-there", what, why, fix, file=str(pdf.parent))) from error
    if not {"id", "note", "counts"} <= set(rows[0] if rows else ()):
        what, why = f"{FACTS} beside {pdf.name} names no notes", "it says which fact a note is about"
        raise UsageError(Problem("no-pack-there", what, why, "build the pack again", file=str(beside)))
    return rows


def _fact(row: Mapping[str, str]) -> Fact:
    low, high = (float(row[name]) if row[name] else None for name in ("low", "high"))
    return Fact(
        id=row["id"],
        value=float(row["value"]) if row["value"] else None,
        low=low,
        high=high,
        unit=row["unit"],
        digits=0,
        status=Status(row["status"]),
        reason=row["reason"],
        source=row["source"],
        of=tuple(filter(None, row["counts"].split(BETWEEN))),
    )
