"""
Importing: raw files and a recipe become a release, or nothing at all and a message about the raw files.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from reportgen.errors import DataError, ReportgenError, UsageError
from reportgen.release.importing import ImportReport, import_release
from reportgen.release.info import as_toml
from reportgen.release.model import Source
from tests.release.conftest import read_folder
from tests.support import INFO, as_geojson, entries_without_data, square

TABLES = """
[tables.areas]
files = ["regions.csv"]
kind = "long-csv"
columns = { code = "code", name = "name", level = "level", parent = "parent" }

[tables.employment]
files = ["jobs.csv"]
kind = "long-csv"
columns = { year = "when", area = "geo_cd", name = "geo_nm", sic = "SIC", jobs = "value" }

[tables.businesses]
files = ["units 2022.csv", "units 2023.csv"]
kind = "long-csv"
columns = { year = "when", area = "geo_cd", sic = "SIC", local_units = "value" }
constants = { size_band = "all" }

[local_areas]
level = "ttwa"
parents = "parents.csv"

[boundaries]
file = "shapes.json"
id = "id"
name = "label"
"""
REGIONS = """code,name,level,parent
K02000001,United Kingdom,national,
K03000001,Great Britain,benchmark,K02000001
E12000007,London,region,K03000001
E12000009,South West,region,K03000001
"""
JOBS = """,when,geo_cd,geo_nm,SIC,value,remark
0,2023,E30000234,London,5911,13000.0,as downloaded
1,2023,E30000234,London,47,30000.0,
2,2023,E30000165,Bath,5911,300.0,
3,2023,E30000165,Bath,47,3000.0,
"""
UNITS = "when,geo_cd,SIC,value\n{0},E30000234,5911,9\n{0},E30000234,47,20\n{0},E30000165,5911,3\n{0},E30000165,47,8\n"
PARENTS = "code,parent\nE30000234,E12000007\nE30000165,E12000009\nE30000999,E12000009\n"
BATH, NEWER = {"id": "E30000165", "label": "Bath"}, {"id": "E30000999", "label": "A newer area"}
SHAPES = as_geojson(
    {"": square(-2.4, 51.3), "E30000999": square(-2.5, 51.3)},
    **{"": BATH, "E30000999": NEWER},
)
RAW = {
    "jobs.csv": JOBS,
    "units 2022.csv": UNITS.format(2022),
    "units 2023.csv": UNITS.format(2023),
    "shapes.json": SHAPES,
}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@dataclass(frozen=True)
class Kitchen:
    """A recipe, its raw files in a folder of their own, and the target."""

    folder: Path

    @property
    def target(self) -> Path:
        return self.folder / "releases" / "made"

    def cook(self, tables: str = TABLES, **raw: str) -> ImportReport:
        """Import with some raw files changed, by name without ending."""
        source = Source("Made up", ("areas", "employment", "businesses", "boundaries"), "reportgen", "CC0", "None")
        absent = entries_without_data([["sic"], ["5911"], ["47"]])
        recipe = self.folder / "recipe" / "recipe.toml"
        data = self.folder / "data"
        recipe.parent.mkdir(exist_ok=True)
        data.mkdir(exist_ok=True)
        text = as_toml(replace(INFO, sources=(source,), absent_codes=absent, derive_levels=("region",)))
        recipe.write_text(text + tables, encoding="utf-8")
        beside = {"regions.csv": REGIONS, "parents.csv": PARENTS}
        for folder, files in ((recipe.parent, beside), (data, RAW)):
            for name, content in files.items():
                (folder / name).write_text(raw.get(name.partition(".")[0], content), encoding="utf-8")
        return import_release(recipe, data, self.target)

    def refusal(self, error: type[ReportgenError] = DataError, **changes: Any) -> str:
        with pytest.raises(error) as refused:
            self.cook(**changes)
        return refused.value.as_text()


@pytest.fixture
def kitchen(tmp_path: Path) -> Kitchen:
    return Kitchen(tmp_path)


def test_what_is_made(kitchen: Kitchen) -> None:
    """Files are put together, areas found in the tables, counts written without decimals, points derived."""
    report = kitchen.cook()
    assert ["made"] == [path.name for path in kitchen.target.parent.iterdir()]
    assert """\
