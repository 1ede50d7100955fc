"""
Beginning: the next release's folder, with the recipe of the one before: what must change is marked, comments are kept.
Takes a recipe or a release, gives the texts of files; an import refuses the recipe until the marks are gone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.errors import DataError, Problem, UsageError
from reportgen.release.files import occupied
from reportgen.release.info import ID, as_toml, read_info
from reportgen.release.recipe import PLACES, TO_DO, place_files, read_recipe
from reportgen.release.shelf import KEPT, KEPT_RECIPE, SMALL

FIRST_REVISION = 1
SECTION = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+")
KEY = re.compile(r"\s*([A-Za-z_]+)\s*=")
CHANGES: Mapping[str, str] = {
    "title": "title: does it name the new release?",
    "reference_period": "reference_period: which years do the new figures cover?",
    "published": "published: on which day? This is that of the release before",
    "status": "status: are the new figures provisional or final?",
    "provisional_years": "provisional_years: which years of the new figures are?",
}
CORRECTIONS: Mapping[str, str] = {key: CHANGES[key] for key in ("published", "status", "provisional_years")}
SOURCES = "sources: do their names say what the new figures are? Every page cites them"
FILES = "files: which raw files are the new figures in?"
TABLES = f"""
{TO_DO} tables: no recipe of the release before was kept. Say where each table comes from, and take off the #
# [tables.areas]
# files = ["regions.csv"]
# kind = "long-csv"
# columns = {{ code = "code", name = "name", level = "level", parent = "parent" }}
#
# [tables.employment]
# files = ["jobs.csv"]
# kind = "long-csv"
# columns = {{ year = "…", area = "…", sic = "…", jobs = "…" }}
#
# [tables.businesses]
# files = ["units.csv"]
# kind = "long-csv"
# columns = {{ year = "…", area = "…", sic = "…", local_units = "…" }}
# constants = {{ size_band = "all" }}
"""


@dataclass(frozen=True)
class Begun:
    """
    The folder of the next release.
    Args:
        id, revision: of the next release.
        files: the small files about places that were copied; to_do: what the recipe's marks ask for.
    """

    recipe: Path
    id: str
    revision: int
    files: tuple[str, ...]
    to_do: tuple[str, ...]


def begin(new: str, old: Path, to: Path | None, *, reissue: bool = False) -> Begun:
    """
    Lay down a folder with the next recipe and the small files about places that belong to it.
    Args:
        new: id of the next release; of a re-issue, that of the old one.
        old: the folder of a release, or the file of a recipe.
        to: the folder to make; must not exist, or be empty. None is `recipes/<id>`.
    Raises:
        UsageError: the id cannot be one, or is that of the old release and it is no re-issue, or `to` holds something.
        DataError: the old recipe or release.toml is wrong.
    """
    recipe = old / KEPT / KEPT_RECIPE if old.is_dir() else old
    info = read_recipe(recipe).info if recipe.is_file() else read_info(old)
    _refuse_id(new, info.id, reissue)
    revision = info.revision + 1 if reissue else FIRST_REVISION
    to = to or Path("recipes", f"{new}-r{revision}" if reissue else new)
    there = occupied(to, "the next recipe must not replace another", "name another with --to, or remove this one first")
    if there is not None:
        raise UsageError(there)
    copied: dict[str, bytes] = {}
    if recipe.is_file():
        text = recipe.read_text(encoding="utf-8-sig")
        beside = {name: recipe.parent / name for name in place_files(read_recipe(recipe))}
        copied = {name: path.read_bytes() for name, path in beside.items() if _small(path, recipe.parent)}
    else:
        text = as_toml(replace(info, raw_files=())) + TABLES
    previous = f'previous = {{ id = "{info.id}", published = {info.published} }}'
    text = _changed(text, new, revision, CORRECTIONS if reissue else CHANGES, previous, recipe.name, reissue)
    for name, content in {KEPT_RECIPE: text.encode(), **copied}.items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes(content)
    to_do = [line.partition(TO_DO)[2].strip() for line in text.splitlines() if TO_DO in line]
    return Begun(to / KEPT_RECIPE, new, revision, tuple(copied), tuple(to_do))


def _small(path: Path, folder: Path) -> bool:
    """Whether a file was written by hand and lies in the folder itself: a link out of it is nobody's to hand on."""
    inside = path.resolve().is_relative_to(folder.resolve())
    return inside and path.is_file() and path.stat().st_size <= SMALL


def _refuse_id(new: str, old: str, reissue: bool) -> None:
    if not ID.fullmatch(new):
        fix = "use lower-case letters, digits, and single hyphens or dots between them"
        raise UsageError(Problem("bad-id", f'"{new}" cannot be an id', "it becomes a part of paths", fix))
    if reissue and new != old:
        what, why = (
            f"a re-issue of {old} keeps the id {old}",
            "its readers tell it by a higher revision of the same release",
        )
        raise UsageError(Problem("other-id", what, why, f"name {old}, or leave --reissue out"))
    if new == old and not reissue:
        what, why = f"{new} is the id of the release before", "two releases would go by one id"
        raise UsageError(Problem("same-id", what, why, "name another id; or, to correct the old release, --reissue"))


def _changed(
    text: str, id: str, revision: int, changes: Mapping[str, str], previous: str, file: str, reissue: bool
) -> str:
    """The recipe under its new id and revision, with the release before, and a mark above what must be looked at."""
    lines: list[str] = []
    section, told = "", reissue
    for line in text.splitlines():
        header, key = SECTION.match(line), KEY.match(line)
        section = header[1] if header else section
        if section == "sources" and not told:
            lines.append(f"{TO_DO} {SOURCES}")
            told = True
        if key and not section and key[1] in changes:
            lines.append(f"{TO_DO} {changes[key[1]]}")
        elif key and key[1] == "files" and section.startswith("tables.") and section[len("tables.") :] not in PLACES:
            lines.append(f"{TO_DO} {section}.{FILES}")
        if key and not section and key[1] in ("id", "revision"):
            value = f'"{id}"' if key[1] == "id" else str(revision)
            line = re.sub(r"""=\s*("[^"]*"|'[^']*'|\d+)""", f"= {value}", line, count=1)
        if section or not key or key[1] != "previous":  # of the release before the one before
            lines.append(line)
        if key and not section and key[1] == "revision":
            lines.append(previous)
    changed = "\n".join(lines) + "\n"
    written = tomllib.loads(changed)
    if (written["id"], written["revision"]) != (id, revision):
        what, why = "id and revision could not be found in the recipe", "the next one must have its own"
        raise DataError(Problem("unusual-recipe", what, why, "write each on a line of its own at the top", file))
    tables = written.get("tables", {})
    wanted = sum(key in written for key in changes) + sum("files" in tables[name] for name in {*tables} - {*PLACES})
    wanted += "sources" in written and not reissue
    if changed.count(TO_DO) < wanted and tables:
        what = "not everything that must change for the next release could be marked in the recipe"
        fix = (
            "write title, reference_period, published and status each on a line of its own, and files in [tables.NAME]"
        )
        raise DataError(Problem("unusual-recipe", what, "it would say what holds for the one before", fix, file))
    return changed
