"""The check of finished packs over a folder: each pack, and the manifest's word for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.batch.check import check, release_of
from reportgen.batch.run import Outcome
from reportgen.errors import UsageError
from reportgen.resources import bundled

Make = Callable[..., Outcome]
BATH = "E30000165_bath"
PDF = f"{BATH}/creative-clusters_illustrative-tiny_{BATH}.pdf"


def found(path: Path, folder: Path, workers: int = 1) -> list[tuple[str, str]]:
    return [(problem.kind, problem.file) for problem in check(path, folder, bundled(), workers).problems]


def test_packs_as_they_were_written_pass(make_packs: Make, folder: Path, written: Path) -> None:
    """All of a release, one of them, or the one that a PDF belongs to; here and in other processes."""
    make_packs()
    told: list[tuple[str, int, int]] = []
    checked = check(written, folder, bundled(), done=lambda *step: told.append(step))
    assert (6, ()) == (checked.packs, checked.problems)
    assert ("K02000001_united-kingdom", 6, 6) == told[-1]
    assert 1 == check(written / BATH, folder, bundled()).packs
    assert 1 == check(written / PDF, folder, bundled()).packs
    assert [] == found(written, folder, workers=2)


def test_the_release_is_the_one_that_the_packs_name(make_packs: Make, written: Path) -> None:
    """From any path below its folder."""
    make_packs("Bath")
    figure = written / BATH / "figures" / "map.svg"
    assert {"illustrative-tiny"} == {release_of(path) for path in (written, written / BATH, written / PDF, figure)}


def test_what_is_wrong_is_named_with_its_file(make_packs: Make, folder: Path, written: Path) -> None:
    """By the check of the pack, and by the manifest; for one pack, nothing is said about another."""
    make_packs("Bath", "Bristol")
    (written / BATH / "figures" / "map.svg").write_bytes(b"<svg>")
    wrong = [("bad-figure", f"{BATH}/figures/map.svg"), ("changed", f"{BATH}/figures/map.svg")]
    assert wrong == found(written, folder)
    assert wrong == found(written / BATH, folder)
    assert [] == found(written / "E30000180_bristol", folder)


def test_a_pack_that_lost_its_pdf(make_packs: Make, folder: Path, written: Path) -> None:
    """It is no pack any more, and that is said."""
    make_packs("Bath", "Bristol")
    (written / PDF).unlink()
    kinds = {kind for kind, _ in found(written, folder)}
    assert {"unfinished", "not-there"} == kinds
    assert kinds == {kind for kind, _ in found(written / BATH, folder)}


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    """The manifest is written last: without it a run did not come to its end."""
    with pytest.raises(UsageError, match=r"datapackage\.json"):
        release_of(tmp_path)
