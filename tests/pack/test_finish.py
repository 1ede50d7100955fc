"""Finished, a PDF has what its standard asks for and the engine leaves out; an archival one carries its tables."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from typing import Any

import page as validator
import pikepdf
import pytest

from reportgen.pack.check import check_pack, check_pdf
from reportgen.pack.expected import expected
from reportgen.pack.finish import archived
from reportgen.pack.model import Pack
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.pack.conftest import Analysed
from tests.pack.test_check import BODY, EXPECTED, dictionaries, edited, printed

DAY = datetime.date(2024, 11, 1)
TABLE = """
    <h1>Jobs</h1>
    <table><thead><tr><th>Area</th><th>Jobs</th></tr></thead><tbody><tr><th>Bath</th><td>900</td></tr></tbody></table>
"""
ARCHIVAL = Settings(pdf_variant="pdf/a-3a")


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def archival(illustrative: Analysed) -> Pack:
    return illustrative.build("E30000165", ARCHIVAL)


def pdf_of(pack: Pack) -> bytes:
    [data] = [data for name, data in pack.files.items() if name.endswith(".pdf")]
    return data


def test_heads_of_tables_say_what_they_are_heads_of() -> None:
    """Of a column in the head of a table, of a row elsewhere."""
    with opened(printed(TABLE)) as pdf:
        assert ["/Column", "/Column", "/Row"] == [str(cell["/A"]["/Scope"]) for cell in dictionaries(pdf, "/S", "/TH")]


def test_a_figure_says_where_on_the_page_it_stands() -> None:
    """In points from the lower left corner: on A4, under a heading and two lines, in the upper half."""
    with opened(printed(BODY)) as pdf:
        [figure] = dictionaries(pdf, "/S", "/Figure")
        left, bottom, right, top = (float(side) for side in figure["/A"]["/BBox"])
    assert (150, 30) == (round(right - left), round(top - bottom))  # 200 × 40 px
    assert 421 < bottom < top < 842


def test_metadata_stand_open_in_the_file() -> None:
    """For programs that know nothing of PDF."""
    assert b"pdfuaid:part" in printed(BODY)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert printed(BODY) == printed(BODY)
    assert [] == check_pdf(printed(BODY), EXPECTED)


def test_an_archival_pack_passes_both_validators(archival: Pack) -> None:
    for profile in ("ua1", "3a"):
        failures = validator.validate_pdf_bytes(pdf_of(archival), profile=profile).failures
        assert [] == [failure.message for failure in failures]


def test_an_archival_pack_carries_its_tables(archival: Pack, illustrative: Analysed) -> None:
    """As they lie beside it, dated the day of the release; the same bytes twice."""
    published = f"D:{illustrative.release.info.published:%Y%m%d}000000Z"
    with opened(pdf_of(archival)) as pdf:
        for name in ("data.csv", "facts.csv"):
            file = pdf.attachments[name]
            assert archival.files[name] == file.get_file().read_bytes()
            assert "/Data" == str(file.obj["/AFRelationship"])
            params = file.obj["/EF"]["/F"]["/Params"]
            assert {published} == {str(params["/CreationDate"]), str(params["/ModDate"])}
        assert 2 == len(pdf.Root["/AF"])
    assert archival.files == illustrative.build("E30000165", ARCHIVAL).files


def told(pack: Pack, analysed: Analysed, edit: Any = None) -> list[tuple[str, str]]:
    wanted = expected(analysed.release, bundled(), ARCHIVAL)
    files = {name: edited(data, edit) if edit and name.endswith(".pdf") else data for name, data in pack.files.items()}
    return [(one.kind, one.detail) for one in check_pack(pack.folder, files, wanted, pack.html)]


def test_the_check_holds_an_archival_pack_to_its_standard(archival: Pack, illustrative: Analysed) -> None:
    """And a pack that is to be archival and is not."""

    def without_facts(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments["facts.csv"]

    def without_colours(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/OutputIntents"]

    assert [] == told(archival, illustrative)
    assert ("pdf-a", "facts.csv") in told(archival, illustrative, without_facts)
    assert {"pdf-a"} == {kind for kind, _ in told(archival, illustrative, without_colours)}
    assert "pdf-a" in {kind for kind, _ in told(illustrative.build("E30000165"), illustrative)}


def test_a_pdf_that_calls_itself_archival_is_held_to_it(archival: Pack) -> None:
    """Whatever the settings say."""

    def without_colours(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/OutputIntents"]

    wanted = replace(EXPECTED, links=frozenset())
    kinds = {one.kind for one in check_pdf(edited(pdf_of(archival), without_colours), wanted)}
    assert "pdf-a" in kinds


def test_no_stream_ends_in_a_carriage_return() -> None:
    """Programs take it, with the line feed behind it, for the end of a line."""
    with opened(printed(BODY)) as pdf:
        pdf.pages[0].obj["/Extra"] = pdf.make_stream(b"%wp")  # packed, the last byte of its sum is 13
        out = io.BytesIO()
        pdf.save(out)
    assert b"\r\nendstream" in out.getvalue()
    assert b"\r\nendstream" not in archived(out.getvalue(), DAY, [])
