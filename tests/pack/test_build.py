"""Packs of the bundled release, and of a tiny one with hostile names, opened and read."""

from __future__ import annotations

import base64
import functools
import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from lxml import html as lxml_html

from reportgen.analysis.shape import KEY, NUMBERS
from reportgen.facts import format as formats
from reportgen.pack.model import Pack, folder_of
from reportgen.release.read import read
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.pack.reading import pages_of, pdf_of, rows_of
from tests.releases import Analysed, analysed
from tests.support import as_geojson, square, write_release

BATH, SOUTH_WEST, SOUTH_EAST, BELFAST, SCARBOROUGH = "E30000165", "E12000009", "E12000008", "N12000002", "E30000259"
MULL, BRISTOL, SCOTLAND = "S22000032", "E30000180", "S92000003"
Packs = Callable[[str], Pack]


@pytest.mark.parametrize("area", [BATH, SOUTH_WEST, BELFAST, SCARBOROUGH])
def test_a_pack_passes_its_own_check(packs: Packs, illustrative: Analysed, area: str) -> None:
    """Local, regional, without any jobs, with a suppressed sum: each is whole, accessible and marked illustrative."""
    assert illustrative.problems(packs(area)) == []


def test_a_pack_carries_its_facts_its_data_and_its_figures(packs: Packs) -> None:
    pack = packs(BATH)
    assert pack.folder == "E30000165_bath"
    assert "creative-clusters_illustrative-2024_E30000165_bath.pdf" in pack.files
    drawn = rows_of(pack, "data.csv")
    assert {row["figure"] for row in drawn} == {Path(path).stem for path in pack.files if path.endswith(".svg")}
    assert ["figure", "label", *KEY, *NUMBERS, "status"] == list(drawn[0])
    assert [row["id"] for row in rows_of(pack, "facts.csv")] == [fact.id for fact in pack.facts]


def test_every_number_that_is_said_is_the_fact_that_it_names(packs: Packs) -> None:
    """The text of each element marked with a fact is that fact, as the one place formats it."""
    pack = packs(SOUTH_WEST)
    facts = {fact.id: fact for fact in pack.facts}
    marked = lxml_html.fromstring(pack.html).xpath("//*[@data-fact and not(@data-part)]")
    assert len(marked) > 200
    for element in marked:
        fact = facts[element.get("data-fact")]
        number = formats.cell(fact.value, fact.status, fact.unit, fact.digits)
        said = element.text_content().lstrip("+")
        assert said in (number, number.removesuffix(" [u]")) or re.fullmatch(r"\d+(st|nd|rd|th)", said), (said, fact)


def test_the_same_input_gives_the_same_bytes(packs: Packs, illustrative: Analysed) -> None:
    assert illustrative.build(BATH).files == packs(BATH).files


def test_a_pack_without_jobs_rests_on_local_units_and_says_why(packs: Packs) -> None:
    """Northern Ireland is not in the employment survey: no nought, no empty chart, one honest sentence."""
    headlines = pages_of(packs(BELFAST))[1]
    assert "This pack rests on local units. The release has no figures on jobs (2024)." in headlines
    assert "creative local units where 2015 is 100" in " ".join(headlines.split())
    drawn = {row["indicator"] for row in rows_of(packs(BELFAST), "data.csv")}
    assert not any("jobs" in indicator or indicator == "location-quotient" for indicator in drawn)


def test_a_suppressed_sum_is_marked_and_explained(packs: Packs) -> None:
    headlines = pages_of(packs(SCARBOROUGH))[1]
    assert "Jobs are suppressed for 1 of the 31 creative industries (2024)." in headlines


def test_a_small_place_is_told_what_cannot_be_told(packs: Packs) -> None:
    """Few firms have a wide interval: no verdict on the share, no strength, and one sentence instead of nine names."""
    _, headlines, sub_sectors, change, *_ = pages_of(packs(MULL))
    assert "Creative jobs look rarer in Mull and Islay than in GB, but that may be chance" in headlines
    assert "Creative workplaces are clearly less common, at" in headlines
    assert "about the national share" not in headlines
    assert "No sub-sector is clearly above the national share" in headlines
    assert "can explain every difference" in sub_sectors
    assert "Advertising; IT and software" not in sub_sectors
    assert "may be anything within" in change


