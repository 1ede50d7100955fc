"""
Verify: whether a folder of packs is what its manifest vouches for, file by file, and whether a sample of its packs,
made anew, has the same bytes. Reads what is on the disk; writes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.batch import executor, manifest
from reportgen.batch.inputs import PARTS, gather
from reportgen.batch.ledger import Entry
from reportgen.batch.reasons import changes
from reportgen.batch.store import Store, at
from reportgen.batch.task import Source
from reportgen.errors import Problem, ReportgenError, UsageError
from reportgen.resources import Resources

log = logging.getLogger(__name__)
NEARLY = 1e-9  # a share of packs that is a whole number of them but for rounding is that number


@dataclass(frozen=True)
class Verified:
    """How many packs and files a manifest lists, and where the disk is not as it says."""

    release: str
    packs: int
    files: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Share:
    """How many packs are made anew: a number of them, or a part of all."""

    number: int = 0
    part: float = 0.0

    def of(self, packs: int) -> int:
        """
        At least one, at most all.

        >>> Share(part=0.05).of(241), Share(number=3).of(241), Share(number=3).of(2)
        (13, 3, 2)
        """
        return min(packs, max(1, self.number or math.ceil(self.part * packs - NEARLY)))


@dataclass(frozen=True)
class Rebuilt:
    """
    Args:
        packs: folders that were made anew, sorted.
        inputs: what here is another input than the packs were made from, in words; empty: nothing.
        problems: files that have other bytes, and packs that could not be made.
    """

    packs: tuple[str, ...]
    inputs: str
    problems: tuple[Problem, ...]


def share(asked: str) -> Share:
    """
    How many packs are asked for, as `5%` or `12`.
    Raises: UsageError.

    >>> share("5%"), share("12")
    (Share(number=0, part=0.05), Share(number=12, part=0.0))
    """
    text = asked.strip()
    with contextlib.suppress(ValueError):
        if text.endswith("%") and 0 < (part := float(text[:-1]) / 100) <= 1:
            return Share(part=part)
        if not text.endswith("%") and (number := int(text)) > 0:
            return Share(number=number)
    what, why = f"{asked} is no part of the packs", "--rebuild makes a sample of them anew"
    raise UsageError(Problem("no-share", what, why, "write a part of them, as 5%, or how many, as 12"))


def verify(place: str | Path) -> Verified:
    """
    Hold a folder, or what a URL names, against its manifest: every file, and the files of the manifest against each
    other.
    Raises: UsageError: there is no manifest.
    """
    root = at(place)
    listing = manifest.read(root)
    entries, _, _ = manifest.catalogued(root)
    found = [*manifest.differences(root), *_strays(root), *_sums(root, listing), *_catalogue(entries, listing)]
    files = len(listing["resources"]) + 2  # the manifest itself and its SHA256SUMS
    return Verified(listing["release"], len(entries), files, tuple(found))


def _strays(root: Store) -> Iterator[Problem]:
    """What a run that was killed left, and files beside the packs that are none of the manifest's."""
    names = root.names()
    whole = manifest.finished(names)
    for name in sorted(set(names) - set(whole)):
        what, why = "a file was being written when its run was killed", "it belongs to no pack"
        yield Problem("temporary-file", what, why, "run reportgen batch --resume, which removes it", file=name)
    for name in sorted(name for name in whole if "/" not in name and name not in manifest.FILES):
        what = "a file stands beside those of the manifest"
        yield Problem("not-listed", what, manifest.WHY, "take it away", file=name)


def _sums(root: Store, listing: Mapping[str, Any]) -> Iterator[Problem]:
    """Where SHA256SUMS does not say what the manifest says."""
    try:
        lines = root.read(manifest.SUMS).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        yield Problem("not-there", "a file of the manifest is missing", manifest.WHY, manifest.FIX, file=manifest.SUMS)
        return
    sums = {name: hash for hash, _, name in (line.partition("  ") for line in lines)}
    wanted = {one["path"]: str(one.get("hash", "")).removeprefix("sha256:") for one in listing["resources"]}
    wanted[manifest.NAME] = root.sha256(manifest.NAME)
    for name in sorted(name for name in sums.keys() | wanted.keys() if sums.get(name) != wanted.get(name)):
        what = f"{manifest.SUMS} and {manifest.NAME} are at odds about a file"
        yield Problem("sums-differ", what, manifest.WHY, manifest.FIX, file=manifest.SUMS, detail=name)


def _catalogue(entries: Sequence[Entry], listing: Mapping[str, Any]) -> Iterator[Problem]:
    """Where the catalogue does not say what the manifest says."""
    said = {f"{one.folder}/{name}": (file.sha256, file.bytes) for one in entries for name, file in one.files.items()}
    wanted = {
        one["path"]: (str(one.get("hash", "")).removeprefix("sha256:"), one.get("bytes"))
        for one in listing["resources"]
        if one["path"] != manifest.CATALOGUE
    }
    for name in sorted(name for name in said.keys() | wanted.keys() if said.get(name) != wanted.get(name)):
        what = f"{manifest.CATALOGUE} and {manifest.NAME} are at odds about a file"
        yield Problem("catalogue-differs", what, manifest.WHY, manifest.FIX, file=manifest.CATALOGUE, detail=name)


