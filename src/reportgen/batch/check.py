"""
Check: the check of finished packs over the folder that a run wrote: as they stand there, with the manifest's hashes,
and against the documents that their release gives, worked out again. Reads what is on the disk; writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.batch import executor, manifest
from reportgen.batch.inputs import gather
from reportgen.batch.store import at
from reportgen.batch.task import Source
from reportgen.batch.work import engines, load
from reportgen.errors import CheckError, Problem, ReportgenError
from reportgen.pack.check import check_pack
from reportgen.pack.model import folder_of
from reportgen.pack.numbers import unmarked_in
from reportgen.release.model import Release
from reportgen.resources import Resources
from reportgen.settings import Settings

if TYPE_CHECKING:
    from reportgen.pack.written import Written


@dataclass(frozen=True)
class Checked:
    """How many packs were looked at, and all that is wrong with them; files are named from the release's folder."""

    packs: int
    problems: tuple[Problem, ...]


def root_of(path: Path) -> Path:
    """
    The folder of the release, with its manifest, that a path stands for or lies in (a pack's folder, its PDF).
    Without a manifest it is the path itself.
    """
    path = path.absolute()
    roots = [folder for folder in (path, *path.parents[:3]) if (folder / manifest.NAME).is_file()]
    return roots[0] if roots else path


def release_of(path: Path) -> str:
    """
    The id of the release whose packs stand at a path.
    Raises: UsageError: there is no manifest to tell it.
    """
    return str(manifest.read(root_of(path))["release"])


def check(
    path: Path,
    release: Path,
    resources: Resources,
    workers: int = 0,
    done: Callable[[str, int, int], None] = lambda pack, number, total: None,
    *,
    again: bool = True,
) -> Checked:
    """
    Check the packs at a path: all of a release, or the one that the path lies in.
    Args:
        release: folder of the data release they were made from; it says which names and links belong there.
        workers: most processes; 0: this one alone.
        done: called with each pack's folder, how many are done now, and how many there are.
        again: work out again what each pack must say, and compare. Where that cannot be done is a problem, too.
    Raises: UsageError: there is no manifest; DataError: the release cannot be read.
    """
    root = root_of(path)
    folders = manifest.packs(at(root).names(), release_of(path))
    only = path.absolute().relative_to(root).parts[:1]
    chosen = [name for name in folders if not only or name == only[0]]
    settings = manifest.made_with(root)
    source = _source(root, release, resources, settings)
    loaded = load(source)
    made_from = loaded.release
    in_the_way = list(obstacles(manifest.read(root), made_from, resources)) if again else []
    state = _State(source, again=again and not in_the_way)
    found = executor.all_of(_check_folder, state, chosen, workers, _died, done)
    differences = [one for one in manifest.differences(root) if not only or one.file.split("/")[0] == only[0]]
    return Checked(
        len(chosen), tuple(in_the_way + [problem for problems in found for problem in problems] + differences)
    )


@dataclass(frozen=True)
class _State:
    source: Source
    again: bool  # whether packs are worked out again


def _source(root: Path, release: Path, resources: Resources, settings: Settings) -> Source:
    return Source.of(release, resources, settings, at(root), gather(release, resources, settings))


def obstacles(listing: Mapping[str, Any], release: Release, resources: Resources) -> Iterator[Problem]:
    """Why packs cannot be worked out again: what they were made from does not stand here."""
    why = "what a pack must say cannot be worked out, and so nobody can tell whether it says that"
    revision = str(release.info.revision)
    if listing.get("version") != revision:
        what = f"the packs are of revision {listing.get('version')}, and the release here is revision {revision}"
        fix = "name the folder of their release by --release, build the packs again, or check them --as-they-are"
        yield Problem("other-revision", what, why, fix, file=manifest.NAME)
    files = {one["path"]: one["hash"] for one in listing.get("own", {}).get("files", [])}
    here = {one.name: f"sha256:{one.sha256}" for one in resources.own}
    others = sorted(name for name in files.keys() | here.keys() if files.get(name) != here.get(name))
    if others:
        what = f"the packs were made with other files of a team's own than stand here: {', '.join(others)}"
        fix = "call it in the folder that they were made in, build the packs again, or check them --as-they-are"
        yield Problem("other-material", what, why, fix, file=manifest.NAME)


def _check_folder(state: _State, name: str) -> list[Problem]:
    root, wanted = state.source.root, load(state.source).expected
    files = {file.removeprefix(f"{name}/"): root.read(file) for file in manifest.finished(root.names(name))}
    if not state.again:
        return check_pack(name, files, wanted)
    with engines():
        from reportgen.pack.rebuilt import differences, document_of
    try:
        written = _written(state.source, name)
    except ReportgenError as error:
        return check_pack(name, files, wanted) + list(error.problems)
    problems = check_pack(name, files, wanted, document_of(files, written))
    if any(problem.kind == "unreadable" for problem in problems):
        return problems
    marked = unmarked_in((written.html, written.beside), written.facts, wanted.numbered)
    return problems + marked + differences(name, files, written)


def _written(source: Source, name: str) -> Written:
    """
    The document of a pack, worked out again.
    Raises: ReportgenError: the release has no such area, or its document cannot be written.
    """
    with engines():
        from reportgen.pack.written import write
    loaded = load(source)
    areas = {folder_of(area, loaded.release): area for area in loaded.release.packs()}
    if name not in areas:
        what, why = "the release has no area with a pack of this name", "nobody could say what must stand in it"
        fix = "build the packs again, or name their release by --release"
        raise CheckError(Problem("not-as-released", what, why, fix, file=name))
    return write(areas[name], loaded.release, loaded.findings, source.resources, source.settings)


def _died(name: str) -> list[Problem]:
    why = "a file that brings a reader down is not fit to hand on"
    return [Problem("unreadable", "the process that read the pack died", why, "build the pack again", file=name)]
