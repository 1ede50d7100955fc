"""The infographic: on a page where the outline has one, beside every PDF, and as pictures for sharing."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from reportgen.document.poster import poster
from reportgen.document.sections import national_maps, pictures
from reportgen.pack.check import check_picture, refused
from reportgen.pack.expected import expected
from reportgen.pack.model import Pack
from reportgen.pack.numbers import parsed, unmarked
from reportgen.pack.pictures import faults
from reportgen.pack.shared import NAMES
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.pack.reading import pages_of
from tests.releases import Analysed

Packs = Callable[[str], Pack]
NATIONAL, SOUTH_WEST, NORTHERN_IRELAND = "K02000001", "E12000009", "N92000002"
BATH, BELFAST, LLANDRINDOD = "E30000165", "N12000002", "W22000016"
SVG = "{http://www.w3.org/2000/svg}"


def picture(pack: Pack) -> ET.Element:
    return ET.fromstring(pack.files["infographic.svg"])


def words(pack: Pack) -> str:
    """Everything that the infographic says, line after line."""
    return " ".join("".join(text.itertext()) for text in picture(pack).iter(f"{SVG}text"))


def alternative(pack: Pack) -> str:
    """The alternative text of the infographic, on a page or beside the PDF."""
    html = pack.beside or pack.html
    return next(
        str(image.get("alt")) for image in parsed(html).iter("img") if image.get("alt", "").startswith("Infographic")
    )


@pytest.mark.parametrize("area", [SOUTH_WEST, NORTHERN_IRELAND])
def test_a_regional_pack_has_it_on_its_third_page(packs: Packs, area: str) -> None:
    pack = packs(area)
    page = pages_of(pack)[2]
    assert "ILLUSTRATIVE DATA: invented numbers, not for quotation" in page
    assert "An interval shows what chance and rounding leave open." in page
    assert pack.beside == ""


def test_a_local_pack_has_it_beside_the_pdf_alone(packs: Packs) -> None:
    pack = packs(BATH)
    assert not any(
        "invented numbers, not for quotation · " in page or "what chance and rounding leave open" in page
        for page in pages_of(pack)
    )
    assert "as common in Bath as in Great Britain" in words(pack)


@pytest.mark.parametrize("area", [SOUTH_WEST, BATH, BELFAST])
def test_alone_it_says_whose_it_is_that_its_numbers_are_invented_and_its_source(packs: Packs, area: str) -> None:
    said = words(packs(area))
    assert "Illustrative release 2024, revision 1 · status: illustrative." in said
    assert "ILLUSTRATIVE DATA" in said
    assert "Source: reportgen contributors" in said
    root = picture(packs(area))
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc") == alternative(packs(area))


@pytest.mark.parametrize("area", [SOUTH_WEST, NORTHERN_IRELAND, BATH, BELFAST])
def test_its_alternative_text_says_what_it_says(packs: Packs, area: str) -> None:
    """The title, and every number that stands beside a bar or a dot."""
    pack = packs(area)
    said = alternative(pack)
    assert str(picture(pack).findtext(f"{SVG}title")) in said
    rows = [
        row for row in csv.DictReader(io.StringIO(pack.files["data.csv"].decode())) if row["figure"] == "infographic"
    ]
    quotients = [row for row in rows if "location-quotient" in row["indicator"] and row["value"]]
    assert quotients
    assert all(row["label"] in said for row in quotients)


@pytest.mark.parametrize("area", [SOUTH_WEST, NORTHERN_IRELAND, BATH, BELFAST])
def test_every_number_in_it_comes_from_a_fact(packs: Packs, illustrative: Analysed, area: str) -> None:
    pack = packs(area)
    names = expected(illustrative.release, bundled(), Settings()).numbered
    assert [] == unmarked(pack.beside or pack.html, {fact.id: fact for fact in pack.facts}, names)


def test_a_number_typed_into_it_is_found(packs: Packs) -> None:
    pack = packs(BATH)
    wrong = pack.beside.replace("Infographic. ", "Infographic. In 7 years ")
    assert ["unmarked-number"] == [
        problem.kind for problem in unmarked(wrong, {fact.id: fact for fact in pack.facts}) if "'7'" in problem.what
    ]


def test_a_pack_is_refused_for_its_infographic_and_for_its_document(packs: Packs, illustrative: Analysed) -> None:
    """Wherever packs are made: in a run, and in a preview that says what a run would refuse."""
    pack = packs(BATH)
    wanted = expected(illustrative.release, bundled(), Settings())
    wrong = pack.beside.replace("Infographic. ", "Infographic. In 7 years ")
    longer = pack.html.replace("</body>", "<p>Words that no page has.</p></body>")
    assert [] == refused(pack, wanted)
    assert {"unmarked-number"} == {problem.kind for problem in refused(replace(pack, beside=wrong), wanted)}
    assert {"words-differ"} == {problem.kind for problem in refused(replace(pack, html=longer), wanted)}


@pytest.mark.parametrize("area", [SOUTH_WEST, BATH])
def test_pictures_for_sharing_are_as_large_as_they_are_called(packs: Packs, area: str) -> None:
    sizes = {name: Image.open(io.BytesIO(packs(area).files[name])).size for name in NAMES}
    assert {"infographic-1200x1500.png": (1200, 1500), "infographic-1200x630.png": (1200, 630)} == sizes


@pytest.mark.slow
def test_the_same_release_gives_the_same_pictures(packs: Packs, illustrative: Analysed) -> None:
    again = illustrative.build(BATH)
    assert {name: packs(BATH).files[name] for name in NAMES} == {name: again.files[name] for name in NAMES}


@pytest.mark.slow
def test_a_watermark_and_an_accent_are_on_it(illustrative: Analysed) -> None:
    pack = illustrative.build(BATH, Settings(watermark="DRAFT", accent="#1D70B8"))
    assert "not for quotation · DRAFT" in words(pack)
    assert b"#F46A25" not in pack.files["infographic.svg"]


def test_a_picture_of_another_size_or_that_is_none_is_found(packs: Packs) -> None:
    good = packs(BATH).files["infographic-1200x630.png"]
    assert [] == check_picture(good, "bath/infographic-1200x630.png")
    wrong = [
        check_picture(good, "bath/infographic-1200x1500.png"),
        check_picture(good[:2000], "bath/infographic-1200x630.png"),
    ]
    assert [["bad-figure"], ["bad-figure"]] == [[problem.kind for problem in problems] for problems in wrong]


def test_in_the_national_report_it_can_be_read_in_grey(illustrative: Analysed) -> None:
    """Rings of places that depend on the rule stand beside the darker sea of the lens."""
    brief = illustrative.written(NATIONAL).brief
    svg = poster(brief).sheets["page"]
    assert "Hotspot, not by most rules" in svg
    assert [] == [fault for fault in faults(svg.encode(), None) if fault[0] == "alike-in-grey"]


def test_the_national_map_marks_as_many_places_as_there_are_hotspots(illustrative: Analysed) -> None:
    """A place that most rules select and that is no hotspot is said in words."""
    brief = illustrative.written(NATIONAL).brief
    spots = pictures.hotspots(brief, brief.area)
    apart = national_maps.told_apart(brief, spots)
    assert sorted(spots) == sorted([*apart["firm"], *apart["ringed"]])
