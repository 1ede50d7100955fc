"""
Manifest: what belongs to the packs of one release. `datapackage.json` lists every file with its hash, and what all was
made from; `catalogue.json` every pack; `SHA256SUMS` is for other people's tools. Written last, from the ledger; no
times but the release's own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from reportgen import __version__
from reportgen.batch import output
from reportgen.batch.inputs import Inputs
from reportgen.batch.ledger import Entry, Ledger
from reportgen.batch.store import Look, Store, at
from reportgen.errors import Problem, UsageError
from reportgen.release.model import ReleaseInfo
from reportgen.resources import Resources
from reportgen.settings import Settings

log = logging.getLogger(__name__)
MOST_NAMED = 3  # packs that a line of the log names
NAME, CATALOGUE, SUMS = "datapackage.json", "catalogue.json", "SHA256SUMS"
FILES = (NAME, SUMS, CATALOGUE)  # in the order in which they go: while packs change, nothing vouches
FINDINGS = "findings"  # stands beside the packs and belongs to none
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
WHY = "the manifest vouches for what is handed on"
FIX = "run reportgen batch again; packs are never edited by hand"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
}


def own(resources: Resources, settings: Settings) -> dict[str, Any]:
    """
    What a team made its own, so that a pack can be made again: the settings that are not the defaults, but for where
    things lie, and the hashes of its files. Empty where all is as it came.
    """
    chosen = settings.model_dump(mode="json", exclude_defaults=True, exclude={"releases", "out"})
    files = [{"path": one.name, "hash": f"sha256:{one.sha256}"} for one in resources.own]
    return {key: value for key, value in (("settings", chosen), ("files", files)) if value}


def origin(info: ReleaseInfo, own: Mapping[str, Any]) -> str:
    """One hash of the revision of a release and what a team made its own: what a manifest vouches for has one."""
    return hashlib.sha256(json.dumps([info.id, str(info.revision), own], sort_keys=True).encode()).hexdigest()


def made_with(root: Path | Store) -> Settings:
    """
    The settings that the listed packs of a folder were made with, wherever they are looked at.
    Raises: UsageError: the folder has no manifest.
    """
    return Settings.model_validate(read(root).get("own", {}).get("settings", {}))


def write(root: Store, info: ReleaseInfo, ledger: Ledger, own: Mapping[str, Any], inputs: Inputs) -> int:
    """
    Write the manifest of a folder `out/<release>/`.
    Args:
        own: what the team made its own; inputs: of this run.
    Returns: how many packs it lists.
    Packs of earlier runs stay listed as long as they are of this revision and made with the same settings and files.
    An earlier pack of an area that failed stays on the disk, but the manifest leaves it out and names the area under
    `failed`, until a later run makes its pack: what is listed is what the latest attempt at each pack gave.
    Raises: SystemMissingError: the folder cannot be written to.
    """
    failing, wanted = ledger.failing(), origin(info, own)
    there, gone, look = [], [], root.looks()
    for entry in ledger.packs().values():
        if not stand(look, entry):
            gone.append(entry.area)
        elif entry.area not in failing:
            there.append(entry)
    ledger.drop(gone)
    listed = sorted((entry for entry in there if entry.origin == wanted), key=lambda entry: entry.folder)
    _say_of_others([entry for entry in there if entry.origin != wanted])
    used = {entry.inputs: ledger.inputs(entry.inputs) for entry in listed}
    catalogue = _bytes(_catalogue(info, listed, {id: found for id, found in sorted(used.items()) if found}))
    package = _bytes(describe(info, sorted(failing), listed, own, inputs, catalogue))
    sums = "".join(f"{file.sha256}  {path}\n" for path, file in _files(listed))
    sums += f"{_hash(catalogue)}  {CATALOGUE}\n{_hash(package)}  {NAME}\n"
    root.write({CATALOGUE: catalogue, SUMS: sums.encode()})
    root.write({NAME: package})
    return len(listed)


def stand(look: Callable[[str], Look | None], entry: Entry | None) -> bool:
    """Whether the files of a pack are there: its PDF, which is written last."""
    return entry is not None and any(look(f"{entry.folder}/{name}") for name in entry.files if name.endswith(".pdf"))


def _say_of_others(others: Sequence[Entry]) -> None:
    if others:
        why = "of another revision, or made with other settings or own files; reportgen batch makes them anew"
        names = ", ".join(entry.folder for entry in others[:MOST_NAMED])
        further = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        log.warning("Manifest: no longer listed: %s%s: %s", names, further, why)


def describe(
    info: ReleaseInfo,
    failed: Collection[str],
    listed: Iterable[Entry],
    own: Mapping[str, Any],
    inputs: Inputs,
    catalogue: bytes,
) -> dict[str, Any]:
    """The manifest as a Data Package (version 2): who made what from what, under which licences, every file's hash."""
    licences = sorted({source.licence for source in info.sources})
    files = [_resource(path, file.bytes, file.sha256) for path, file in _files(listed)]
    return {
        "$schema": PROFILE,
        "name": f"creative-clusters-{info.id}",
        "title": f"Creative clusters: packs of {info.title}",
        "version": str(info.revision),
        "created": f"{info.published.isoformat()}T00:00:00Z",
        "release": info.id,
        "status": info.status,
        "licenses": [{"name": re.sub(r"[^A-Za-z0-9._]+", "-", licence), "title": licence} for licence in licences],
        "sources": [
            {"title": source.name, **({"path": source.url} if source.url else {}), "attribution": source.attribution}
            for source in info.sources
        ]
        + [
            {"title": f"Raw file {file.name}", "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
            for file in info.raw_files
        ],
        "versions": {"reportgen": __version__, **inputs.parts["engine"]},
        "inputs": {part: f"sha256:{hash}" for part, hash in inputs.hashes.items()},
        "data": [{"path": name, "hash": f"sha256:{hash}"} for name, hash in inputs.parts["data"].items()],
        **({"own": own} if own else {}),
        "failed": list(failed),
        "resources": [*files, _resource(CATALOGUE, len(catalogue), _hash(catalogue))],
    }


def _catalogue(info: ReleaseInfo, listed: Sequence[Entry], used: Mapping[str, Inputs]) -> dict[str, Any]:
    """Every pack with its key, for programs that hand packs on and for a run whose ledger is not there."""
    packs = [asdict(replace(entry, seconds=0.0, files=_timeless(entry))) for entry in listed]
    for pack in packs:
        del pack["seconds"]
        for file in pack["files"].values():
            del file["changed"]
        pack["pdf"] = next(f"{pack['folder']}/{name}" for name in pack["files"] if name.endswith(".pdf"))
    return {
        "release": info.id,
        "title": info.title,
        "version": str(info.revision),
        "packs": packs,
        "inputs": {id: found.as_json() for id, found in used.items()},
    }


def _timeless(entry: Entry) -> dict[str, Any]:
    return {name: replace(file, changed=0) for name, file in entry.files.items()}


def catalogued(root: Path | Store) -> tuple[list[Entry], list[Inputs], list[str]]:
    """What the catalogue of an earlier run says: its packs, their inputs, and areas that failed; none without one."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, UsageError):
        found = json.loads(at(root).read(CATALOGUE))
        packs = [{key: value for key, value in pack.items() if key != "pdf"} for pack in found["packs"]]
        inputs = [Inputs.from_json(parts) for parts in found["inputs"].values()]
        return [Entry.from_json(pack) for pack in packs], inputs, list(read(root).get("failed", []))
    return [], [], []


def stands(root: Store, entries: Mapping[str, Entry]) -> bool:
    """Whether a manifest is there, whole, and lists these packs as they are."""
    try:
        found = read(root)
        sums = root.read(SUMS).decode("utf-8").splitlines()
        hashes = {name: hash for hash, _, name in (line.partition("  ") for line in sums)}
        whole = all(hashes.get(name) == _hash(root.read(name)) for name in (NAME, CATALOGUE))
    except (UsageError, OSError, ValueError):
        return False
    listed = {one["path"] for one in found["resources"]} - {CATALOGUE}
    return whole and listed == {path for path, _ in _files(entries.values())}


def _files(entries: Iterable[Entry]) -> list[tuple[str, Any]]:
    return sorted((f"{entry.folder}/{name}", file) for entry in entries for name, file in entry.files.items())


def packs(names: Iterable[str], release: str) -> list[str]:
    """
    The folders of finished packs among files, sorted: those that hold the PDF which is written last.

    >>> packs(["E1_a/creative-clusters_r_E1_a.pdf", "E1_a/facts.csv", "E2_b/facts.csv"], "r")
    ['E1_a']
    """
    paths = (name.split("/") for name in names)
    return sorted(path[0] for path in paths if path[1:] == [f"creative-clusters_{release}_{path[0]}.pdf"])


def finished(names: Iterable[str]) -> list[str]:
    """Files but those that are still being written."""
    return [name for name in names if not name.endswith(output.UNFINISHED)]


def read(root: Path | Store) -> dict[str, Any]:
    """
    The manifest of a folder.
    Raises: UsageError: the folder has none, or it cannot be read.
    """
    store = at(root)
    try:
        found = json.loads(store.read(NAME))
        if not (isinstance(found, dict) and isinstance(found.get("release"), str)):
            raise ValueError("it names no release")
    except (OSError, ValueError) as error:
        lacking = isinstance(error, FileNotFoundError | NotADirectoryError)
        what = f"there is no {NAME}" if lacking else f"{NAME} cannot be read: {error}"
        why = "this manifest is written last, when all packs of a run are done"
        fix = "name a folder out/<release> whose run came to its end, or run it again"
        raise UsageError(Problem("no-manifest", what, why, fix, file=store.where())) from error
    return found


def differences(root: Path | Store) -> Iterator[Problem]:
    """Where the files that are there are not those that the manifest of a folder lists."""
    listing, store = read(root), at(root)
    listed = {resource["path"]: resource for resource in listing.get("resources", [])}
    names = finished(store.names())
    folders = set(packs(names, listing["release"]))
    there = {name for name in names if name.partition("/")[0] in folders or name == CATALOGUE}
    for folder in sorted(set(store.folders()) - folders - {FINDINGS}):
        yield Problem("unfinished", "a folder has no PDF: its pack was not finished", WHY, FIX, file=folder)
    for name in sorted(listed.keys() - there):
        yield Problem("not-there", "a file of the manifest is missing", WHY, FIX, file=name)
    for name in sorted(there - listed.keys()):
        yield Problem("not-listed", "a file stands beside those of the manifest", WHY, FIX, file=name)
    for name in sorted(listed.keys() & there):
        data = store.read(name)
        if (listed[name].get("hash"), listed[name].get("bytes")) != (f"sha256:{_hash(data)}", len(data)):
            yield Problem("changed", "a file is not the one that the manifest lists", WHY, FIX, file=name)
    for area in listing.get("failed", []):
        yield Problem("failed", f"the latest run could not make the pack of {area}", WHY, "run it again", file=NAME)


def _resource(path: str, size: int, sha256: str) -> dict[str, Any]:
    kind = path.rpartition(".")[2]
    return {
        "name": path.lower().replace("/", "-"),
        "path": path,
        "format": kind,
        "mediatype": MEDIA_TYPES.get(kind, "application/octet-stream"),
        "bytes": size,
        "hash": f"sha256:{sha256}",
    }


def _bytes(found: Mapping[str, Any]) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
