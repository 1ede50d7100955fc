"""
Reading a release that is in order: types, statuses, and the forms a table may come in.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from reportgen.release.model import Release
from reportgen.resources import bundled
from tests.release.conftest import read_folder
from tests.support import AREAS, BUSINESSES, EMPLOYMENT, as_geojson, square, write_release


def test_frames_are_typed_from_the_declaration(release: Callable[..., Release]) -> None:
    """Years are small integers, values floats, everything else categories of texts; columns in declared order."""
    jobs = release().employment
    assert ["year", "area", "sic", "jobs", "status"] == list(jobs.columns)
    assert np.int16 == jobs["year"].dtype
    assert np.float64 == jobs["jobs"].dtype
    assert ["category"] * 3 == [str(jobs[name].dtype) for name in ("area", "sic", "status")]
    assert ["47", "5911", "6201", "69", "7311"] == list(jobs["sic"].cat.categories)
    assert (2022, "K03000001", "5911", 20000.0, "ok") == tuple(jobs.iloc[0])


def test_the_four_states_of_a_cell(release: Callable[..., Release]) -> None:
    """Nothing, suppressed, missing and not applicable stay four things; a flagged value keeps its flag."""
    jobs = release(
        employment="""
        year | area      | 5911 | 6201 | 7311 | 69  | 47     | all
        2023 | E30000165 | 0    | [c]  | [x]  | [z] | 30 [u] | 900
        """,
    ).employment.set_index("sic")
    assert {
        "5911": (0.0, "ok"),
        "6201": ("empty", "suppressed"),
        "7311": ("empty", "missing"),
        "69": ("empty", "not-applicable"),
        "47": (30.0, "low-reliability"),
        "all": (900.0, "ok"),
    } == {
        sic: ("empty" if np.isnan(row["jobs"]) else row["jobs"], row["status"])
        for sic, row in jobs[["jobs", "status"]].iterrows()
    }


def test_areas_are_indexed_by_code(release: Callable[..., Release]) -> None:
    """Plain texts in file order; no parent is an empty text, no point is not a number."""
    areas = release().areas
    assert ["name", "level", "parent", "latitude", "longitude"] == list(areas.columns)
    assert "code" == areas.index.name
    assert ("United Kingdom", "national", "") == tuple(areas.loc["K02000001", ["name", "level", "parent"]])
    assert np.isnan(areas.at["K02000001", "latitude"])
    assert [object] * 4 == [areas[name].dtype for name in ("name", "level", "parent")] + [areas.index.dtype]


@pytest.mark.parametrize(
    "name",
    [
        *("NA", "None", "null", "nan", "N/A", "TRUE", "=HYPERLINK()", "+1", "@SUM(A1)", "-", "{{7*7}}", "1E05"),
        *("<img src=x onerror=alert(1)>", "Ynys Môn, Ŵyŷn", "Na h-Eileanan Siar, Dùn Èideann", '"Quoted"', "x" * 200),
    ],
)
def test_an_area_may_be_called_anything(release: Callable[..., Release], name: str) -> None:
    """A name is what it is: not a mark for nothing, not a formula, not a number."""
    assert name == release(areas=AREAS.replace("Bath", name)).name_of("E30000165")


def test_leading_zeros_stay(release: Callable[..., Release]) -> None:
    assert "01" in set(release(employment=EMPLOYMENT.replace("  69 ", "  01 ")).employment["sic"])


def as_windows(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def reordered(text: str) -> bytes:
    rows = [line.split(",") for line in text.splitlines()]
    return "\n".join(",".join([*row[::-1]]) for row in rows).encode()


def quoted(text: str) -> bytes:
    return "\n".join(",".join(f'"{field}"' for field in line.split(",")) for line in text.splitlines()).encode()


@pytest.mark.parametrize(
    "form",
    [
        *(as_windows, reordered, quoted, lambda text: text.replace("\n", "\r").encode()),
        *(lambda text: f"{text}\n\r\n\n".encode(), lambda text: text.rstrip("\n").encode()),
    ],
    ids=[
        *("byte order mark and Windows line ends", "columns reordered", "all quoted", "old Mac line ends"),
        *("blank lines at the end", "no line end at the end"),
    ],
)
def test_forms_of_the_same_table(tmp_path: Path, form: Callable[[str], bytes]) -> None:
    """How software writes a table makes no difference."""
    folder = write_release(tmp_path / "release")
    plain = read_folder(folder)
    path = folder / "employment.csv"
    path.write_bytes(form(path.read_text(encoding="utf-8")))
    assert plain.employment.equals(read_folder(folder).employment)


def test_a_table_may_be_packed(tmp_path: Path) -> None:
    """The release knows under which name each table lies, for whoever cites a row."""
    folder = write_release(tmp_path / "release")
    plain = read_folder(folder)
    path = folder / "employment.csv"
    (folder / "employment.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    packed = read_folder(folder)
    assert plain.employment.equals(packed.employment)
    assert {"areas": "areas.csv", "employment": "employment.csv.gz", "businesses": "businesses.csv"} == packed.files


def test_a_line_break_inside_a_quoted_name(tmp_path: Path) -> None:
    """A field may go over two lines; the rows after it are still the right ones."""
    folder = write_release(tmp_path / "release")
    path = folder / "areas.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Bristol", '"Bristol\nand Avon"'), encoding="utf-8")
    release = read_folder(folder)
    assert ["Bristol\nand Avon", "Bath"] == list(release.areas["name"][-2:])


def test_size_bands_are_a_second_cut(release: Callable[..., Release]) -> None:
    """Rows of bands stand beside the row of all bands."""
    bands = f"{BUSINESSES.rstrip()}\n2023 | E30000165 | 0-4 | 60 | 120 | 20 | 30 | 700\n"
    found = release(businesses=bands).businesses
    assert {"all", "0-4"} == set(found["size_band"][found["area"] == "E30000165"])


def test_shapes_of_areas_and_shapes_for_context(release: Callable[..., Release]) -> None:
    """A shape that is of no area says so, and is kept apart."""
    shapes = as_geojson(
        {"E30000165": square(-2.4, 51.3), "IM": square(-4.7, 54.1)}, IM={"no_data": True, "name": "Isle of Man"}
    )
    found = release(boundaries=shapes)
    assert {"E30000165": square(-2.4, 51.3)} == found.boundaries
    assert {"Isle of Man": square(-4.7, 54.1)} == found.no_data


def test_a_release_needs_no_shapes(release: Callable[..., Release]) -> None:
    assert {} == release().boundaries


def test_the_bundled_release_is_in_order() -> None:
    """It has every table, but nothing shared out, a shape for every area, and is marked as illustrative."""
    [folder] = bundled().releases.iterdir()
    release = read_folder(folder)
    assert release.info.illustrative
    assert ["crosswalk"] == [name for name, table in vars(release).items() if table is None]
    assert set(release.areas.index) == set(release.boundaries)
