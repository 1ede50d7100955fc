"""
release.toml: what it must say, and what is said where it does not.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.errors import DataError
from reportgen.release.info import as_toml
from reportgen.release.model import Break, RawFile
from reportgen.release.read import read_info
from tests.support import INFO, write_release


def refusal(folder: Path, before: str, after: str) -> str:
    """The message for the tiny release's release.toml with one thing changed."""
    path = write_release(folder) / "release.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_info(folder)
    return refused.value.as_text()


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    """Quotes, backslashes, accents and line ends in texts survive."""
    raw = RawFile("jobs 2023.csv", 1_234, "0123456789abcdef" * 4, ("employment",))
    title = 'The "new" release\\of\n£ café \x7f'
    broken = Break(2023, 'Class 62.01 takes in "games".', ("employment",))
    info = {"title": title, "derive_levels": ("region",), "absent_codes": ("30.3",), "raw_files": (raw,)}
    info |= {"provisional_years": ("2023",), "breaks": (broken,)}
    folder = write_release(tmp_path, info=info)
    found = read_info(folder)
    assert info == {key: getattr(found, key) for key in info}
    assert (folder / "release.toml").read_text(encoding="utf-8") == as_toml(found)
    assert INFO.levels == found.levels


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('id = "', 'ld = "', ["missing-key", "id is missing"]),
        ('id = "', 'ld = "', ["unknown-key", "ld is no key of this file"]),
        ("illustrative-tiny", "Illustrative Tiny", ["bad-id", '"Illustrative Tiny" cannot be an id']),
        ("illustrative-tiny", "../tiny", ["bad-id", '"../tiny" cannot be an id']),
        (
            "illustrative-tiny",
            "tiny",
            ["illustrative-id", "the id of an illustrative release, and of no other, begins"],
        ),
        ("2024-11-01", '"1 November"', ["wrong-value", "published is not a day such as 2025-12-01, without quotes"]),
        ("2024-11-01", "2024-11-01T09:30:00", ["wrong-value", "published is not a day such as 2025-12-01"]),
        ("revision = 0", "revision = true", ["wrong-value", "revision is not a whole number"]),
        ('"illustrative"', '"illustrativ"', ["unknown-choice", "status is none of the known words"]),
        ('kind = "local"', 'kind = "lokal"', ["unknown-choice", "levels.ttwa.kind is none of the known words"]),
        ('plural = "regions"', "", ["missing-key", "levels.region.plural is missing"]),
        ('kind = "national"', 'kind = "regional"', ["missing-key", "no level is of kind national"]),
        (
            "derive_levels = []",
            'derive_levels = ["town"]',
            ["unknown-level", "derive_levels names a level that is not"],
        ),
        ("derive_levels = []", "derive_levels = [1]", ["wrong-value", "derive_levels holds something else than texts"]),
        ("london =", "lundon =", ["missing-key", "areas.london is missing"]),
        ("[areas]", "[area]", ["missing-key", "[areas] is missing"]),
        ('"employment"', '"employement"', ["unknown-table", "sources[1].tables names no known table"]),
        ('licence = "CC0 1.0"', 'licence = ""', ["missing-key", "sources[1].licence is empty"]),
    ],
)
def test_what_it_must_say(tmp_path: Path, before: str, after: str, expected: list[str]) -> None:
    """Each key, its kind and its words; a misspelt key is noticed, not passed over."""
    kind, what = expected
    assert f"error[{kind}]: {what}" in refusal(tmp_path, before, after)


@pytest.mark.parametrize(
    ("raw_file", "said"),
    [
        ('name = "x"\nbytes = 1\nsha256 = "abc"\ntables = []', "wrong-value]: raw_files[1].sha256 is no SHA-256"),
        ('name = "x"\nsha256 = ""\ntables = ["jobs"]', "missing-key]: raw_files[1].bytes is missing"),
        ('name = "x"\nsha256 = ""\ntables = ["jobs"]', "unknown-table]: raw_files[1].tables names no known table"),
        ('name = "x"\nsize = 1', "unknown-key]: raw_files[1].size is no key of this file"),
    ],
)
def test_what_it_says_of_raw_files(tmp_path: Path, raw_file: str, said: str) -> None:
    assert f"error[{said}" in refusal(tmp_path, "[[sources]]", f"[[raw_files]]\n{raw_file}\n\n[[sources]]")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('year = 2023\nwhat = "A new survey"\ntables = ["employment"]', "wrong-value]: breaks[1].what is no whole"),
        ('year = "2023"\nwhat = "A new survey."\ntables = ["gva"]', "wrong-value]: breaks[1].year is not a year"),
        ('year = 23\nwhat = "A new survey."\ntables = ["gva"]', "wrong-value]: breaks[1].year is no year of four"),
        ('year = 2023\nwhat = "A new survey."\ntables = ["areas"]', "wrong-value]: breaks[1].tables names no table"),
        ('year = 2023\nwhat = "A new survey."\ntables = ["jobs"]', "unknown-table]: breaks[1].tables names no known"),
        ('year = 2023\ntables = ["gva"]', "missing-key]: breaks[1].what is missing"),
        ('when = 2023\nwhat = "A new survey."\ntables = ["gva"]', "unknown-key]: breaks[1].when is no key"),
    ],
)
def test_what_it_says_of_breaks(tmp_path: Path, written: str, said: str) -> None:
    """A sentence that is printed as it stands, a year, and the tables whose figures are not of one kind."""
    assert f"error[{said}" in refusal(tmp_path, "[[sources]]", f"[[breaks]]\n{written}\n\n[[sources]]")


@pytest.mark.parametrize(("years", "said"), [('["24"]', "something else than years"), ("[2024]", "else than texts")])
def test_provisional_years_are_years(tmp_path: Path, years: str, said: str) -> None:
    assert said in refusal(tmp_path, "derive_levels", f"provisional_years = {years}\nderive_levels")


def test_a_miss_offers_its_neighbour(tmp_path: Path) -> None:
    assert """\
error[unknown-choice]: status is none of the known words
  release.toml   status = "provisionel"
  why: packs print, name or compute with it
  fix: write one of illustrative, provisional, final (did you mean provisional?)
""" in refusal(tmp_path, '"illustrative"', '"provisionel"')


def test_what_is_no_toml(tmp_path: Path) -> None:
    """The place is the one that the TOML reader names."""
    assert """\
error[not-toml]: release.toml is not TOML in UTF-8
  release.toml:2:9   Invalid value
""" in refusal(tmp_path, 'title = "A tiny illustrative release"', "title = A tiny illustrative release")


def test_what_release_toml_says_is_known_without_pandas() -> None:
    """Listing releases and asking for help must be quick."""
    code = "import sys; from reportgen.release import read, library; print({'pandas', 'pyarrow'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()" == found.stdout.strip()
