"""
Which releases there are, and which one is meant.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reportgen.errors import DataError, UsageError
from reportgen.release.library import available, resolve
from tests.support import write_release


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three releases, the newest neither first nor last by name."""
    for id, published in (("a", date(2021, 3, 1)), ("b", date(2023, 5, 1)), ("c", date(2022, 4, 1))):
        write_release(tmp_path / id, info={"id": f"illustrative-{id}", "published": published})
    return tmp_path


def refusal(name: str | None, folders: list[Path]) -> str:
    with pytest.raises(UsageError) as refused:
        resolve(name, folders)
    return refused.value.as_text()


def test_the_newest_published_comes_first(folder: Path) -> None:
    """Folders that are no release, or not there, do not count."""
    (folder / "empty").mkdir()
    found = [entry.info.id for entry in available([folder, folder / "nowhere"])]
    assert ["illustrative-b", "illustrative-c", "illustrative-a"] == found


def test_none_named_is_the_newest(folder: Path) -> None:
    assert folder / "b" == resolve(None, [folder])


def test_our_own_go_before_bundled_ones(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The newest of our own is the default, though a bundled one is newer."""
    own = tmp_path_factory.mktemp("own")
    write_release(own / "x", info={"id": "illustrative-x", "published": date(2020, 1, 1)})
    found = available([own, folder])
    assert ["illustrative-x", "illustrative-b", "illustrative-c", "illustrative-a"] == [one.info.id for one in found]
    assert [True, False, False, False] == [one.default for one in found]
    assert own / "x" == resolve(None, [own, folder])


def test_a_folder_that_is_reached_twice_counts_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout, our own releases and the bundled ones lie in one folder."""
    monkeypatch.chdir(folder.parent)
    assert 3 == len(available([Path(folder.name), folder]))
    assert Path(folder.name, "b") == resolve("illustrative-b", [Path(folder.name), folder])


def test_the_higher_revision_supersedes_the_lower(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wherever it lies: a bundled correction goes before our own copy of what it corrects."""
    own = tmp_path_factory.mktemp("own")
    write_release(own / "b", info={"id": "illustrative-b", "published": date(2023, 5, 1)})
    write_release(folder / "b2", info={"id": "illustrative-b", "published": date(2023, 6, 1), "revision": 1})
    write_release(folder / "b", info={"id": "illustrative-b", "published": date(2023, 5, 1)})
    assert folder / "b2" == resolve("illustrative-b", [own, folder])
    assert folder / "b2" == resolve(None, [own, folder])
    superseded = [entry.path for entry in available([own, folder]) if entry.superseded]
    assert [own / "b", folder / "b"] == superseded


def test_by_id_or_by_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder may lie anywhere, and be named from here."""
    assert folder / "c" == resolve("illustrative-c", [folder])
    assert folder / "c" == resolve(str(folder / "c"), [])
    monkeypatch.chdir(folder)
    assert Path("c") == resolve("c", [])


def test_an_unknown_release(folder: Path) -> None:
    """A miss offers its neighbours, or all there is."""
    assert """\
error[unknown-release]: there is no data release called illustrative-d
  why: every pack is made from one
  fix: did you mean illustrative-c or illustrative-b or illustrative-a?; a folder works too
1 problem · nothing was written · exit code 2""" == refusal("illustrative-d", [folder])
    assert "fix: use one of: illustrative-b, illustrative-c, illustrative-a" in refusal("nuts", [folder])
    assert "error[unknown-release]: there is no release.toml in " in refusal(str(folder), [folder])


def test_no_release_at_all(tmp_path: Path) -> None:
    assert "error[no-release]: there is no data release\n" in refusal(None, [tmp_path])


def test_two_releases_with_one_id(folder: Path) -> None:
    """In the same revision: neither is chosen in silence, nor as the default."""
    write_release(folder / "d", info={"id": "illustrative-a"})
    assert "error[ambiguous-release]: two releases have the id illustrative-a\n" in refusal("illustrative-a", [folder])
    assert "error[ambiguous-release]: two releases have the id illustrative-a\n" in refusal(None, [folder])


def test_a_broken_release_is_not_passed_over(folder: Path) -> None:
    """It may be the newest: giving out another as such would mislead."""
    (folder / "b" / "release.toml").write_text("", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        resolve(None, [folder])
    assert "error[missing-key]: id is missing\n  b/release.toml\n" in refused.value.as_text()
    assert folder / "c" == resolve(str(folder / "c"), [folder])
