"""
The commands about data releases.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.place import release_folder, release_folders, resources, settings
from reportgen.cli.show import Show, app, command, option

if TYPE_CHECKING:
    from reportgen.release.model import ReleaseInfo

releases = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check, list, begin or make data releases")
app.add_typer(releases, name="release")


@command(releases, "check")
def release_check(
    show: Show,
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Id or folder", show_default="see release list")
    ] = None,
) -> None:
    """Check a data release: read every table and show all that is wrong with it

    \b
    e.g., reportgen release check illustrative-2024
    """
    from reportgen.release.read import read

    found = read(release_folder(show, name), resources().classification)
    counts = {"areas": len(found.areas), "packs": len(found.packs())}
    lines = [f"{found.info.id}: {counts['areas']} areas, {counts['packs']} packs, nothing wrong"]
    show.result(lines, {"release": found.info.id, **counts, "problems": []})


@command(releases, "list")
def release_list(show: Show) -> None:
    """Show the team's own data releases, then those that came with reportgen, newest first

    A star marks the one that commands use when none is named. Of two revisions the lower one is superseded.

    \b
    e.g., reportgen release list
    """
    from reportgen.release.library import available

    keys = ("id", "published", "status", "revision", "title")
    entries = available(release_folders())
    marks = ("superseded", "default")
    found = [
        {key: getattr(one.info, key) for key in keys} | {"folder": one.path} | {key: getattr(one, key) for key in marks}
        for one in entries
    ]
    lines = [
        f"{'*' if one.default else ' '} {one.info.id}  {one.info.published}  {one.info.status}  "
        f"revision {one.info.revision}{', superseded' if one.superseded else ''}  {one.info.title}  {one.path}"
        for one in entries
    ]
    show.result(lines, {"releases": found})


@command(releases, "init")
def release_init(
    show: Show,
    new: Annotated[str, typer.Argument(metavar="NEW_ID", help="Id of the next release")],
    old: Annotated[str, option("--from", metavar="OLD", help="The release before, by id or folder, or a recipe file")],
    to: Annotated[
        Path | None, option(metavar="DIR", help="Write the recipe to this folder", shown="recipes/NEW_ID")
    ] = None,
    reissue: Annotated[bool, option("--reissue", help="Correct OLD: the same id, a higher revision")] = False,
) -> None:
    """Begin the next data release: a folder with the recipe of the one before, marked where it must change

    \b
    e.g., reportgen release init illustrative-2025 --from illustrative-2024
    e.g., reportgen release init illustrative-2024 --from illustrative-2024 --reissue
    """
    from reportgen.release.beginning import begin

    recipe = Path(old).is_file()
    begun = begin(new, Path(old) if recipe else release_folder(show, old), to, reissue=reissue)
    folder = begun.recipe.parent
    target = settings().releases / folder.name
    steps = [
        f"put the new raw files into {folder}, or name their folder with --data",
        f"in {begun.recipe}, do what {len(begun.to_do)} lines # to do: ask for, and delete them",
        f"reportgen release import {begun.recipe} --to {target}",
        f"reportgen batch --release {begun.id}",
    ]
    for number, step in enumerate(steps, start=1):
        show.talk(f"{number}. {step}")
    show.result([begun.recipe], {**asdict(begun), "next": steps})


@command(releases, "import")
def release_import(
    show: Show,
    recipe: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What to read, and what it means")],
    to: Annotated[
        Path | None,
        option(metavar="DIR", help="Write the release to this folder", shown="its id, in the setting releases"),
    ] = None,
    data: Annotated[
        Path | None,
        option(metavar="DIR", exists=True, file_okay=False, help="Look for the raw files here", shown="the recipe's"),
    ] = None,
) -> None:
    """Make a data release from raw files, as a recipe says

    \b
    e.g., reportgen release import examples/crosswalk/recipe.toml
    """
    from reportgen.release.importing import import_release
    from reportgen.release.recipe import read_recipe

    folder = to or _place(read_recipe(recipe).info)
    report = asdict(import_release(recipe, data, folder, resources()))
    for note in report["notes"]:
        show.talk(note)
    for what in ("areas_without_shape", "shapes_without_data", "repaired", "recoded", "shared_out"):
        for name in report[what]:
            show.talk(f"{what.replace('_', ' ')}: {name}")
    if report["shared_out"]:
        show.talk("counts were rounded to whole numbers after they were shared out")
    show.result([folder], report)


def _place(info: ReleaseInfo) -> Path:
    """Where a release goes: below the setting releases, a re-issue beside what it corrects."""
    place = settings().releases / info.id
    return place if not place.exists() else place.with_name(f"{info.id}-r{info.revision}")
