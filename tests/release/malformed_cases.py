"""
Ways to be wrong: each takes the folder of the tiny release, which is in order, and spoils it in one way.
What is said then stands in `malformed/<case>.txt`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support import as_geojson, square

Spoil = Callable[[Path], None]
TABLE = "employment.csv"
HEADER = "year,area,sic,jobs,status\n"
FIRST = "2022,K03000001,5911,20000,\n"  # the first row of employment


def content(data: bytes | str) -> Spoil:
    """Employment consists of these bytes."""
    return lambda folder: put(folder / TABLE, data)


def change(before: str, after: str, file: str = TABLE, count: int = 1) -> Spoil:
    """A text of a file is another one, where it first stands or, with -1, everywhere."""

    def spoil(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert before in text, f"{file} has no {before!r}"
        put(folder / file, text.replace(before, after, count))

    return spoil


def rewrite(form: Callable[[str], bytes | str]) -> Spoil:
    """The text of employment takes another form."""
    return lambda folder: put(folder / TABLE, form((folder / TABLE).read_text(encoding="utf-8")))


def first(row: str) -> Spoil:
    """The first row of employment is another one."""
    return change(FIRST, row)


def jobs(text: str) -> Spoil:
    """The first jobs of employment are written like this."""
    return change(",20000,", f",{text},")


def put(path: Path, data: bytes | str) -> None:
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def each_line(text: str, form: Callable[[str], str]) -> str:
    return "".join(form(line) + "\n" for line in text.splitlines())


def gone(folder: Path) -> None:
    (folder / "employment.csv").unlink()


def a_folder(folder: Path) -> None:
    (folder / TABLE).unlink()
    (folder / TABLE).mkdir()


def linked(name: str) -> Spoil:
    """A file of the release is a link to one beside its folder."""

    def spoil(folder: Path) -> None:
        elsewhere = folder.parent / f"other-{name}"
        if (folder / name).exists():
            (folder / name).replace(elsewhere)
        (folder / name).symlink_to(f"../other-{name}")

    return spoil


def bomb(folder: Path) -> None:
    """A hundred million bytes of rows, each right in itself, packed to some hundred thousand."""
    (folder / TABLE).unlink()
    block = gzip.compress(b"2022,K03000001,5911,20000,\n" * 100_000, compresslevel=9)
    put(folder / f"{TABLE}.gz", gzip.compress(HEADER.encode()) + block * 40)


def cut_short(folder: Path) -> None:
    data = gzip.compress((folder / TABLE).read_bytes(), mtime=0)
    (folder / TABLE).unlink()
    put(folder / f"{TABLE}.gz", data[:-20])


def many_texts(folder: Path) -> None:
    rows = "".join(f"2022,K03000001,5911,{number},\n" for number in range(1_000_002))
    put(folder / TABLE, HEADER + rows)


def shapes(found: dict[str, Any], **properties: dict[str, Any]) -> Spoil:
    return lambda folder: put(folder / "boundaries.geojson", as_geojson(found, **properties))


def large(name: str, size: int) -> Spoil:
    """A file with this many bytes, which take no room on the disk."""

    def spoil(folder: Path) -> None:
        with (folder / name).open("ab") as file:
            file.truncate(size)

    return spoil


def without_rows(folder: Path) -> None:
    """No table has a row of a region."""
    for name in (TABLE, "businesses.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        put(folder / name, "".join(line for line in text.splitlines(keepends=True) if ",E12" not in line))


def drop_sic(line: str) -> str:
    year, area, _, *rest = line.split(",")
    return ",".join([year, area, *rest])


TEN_MB = 10_000_000
BATH = square(-2.4, 51.3)

CASES: dict[str, Spoil] = {
    # The file as such.
    "empty": content(""),
    "byte-order-mark-only": content(b"\xef\xbb\xbf"),
    "header-only": content(HEADER),
    "no-header": change(HEADER, ""),
    "blank-first-line": change(HEADER, "\n" + HEADER),
    "utf-16": rewrite(lambda text: text.encode("utf-16")),
    "latin-1": rewrite(lambda text: text.replace("5911,20000,", "Café,20000,", 1).encode("latin-1")),
    "broken-byte": rewrite(lambda text: text.encode().replace(b"6201", b"62\xff01", 1)),
    "nul": jobs("20\x00000"),
    "semicolons": rewrite(lambda text: text.replace(",", ";")),
    "tabs": rewrite(lambda text: text.replace(",", "\t")),
    "lone-carriage-return": change("\n2022,K03000001,6201", "\r2022,K03000001,6201"),
    "unclosed-quote": change(",5911,20000,", ',"5911,20000,'),
    "gone": gone,
    "folder-instead-of-file": a_folder,
    "link-out-of-the-release": linked(TABLE),
    "release-toml-linked": linked("release.toml"),
    "packed-file-cut-short": cut_short,
    "gzip-bomb": bomb,
    "plain-and-packed": lambda folder: put(folder / f"{TABLE}.gz", gzip.compress(b"", mtime=0)),
    "misspelt-file-name": lambda folder: put(folder / "inovation.csv", "wave,area\n"),
    "ten-megabytes-in-one-cell": jobs("1" * TEN_MB),
    "ten-megabytes-in-one-quoted-cell": jobs('"' + "1\n" * (TEN_MB // 2) + '"'),
    "eleven-thousand-characters-in-one-cell": jobs("1" * 11_000),
    "million-texts": many_texts,
    "release-toml-of-two-megabytes": large("release.toml", 2 << 20),
    # Columns and fields.
    "duplicate-column": rewrite(lambda text: each_line(text, lambda line: line + "," + line.split(",")[3])),
    "missing-column": rewrite(lambda text: each_line(text, drop_sic)),
    "unknown-column": change(HEADER, "year,area,sic,job,status\n"),
    "field-too-many-in-one-row": jobs("20,000"),
    "field-too-many-in-all-rows": rewrite(lambda text: HEADER + each_line(text.removeprefix(HEADER), "{},".format)),
    "field-missing-in-one-row": first("2022,K03000001,20000,\n"),
    "field-missing-in-all-rows": rewrite(lambda text: HEADER + each_line(text.removeprefix(HEADER), drop_sic)),
    "blank-lines-inside": change(FIRST, f"{FIRST}\n,,,,\n"),
    "footnotes-and-totals": rewrite(
        lambda text: (
            text + "2023,E30000165,Total,4700,\nColumn Total,,,190000,\n\nSource: ONS\nNote: figures are rounded,,,,\n"
        )
    ),
    # Values.
    "thousands": jobs('"1,234"'),
    "continental": jobs('"1.234,5"'),
    "pounds": jobs("£1m"),
    "code-in-powers-of-ten": change(",5911,", ",1E05,", count=-1),
    "area-in-powers-of-ten": change("K03000001,5911", "3E30,5911"),
    "no-leading-zero": change(",69,", ",111,", count=-1),
    "code-made-a-date": change(",69,", ",Mar-10,", count=-1),
    "size-band-made-a-date": change("E30000165,5911,all", "E30000165,5911,Oct-19", "businesses.csv"),
    "negative": jobs("-5"),
    "fraction": jobs("20000.5"),
    "nan": jobs("nan"),
    "inf": jobs("inf"),
    "1e308": jobs("1e308"),
    "sixteen-digits": jobs("9" * 16),
    "blank-value": jobs(""),
    "unknown-sic": change(",69,", ",9999,", count=-1),
    "unknown-status": first("2022,K03000001,5911,,confidential\n"),
    "not-a-year": change("2022,", "22/23,", count=-1),
    "year-to-come": change("2023,", "2032,", count=-1),
    # Rows against rows, tables against tables.
    "duplicate-key-same-value": change(FIRST, FIRST * 2),
    "duplicate-key-other-value": change(FIRST, FIRST + FIRST.replace("20000", "21000")),
    "unknown-area": change("E30000165", "E30000156", count=-1),
    "orphan-area": change("Bath,ttwa,E12000009", "Bath,ttwa,", "areas.csv"),
    "area-with-unknown-parent": change("Bath,ttwa,E12000009", "Bath,ttwa,E12000010", "areas.csv"),
    "unknown-level": change("Bath,ttwa", "Bath,twta", "areas.csv"),
    "level-without-rows": without_rows,
    "year-without-rows": change(
        "[areas]",
        'provisional_years = ["2042"]\n[[breaks]]\nyear = 2032\nwhat = "All is new."\ntables = ["businesses"]\n[areas]',
        "release.toml",
    ),
    "nothing-but-zeros": rewrite(
        lambda text: HEADER + each_line(text.removeprefix(HEADER), lambda line: line.rsplit(",", 2)[0] + ",0,")
    ),
    # Boundaries.
    "shape-of-no-area": shapes({"E30000166": BATH}),
    "shape-without-code": shapes({"": BATH}),
    "area-marked-no-data": shapes({"E30000165": BATH}, E30000165={"no_data": True}),
    "shape-in-metres": shapes({"E30000165": square(375000, 164000)}),
    "boundaries-linked": linked("boundaries.geojson"),
    "boundaries-are-a-folder": lambda folder: (folder / "boundaries.geojson").mkdir(),
    "boundaries-of-a-hundred-megabytes": large("boundaries.geojson", 100 << 20),
    "boundaries-without-features": lambda folder: put(folder / "boundaries.geojson", json.dumps({"type": "Topology"})),
}
