"""
Areas that are added up from others: what a release must say of them, and custom areas most of all.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.release.model import Level, Release
from reportgen.resources import bundled
from tests.release.conftest import read_folder
from tests.support import AREAS, EMPLOYMENT, INFO

CORRIDOR = {
    "levels": {**INFO.levels, "corridor": Level("corridor", "corridor", "corridors", "custom")},
    "derive_levels": ("corridor",),
}
WITH_A_CORRIDOR = AREAS.rstrip() + "\n    m4 | The M4 | corridor | K02000001 | |\n"
MEMBERS = "area | group | share\nE30000234 | m4 | 1\nE30000180 | m4 | 1\n"


@pytest.fixture
def documented(root: Path, tmp_path: Path) -> Release:
    """The bundled release with the area that docs/custom-areas.md adds to it."""
    text = (root / "docs" / "custom-areas.md").read_text(encoding="utf-8")
    [levels, *_] = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    areas, members = re.findall(r"```csv\n[^\n]+\n(.*?)```", text, re.DOTALL)
    folder = shutil.copytree(bundled().releases / "illustrative-2024", tmp_path / "release")
    derived, _, level = levels.partition("\n\n")
    info = (folder / "release.toml").read_text(encoding="utf-8").replace("derive_levels = []", derived)
    (folder / "release.toml").write_text(f"{info}\n{level}", encoding="utf-8")
    for name, rows in (("areas", areas), ("membership", members)):
        with (folder / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(rows)
    return read_folder(folder)


def test_the_area_of_the_documentation(documented: Release) -> None:
    """What docs/custom-areas.md says is enough to have a pack, with Bath and Bristol in it and on the map."""
    members = ["E30000165", "E30000180"]
    assert "my-area" in documented.packs()
    assert members == documented.local_members("my-area")["area"].tolist() == documented.outline_of("my-area")
    assert ["E12000009"] == list(documented.regions_of("my-area"))


@pytest.fixture
def corridor(refused: Callable[..., str]) -> Callable[..., str]:
    """What a release with a corridor is refused with."""
    return lambda **more: refused(**{"info": CORRIDOR, "areas": WITH_A_CORRIDOR, "membership": MEMBERS} | more)


def test_a_corridor_over_two_regions(release: Callable[..., Release]) -> None:
    """A row of areas.csv and two of membership.csv; the regions beneath it stay as they were."""
    read = release(info=CORRIDOR, areas=WITH_A_CORRIDOR, membership=MEMBERS)
    assert ["E30000180", "E30000234"] == read.members("m4")["area"].tolist()
    assert ["E30000165", "E30000180"] == read.members("E12000009")["area"].tolist()
    assert "m4" in read.packs()


def test_a_custom_area_is_no_part_of_what_it_lies_in(release: Callable[..., Release]) -> None:
    """Its parent says where it lies; what is added up by parents must not count its members again."""
    areas = WITH_A_CORRIDOR.replace("corridor | K02000001", "corridor | E12000009")
    read = release(info=CORRIDOR, areas=areas, membership="area | group | share\nE30000180 | m4 | 1")
    assert ["E30000165", "E30000180"] == read.members("E12000009")["area"].tolist()


def test_local_areas_of_a_group_of_groups(release: Callable[..., Release]) -> None:
    """A group of regions covers their local areas, each as far as it lies in them."""
    membership = "area | group | share\nE12000007 | m4 | 1\nE12000009 | m4 | 1\n"
    membership += "E30000165 | E12000009 | 0.7\nE30000180 | E12000009 | 0.05\nE30000165 | E12000007 | 0.3\n"
    members = release(info=CORRIDOR, areas=WITH_A_CORRIDOR, membership=membership).local_members("m4")
    assert [("E30000165", 1.0)] == list(members.itertuples(index=False, name=None))


def test_a_member_that_lies_in_a_group_in_part(corridor: Callable[..., str]) -> None:
    assert """\
error[member-in-part]: an area lies only in part in a group that is to be added up
  membership.csv:3:3   E30000180 Bristol in m4 The M4: 0.5
  why: nobody knows how many of its jobs lie in that part
  fix: name members that lie in it whole, with share 1; or give the group rows of its own, and take its level out \
of derive_levels
1 problem · nothing was written · exit code 4""" == corridor(
        membership=MEMBERS.replace("E30000180 | m4 | 1", "E30000180 | m4 | 0.5")
    )


def test_a_member_that_is_not_there(corridor: Callable[..., str]) -> None:
    assert """\
error[unknown-area]: area is no area of this release
  membership.csv:3:1   "E30000181"
""" in corridor(membership=MEMBERS.replace("E30000180", "E30000181"))


def test_a_custom_area_without_members(corridor: Callable[..., str]) -> None:
    assert """\
error[custom-area-without-members]: a custom area has no members
  areas.csv:9:1   m4 The M4, level corridor
  why: it is the sum of its members, and there is nothing to add up
  fix: add a row for each member to membership.csv: its code, m4, 1
1 problem · nothing was written · exit code 4""" == corridor(membership=None)


def test_a_custom_area_that_is_neither_added_up_nor_has_rows(
    corridor: Callable[..., str], release: Callable[..., Release]
) -> None:
    """Rows of its own are as good as a level in derive_levels."""
    not_derived = CORRIDOR | {"derive_levels": ()}
    assert """\
error[custom-area-without-data]: a custom area has no rows, and its level is not to be added up
  areas.csv:9:1   m4 The M4, level corridor
  why: its pack would not hold a single number
  fix: write derive_levels = ["corridor"] in release.toml, and its members in membership.csv
1 problem · nothing was written · exit code 4""" == corridor(info=not_derived)
    rows = EMPLOYMENT.rstrip() + "\n    2023 | m4 | 14400 | 26500 | 10700 | 4500 | 36500\n"
    assert release(info=not_derived, areas=WITH_A_CORRIDOR, membership=MEMBERS, employment=rows)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("E12000009 | m4 | 1", "membership.csv:4:1   E30000180 Bristol in m4 The M4"),
        (
            "E12000009 | m4 | 1\nE12000007 | m4 | 1",
            "membership.csv:5:1   E30000234 London in m4 The M4 (and 1 more)",
        ),
    ],
    ids=["an area and its region", "two of them"],
)
def test_an_area_that_would_be_counted_twice(corridor: Callable[..., str], more: str, place: str) -> None:
    """A region holds its areas already."""
    assert f"""\
error[counted-twice]: a group would count an area twice
  {place}
  why: its sum would be too big
  fix: name its members in membership.csv, each part of it once
1 problem · nothing was written · exit code 4""" == corridor(membership=MEMBERS + more)


def test_an_area_across_a_border_is_counted_once(release: Callable[..., Release]) -> None:
    """Part of it lies in the one region, part in the other; a group of both holds all of it."""
    membership = "area | group | share\nE12000007 | m4 | 1\nE12000009 | m4 | 1\n"
    membership += "E30000165 | E12000007 | 0.4\nE30000165 | E12000009 | 0.6"
    assert release(info=CORRIDOR, areas=WITH_A_CORRIDOR, membership=membership)


def test_a_group_that_is_a_part_of_itself(corridor: Callable[..., str]) -> None:
    areas = WITH_A_CORRIDOR + "    m5 | The M5 | corridor | K02000001 | |\n"
    message = corridor(areas=areas, membership=f"{MEMBERS}m5 | m4 | 1\nm4 | m5 | 1")
    assert (
        """\
error[group-in-itself]: a group would be a part of itself
  membership.csv   m"""
        in message
    )
