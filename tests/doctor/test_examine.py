"""The doctor looks at every part that packs need, and says what mends the one that is not well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.doctor import machine
from reportgen.doctor.examine import examine
from reportgen.resources import bundled
from tests.doctor.conftest import Unwell

NAMED = (
    *("Python 3.", "locale ", "weasyprint ", "vl-convert-python ", "beneath them ", "pango 1.", "harfbuzz-subset"),
    *("templates", "fonts", "WeasyPrint draws ŵ ŷ £ ≥ ≤ −", "vl-convert draws ŵ ŷ £ ≥ ≤ −"),
)
NOT_ASKED = ("fails", "no engine was asked to draw", "mend first what fails above, then look again")


def test_a_machine_that_can_write_packs(tmp_path: Path) -> None:
    """Every part is named, well or not; a part that is well has nothing to mend."""
    parts = examine(bundled(), tmp_path / "out")
    for name in (*NAMED, f"{tmp_path}/out takes files"):
        assert [part for part in parts if part.what.startswith(name)], name
    assert all(bool(part.fix) == (part.state != "ok") for part in parts)
    assert "fails" not in {part.state for part in parts}
    assert [] == [*tmp_path.iterdir()]


def test_no_engine_is_loaded_for_it() -> None:
    """An engine without its library speaks on stdout and dies: the doctor must say it first, and draws elsewhere."""
    code = "import sys, reportgen.doctor.examine as d, reportgen.resources as r, pathlib;"
    code += "d.examine(r.bundled(), pathlib.Path());"
    code += "sys.exit({'weasyprint', 'vl_convert', 'pandas'} & set(sys.modules) != set())"
    child = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert (0, b"") == (child.returncode, child.stdout)


def test_an_engine_without_its_library_is_not_asked_to_draw(monkeypatch: pytest.MonkeyPatch, unwell: Unwell) -> None:
    """What is missing says more than how the engine dies of it."""
    load = machine._load
    monkeypatch.setattr(machine, "_load", lambda name, version: None if name == "harfbuzz" else load(name, version))
    [first, second] = unwell()
    assert ("fails", "harfbuzz is missing: no page can be laid out") == first[:2]
    assert NOT_ASKED == second