def test_the_share_of_great_britain_is_no_national_one_in_northern_ireland(packs: Packs) -> None:
    """It lies in the United Kingdom, but not in the whole that quotients are held against."""
    belfast, bath = (" ".join(pages_of(packs(area))[:7]) for area in (BELFAST, BATH))
    assert "national share" in bath
    assert "national share" not in belfast
    assert "the share in Great Britain" in belfast


def test_a_strength_in_the_heading_is_one_in_the_picture_below(packs: Packs) -> None:
    """Also where the highest quotient is another's, whose interval holds the national share."""
    page = pages_of(packs(BATH))[2]
    assert "Bath is strong in IT and software" in page
    assert "1 of 9 sub-sectors lies clearly above the national share" in page
    assert "No sub-sector is clear of" not in page


def test_a_region_stands_among_all_by_each_measure_with_its_interval_in_words(packs: Packs) -> None:
    """A few measures have room for them across the page, and the rank by local units is a sentence above them."""
    pack = packs(SOUTH_WEST)
    assert re.search(r"\d–\d", pack.files["figures/standing-ranges.svg"].decode())
    assert "figures/standing-units.svg" not in pack.files
    assert re.search(r"By local units instead of jobs it is 5th(E\d+)? of 12\.", " ".join(pages_of(pack)))


def test_every_pack_says_what_its_intervals_cover_and_what_not(packs: Packs) -> None:
    for area, chance in ((MULL, "which firms happen to be here"), (BELFAST, "how many workplaces happen to be here")):
        pages = pages_of(packs(area))
        assert f"Intervals allow for chance ({chance}) and for the rounding of published counts." in pages[1]
        assert "the true uncertainty is larger" in pages[1]
        methods = " ".join(pages[-3:])
        for missing in ("sampling error of the survey", "the self-employed", "firms in the wrong class"):
            assert missing in methods


def test_the_methods_say_which_sizes_of_establishments_intervals_rest_on(packs: Packs) -> None:
    """With numbers that can be found again in facts.csv."""
    pack = packs(BATH)
    assert "From local units of the whole country by size band, 2024." in " ".join(pages_of(pack)[-3:])
    said = [row for row in rows_of(pack, "facts.csv") if "/effective-establishments/" in row["id"]]
    assert {("K03000001", "2024", "2024", "bands")} == {
        (area, *rest) for area, _, _, *rest in (row["id"].split("/") for row in said)
    }
    assert 2 == len(said)


def test_an_area_that_crosses_a_border_stands_on_both_pages_and_is_marked(packs: Packs) -> None:
    """Slough and Heathrow lies in London for the most part, and in the South East."""
    page = " ".join(pages_of(packs(SOUTH_EAST)))
    assert "Slough and Heathrow *" in page
    assert "lies in part in another country or region" in page


def test_the_document_is_tagged_named_and_dated_by_the_release(packs: Packs) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(packs(BATH)))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == "Bath: Creative clusters, Illustrative release 2024"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20251201")
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root] == [
                "Bath",
                "Headlines",
                "Sub-sectors",
                "Beside other industries",
                "Change",
                "Own growth or mix",
                "Where it stands",
                "Places most like it",
                "Recommendations",
                "Methods and data",
                "Evidence",
            ]


def test_a_long_pack_has_a_page_of_contents_with_page_numbers(illustrative: Analysed) -> None:
    pages = pages_of(illustrative.pack(BATH, Settings(contents_from=3)))
    assert re.search(r"Headlines[ .]+3\b", pages[1])
    assert re.search(r"Change[ .]+5\b", pages[1])
    assert re.search(r"\b3 of \d+$", pages[2])
    assert "Bath is strong in IT and software" in pages[1]  # what the section found, beneath its name
    assert re.search(r"Figure 1 .*[ .]\d", pages[1].split("Figures and tables")[1])


