"""
Place: what holds where a command is called: resources, settings, releases, cores.
The working folder's own material and settings come first. Heavy imports stand inside, so that help is there at once.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.show import Show
from reportgen.errors import ConfigurationError, Problem
from reportgen.resources import Resources, bundled, with_own

if TYPE_CHECKING:
    from reportgen.settings import Settings
    from reportgen.settings.layers import Loaded


def resources() -> Resources:
    """The working folder's own templates, styles, data and logo before what came with reportgen."""
    logo = settings().logo
    return with_own(Path.cwd(), bundled(), [logo] if logo is not None else [])


def loaded(**flags: object) -> Loaded:
    """The settings that hold here, and where each comes from; `flags` are options by the names of settings."""
    from reportgen.settings.layers import load

    return load(Path.cwd(), os.environ, flags)


def settings(**flags: object) -> Settings:
    return loaded(**flags).settings


def folder_here(out: str) -> Path:
    """The folder of this machine that belongs to the setting out: itself, or where the ledger of a URL lies."""
    from reportgen.batch.store import Folder, at, state_of

    found = at(out)
    return found.root if isinstance(found, Folder) else state_of(out)


def release_folders() -> list[Path]:
    """Where data releases lie, our own first; in the checkout they are one folder."""
    from reportgen.settings.layers import DEFAULT

    found, ours = loaded(), bundled().releases
    own = found.settings.releases
    if not own.is_dir() and found.origins["releases"] != DEFAULT:
        what, why = f"there is no folder {own}", "releases of your own would be passed over, and ours taken"
        fix = f"make it, or correct the setting releases ({found.origins['releases']})"
        raise ConfigurationError(Problem("missing-folder", what, why, fix))
    return [ours] if own.resolve() == ours.resolve() else [own, ours]


def release_folder(show: Show, release: str | None) -> Path:
    """The folder of the release that is asked for, by id or folder; None is the default."""
    from reportgen.release.library import resolve

    folder = resolve(release, release_folders())
    show.talk(f"Release: {folder}" + ("" if release else ", the default"))
    return folder


def cores() -> int:
    """As many processes as this process may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