year,area,sic,jobs,status
2023,E30000234,5911,13000,
2023,E30000234,47,30000,
2023,E30000165,5911,300,
2023,E30000165,47,3000,
""" == (kitchen.target / "employment.csv").read_text(encoding="utf-8")
    assert """\
code,name,level,parent,latitude,longitude
K02000001,United Kingdom,national,,51.3500,-2.4000
K03000001,Great Britain,benchmark,K02000001,51.3500,-2.4000
E12000007,London,region,K03000001,,
E12000009,South West,region,K03000001,51.3500,-2.4000
E30000165,Bath,ttwa,E12000009,51.3500,-2.3500
E30000234,London,ttwa,E12000007,,
""" == (kitchen.target / "areas.csv").read_text(encoding="utf-8")
    assert {"areas": 6, "employment": 4, "businesses": 8} == report.rows


def test_what_does_not_fit_together_is_listed(kitchen: Kitchen) -> None:
    """Shapes without data are kept, and count as a part of their region; areas without shape have no point."""
    report = kitchen.cook()
    assert ("E12000007 London", "E30000234 London") == report.areas_without_shape
    assert ("E30000999 A newer area",) == report.shapes_without_data
    release = read_folder(report.folder)
    assert ["A newer area"] == list(release.no_data)
    south_west = shape(release.boundaries["E12000009"])
    assert shapely.equals(south_west, shapely.union_all([shape(square(-2.4, 51.3)), shape(square(-2.5, 51.3))]))


def test_the_folder_one_stands_in_may_be_the_target(kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it is empty; it goes by another name than `.` among its neighbours."""
    kitchen.target.mkdir(parents=True)
    monkeypatch.chdir(kitchen.target)
    monkeypatch.setattr(Kitchen, "target", Path())
    assert "made" == kitchen.cook().folder.name


def test_the_release_says_what_the_recipe_says(kitchen: Kitchen) -> None:
    info = read_folder(kitchen.cook().folder).info
    assert ("illustrative-tiny", ("region",), INFO.levels) == (info.id, info.derive_levels, info.levels)


def test_equal_raw_files_make_equal_releases(kitchen: Kitchen, tmp_path: Path) -> None:
    """No time, no order of a folder gets into the files."""
    (tmp_path / "again").mkdir()
    first, second = kitchen.cook().folder, Kitchen(tmp_path / "again").cook().folder
    assert contents(first) == contents(second)


def test_raw_files_are_kept_on_record(kitchen: Kitchen) -> None:
    """Each with size and hash, and what it fed, as asked for first."""
    files = read_folder(kitchen.cook().folder).info.raw_files
    assert [
        ("regions.csv", ("areas",)),
        ("jobs.csv", ("employment",)),
        ("units 2022.csv", ("businesses",)),
        ("units 2023.csv", ("businesses",)),
        ("parents.csv", ("areas",)),
        ("shapes.json", ("boundaries", "neighbours")),
    ] == [(file.name, file.tables) for file in files]
    jobs = JOBS.encode()
    assert (len(jobs), hashlib.sha256(jobs).hexdigest()) == (files[1].bytes, files[1].sha256)


def test_the_recipe_is_kept_with_the_small_files_about_places(kitchen: Kitchen) -> None:
    """So that the next release can be begun from it; raw files are not."""
    folder = kitchen.cook().folder / "recipe"
    assert {"recipe.toml", "regions.csv", "parents.csv"} == set(contents(folder))
    assert (kitchen.folder / "recipe" / "recipe.toml").read_bytes() == (folder / "recipe.toml").read_bytes()


LONDON = {"id": "E30000234", "label": "London"}


