"""
Public lookups and shapes through a whole import: 382 authorities become 228 travel-to-work areas. The counts are
invented: no public file has all authorities with all industries.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from reportgen.errors import DataError
from reportgen.release.importing import ImportReport, import_release
from tests.release.conftest import read_folder

RECODE = """[recode]
file = "la_all_codes.csv"
from = "LADCD"
to = "LADCD_ACTIVE"
"""
NAMES = {
    'file = "changed_codes.csv"\nfrom = "code"\nto = "code_now"': RECODE.partition("\n")[2].strip(),
    "weights.csv": "lad20_ttwa11_lsoa_weights.csv",
    '"authority"\nto = "area"': '"LAD20CD"\nto = "TTWA11CD"',
    "share_of_authority": "share_of_lad",
    "area_name": "TTWA11NM",
    'file = "shapes.geojson"\nid = "code"\nname = "name"': (
        'file = "ttwa2011_uk_simplified.geojson"\nid = "TTWA11CD"\nname = "TTWA11NM"'
    ),
}


def pairs(shared_data: Path) -> list[tuple[str, str, float]]:
    """Authority, area, weight."""
    with (shared_data / "lad20_ttwa11_lsoa_weights.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["LAD20CD"], row["TTWA11CD"], float(row["share_of_lad"])) for row in csv.DictReader(file)]


def write_recipe(folder: Path, root: Path, shared_data: Path, *, recode: bool) -> Path:
    """The recipe of the example with the public files in the place of the invented ones, and 100 jobs everywhere."""
    example = root / "examples" / "crosswalk"
    recipe = (example / "recipe.toml").read_text(encoding="utf-8")
    for before, after in NAMES.items():
        assert before in recipe
        recipe = recipe.replace(before, after)
    if not recode:
        start, end = recipe.index("[recode]"), recipe.index("# Then:")
        recipe = recipe[:start] + recipe[end:]
    (folder / "recipe.toml").write_text(recipe, encoding="utf-8")
    (folder / "regions.csv").write_bytes((example / "regions.csv").read_bytes())
    found = pairs(shared_data)
    areas = sorted({area for _, area, _ in found})
    (folder / "parents.csv").write_text("\n".join(["code,parent", *(f"{area},R1" for area in areas)]), encoding="utf-8")
    with (example / "jobs.csv").open(encoding="utf-8", newline="") as file:
        industries = sorted({row["sic"] for row in csv.DictReader(file)} - {"all"})
    authorities = sorted({authority for authority, _, _ in found})
    rows = [f"2023,{code},{code},{sic},100," for code in authorities for sic in industries]
    header = "year,authority,authority_name,sic,{}"
    (folder / "jobs.csv").write_text("\n".join([header.format("jobs,status"), *rows]), encoding="utf-8")
    rows = [row.removesuffix(",") for row in rows]
    (folder / "local_units.csv").write_text("\n".join([header.format("local_units"), *rows]), encoding="utf-8")
    return folder / "recipe.toml"


@pytest.fixture(scope="module")
def made(root: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> ImportReport:
    folder = tmp_path_factory.mktemp("public")
    return import_release(write_recipe(folder, root, shared_data, recode=False), shared_data, folder / "made")


def test_areas_have_the_jobs_that_the_weights_give_them(made: ImportReport, shared_data: Path) -> None:
    """100 jobs in an authority: as many in an area as its weights add up to, in per cent."""
    release = read_folder(made.folder)
    wanted: dict[str, float] = {}
    for _, area, weight in pairs(shared_data):
        wanted[area] = wanted.get(area, 0.0) + 100 * weight
    jobs = release.employment[release.employment["sic"] == "47"].set_index("area")["jobs"]
    assert 228 == len(release.at_level("local")) == len(jobs)
    assert [] == [area for area in jobs.index if abs(jobs[area] - wanted[area]) > 0.5]


def test_the_share_that_rests_on_split_authorities(made: ImportReport, shared_data: Path) -> None:
    """By area, as the weights say, since every authority has as many jobs."""
    release = read_folder(made.folder)
    assert release.crosswalk is not None
    shares = release.crosswalk[release.crosswalk["table"] == "employment"].set_index("area")["split_share"]
    of = pairs(shared_data)
    times: dict[str, int] = {}
    for authority, _, _ in of:
        times[authority] = times.get(authority, 0) + 1
    for wanted in ("E30000234", "E30000180", "N12000002", "S22000013"):
        all_of_it = [(authority, weight) for authority, area, weight in of if area == wanted]
        split = sum(weight for authority, weight in all_of_it if times[authority] > 1)
        assert split / sum(weight for _, weight in all_of_it) == pytest.approx(shares[wanted], abs=1e-5)
    assert sum(count > 1 for count in times.values()) == len(made.shared_out)


@pytest.mark.golden
def test_neighbours_come_with_the_import(made: ImportReport, shared_data: Path) -> None:
    """Those that libpysal finds; the country and the regions have none."""
    wanted = json.loads((shared_data / "ttwa2011_queen_neighbours.json").read_text(encoding="utf-8"))
    release = read_folder(made.folder)
    assert release.neighbours is not None
    found = list(release.neighbours.itertuples(index=False, name=None))
    assert sorted((area, other) for area, others in wanted.items() for other in others) == found


def test_recoding_beyond_what_the_weights_know_is_refused(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """Some districts have merged since the weights were made: recoded to today's codes, they have no weights."""
    with pytest.raises(DataError) as refused:
        import_release(write_recipe(tmp_path, root, shared_data, recode=True), shared_data, tmp_path / "made")
    message = refused.value.as_text()
    assert "error[no-weights]: an authority has no weights\n  jobs.csv:" in message
    assert "E06000060" in message
    assert "add it to lad20_ttwa11_lsoa_weights.csv, or recode it before (did you mean E060000" in message


def test_sizes_go_with_recoding(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """The same two files, with the output areas of each pair in the place of its weight: every job finds its area."""
    recipe = write_recipe(tmp_path, root, shared_data, recode=True)
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace('weight = "share_of_lad"', 'size = "n_lsoa"'), encoding="utf-8")
    release = read_folder(import_release(recipe, shared_data, tmp_path / "made").folder)
    jobs = release.employment[release.employment["sic"] == "47"]
    assert 228 == len(jobs)
    assert abs(jobs["jobs"].sum() - 382 * 100) < 228 * 0.5
