"""
Examine: every part of the machine in turn, first the system, then what rests on it.
Loads no engine into this process: one whose library is missing speaks on stdout and dies; that has to be said first.
"""

from __future__ import annotations

from pathlib import Path

from reportgen.doctor import drawing, folder, machine, ours, packages
from reportgen.doctor.part import Part
from reportgen.resources import Resources


def examine(resources: Resources, out: Path) -> list[Part]:
    """
    Look at Python and its encodings, the installed packages, the libraries they load, our own resources and fonts;
    have each engine draw where all of that is well; try to write in a folder.
    Args:
        out: where packs would go; need not be there, and is not made.
    """
    found = [machine.python(), machine.encodings(), *packages.installed(resources.lock), *machine.libraries()]
    found += [*ours.folders(resources), ours.fonts(resources)]
    if any(part.state == "fails" for part in found):
        found.append(Part("fails", "no engine was asked to draw", "mend first what fails above, then look again"))
    else:
        found += drawing.tried(resources)
    return [*found, *folder.tried(out)]