def test_neighbours_are_told_from_the_shapes(kitchen: Kitchen) -> None:
    """Local areas that touch; the regions that they lie in are drawn over them, and are no neighbours of theirs."""
    shapes = as_geojson({"": square(-2.4, 51.3), "E30000234": square(-2.3, 51.4)}, **{"": BATH, "E30000234": LONDON})
    folder = kitchen.cook(shapes=shapes).folder
    wanted = "area,neighbour\nE30000165,E30000234\nE30000234,E30000165\n"
    assert wanted == (folder / "neighbours.csv").read_text(encoding="utf-8")
    [source] = read_folder(folder).info.sources
    assert "neighbours" in source.tables


def test_a_recipe_may_have_neighbours_of_its_own(kitchen: Kitchen) -> None:
    """Then none are told from the shapes; where nothing touches, there is no table."""
    assert not (kitchen.cook().folder / "neighbours.csv").exists()
    (kitchen.folder / "data" / "pairs.csv").write_text("one,other\nE30000165,E30000234\n", encoding="utf-8")
    columns = 'kind = "long-csv"\ncolumns = { area = "one", neighbour = "other" }\n'
    kitchen.target.rename(kitchen.folder / "other")
    message = kitchen.refusal(tables=f'{TABLES}\n[tables.neighbours]\nfiles = ["pairs.csv"]\n{columns}')
    assert "error[one-way-neighbour]: a pair of neighbours is given in one direction only\n  pairs.csv:2:2" in message


def test_the_same_revision_is_not_imported_twice(kitchen: Kitchen) -> None:
    """Beside the first, under another name; elsewhere it is another matter."""
    kitchen.cook().folder.rename(kitchen.target.parent / "earlier")
    message = kitchen.refusal(UsageError)
    assert "error[same-revision]: revision 0 of illustrative-tiny is there already\n  recipe.toml   " in message
    assert "  fix: raise revision in the recipe, or remove the other folder\n" in message


def test_problems_are_told_of_the_raw_file(kitchen: Kitchen) -> None:
    """File, row and column are those of the file that somebody can mend; nothing is left behind."""
    again = "2022,E30000234,5911,9\n"
    changes = {"jobs": JOBS.replace("300.0", "300.5"), "units 2023": UNITS.format(2023) + again}
    message = kitchen.refusal(**changes)
    assert '  jobs.csv:4:6   "300.5"\n' in message
    assert "  units 2023.csv:6:1   2022, E30000234 London, 5911, all (first in row 2 of units 2022.csv)\n" in message
    assert [] == list(kitchen.target.parent.iterdir())


def test_problems_of_a_wide_file_are_told_of_its_cells(kitchen: Kitchen) -> None:
    """Where one row has the figures of several areas, the column is that of the area."""
    web = """\
Business Register and Employment Survey : open access,,,,
ONS Crown Copyright Reserved [from Nomis on 30 September 2016],,,,
date,2023,,,
employment status,Employment,,,
,,,,
Industry,London,,Bath,
,number,Flags,number,Flags
5911 : Film,"13,000",,300,
4711 : Shops,"30,000",,"3,000.5",
"""
    before, after = TABLES.index("[tables.employment]"), TABLES.index("[tables.businesses]")
    areas = 'areas = { London = "E30000234", Bath = "E30000165" }'
    tables = f'{TABLES[:before]}[tables.employment]\nfiles = ["jobs.csv"]\n{areas}\n{TABLES[after:]}'
    places = REGIONS + "E30000234,London,ttwa,E12000007\nE30000165,Bath,ttwa,E12000009\n"
    message = kitchen.refusal(tables=tables, jobs=web, regions=places)
    assert '  jobs.csv:9:4   "3,000.5"\n' in message


def test_pages_of_a_download_are_complete_only_together(kitchen: Kitchen) -> None:
    """Each file says how many rows the whole has; the second one is missing here."""
    header = "DATE,GEOGRAPHY_CODE,GEOGRAPHY_NAME,INDUSTRY_CODE,OBS_VALUE,RECORD_OFFSET,RECORD_COUNT\n"
    first = "2023,E30000234,London,5911,13000,0,4\n2023,E30000234,London,4711,30000,1,4\n"
    before, after = TABLES.index("[tables.employment]"), TABLES.index("[tables.businesses]")
    tables = f'{TABLES[:before]}[tables.employment]\nfiles = ["jobs.csv"]\n{TABLES[after:]}'
    message = kitchen.refusal(tables=tables, jobs=header + first)
    assert "error[cut-off]: a download is cut off: 2 of its 4 rows are in no file\n  jobs.csv   " in message


