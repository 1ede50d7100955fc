"""Which areas get a pack: by code, by name, by level, from a file; a miss offers its neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.batch import plan
from reportgen.errors import ConfigurationError, UsageError
from reportgen.release.model import Release
from reportgen.settings import Settings

UK, LONDON, SOUTH_WEST = "K02000001", "E12000007", "E12000009"
LONDON_LOCAL, BRISTOL, BATH = "E30000234", "E30000180", "E30000165"


def refusal(release: Release, *wanted: str, level: str | None = None) -> str:
    with pytest.raises(UsageError) as refused:
        plan.named(release, wanted, level)
    return refused.value.as_text()


def test_an_area_goes_by_its_code_or_its_name(release: Release) -> None:
    """In any case, with any blanks, each once, in the order asked for."""
    assert [BRISTOL] == plan.named(release, ["bristol"])
    assert [SOUTH_WEST, BATH] == plan.named(release, ["  south   WEST ", "e30000165", "", "Bath"])


def test_a_name_of_two_areas_is_not_guessed(release: Release) -> None:
    """Both are listed, with level and code."""
    assert refusal(release, "London").startswith(
        """\
error[ambiguous-area]: London is the name of 2 areas
  why: each is a place of its own: E12000007 (region) · E30000234 (travel-to-work area)
  fix: give the code instead, or --level region or --level ttwa
"""
    )
    assert [LONDON_LOCAL] == plan.named(release, ["London"], level="ttwa")
    assert [LONDON] == plan.named(release, ["London"], level="Regions")


def test_a_miss_offers_its_neighbours(release: Release) -> None:
    """The one meant is named; what is like nothing is sent to the list."""
    assert "fix: did you mean Bristol?" in refusal(release, "Bristle")
    assert "fix: did you mean South West?" in refusal(release, "west")
    assert "areas.csv of the release lists them" in refusal(release, "Qqqq")


def test_an_area_at_another_level_is_pointed_out(release: Release) -> None:
    """The level was asked for: it is not passed over."""
    text = refusal(release, "Bath", level="region")
    assert "there is no area called Bath among the regions" in text
    assert "fix: at another level: E30000165 (travel-to-work area)" in text


def test_a_benchmark_has_no_pack(release: Release) -> None:
    """Great Britain is what others are compared with."""
    assert "error[no-pack]: no pack is written of Great Britain" in refusal(release, "Great Britain")


def test_all_misses_come_together(release: Release) -> None:
    """Whoever mistypes two names learns of both."""
    assert "2 problems" in refusal(release, "Bth", "Bath", "Brstol")


def test_the_areas_of_a_file(release: Release, tmp_path: Path) -> None:
    """One a line, as an editor on any system leaves it; a miss names its line."""
    listed = tmp_path / "areas.txt"
    listed.write_bytes("\ufeffBath\r\n\r\nE30000180\r\n".encode())
    assert [BATH, BRISTOL] == plan.every(release, listed=listed)
    assert [BATH] == plan.every(release, listed=listed, limit=1)
    listed.write_text("Bath\n\nBrstol\n")
    with pytest.raises(UsageError) as refused:
        plan.every(release, listed=listed)
    assert f"  {listed}:3\n" in refused.value.as_text()


def test_a_file_without_areas_is_no_batch(release: Release, tmp_path: Path) -> None:
    """It does not stand for all areas."""
    listed = tmp_path / "areas.txt"
    listed.write_text("\n")
    with pytest.raises(UsageError, match="no area is named"):
        plan.every(release, listed=listed)


def test_all_areas_of_a_level(release: Release) -> None:
    """In the order of the release; the benchmark is none of them."""
    assert [UK, LONDON, SOUTH_WEST, LONDON_LOCAL, BRISTOL, BATH] == plan.every(release)
    assert [LONDON, SOUTH_WEST] == plan.every(release, "region")
    assert [LONDON_LOCAL, BRISTOL] == plan.every(release, "travel-to-work areas", limit=2)
    assert [UK] == plan.national(release)


def test_a_level_that_is_not_there(release: Release) -> None:
    """The neighbour is offered, or all are listed; a benchmark is a level without packs."""
    for level, fix in (("regoin", "did you mean region?"), ("xyz", "use one of: national, region, ttwa")):
        with pytest.raises(UsageError) as refused:
            plan.every(release, level)
        assert f"  fix: {fix}\n" in refused.value.as_text()
    with pytest.raises(UsageError, match="no pack is written of benchmarks"):
        plan.every(release, "benchmark")


def test_peers_are_areas_of_the_release(release: Release) -> None:
    """Each code that is none is told, with what may have been meant; `auto` names none."""
    plan.check_peers(release, Settings())
    plan.check_peers(release, Settings(peers=("E30000165", "E12000009")))
    with pytest.raises(ConfigurationError) as error:
        plan.check_peers(release, Settings(peers=("E30000165", "Bristol", "E3000018")))
    assert [
        ("peers names Bristol, which is no area with a pack", "write the code of Bristol, E30000180"),
        (
            "peers names E3000018, which is no area with a pack",
            "correct the code (did you mean E30000180?)",
        ),
    ] == [(problem.what, problem.fix.partition(";")[0]) for problem in error.value.problems]
