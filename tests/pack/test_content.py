"""The strings of a page read alike in both ways, ours and pikepdf's; what ours does not know goes to pikepdf."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.pack import texts
from reportgen.pack.content import Shown, Stretch, fonts_used, letters, shown
from reportgen.pack.model import Pack
from tests.pack.reading import pdf_of

UNKNOWN = b"\n% a comment, which the page engine never writes"
LINE = b"BT\n1 0 0 -1 20 30 Tm\n/F 10 Tf\n[<00410042>-50<0043>] TJ\nET\n"


def page(stream: bytes, drawing: bytes = b"") -> pikepdf.Pdf:
    """A page with a font F, whose letters are 500 wide, B 600, and a drawing X; 200 pt by 100 pt."""
    pdf = pikepdf.new()
    names = b"3 beginbfchar <0041> <0041> <0042> <0042> <0043> <0043> endbfchar"
    inner = pikepdf.Dictionary(
        Subtype=pikepdf.Name.CIDFontType2, DW=500, W=pikepdf.Array([66, pikepdf.Array([600])]), BaseFont=pikepdf.Name.F
    )
    fonts = [
        pdf.make_indirect(
            pikepdf.Dictionary(
                Subtype=pikepdf.Name.Type0,
                Encoding=pikepdf.Name("/Identity-H"),
                DescendantFonts=pikepdf.Array([inner]),
                ToUnicode=pdf.make_stream(names),
            )
        )
        for _ in range(2)
    ]
    resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=fonts[0], G=fonts[1]))
    form = pdf.make_stream(drawing, Subtype=pikepdf.Name.Form, Resources=resources)
    one = pdf.add_blank_page(page_size=(200, 100))
    one.obj.Resources = pikepdf.Dictionary(Font=resources.Font, XObject=pikepdf.Dictionary(X=form))
    one.obj.Contents = pdf.make_stream(stream)
    return pdf


def without_places(strings: list[Shown]) -> tuple[object, ...]:
    """All but where they stand, which pikepdf's reading does not tell."""
    order = list(dict.fromkeys(one.font for one in strings))
    return list(fonts_used(strings)), [(one.page, order.index(one.font), one.run, one.mark) for one in strings]