def test_problems_of_the_recipe_are_told_of_it(kitchen: Kitchen) -> None:
    message = kitchen.refusal(regions=REGIONS.replace("E12000007", "E12000006"))
    assert '  recipe.toml   areas.london = "E12000007"\n' in message


def test_two_names_of_one_area(kitchen: Kitchen) -> None:
    """In one file, or in two: either the code or the name is wrong."""
    assert """\
error[two-names]: one code has two names
  jobs.csv:5:4   E30000165: Bath; Bristol
  why: either the code or the name is of another area
  fix: correct the raw file, or leave the names of one file out of the recipe
1 problem · nothing was written · exit code 4""" == kitchen.refusal(jobs=JOBS.replace("Bath,47", "Bristol,47"))
    extended = REGIONS + "E30000165,Bath and beyond,ttwa,E12000009\n"
    assert "jobs.csv:4:4   E30000165: Bath and beyond; Bath\n" in kitchen.refusal(regions=extended)


def test_a_local_area_needs_a_parent(kitchen: Kitchen) -> None:
    message = kitchen.refusal(parents="code,parent\nE30000234,E12000007\n")
    assert "error[missing-parent]: an area has no parent\n  parents.csv   E30000165 Bath\n" in message


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"jobs.csv"', '"job.csv"', "error[missing-file]: there is no raw file job.csv\n  recipe.toml   looked in "),
        ('"jobs.csv"', '"../../x"', "error[outside-path]: the recipe names a file outside its folders\n"),
        ('"jobs.csv"', '"/etc/hosts"', "error[outside-path]: the recipe names a file outside its folders"),
        ('"geo_nm"', '"geo_name"', 'error[missing-column]: there is no column "geo_name"\n  jobs.csv:1\n'),
        (', jobs = "value"', "", "error[missing-column]: tables.employment takes jobs from no column\n  recipe.toml\n"),
        ('sic = "SIC", jobs', "jobs", "error[missing-column]: tables.employment does not say where sic comes from\n"),
        ('jobs = "value"', 'jobs = "value", x = "y"', "error[unknown-column]: employment has no column x\n"),
        ('"long-csv"', '"wide-csv"', "error[unknown-choice]: tables.areas.kind is none of the known words\n"),
        ("[tables.businesses]", "[tables.businesses]\nindustries = 6", "tables.businesses.industries is no number of"),
        ("[tables.businesses]", "[tables.business]", "error[unknown-table]: tables.business is no table of a"),
        ('"shapes.json"', '"jobs.csv"', "error[not-geojson]: jobs.csv has no shapes\n"),
        ('level = "ttwa"', 'level = "town"', "error[unknown-choice]: local_areas.level is none of the known words\n"),
        ("[local_areas]", '[recode]\nfile = "x"\n[local_areas]', "error[missing-key]: recode.from is missing\n"),
        ("[local_areas]", '[crosswalk]\nby = "x"\n[local_areas]', "error[unknown-key]: crosswalk.by is no key of"),
        ("[local_areas]", '[recode]\ntables = ["jobs"]\n[local_areas]', "error[unknown-table]: recode.tables names a"),
        ("[local_areas]", '[[raw_files]]\nname = "x"\n[local_areas]', "error[unknown-key]: raw_files is no key of a"),
        ("[local_areas]", "# to do: all of it\n[local_areas]", "error[to-do]: the recipe is not finished\n"),
    ],
)  # fmt: skip
def test_recipes_that_are_not_in_order(kitchen: Kitchen, before: str, after: str, said: str) -> None:
    assert before in TABLES
    assert said in kitchen.refusal(tables=TABLES.replace(before, after, 1))


