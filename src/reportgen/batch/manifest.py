"""
Manifest: `datapackage.json`, the list of all that belongs to the packs of one release. Written last.
Recomputed from what stands on the disk; holds no time but the release's own.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.batch import output
from reportgen.errors import Problem, UsageError
from reportgen.release.model import ReleaseInfo
from reportgen.resources import Resources
from reportgen.settings import Settings

log = logging.getLogger(__name__)
MOST_NAMED = 3  # packs that a line of the log names
NAME = "datapackage.json"
FINDINGS = "findings"  # stands beside the packs and belongs to none
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = {"pdf": "application/pdf", "csv": "text/csv", "svg": "image/svg+xml", "png": "image/png"}


def own(resources: Resources, settings: Settings) -> dict[str, Any]:
    """
    What a team made its own, so that a pack can be made again: the settings that are not the defaults, but for where
    things lie, and the hashes of its files. Empty where all is as it came.
    """
    chosen = settings.model_dump(mode="json", exclude_defaults=True, exclude={"releases", "out"})
    files = [{"path": one.name, "hash": f"sha256:{one.sha256}"} for one in resources.own]
    return {key: value for key, value in (("settings", chosen), ("files", files)) if value}


def made_with(root: Path) -> Settings:
    """
    The settings that the listed packs of a folder were made with, wherever they are looked at.
    Raises: UsageError: the folder has no manifest.
    """
    return Settings.model_validate(read(root).get("own", {}).get("settings", {}))


def write(
    root: Path, info: ReleaseInfo, made: Collection[str], failed: Collection[str], own: Mapping[str, Any]
) -> Path:
    """
    Write the manifest of a folder `out/<release>/`.
    Args:
        made: codes of the areas whose packs were written in this run; failed: of those that could not be.
        own: what the team made its own.
    Packs of earlier runs stay listed as long as they are of this revision and made with the same settings and files.
    An earlier pack of an area that failed stays on the disk, but the manifest leaves it out and names the area under
    `failed`, until a later run makes its pack: what is listed is what the latest attempt at each pack gave.
    Raises: SystemMissingError: the folder cannot be written to.
    """
    before = _before(root, info, own)
    failing = sorted((before.failed - set(made)) | set(failed))
    finished = [folder for folder in packs(root, info.id) if _area(folder) not in failing]
    there = finished
    if before.folders is not None:
        there = [folder for folder in finished if folder.name in before.folders or _area(folder) in made]
        others = [folder for folder in finished if folder not in there]
        if others:
            why = "of another revision, or made with other settings or own files; reportgen batch makes them anew"
            names = ", ".join(folder.name for folder in others[:MOST_NAMED])
            further = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
            log.warning("Manifest: no longer listed: %s%s: %s", names, further, why)
    text = json.dumps(describe(root, info, failing, there, own), ensure_ascii=False, indent=2) + "\n"
    return output.write_file(root / NAME, text.encode("utf-8"))


class _Before(NamedTuple):
    """What an earlier manifest says; `folders` is None where it says nothing, so that all finished packs are listed."""

    failed: set[str]
    folders: set[str] | None


def _before(root: Path, info: ReleaseInfo, own: Mapping[str, Any]) -> _Before:
    """
    The earlier manifest of the folder. A damaged one says nothing: this run replaces it. One of another revision, or of
    other settings, vouches for none of the packs that stand there: they show numbers that this may have changed.
    """
    try:
        found = read(root)
    except UsageError:
        return _Before(set(), None)
    if (found.get("version"), found.get("own", {})) != (str(info.revision), own):
        return _Before(set(), set())
    return _Before(set(found.get("failed", [])), {one["path"].split("/")[0] for one in found.get("resources", [])})


def _area(folder: Path) -> str:
    return folder.name.split("_")[0]


def describe(
    root: Path, info: ReleaseInfo, failed: Collection[str], listed: Sequence[Path], own: Mapping[str, Any]
) -> dict[str, Any]:
    """The manifest as a Data Package (version 2): who made what when, under which licences, and every file's hash."""
    licences = sorted({source.licence for source in info.sources})
    return {
        "$schema": PROFILE,
        "name": f"creative-clusters-{info.id}",
        "title": f"Creative clusters: packs of {info.title}",
        "version": str(info.revision),
        "created": f"{info.published.isoformat()}T00:00:00Z",
        "release": info.id,
        "status": info.status,
        "licenses": [{"name": re.sub(r"[^\w.]+", "-", licence), "title": licence} for licence in licences],
        "sources": [
            {"title": source.name, **({"path": source.url} if source.url else {}), "attribution": source.attribution}
            for source in info.sources
        ]
        + [
            {"title": f"Raw file {file.name}", "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
            for file in info.raw_files
        ],
        **({"own": own} if own else {}),
        "failed": list(failed),
        "resources": [
            _resource(root, path) for folder in listed for path in files_of(folder) if path.suffix[1:] in MEDIA_TYPES
        ],
    }


def packs(root: Path, release: str) -> list[Path]:
    """The folders of finished packs, sorted: those that hold the PDF which is written last."""
    return [path.parent for path in sorted(root.glob(f"*/creative-clusters_{release}_*.pdf")) if _named_after(path)]


def files_of(folder: Path) -> list[Path]:
    """All files in a pack's folder, sorted by path; those still being written left out."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(output.UNFINISHED)]


def read(root: Path) -> dict[str, Any]:
    """
    The manifest of a folder.
    Raises: UsageError: the folder has none, or it cannot be read.
    """
    path = root / NAME
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not (isinstance(found, dict) and isinstance(found.get("release"), str)):
            raise ValueError("it names no release")
    except (OSError, ValueError) as error:
        what = f"{NAME} cannot be read: {error}" if path.exists() else f"there is no {NAME}"
        why = "this manifest is written last, when all packs of a run are done"
        fix = "name a folder out/<release> whose run came to its end, or run it again"
        raise UsageError(Problem("no-manifest", what, why, fix, file=str(root))) from error
    return found


def differences(root: Path) -> Iterator[Problem]:
    """Where the files on the disk are not those that the manifest of a folder lists."""
    listing = read(root)
    why = "the manifest vouches for what is handed on"
    fix = "run reportgen batch again; packs are never edited by hand"
    listed = {resource["path"]: resource for resource in listing.get("resources", [])}
    there = {
        path.relative_to(root).as_posix(): path
        for folder in packs(root, listing["release"])
        for path in files_of(folder)
    }
    finished = {FINDINGS, *(folder.name for folder in packs(root, listing["release"]))}
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name not in finished):
        yield Problem("unfinished", "a folder has no PDF: its pack was not finished", why, fix, file=folder.name)
    for name in sorted(listed.keys() - there.keys()):
        yield Problem("not-there", "a file of the manifest is missing", why, fix, file=name)
    for name in sorted(there.keys() - listed.keys()):
        yield Problem("not-listed", "a file stands beside those of the manifest", why, fix, file=name)
    for name in sorted(listed.keys() & there.keys()):
        if listed[name].get("hash") != _hash(there[name].read_bytes()):
            yield Problem("changed", "a file is not the one that the manifest lists", why, fix, file=name)
    for area in listing.get("failed", []):
        yield Problem("failed", f"the latest run could not make the pack of {area}", why, "run it again", file=NAME)


def _named_after(path: Path) -> bool:
    return path.stem.endswith(f"_{path.parent.name}")


def _resource(root: Path, path: Path) -> dict[str, Any]:
    name = path.relative_to(root).as_posix()
    data = path.read_bytes()
    kind = path.suffix.removeprefix(".")
    return {
        "name": name.lower().replace("/", "-"),
        "path": name,
        "format": kind,
        "mediatype": MEDIA_TYPES[kind],
        "bytes": len(data),
        "hash": _hash(data),
    }


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