def sample(release: str, revision: str, kinds: Mapping[str, str], asked: Share) -> list[str]:
    """
    Which packs are made anew: the same for the same revision of a release, wherever and whenever it is asked.
    Args: kinds: folder of each pack → its kind; as long as there is room one of each kind is among the sample.

    >>> kinds = {"K_uk": "national", "E_north": "regional", "E_bath": "local", "E_stoke": "local"}
    >>> sample("r", "0", kinds, Share(number=3)) == sample("r", "0", dict(reversed(kinds.items())), Share(number=3))
    True
    >>> sorted(kinds[name] for name in sample("r", "0", kinds, Share(number=3)))
    ['local', 'national', 'regional']
    """
    drawn = sorted(kinds, key=lambda name: hashlib.sha256(json.dumps([release, revision, name]).encode()).digest())
    first = {kind: next(name for name in drawn if kinds[name] == kind) for kind in sorted(set(kinds.values()))}
    order = list(dict.fromkeys([*first.values(), *drawn]))
    return sorted(order[: max(asked.of(len(order)), len(first) if asked.part else 0)])


@dataclass(frozen=True)
class _State:
    source: Source
    entries: tuple[Entry, ...]
    causes: tuple[tuple[str, str], ...]  # id of a pack's inputs → what here is otherwise, in words


def rebuild(
    place: str | Path,
    folder: Path,
    resources: Resources,
    asked: Share,
    workers: int = 0,
    done: Callable[[str, int, int], None] = lambda pack, number, total: None,
    build: Callable[..., Any] | None = None,
) -> Rebuilt:
    """
    Make a sample of packs anew, in memory, and compare their bytes with those on the disk.
    Args:
        place: `out/<release>`, a folder or a URL; its manifest says with which settings.
        folder: of the release that they were made from.
        done: called with each pack's folder, how many are done now, and how many there are.
        build: makes one pack; `pack.build.build` unless a test hands in another.
    Raises: UsageError: there is no manifest; DataError: the release cannot be read; SystemMissingError.
    Packs of another revision, or made with other files of a team's own than stand here, are not made anew: their bytes
    would be others, whatever was done to them. That is told as a problem.
    """
    from reportgen.batch.check import obstacles
    from reportgen.batch.work import release_of

    root = at(place)
    settings = manifest.made_with(root)
    here = gather(folder, resources, settings).built_by(build)
    source = Source.of(folder, resources, settings, root, here, build=build)
    release = release_of(source)
    listing = manifest.read(root)
    if problems := tuple(obstacles(listing, release, resources)):
        return Rebuilt((), "", problems)
    entries, inputs, _ = manifest.catalogued(root)
    causes = {before.id: changes(here, before, PARTS) for before in inputs}
    known = {one.folder: one for one in entries}
    areas = set(release.packs())
    kinds = {name: release.pack_kind(one.area) if one.area in areas else "" for name, one in known.items()}
    chosen = sample(listing["release"], str(listing.get("version", "")), kinds, asked) if kinds else []
    log.info("Rebuild: %d of %d packs: %s", len(chosen), len(known), ", ".join(chosen))
    state = _State(source, tuple(known[name] for name in chosen), tuple(sorted(causes.items())))
    found = executor.all_of(_compare, state, chosen, workers, _died, done)
    others = "; ".join(sorted({causes[one.inputs] for one in state.entries if causes.get(one.inputs)}))
    return Rebuilt(tuple(chosen), others, tuple(problem for problems in found for problem in problems))


def _compare(state: _State, name: str) -> list[Problem]:
    """Make one pack anew, and compare it file by file with the one on the disk."""
    from reportgen.batch.work import load, undisturbed

    source = state.source
    entry = next(one for one in state.entries if one.folder == name)
    try:
        with undisturbed():
            loaded = load(source)
            pack = loaded.build(entry.area, loaded.release, loaded.findings, source.resources, source.settings)
    except ReportgenError as error:
        return [
            Problem("not-rebuilt", f"the pack cannot be made anew: {one.what}", manifest.WHY, one.fix, file=name)
            for one in error.problems
        ]
    made = {} if pack is None else {f"{pack.folder}/{path}": data for path, data in pack.files.items()}
    there = {f"{name}/{path}" for path in entry.files}
    cause = dict(state.causes).get(entry.inputs, "")
    return [_other(path, cause) for path in sorted(there | made.keys()) if _read(source.root, path) != made.get(path)]


def _other(path: str, cause: str) -> Problem:
    what = "the file that is made anew is another one"
    if cause:
        why, fix = f"it was made from other inputs: {cause}", "compare where it was made, or run reportgen batch again"
    else:
        why, fix = "all that it was made from is the same here", "report it, with the file, or make the pack again"
    return Problem("not-rebuilt", what, why, fix, file=path)


def _read(root: Store, name: str) -> bytes | None:
    with contextlib.suppress(OSError):
        return root.read(name)
    return None


def _died(name: str) -> list[Problem]:
    what, why = "the process that made the pack anew died", "its bytes could not be compared"
    return [Problem("not-rebuilt", what, why, "make it alone with reportgen region", file=name)]