def test_a_target_that_is_there_already(kitchen: Kitchen) -> None:
    """Another release is neither replaced nor mixed with; an empty folder is taken."""
    kitchen.target.mkdir(parents=True)
    kitchen.cook()
    assert "error[target-exists]" in kitchen.refusal(UsageError)


def test_topojson_is_the_same_as_geojson(kitchen: Kitchen) -> None:
    """Arcs are steps on a grid, shared, and forwards or backwards (~i); 1 step here is a tenth of a degree."""
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [-2.5, 51.3]},
        "arcs": [[[1, 0], [0, 1]], [[1, 1], [1, 0], [0, -1], [-1, 0]], [[1, 1], [-1, 0], [0, -1], [1, 0]]],
        "objects": {
            "areas": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": BATH},
                    {"type": "MultiPolygon", "arcs": [[[~0, ~2]]], "id": "E30000999", "properties": NEWER},
                ],
            }
        },
    }  # fmt: skip
    kitchen.cook(shapes=json.dumps(topology))
    release = read_folder(kitchen.target)
    assert shapely.equals(shape(release.boundaries["E30000165"]), shape(square(-2.4, 51.3)))
    assert shapely.equals(shape(release.no_data["A newer area"]), shape(square(-2.5, 51.3)))


def test_a_shape_that_crosses_itself_is_repaired_and_listed(kitchen: Kitchen) -> None:
    crossed = {"type": "Polygon", "coordinates": [[[0, 50], [1, 51], [1, 50], [0, 51], [0, 50]]]}
    report = kitchen.cook(shapes=as_geojson({"": crossed}, **{"": BATH}))
    assert ("E30000165 Bath",) == report.repaired


@pytest.fixture(scope="module")
def nuts2(root: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> ImportReport:
    target = tmp_path_factory.mktemp("releases") / "nuts2-2018"
    return import_release(root / "examples" / "nuts2" / "recipe.toml", shared_data, target)


def test_the_example_imports_real_figures(nuts2: ImportReport) -> None:
    """The NUTS 2 release has 40 local, 12 regional and one national pack; what does not fit is Scottish."""
    release = read_folder(nuts2.folder)
    packs = [release.level_of(area).kind for area in release.packs()]
    assert (40, 12, 1) == tuple(packs.count(kind) for kind in ("local", "regional", "national"))
    assert ("UKM2 Eastern Scotland", "UKM3 South Western Scotland") == nuts2.areas_without_shape
    assert ["UKM7", "UKM8", "UKM9"] == [shape.partition(" ")[0] for shape in nuts2.shapes_without_data]


def test_no_figure_is_changed(nuts2: ImportReport, shared_data: Path) -> None:
    """Cell by cell, the release says what the raw file says."""
    with gzip.open(shared_data / "bres_nuts2_2013_sic4_2015_2018.csv.gz", "rt", encoding="utf-8", newline="") as raw:
        rows = [(int(row["year"]), row["geo_cd"], row["SIC4"], float(row["value"])) for row in csv.DictReader(raw)]
    jobs = read_folder(nuts2.folder).employment
    assert rows == list(jobs[["year", "area", "sic", "jobs"]].itertuples(index=False, name=None))


def test_blanks_that_became_zeros_are_refused(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """A public download that asked for the wrong data set: every value 0."""
    folder = root / "examples" / "nuts2"
    recipe = (folder / "recipe.toml").read_text(encoding="utf-8")
    bad = "BAD_bres_nuts2_2010_missing_as_zero_head.csv"
    for name in ("regions.csv", "parents.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "recipe.toml").write_text(
        recipe.replace("bres_nuts2_2013_sic4_2015_2018.csv.gz", bad), encoding="utf-8"
    )
    with pytest.raises(DataError) as refused:
        import_release(tmp_path / "recipe.toml", shared_data, tmp_path / "made")
    assert f"error[all-zero]: every value of employment is 0 in 2010\n  {bad}:2:7\n" in refused.value.as_text()
    assert not (tmp_path / "made").exists()
