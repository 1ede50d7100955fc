"""Area groups: which local areas findings compare, from the file that came with reportgen or a team's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import area_groups
from reportgen.errors import ConfigurationError
from reportgen.resources import Resources, bundled


def own(folder: Path, text: str) -> Resources:
    (folder / "data").mkdir()
    (folder / "data" / "groups.toml").write_text(text, encoding="utf-8")
    return Resources((folder, bundled().root))


def test_the_bundled_groups_can_be_read() -> None:
    found = area_groups.load(bundled())
    assert ("London", ("london",)) == (
        found.groups["london"].name,
        found.groups["wider-south-without-london"].without,
    )
    assert 75_000 == found.cities.jobs


def test_own_groups_stand_in_the_place_of_ours(tmp_path: Path) -> None:
    found = area_groups.load(own(tmp_path, '[groups.coast]\nname = "Coast"\nareas = ["E30000018"]\n'))
    assert ["coast"] == list(found.groups)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[groups.north]\nname = "North"\nregion = ["E12000001"]\n', "groups.north.region: Extra inputs"),
        ('[groups.north]\nname = "North"\nwithout = ["south"]\n', "north is without south, which is no group"),
        ("[groups", "data/groups.toml is not TOML"),
    ],
)
def test_what_no_group_has_is_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(ConfigurationError, match="groups") as caught:
        area_groups.load(own(tmp_path, text))
    assert what in str(caught.value)