LONG = "The Valley of Many Villages, Hamlets and Farmsteads between the Upper and the Lower River, with the Islands, "
LONG += "the Harbour Towns and the Old Market Boroughs of the Eastern and the Western Shores of the Sea"
HOSTILE = [  # three to a release, one for each of its local areas
    ("<img src=x onerror=alert(1)>", "{{7*7}}", "NA"),
    ("=HYPERLINK()", "Ŵyŷn Gàidhlig", '"Quoted" & Sons\''),
    ("Two\nlines", LONG, "Llan" * 50),
    ("None", "+1", "@SUM(A1)"),
]
LOCAL = (BATH, "E30000180", "E30000234")
SHAPES = as_geojson({code: square(-2.4 - 0.2 * at, 51.3) for at, code in enumerate(LOCAL)})
LIKE_OTHERS = HOSTILE[-1]


def squeezed(text: str) -> str:
    """Without blanks: where a line breaks is the layout's business."""
    return re.sub(r"\s", "", text)


def named(folder: Path, names: dict[str, str]) -> Analysed:
    """The tiny release, in which areas are called otherwise: code → name."""
    areas = write_release(folder, boundaries=SHAPES) / "areas.csv"
    text = areas.read_text(encoding="utf-8")
    for code, name in names.items():
        quoted = name.replace('"', '""')
        text = re.sub(rf"^{code},[^,]*", lambda _, start=f'{code},"{quoted}"': start, text, flags=re.MULTILINE)
    areas.write_text(text, encoding="utf-8")
    return analysed(read(folder, bundled().classification))


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], Analysed]:
    """Some hostile names; the release in which the local areas are called so, with few outlines and no other table."""
    return functools.cache(
        lambda names: named(tmp_path_factory.mktemp("hostile"), dict(zip(LOCAL, names, strict=True)))
    )


@pytest.fixture(
    params=[
        pytest.param((names, at), id=name[:20], marks=pytest.mark.slow if names == LIKE_OTHERS else ())
        for names in HOSTILE
        for at, name in enumerate(names)
    ]
)
def hostile(
    request: pytest.FixtureRequest, places: Callable[[tuple[str, ...]], Analysed]
) -> tuple[str, Pack, Analysed]:
    """A name, the pack of the area that is called so, and its release."""
    names, at = request.param
    return names[at], places(names).pack(LOCAL[at]), places(names)


def test_a_name_comes_out_as_typed(hostile: tuple[str, Pack, Analysed]) -> None:
    """In the document, on the pages and in each figure that is of the area: nothing of it runs."""
    name, pack, work = hostile
    # No place has a name of a hundred letters; in a small figure there is no room for it, and the check says so.
    cut = {"clipped"} if len(name) > 100 else set()
    assert [] == [one for one in work.problems(pack) if one.kind not in cut]
    heading = lxml_html.fromstring(pack.html).xpath("//h1")[0].text_content()
    assert " ".join(name.split()) == " ".join(heading.split())
    assert [] == lxml_html.fromstring(pack.html).xpath("//script | //img[@onerror]")
    assert squeezed(name) in squeezed("".join(pages_of(pack)))
    figures = [data for path, data in pack.files.items() if path.endswith(".svg")]
    assert len(figures) >= 2
    for data in figures:
        assert squeezed(name) in squeezed("".join(etree.fromstring(data).itertext()))


def test_a_name_stands_as_typed_in_what_programs_show_of_the_file(hostile: tuple[str, Pack, Analysed]) -> None:
    """In the bookmarks, the title of the document and its metadata; a line break is a blank there."""
    name, pack, _ = hostile
    shown = " ".join(name.split())
    with pikepdf.open(io.BytesIO(pdf_of(pack))) as pdf:
        assert f"{shown}: Creative clusters, A tiny illustrative release" == " ".join(
            str(pdf.docinfo["/Title"]).split()
        )
        with pdf.open_metadata() as metadata:
            assert " ".join(str(metadata["dc:title"]).split()).startswith(f"{shown}: Creative clusters")
        with pdf.open_outline() as outline:
            assert shown == " ".join(outline.root[0].title.split())


