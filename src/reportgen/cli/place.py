"""
Place: what holds where a command is called: resources, settings, releases, cores.
"""

from __future__ import annotations

import os
from pathlib import Path

from reportgen.cli.show import Show
from reportgen.resources import Resources, bundled
from reportgen.settings import Settings

OUT = Path("out")
OWN_RELEASES = Path("data/releases")  # in the working folder, beside those that came with reportgen


def resources() -> Resources:
    return bundled()


def settings() -> Settings:
    return Settings()


def release_folders() -> list[Path]:
    """Where data releases lie."""
    return [OWN_RELEASES, resources().releases]


def release_folder(show: Show, release: str | None) -> Path:
    """The folder of the release that is asked for, by id or folder; None is the default."""
    from reportgen.release.library import resolve

    folder = resolve(release, release_folders())
    show.talk(f"Release: {folder}" + ("" if release else ", the default"))
    return folder


def cores() -> int:
    """As many processes as this process may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
