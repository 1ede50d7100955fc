"""Our own resources on the disk."""

from __future__ import annotations

import shutil

from reportgen.resources import Resources
from tests.doctor.conftest import Unwell
from tests.doctor.test_examine import NOT_ASKED


def test_resources_that_are_not_there(copy: Resources, unwell: Unwell) -> None:
    """A folder of ours that is gone, or empty."""
    shutil.rmtree(copy.root / "templates")
    shutil.rmtree(copy.releases)
    copy.releases.mkdir()
    assert [
        ("fails", "templates of reportgen is not there", "install reportgen again"),
        ("fails", "data/releases of reportgen is not there", "install reportgen again"),
        NOT_ASKED,
    ] == unwell(copy)


def test_fonts_that_are_not_whole(copy: Resources, unwell: Unwell) -> None:
    """A weight that styles ask for is gone; a file is damaged."""
    (copy.fonts / "SourceSans3-Semibold.ttf").unlink()
    assert ("fails", "the fonts of reportgen lack weight 600") == unwell(copy)[0][:2]
    (copy.fonts / "SourceSans3-Bold.ttf").write_bytes(b"no font")
    [(state, what, _), not_asked] = unwell(copy)
    assert ("fails", True) == (state, what.startswith("the font file SourceSans3-Bold.ttf cannot be read"))
    assert NOT_ASKED == not_asked
