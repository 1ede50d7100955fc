"""
The commands about data releases.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.place import release_folder, release_folders, resources, settings
from reportgen.cli.show import Show, app, command, option

releases = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check, list or make data releases")
app.add_typer(releases, name="release")


@command(releases, "check")
def release_check(
    show: Show,
    name: Annotated[str | None, typer.Argument(metavar="[ID]", help="Id or folder", show_default="the newest")] = None,
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
    """Show the team's own data releases and those that came with reportgen, newest first

    \b
    e.g., reportgen release list
    """
    from reportgen.release.library import available

    keys = ("id", "published", "status", "title")
    entries = available(release_folders())
    found = [{**{key: getattr(one.info, key) for key in keys}, "folder": one.path} for one in entries]
    show.result(["  ".join(map(str, each.values())) for each in found], {"releases": found})


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
    e.g., reportgen release import examples/nuts2/recipe.toml --data raw
    """
    from reportgen.release.importing import import_release
    from reportgen.release.recipe import read_recipe

    folder = to or settings().releases / read_recipe(recipe).info.id
    report = asdict(import_release(recipe, data, folder, resources()))
    for note in report["notes"]:
        show.talk(note)
    for what in ("areas_without_shape", "shapes_without_data", "repaired"):
        for name in report[what]:
            show.talk(f"{what.replace('_', ' ')}: {name}")
    show.result([folder], report)
