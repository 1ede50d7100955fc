"""
Whatever is in a file of a release, it is read or refused with messages that help; it never ends in a traceback.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import DataError
from tests.release.conftest import read_folder
from tests.support import as_geojson, square, write_release

BOUNDARIES = as_geojson({"E30000165": square(-2.4, 51.3), "IM": square(-4.7, 54.1)}, IM={"no_data": True})
FILES = ("areas.csv", "employment.csv", "businesses.csv", "membership.csv", "boundaries.geojson", "release.toml")
PIECES = st.sampled_from(
    [
        *(b'"', b",", b"\n", b"\r", b"\0", b" ", b"[", b"]", b"{", b"}", b"=", b"-", b"\xff", "é".encode(), b"\n\n"),
        *(
            b"all",
            b"nan",
            b"1e5",
            b"1e999",
            b"E30000165",
            b"5911",
            b"2023",
            b"suppressed",
            b"null",
            b"true",
            b"[" * 3000,
        ),
    ]
)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), st.lists(PIECES, max_size=6)), max_size=4)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in order, which is read as it is."""
    table = "area | group | share\nE30000165 | E12000009 | 1"
    folder = write_release(tmp_path_factory.mktemp("whole") / "release", membership=table, boundaries=BOUNDARIES)
    read_folder(folder)
    return folder


def read_or_refused(folder: Path) -> None:
    """A release, or an error of which every problem says what is wrong, why it matters and how to mend it."""
    try:
        read_folder(folder)
    except DataError as error:
        refused = error
    else:
        return
    assert refused.problems
    assert all("" not in (each.kind, each.what, each.why, each.fix) for each in refused.problems)
    assert len(refused.problems) == len(json.loads(json.dumps(refused.as_records())))


def with_file(whole: Path, to: Path, name: str, content: bytes) -> Path:
    for path in whole.iterdir():
        if path.name != name.removesuffix(".gz"):
            (to / path.name).write_bytes(path.read_bytes())
    (to / name).write_bytes(content)
    return to


@given(file=st.sampled_from(FILES), changes=CHANGES)
def test_a_file_with_changes(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, file: str, changes: list[tuple[float, int, list[bytes]]]
) -> None:
    """Something is taken out, something else put in, anywhere."""
    content = (whole / file).read_bytes()
    for at, length, pieces in changes:
        place = int(at * len(content))
        content = content[:place] + b"".join(pieces) + content[place + length :]
    read_or_refused(with_file(whole, tmp_path_factory.mktemp("changed"), file, content))


@given(file=st.sampled_from([*FILES, "employment.csv.gz"]), content=st.binary(max_size=300))
def test_a_file_of_anything(whole: Path, tmp_path_factory: pytest.TempPathFactory, file: str, content: bytes) -> None:
    """Bytes of no meaning, also where a packed table is expected."""
    read_or_refused(with_file(whole, tmp_path_factory.mktemp("bytes"), file, content))


@given(at=st.floats(0, 1), flipped=st.integers(1, 255))
def test_a_packed_file_with_a_wrong_byte(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, at: float, flipped: int
) -> None:
    """As a bad disk or line leaves it."""
    content = bytearray(gzip.compress((whole / "employment.csv").read_bytes(), mtime=0))
    content[int(at * (len(content) - 1))] ^= flipped
    read_or_refused(with_file(whole, tmp_path_factory.mktemp("flipped"), "employment.csv.gz", bytes(content)))


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "features", "properties", "geometry", "coordinates", "code", "no_data", "name"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    ),
    key=st.sampled_from(["features", "properties", "geometry", "coordinates"]),
)
def test_boundaries_of_anything(whole: Path, tmp_path_factory: pytest.TempPathFactory, value: object, key: str) -> None:
    """JSON in order, with any value in the place of any part."""
    written = json.loads(BOUNDARIES)
    feature = written["features"][0]
    {"features": written, "properties": feature, "geometry": feature, "coordinates": feature["geometry"]}[key][key] = (
        value
    )
    folder = tmp_path_factory.mktemp("shapes")
    read_or_refused(with_file(whole, folder, "boundaries.geojson", json.dumps(written).encode()))
