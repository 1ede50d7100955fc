"""
The commands about what a team makes its own: settings, and a folder to begin with.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.place import loaded, resources
from reportgen.cli.show import Show, app, command

WIDEST = 40  # characters of a value up to which origins stand below each other

config = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show the settings that hold, or describe them")
app.add_typer(config, name="config")


@command(config, "show")
def config_show(show: Show) -> None:
    """Show every setting with its value and where that comes from, and the own files that are used

    Options win over the environment (REPORTGEN_ACCENT, REPORTGEN_HOTSPOT__CREATIVE_UNITS), that over reportgen.toml in
    the working folder, and that over the defaults.

    \b
    e.g., reportgen config show
    """
    from reportgen import toml
    from reportgen.settings.schema import values

    found, own = loaded(), [one.name for one in resources().own]
    rows = {name: (value, found.origins[name]) for name, value in values(found.settings).items()}
    texts = {name: ("none" if value is None else toml.value(value), origin) for name, (value, origin) in rows.items()}
    first = max(map(len, texts))
    second = max(len(text) for text, _ in texts.values() if len(text) <= WIDEST)  # one long value moves no other
    lines = [f"{name:<{first}}  {text:<{second}}  {origin}" for name, (text, origin) in texts.items()]
    lines += [f"own file: {name}" for name in own]
    record = {name: {"value": value, "origin": origin} for name, (value, origin) in rows.items()}
    show.result(lines, {"settings": record, "own": own})


@command(config, "schema")
def config_schema(show: Show) -> None:
    """Show what reportgen.toml may hold, as JSON Schema for editors

    \b
    e.g., reportgen config schema
    """
    from reportgen.settings.schema import schema_text

    text = schema_text()
    show.result([text.rstrip("\n")], json.loads(text))


@command(app)
def new(
    show: Show, folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty")]
) -> None:
    """Lay down a folder of your own: settings and own material as an example that builds at once

    \b
    e.g., reportgen new my-packs
    """
    from reportgen import starter
    from reportgen.batch import output

    starter.refuse(folder)
    paths = output.write_files(output.ready(folder), starter.files(resources()))
    show.talk(f"Now: cd {folder} && reportgen region Bath")
    show.result(paths, {"written": paths})
