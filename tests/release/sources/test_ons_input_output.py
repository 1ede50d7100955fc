"""
The input-output workbook: purchases and outputs by industry, and what is refused before it is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from reportgen.release.recipe import TableRecipe
from reportgen.release.sources import ons_input_output
from reportgen.release.sources.kinds import extract
from tests.release.sources.conftest import Refuse, Take, rows

SHEET = """
    2019 Input-Output Analytical Tables |
    Input-Output table (domestic use, basic prices, industry by industry), £ million |
           | SIC      | A01 | B06  & B07 | _T | P3
           | Industry | Crops | Oil | Total | Households
    SIC    | Industry |     |     |     |
    A01    | Crops    | 4.5 | 1   | 5.5 | 9
    B06 & B07 | Oil   | 2   | -3  | -1  | 7
    _T     | Total    | 6.5 | -2  | 4.5 | 16
    GVA    | Value    | 3   | 12  |     |
    P1     | Output   | 9.5 | 10  |     |
"""
OPEN, MAIN = "http://schemas.openxmlformats.org", "spreadsheetml/2006/main"
LINKS = "officeDocument/2006/relationships"


def workbook(text: str = SHEET, sheet: str = "IOT") -> bytes:
    """An .xlsx file with one sheet, out of text between bars: what looks like a number is one."""
    lines = [[field.strip() for field in line.split("|")] for line in text.strip("\n").splitlines()]
    body = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    return packed(f'<worksheet xmlns="{OPEN}/{MAIN}"><sheetData>{body}</sheetData></worksheet>', sheet)


def _cell(text: str) -> str:
    try:
        return f"<c><v>{float(text)}</v></c>"
    except ValueError:
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"


def packed(worksheet: str, name: str = "IOT") -> bytes:
    kinds = f'xmlns="{OPEN}/package/2006/content-types"'
    parts = {
        "[Content_Types].xml": f'<Types {kinds}><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _links("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{OPEN}/{MAIN}" xmlns:r="{OPEN}/{LINKS}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": worksheet,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return file.getvalue()


def _links(kind: str, target: str) -> str:
    link = f'<Relationship Id="r1" Type="{OPEN}/{LINKS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{OPEN}/package/2006/relationships">{link}</Relationships>'


def test_purchases(take: Take) -> None:
    """Buyers stand in columns, suppliers in rows; totals and final use are no industries; codes have single blanks."""
    found = take(workbook(), "input_output", "io.xlsx")
    assert ("buyer", "supplier", "value_million") == tuple(found.columns)
    assert [
        ("A01", "A01", "4.5"),
        ("B06 & B07", "A01", "1"),
        ("A01", "B06 & B07", "2"),
        ("B06 & B07", "B06 & B07", "-3"),
    ] == rows(found)
    assert ("recognised as ons-input-output",) == found.notes


def test_outputs(take: Take) -> None:
    found = take(workbook(), "input_output_totals", "io.xlsx")
    assert [("A01", "9.5"), ("B06 & B07", "10")] == rows(found)


def test_each_cell_knows_its_place_in_the_sheet(take: Take) -> None:
    found = take(workbook(), "input_output", "io.xlsx")
    assert ("io.xlsx!IOT", 7, 3) == (found.file, int(found.records[2]), found.position("value_million", 2))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook(sheet="Menu"), 'looked for a sheet IOT with the title "Input-Output table (domestic use, basic'),
        (workbook(SHEET.replace("domestic use", "imports")), "looked for a sheet IOT with the title"),
        (workbook(SHEET.replace("    A01    |", "    A02    |")), "looked for the same codes of industries beside and"),
        (workbook(SHEET.replace("P1 ", "P2 ")), "looked for a row P1, total output at basic prices"),
    ],
    ids=["sheet", "title", "codes", "output"],
)  # fmt: skip
def test_another_workbook(refuse: Refuse, content: bytes, said: str) -> None:
    message = refuse(content, "input_output", "io.xlsx")
    assert "error[not-input-output]: io.xlsx is not the input-output workbook, industry by industry\n" in message
    assert f"why: {said}" in message


def test_a_figure_that_is_none(refuse: Refuse) -> None:
    message = refuse(workbook(SHEET.replace("| 4.5 | 1  ", "| 4.5 | .. ")), "input_output", "io.xlsx")
    assert 'error[not-a-number]: a figure is no number\n  io.xlsx!IOT:6:4   ".."\n' in message


def test_a_file_that_is_no_workbook(refuse: Refuse) -> None:
    """Cut short, or something else with its ending."""
    assert "error[unreadable-file]: io.xlsx cannot be read\n" in refuse(workbook()[:400], "input_output", "io.xlsx")
    message = refuse(b"no workbook", "input_output", "io.xlsx", kind="ons-input-output")
    assert "error[unreadable-file]: io.xlsx cannot be read\n" in message


@pytest.mark.parametrize(
    ("cap", "value", "said"),
    [
        ("MOST_PACKED", 100, "io.xlsx has more than 100 bytes"),
        ("MOST_UNPACKED", 100, "io.xlsx has more than 100 bytes when unpacked"),
        ("MOST_CELLS", 50, "a sheet of io.xlsx spans more than 50 cells"),
    ],
)
def test_too_large_a_workbook_is_not_opened(
    refuse: Refuse, monkeypatch: pytest.MonkeyPatch, cap: str, value: int, said: str
) -> None:
    """Caps on the file, on what is packed in it, and on cells hold before its reader makes room for any of them."""
    monkeypatch.setattr(ons_input_output, cap, value)
    monkeypatch.setattr(ons_input_output, "CalamineWorkbook", None)
    assert f"error[too-large]: {said}\n" in refuse(workbook(), "input_output", "io.xlsx")


def test_two_cells_far_apart_span_a_sheet(refuse: Refuse) -> None:
    """A sheet of two cells can span seventeen thousand million."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    content = packed(f'<worksheet xmlns="{OPEN}/{MAIN}"><sheetData>{cells}</sheetData></worksheet>')
    assert "spans more than 1,000,000 cells" in refuse(content, "input_output", "io.xlsx")


@pytest.mark.parametrize("reference", ["r='XFD1048576'", 'r="xfd1048576"', 'r = "XFD1048576"'])
def test_references_in_another_hand_span_as_much(refuse: Refuse, reference: str) -> None:
    """What the reader takes for a reference counts as one here, too: it would make room for all of it, and die."""
    content = packed(f'<worksheet xmlns="{OPEN}/{MAIN}"><sheetData><row><c {reference}/></row></sheetData></worksheet>')
    assert "spans more than 1,000,000 cells" in refuse(content, "input_output", "io.xlsx")


def total(figures: Sequence[str]) -> int:
    return round(sum(map(float, figures)))


@pytest.mark.golden
def test_the_united_kingdom_in_2019(shared_data: Path) -> None:
    """105 industries, total output of £3,824,433 million: from the index of the shared data, and the workbook."""
    name = "ons_uk_ioat_2019_ixi_nasu1719in.xlsx"
    outputs, _ = extract(shared_data / name, TableRecipe("input_output_totals", (name,), ""))
    purchases, _ = extract(shared_data / name, TableRecipe("input_output", (name,), ""))
    assert outputs is not None
    assert purchases is not None
    assert (105, 3_824_433) == (len(outputs), total(outputs.columns["output_million"]))
    assert 105 * 105 == len(purchases)
    crops = purchases.columns["value_million"][purchases.columns["buyer"] == "A01"]
    assert 17_877 == total(crops)  # the row "Total intermediate use at basic prices" of the workbook
