"""
Errors: what went wrong, where, why, and how to mend it.
One family; each kind carries its exit code. Prints nothing and exits nothing: `cli` does both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

MOST_SHOWN = 20  # problems of one kind shown whole; the rest are counted


@dataclass(frozen=True)
class Problem:
    """
    One thing that is wrong.
    Args:
        kind: short name of the kind of problem, lower case with hyphens, e.g. `duplicate-key`.
        what: one line without full stop: what is wrong.
        why: why it matters; fix: what to do about it.
        file, row, column: where. Rows and columns count from 1; row 1 of a table is its header.
        detail: what stands there, e.g. `2023, E30000180 Bristol, 5911 (first in row 611)`.
        more: how many further ones of the same check are counted, but not listed.
    """

    kind: str
    what: str
    why: str
    fix: str
    file: str = ""
    row: int | None = None
    column: int | None = None
    detail: str = ""
    more: int = 0

    @property
    def where(self) -> str:
        """
        The place in the form that editors jump to.

        >>> Problem("k", "w", "y", "f", file="employment.csv", row=1873, column=2).where
        'employment.csv:1873:2'
        """
        return ":".join(str(part) for part in (self.file, self.row, self.column) if part not in ("", None))

    def as_text(self) -> str:
        """The problem as the lines that a terminal shows."""
        place = "   ".join(part for part in (self.where, self.detail) if part)
        lines = [f"error[{self.kind}]: {self.what}", *([f"  {place}"] if place else [])]
        return "\n".join([*lines, f"  why: {self.why}", f"  fix: {self.fix}"])


class ReportgenError(Exception):
    """The family. `exit_code` is what a command ends with; `problems` is everything known to be wrong."""

    exit_code = 1

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__(self.problems[0].what if self.problems else "no problem given")

    def __reduce__(self) -> tuple[type[ReportgenError], tuple[list[Problem]]]:
        """Errors travel from worker processes to the parent; the default would rebuild them from the message."""
        return type(self), (self.problems,)

    def as_text(self) -> str:
        """All problems, at most `MOST_SHOWN` of a kind, and a closing line that counts them."""
        shown = [problem for group in _by_kind(self.problems) for problem in group[:MOST_SHOWN]]
        lines = [problem.as_text() for problem in shown]
        for group in _by_kind(self.problems):
            if further := sum(1 + each.more for each in group) - len(group[:MOST_SHOWN]):
                lines.append(f"… and {further:,} more of the kind {group[0].kind}")
        count = sum(1 + each.more for each in self.problems)
        closing = f"{count:,} problem{'s' if count != 1 else ''} · nothing was written · exit code {self.exit_code}"
        return "\n".join([*lines, closing])

    def as_records(self) -> list[dict[str, object]]:
        """All problems as plain records, for `--json`."""
        return [asdict(problem) for problem in self.problems]


@contextmanager
def naming(file: str) -> Iterator[None]:
    """Problems that come out of a block and name no file are about this one."""
    try:
        yield
    except ReportgenError as error:
        raise type(error)([replace(one, file=one.file or file) for one in error.problems]) from error


class UsageError(ReportgenError):
    """The command was asked for something that does not exist or is not clear."""

    exit_code = 2


class ConfigurationError(ReportgenError):
    """A setting, template, style or definition of ours is wrong."""

    exit_code = 3


class DataError(ReportgenError):
    """A data release or raw file is wrong."""

    exit_code = 4


class CheckError(ReportgenError):
    """A finished pack does not hold what it must."""

    exit_code = 7


class BusyError(ReportgenError):
    """Another run is at work on the same folder."""

    exit_code = 8


class SystemMissingError(ReportgenError):
    """The machine lacks something that an engine needs."""

    exit_code = 9


class DifferenceError(ReportgenError):
    """What stands on the disk is not what its manifest vouches for."""

    exit_code = 10


def _by_kind(problems: Iterable[Problem]) -> list[list[Problem]]:
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.kind, []).append(problem)
    return list(groups.values())
