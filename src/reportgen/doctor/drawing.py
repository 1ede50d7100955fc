"""
Drawing: each engine draws the letters that fonts most often lack, in a process of its own, so that an engine that
crashes becomes a line. Imports no engine: `trial` does, over there.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from reportgen.doctor import trial
from reportgen.doctor.part import AGAIN, Part
from reportgen.resources import Resources

CHILD = "import pickle, sys; function, resources = pickle.load(sys.stdin.buffer); function(resources)"
PATIENCE = 120  # seconds; a slow machine needs 10
OURS = "reportgen.errors."

Trial = Callable[[Resources], None]
TRIALS: tuple[tuple[Trial, str, str], ...] = (
    (trial.page, "WeasyPrint", "weasyprint"),
    (trial.picture, "vl-convert", "vl-convert-python"),
)


def tried(resources: Resources) -> Iterator[Part]:
    """A line for each engine: did it draw, and with our fonts?"""
    for function, engine, package in TRIALS:
        wrong = _in_its_own_process(function, resources)
        if not wrong:
            yield Part("ok", f"{engine} draws {' '.join(trial.LETTERS)} with our fonts")
        elif wrong.startswith(OURS):
            yield Part("fails", f"{engine} does not draw as it should: {wrong.partition(': ')[2]}", AGAIN)
        else:
            fix = f"{Path(sys.executable).name} -m pip install --force-reinstall {package}"
            yield Part("fails", f"{engine} cannot draw: {wrong}", fix)


def _in_its_own_process(function: Trial, resources: Resources) -> str:
    """What went wrong, as the last line of a trace says it; empty if nothing did."""
    try:
        # -P: no module of the working folder may take the place of one of ours
        child = subprocess.run(
            [sys.executable, "-P", "-c", CHILD],
            input=pickle.dumps((function, resources)),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it did not come to an end within {PATIENCE} seconds"
    if child.returncode == 0:
        return ""
    if child.returncode < 0:
        return f"its process died ({signal.Signals(-child.returncode).name})"
    said = child.stderr.decode("utf-8", errors="replace").strip().splitlines()
    return said[-1] if said else f"its process ended with {child.returncode}"
