"""What was worked out before is taken from the cache, unless it is damaged; without the cache only time is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen import kept
from reportgen.batch import work
from reportgen.batch.cache import Cache
from reportgen.batch.run import Outcome
from reportgen.document import templates
from reportgen.resources import bundled

Make = Callable[..., Outcome]


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in entries(folder)}


def damage(path: Path) -> None:
    """One bit, in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get("charts", "1a2b") is None
    cache.put("charts", "1a2b", b"<svg/>")
    assert b"<svg/>" == Cache(tmp_path).get("charts", "1a2b") == cache.get("charts", "1a2b")
    assert (1, 1, 0) == (cache.hits, cache.misses, cache.damaged)


@pytest.mark.parametrize("harm", [damage, lambda path: path.write_bytes(b""), lambda path: os.truncate(path, 40)])
def test_a_damaged_entry_is_noticed_and_dropped(
    harm: Callable[[Path], None], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As if it had never been there."""
    cache = Cache(tmp_path)
    cache.put("charts", "1a2b", b"<svg><rect width='2'/></svg>")
    [path] = entries(tmp_path)
    harm(path)
    assert cache.get("charts", "1a2b") is None
    assert ([], 1) == (entries(tmp_path), cache.damaged)
    assert "was damaged; it is dropped and made again" in caplog.text


@pytest.mark.slow
def test_findings_are_worked_out_again_where_their_entry_is_damaged(make_packs: Make, tmp_path: Path) -> None:
    """Whatever befell the cache, packs have the same bytes, and afterwards the entry is whole."""
    make_packs()
    before = contents(tmp_path / "out" / "illustrative-tiny")
    [path] = entries(tmp_path / "out" / ".reportgen" / "cache" / work.FINDINGS)
    whole = path.read_bytes()
    damage(path)
    work.load.cache_clear()
    outcome = make_packs(force=True)
    assert (len(before), True) == (len(contents(tmp_path / "out" / "illustrative-tiny")), not outcome.failed)
    assert before == contents(tmp_path / "out" / "illustrative-tiny")
    assert len(whole) == len(path.read_bytes())
    assert Cache(tmp_path / "out" / ".reportgen" / "cache").get(work.FINDINGS, path.parent.name + path.name)


def test_the_oldest_entries_go_first(tmp_path: Path) -> None:
    """And what a process that was killed was writing."""
    cache = Cache(tmp_path)
    for age, key in enumerate(["aa1", "bb2", "cc3"]):
        cache.put("charts", key, b"x" * 100)
        os.utime(tmp_path / "charts" / key[:2] / key[2:], (1000 - age, 1000 - age))
    (tmp_path / "charts" / "aa" / ".1.7.part").write_bytes(b"x")
    cache.trim({"charts": 300})
    assert ["1", "2"] == [path.name for path in entries(tmp_path)]


def test_templates_are_compiled_once_for_all_processes(tmp_path: Path) -> None:
    """As long as neither they nor what turns documents into files change."""
    cache, folder = Cache(tmp_path), bundled().templates

    def compile(press: str) -> tuple[int, int]:
        hits, misses = cache.hits, cache.misses
        with kept.keeping(work.ByPress(cache, press)):
            templates.environment.__wrapped__(folder).get_template("base.html")
        return cache.hits - hits, cache.misses - misses

    assert [(0, 1), (1, 0), (0, 1)] == [compile("press"), compile("press"), compile("another")]
