"""What is done faster than the page engine does it comes to the same pages, and keeps nothing of a pack."""

from __future__ import annotations

import gc
import io
import re
import weakref
import xml.etree.ElementTree as ET

import pikepdf
import pytest
import tinyhtml5
import weasyprint

from reportgen.pack.engine import lines, reading, speed, styles
from reportgen.pack.pdf import Press
from reportgen.resources import bundled
from tests.releases import illustrative

BELFAST, BRISTOL, UK = "N12000002", "E30000180", "K02000001"
# The page engine as it is says between any two glyphs that nothing is moved, and ends and begins a row of them anew.
UNSAID = ((rb"(?<=>)0(?=[<\]])", b""), (rb"><", b""), (rb"<>", b" "))


def press() -> Press:
    return Press(bundled().styles, 0)


def html(area: str) -> str:
    return illustrative().written(area).html


def printed(area: str, by: Press) -> bytes:
    return by.write(by.lay_out(html(area)), area).data


def said(data: bytes) -> list[tuple[str, bytes]]:
    """Every object of a file: what it is, and what is in it, unpacked, without what need not be said."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            content = b""
            if isinstance(item, pikepdf.Stream):
                content, about = item.read_bytes(), pikepdf.Dictionary(item.stream_dict)
                del about["/Length"]
                if "/Length1" not in about:
                    for unsaid, instead in UNSAID:
                        content = re.sub(unsaid, instead, content)
            else:
                about = item
            if about.get("/Type", "") != "/XRef" if isinstance(about, pikepdf.Dictionary) else True:
                found.append((about.unparse(resolved=False).decode("latin-1"), content))
    return found


@pytest.mark.parametrize("area", [BELFAST, *(pytest.param(area, marks=pytest.mark.slow) for area in (BRISTOL, UK))])
def test_a_pack_is_what_the_engine_makes_alone(area: str) -> None:
    fast = said(printed(area, press()))
    with speed.without():
        assert fast == said(printed(area, press()))


def test_a_pack_has_the_same_bytes_whatever_was_printed_before() -> None:
    used = press()
    printed(BRISTOL, used)
    assert printed(BELFAST, press()) == printed(BELFAST, used) == printed(BELFAST, used)


def elements(tree: ET.Element) -> list[list[object]]:
    """All elements with what they hold, but for the blanks before the head and at the end, laid out nowhere."""
    found = [[one.tag, list(one.attrib.items()), one.text or "", one.tail or ""] for one in tree.iter()]
    for place in (tree, body := tree[-1], body[-1]):
        found[list(tree.iter()).index(place)][-1] = ""
    found[0][2] = ""
    return found


@pytest.mark.parametrize("area", [BELFAST, pytest.param(UK, marks=pytest.mark.slow)])
def test_a_document_is_read_as_by_the_engines_own_reader(area: str) -> None:
    fast = elements(tinyhtml5.parse(io.StringIO(html(area)), namespace_html_elements=False))
    with speed.without():
        engines = elements(tinyhtml5.parse(io.StringIO(html(area)), namespace_html_elements=False))
    assert len(fast) > 800
    assert fast == engines


def test_what_a_comment_parts_is_one_text() -> None:
    page = "<html><head></head><body><p>one <!-- no -->text<b>bold</b> and <!-- no -->more</p></body></html>"
    fast = tinyhtml5.parse(io.StringIO(page), namespace_html_elements=False)
    [paragraph] = fast.iter("p")
    assert (paragraph.text, paragraph[0].text, paragraph[0].tail) == ("one text", "bold", " and more")


@pytest.mark.slow
def test_the_engines_style_sheet_is_cut_down_for_a_document_of_which_it_says_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = printed(BELFAST, press())
    assert len(reading.plain_sheet().matcher.other_selectors) < 5
    monkeypatch.setattr(reading.Document, "_ua_stylesheets", weasyprint.HTML._ua_stylesheets)
    assert short == printed(BELFAST, press())


@pytest.mark.parametrize(
    "page",
    [
        "<p>before</p><p hidden>not seen</p>",
        "<div dir=rtl><p>from the right</p></div>",
        "<ul><li>one<ul><li>in it</ul></ul>",
        "<p>a<span style='float: footnote'>below</span></p>",
    ],
)
def test_a_document_that_asks_for_more_is_set_with_the_whole(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by, page = press(), f"<html lang=en><title>x</title><body>{page}"
    short = by.write(by.lay_out(page), "x").data
    monkeypatch.setattr(reading.Document, "_ua_stylesheets", weasyprint.HTML._ua_stylesheets)
    assert short == by.write(by.lay_out(page), "x").data


def test_pages_of_a_document_go_and_its_styles_are_the_next_ones() -> None:
    by = press()
    document = by.lay_out(html(BELFAST))
    by.write(document, "x")
    gone = weakref.ref(document), weakref.ref(document.pages[0]), weakref.ref(document.pages[0]._page_box)
    del document
    gc.collect()
    assert [None] * 3 == [one() for one in gone]
    kept = dict(vars(by._fonts)["_styles"])
    assert len(kept) > 300
    again = by.lay_out(html(BELFAST))
    assert kept == vars(by._fonts)["_styles"]
    used = {id(box.style) for box in again.pages[1]._page_box.descendants()}
    assert len(used & set(map(id, kept.values()))) > 50


@pytest.mark.parametrize(
    "page",
    [
        "<body style='overflow: hidden'><p>cut",
        "<body><div style='width: 50vw'>words enough for half of the page to break into lines",
        "<body><div style='width: calc(10px + 20px)'>reckoned",
        "<body><p style='--far: 3em; margin-left: var(--far)'>far",
        "<body><table style='border-collapse: collapse'><tr><td style='border: 2px solid'>a<td>b</table>",
    ],
)
def test_a_style_is_shared_only_where_it_is_the_same_in_all_documents(page: str) -> None:
    by = press()
    for size in (300, 500, 300):
        sized = f"<html lang=en><head><title>x</title><style>@page {{ size: {size}px 300px }}</style></head>{page}"
        alone = press()
        assert by.write(by.lay_out(sized), "x").data == alone.write(alone.lay_out(sized), "x").data


@pytest.mark.slow
def test_styles_that_are_kept_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "STYLES", 100)
    by = press()
    before = printed(BELFAST, by)
    assert len(vars(by._fonts)["_styles"]) == 100
    assert before == printed(BELFAST, by) == printed(BELFAST, press())


def test_lines_that_are_kept_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINES", 50)
    by = press()
    before = printed(BELFAST, by)
    assert len(vars(by._fonts)["_lines"]) == 50
    assert before == printed(BELFAST, by)


def test_with_another_version_the_engine_does_all_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(speed.swaps()) > 10
    monkeypatch.setitem(speed.VERSIONS, "weasyprint", "70.1")
    assert [] == speed.swaps()