def by_operators(pdf: pikepdf.Pdf) -> list[Shown]:
    """The same, with something in each stream that ours does not know."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            item.write(item.read_bytes() + UNKNOWN)
    for one in pdf.pages:
        one.obj.Contents.write(one.obj.Contents.read_bytes() + UNKNOWN)
    return shown(pdf)


@pytest.mark.parametrize(
    "area",
    ["E30000180", *(pytest.param(area, marks=pytest.mark.slow) for area in ("E12000009", "N92000002", "K02000001"))],
)
def test_all_pages_of_packs_read_alike(packs: Callable[[str], Pack], area: str) -> None:
    """Each string, its font, its letters, its mark; where each stands is told."""
    with pikepdf.open(io.BytesIO(pdf_of(packs(area)))) as pdf:
        ours = shown(pdf)
        assert None not in texts.told(pdf, ours)
        theirs = by_operators(pdf)
        assert without_places(ours) == without_places(theirs)
    assert {None} == {one.at for one in theirs}


def test_the_text_of_a_page_is_what_pdfium_reads(packs: Callable[[str], Pack]) -> None:
    """But for blanks, for letters that are drawn twice, and for its own sign for a hyphen at the end of a line."""
    data = pdf_of(packs("E30000180"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = texts.told(pdf, shown(pdf))
    for number, theirs, outside in texts.looked_at(data, range(1, len(told) + 1)):
        ours = told[number - 1] or ""
        theirs = theirs.replace("\ufffe", "-")
        assert [] == [word for word in theirs.split() if word not in "".join(ours.split())]
        assert [] == [word for word in ours.split() if word not in "".join(theirs.split())]
        assert [] == outside


STEPS = {
    "q": "q",
    "Q": "Q",
    "a mark": "/Span\n<</MCID 3>>\nBDC",
    "another": "/P\n<</MCID 4>>\nBDC",
    "an artefact": "/Artifact\nBMC",
    "EMC": "EMC",
    "a turn": "0.5 0 0 -.5 1. 2 cm",
    "a font": "/G 9 Tf",
    "lines": "0 0 m 1.5 -2 l 3 4 5 6 7 8 c h B",
    "a dash": "[4 2.5] 0 d\n1 w 0 J 4 M",
    "a drawing": "/X Do",
    "letters": "BT\n1 0 0 -1 20 30 Tm /F 10 Tf <00410042> Tj\nET",
    "letters nearer": "BT\n1 0 0 -1 2 3 Tm\n/G 7.5 Tf\n[<0041>-20.5<00420043>5 6.25<0041>] TJ\nET",
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=20), st.lists(st.sampled_from(sorted(STEPS)), max_size=5))
def test_whatever_a_stream_does_both_read_alike(steps: list[str], inside: list[str]) -> None:
    stream, drawing = ("\n".join(STEPS[step] for step in some).encode() for some in (steps, inside))
    with page(stream, drawing) as pdf:
        ours = shown(pdf)
        assert without_places(ours) == without_places(by_operators(pdf))


def test_where_a_string_stands() -> None:
    """Turned as the page is, as long as its letters are, nearer by what is said between them."""
    with page(b"q\n2 0 0 2 5 6 cm\n" + LINE + b"Q\n" + LINE) as pdf:
        [turned, plain] = shown(pdf)
    wide = 10 * (0.5 + 0.6 + 0.05 + 0.5)
    assert Stretch(20, 30, 20 + wide, 30, 10) == pytest.approx(plain.at)
    assert Stretch(45, 66, 45 + 2 * wide, 66, 20) == pytest.approx(turned.at)
    assert "ABC" == plain.run.text


def test_a_string_that_nearly_follows_another_goes_on_with_its_word() -> None:
    after = LINE.replace(b"20 30", b"%.2f 30")
    for gap, text in ((0.5, " ABCABC"), (3.0, " ABC ABC")):
        with page(LINE + after % (20 + 16.5 + gap)) as pdf:
            assert [text] == texts.told(pdf, shown(pdf))


@pytest.mark.parametrize(
    "stream",
    [
        LINE.replace(b"[<00410042>-50<0043>] TJ", b"(\\0A\\0B\\0C) Tj"),
        LINE.replace(b"[<00410042>-50<0043>] TJ", b"[(\\0A) <0042 0043>] TJ"),
        LINE.replace(b"Tm\n", b"Tm\n2 Tc\n"),
        LINE.replace(b"1 0 0 -1 20 30 Tm", b"20 30 Td"),
        LINE + b"BI /W 1 /H 1 /BPC 8 /CS /G ID A EI\n",
    ],
    ids=["escaped", "mixed", "spaced", "moved", "with a picture inside"],
)
def test_what_the_engine_does_not_write_is_left_to_others(stream: bytes) -> None:
    """The letters to pikepdf, where they stand to pdfium."""
    with page(stream.replace(b"\\0", b"\0")) as pdf:
        strings = shown(pdf)
        assert ["ABC"] == [one.run.text for one in strings]
        assert [None] == texts.told(pdf, strings)


@pytest.mark.parametrize(
    ("place", "plain"), [(b"20 30", True), (b"4 30", False), (b"180 30", False), (b"20 8", False), (b"20 91", False)]
)
def test_letters_near_the_edge_are_looked_at_again(place: bytes, plain: bool) -> None:
    """By their size they may stand outside; the font alone does not tell."""
    with page(LINE.replace(b"20 30", place)) as pdf:
        [text] = texts.told(pdf, shown(pdf))
    assert (text is not None) is plain


def test_fonts_and_letters_of_what_is_shown() -> None:
    """Letters by their mark, fonts in the order of their first use; what stands in no mark is not read out."""
    marked = b"/P\n<</MCID 7>>\nBDC\n" + LINE + LINE.replace(b"/F", b"/G") + b"EMC\n" + LINE
    with page(marked) as pdf:
        strings = shown(pdf)
    assert {(1, 7): "ABCABC"} == letters(strings)
    assert [("F", 1), ("F", 1)] == [(font.name, font.page) for font in fonts_used(strings)]


def test_text_in_a_font_that_is_not_there() -> None:
    for stream in (LINE.replace(b"/F", b"/H"), LINE.replace(b"/F", b"/H") + UNKNOWN):
        with page(stream) as pdf, pytest.raises(pikepdf.PdfError, match="not there"):
            shown(pdf)