def test_a_name_never_becomes_a_path(hostile: tuple[str, Pack, Analysed]) -> None:
    """Of a name, file names keep small letters and digits, and not too many."""
    _, pack, work = hostile
    assert re.fullmatch(rf"{pack.area}_[a-z0-9-]{{1,60}}", folder_of(pack.area, work.release))
    for path in pack.files:
        assert re.fullmatch(r"(figures/)?[A-Za-z0-9][A-Za-z0-9_.-]*\.(pdf|csv|svg|png)", path)
        assert len(path.encode()) < 255


def test_the_cover_holds_a_name_of_two_hundred_characters(places: Callable[[tuple[str, ...]], Analysed]) -> None:
    """It takes a smaller size, and stays above the line that says what kind of pack it is."""
    assert 200 <= len(LONG) <= 210
    [names] = [names for names in HOSTILE if LONG in names]
    pack = places(names).pack(LOCAL[names.index(LONG)])
    page = pypdfium2.PdfDocument(pdf_of(pack))[0]
    text = page.get_textpage()
    found = {words: text.search(words).get_next() for words in ("The Valley of Many", "of the Sea", "Local pack")}
    boxes = {words: text.get_charbox(place[0]) for words, place in found.items()}  # left, bottom, right, top
    assert boxes["The Valley of Many"][1] > boxes["of the Sea"][1] > boxes["Local pack"][3]
    assert " ".join(text.get_text_range().split()).count(LONG) == 1


def test_a_name_on_a_cover_does_not_stand_on_its_own_place(packs: Packs) -> None:
    """White on orange is hard to read: where the place lies under its name, the name stands lower."""
    assert ['<p class="kind low">', '<p class="kind">'] == [
        re.findall(r'<p class="kind[^>]*>', packs(area).html)[0] for area in (SCOTLAND, SOUTH_WEST)
    ]


def test_every_word_in_a_picture_on_a_page_says_where_it_begins(packs: Packs) -> None:
    """Readers cut the left edge off a word that the page engine has to move."""
    pictures = re.findall(r"data:image/svg\+xml;base64,([\w+/=]+)", packs(SOUTH_WEST).html)
    texts = re.findall(r"<text[^>]*>", " ".join(base64.b64decode(picture).decode() for picture in pictures))
    assert 50 < len(texts)
    assert [] == [text for text in texts if re.search(r'text-anchor="(?:end|middle)"', text)]


def test_the_source_of_a_university_that_is_named_stands_among_the_sources(packs: Packs) -> None:
    text = " ".join(pages_of(packs(BRISTOL)))
    assert "University 1 in Bristol" in text
    assert "Illustrative universities" in text


@pytest.mark.parametrize("area", [BATH, BELFAST, SCARBOROUGH, "E30000172", "S22000035"])
def test_a_local_pack_has_at_most_six_pages_behind_its_cover(packs: Packs, area: str) -> None:
    """Among them long names, hidden numbers, and many peers in one region. Evidence notes are not counted."""
    [last] = [at for at, text in enumerate(pages_of(packs(area))) if text.startswith("How to read this pack")]
    assert last <= 6


def test_an_area_that_lies_in_no_region_has_a_pack_without_a_rank(tmp_path: Path) -> None:
    """A travel-to-work area across a border has the nation as its parent where nothing says more."""
    folder = write_release(tmp_path / "release", membership=None)
    areas = folder / "areas.csv"
    areas.write_text(re.sub(r"(E30000165,Bath,ttwa),E12000009", r"\1,K02000001", areas.read_text()))
    work = analysed(read(folder, bundled().classification))
    pack = work.pack(BATH)
    assert "Where it stands" not in " ".join(pages_of(pack))
    assert work.problems(pack) == []
