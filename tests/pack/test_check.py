"""A pack that is as it must be passes; each thing that may be wrong with one is found, and found alone."""

from __future__ import annotations

import base64
import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
import weasyprint

from reportgen.pack.check import (
    MARK,
    SOURCES,
    check_figure,
    check_pack,
    check_pdf,
    check_table,
)
from reportgen.pack.expected import PAGES, Expected, expected
from reportgen.pack.tags import complete
from reportgen.release.model import Level, Release, ReleaseInfo, Source
from reportgen.release.read import read
from reportgen.resources import bundled, with_own
from reportgen.settings import Settings
from tests.support import write_release

FONTS = bundled().fonts
FACES = "".join(
    f"@font-face {{ font-family: 'Source Sans 3'; font-weight: {weight}; src: url('{(FONTS / file).as_uri()}') }}"
    for file, weight in (("SourceSans3-Regular.ttf", 400), ("SourceSans3-Bold.ttf", 700))
)
STYLE = f"{FACES} html {{ font-family: 'Source Sans 3' }} @page {{ @bottom-left {{ content: '{MARK}' }} }}"
FIGURE = f"""
    <svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">
      <path d="M0,0L9,9"/><text x="4" y="16" font-family="Source Sans 3">Bath</text>
      <text y="30" font-family="Source Sans 3">{MARK}</text>
    </svg>
"""
PICTURE = f"data:image/svg+xml;base64,{base64.b64encode(FIGURE.encode()).decode()}"
BODY = f"""
    <h1 id="top">Bath has twice the national share</h1>
    <p>Nantwich informs <b>Infinityville</b>; <a href="#top">see above</a>.</p>
    <h2>Figures</h2>
    <figure><img alt="Bath stands above the rest" src="{PICTURE}"><figcaption>Figure 1</figcaption></figure>
"""
FACTS = b"id,value,status\nE1/jobs/all/2024/-/-,10.0,ok\nE1/jobs/crafts/2024/-/-,,suppressed\n"
DATA = b"figure,label,value,status\nmap,Bath,1.5,ok\n"

EXPECTED = Expected("illustrative-1", illustrative=True, fonts=frozenset({"sourcesans3"}))
Edit = Callable[[pikepdf.Pdf], None]


def printed(body: str, style: str = STYLE) -> bytes:
    head = f"<meta charset='utf-8'><title>Bath</title><style>{style}</style>"
    html = f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return bytes(weasyprint.HTML(string=html).write_pdf(finisher=complete, pdf_variant="pdf/ua-1", pdf_tags=True))


@pytest.fixture(scope="module")
def good() -> bytes:
    return printed(BODY)


def edited(data: bytes, edit: Edit) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def found(data: bytes, wanted: Expected = EXPECTED) -> list[tuple[str, str]]:
    """Kind and place of all problems of a PDF."""
    return [(problem.kind, problem.detail) for problem in check_pdf(data, wanted, "bath.pdf")]


def kinds(data: bytes) -> set[str]:
    return {kind for kind, _ in found(data)}


def dictionaries(pdf: pikepdf.Pdf, key: str, value: str) -> list[pikepdf.Dictionary]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get(key) == value]


def test_a_good_pdf_has_no_problem(good: bytes) -> None:
    """Words that merely hold a stray one, such as Nantwich, are no problem either."""
    assert [] == check_pdf(good, EXPECTED)


def test_problems_say_file_page_and_what_to_do() -> None:
    """The text that a person meets."""
    [problem] = check_pdf(printed("<h1>Jobs</h1><p>In Bath nan jobs</p>"), EXPECTED, "bath.pdf")
    assert "error[stray-word]: 'nan' stands in the text: … Jobs In Bath nan jobs" in problem.as_text()
    assert "\n  bath.pdf   page 1\n" in problem.as_text()
    assert problem.why in problem.as_text()
    assert problem.fix in problem.as_text()


def test_a_file_that_is_no_pdf() -> None:
    """Neither text nor half a PDF is read as if it were one."""
    assert {"unreadable"} == kinds(b"no PDF at all")


def test_a_page_without_text() -> None:
    """The second of three pages is empty."""
    body = "<h1>One</h1><div style='page: bare; height: 1cm'></div><p style='break-before: page'>Three</p>"
    data = printed(body, f"{STYLE} @page bare {{ @bottom-left {{ content: none }} }}")
    assert [("empty-page", "page 2"), ("mark", "page 2")] == found(data)


@pytest.mark.parametrize("word", ["nan", "NaN", "None", "inf", "undefined", "{{ area }}", "Infinity"])
def test_a_stray_word(word: str) -> None:
    """What stands for a value that is not there, or for a template that was not filled in."""
    assert {"stray-word"} == kinds(printed(f"<h1>Jobs</h1><p>In Bath {word} jobs</p>"))


def test_none_of_them_is_english() -> None:
    assert not kinds(printed("<h1>Jobs</h1><p>None of the nine</p>"))


def test_the_source_of_a_method_is_no_stray_word() -> None:
    """A journal is abbreviated; the same word elsewhere is still one."""
    assert SOURCES
    for source in SOURCES:
        assert not found(printed(f"<h1>Sources</h1><p>{source}</p>"), EXPECTED)
    assert {"stray-word"} == kinds(printed(f"<h1>Sources</h1><p>{SOURCES[0]}; Inf jobs</p>"))


def test_a_name_of_the_release_is_no_stray_word() -> None:
    """An area may be called None; the same word anywhere else is still found."""
    wanted = replace(EXPECTED, names=("Monte None",))
    assert [] == found(printed("<h1>Monte None</h1><p>Jobs in Monte <b>None</b></p>"), wanted)
    assert [("stray-word", "page 1")] == found(printed("<h1>Monte None</h1><p>None in Bath</p>"), wanted)


def test_a_character_that_the_font_lacks() -> None:
    """The engine shows the box of the font and says so nowhere in the text; the message names the character."""
    problems = check_pdf(printed("<h1>Bath \ue123</h1>"), EXPECTED)
    [missing] = [problem for problem in problems if problem.kind == "missing-glyph"]
    assert "the font has no glyph for '\\ue123'" == missing.what
    assert missing.detail.startswith("page 1, font Source")


def zeroed(content: pikepdf.Object) -> bytes:
    """The content of a page, its first letter shown as glyph 0."""
    return bytes(content.read_bytes().replace(b"[<00", b"[<0000><00", 1))


def test_glyph_zero_shown_by_its_number(good: bytes) -> None:
    """Where the encoding is the identity, as where it is a table."""

    def first_letter_to_zero(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Contents.write(zeroed(pdf.pages[0].Contents))

    assert ("missing-glyph", "page 1, font Source-Sans-3-Bold") in found(edited(good, first_letter_to_zero))


@pytest.mark.parametrize(
    ("kind", "drawing"),
    [("/XObject", b"/F Do"), ("/Pattern", b"/Pattern cs /F scn"), ("/ExtGState", b"q /F gs Q")],
    ids=["drawing", "pattern", "mask"],
)
def test_glyph_zero_in_what_a_page_draws(good: bytes, kind: str, drawing: bytes) -> None:
    """Not only in the text of the page itself."""

    def wrapped(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        inner = pdf.make_stream(zeroed(page.Contents), Subtype=pikepdf.Name.Form, Resources=page.Resources)
        named = pikepdf.Dictionary(SMask=pikepdf.Dictionary(G=inner)) if kind == "/ExtGState" else inner
        page.Resources = pikepdf.Dictionary({kind: pikepdf.Dictionary(F=named)})
        page.Contents = pdf.make_stream(drawing)

    assert ("missing-glyph", "page 1, font Source-Sans-3-Bold") in found(edited(good, wrapped))


def test_glyph_zero_behind_a_map(good: bytes) -> None:
    """A font may map its characters to glyphs by a table of its own: here every one to glyph 0."""

    def all_to_zero(pdf: pikepdf.Pdf) -> None:
        for font in dictionaries(pdf, "/Subtype", "/CIDFontType2"):
            font["/CIDToGIDMap"] = pdf.make_stream(bytes(131072))

    problems = [
        problem for problem in check_pdf(edited(good, all_to_zero), EXPECTED) if problem.kind == "missing-glyph"
    ]
    assert "the font has no glyph for 'B'" in {problem.what for problem in problems}


def test_a_font_that_is_not_embedded(good: bytes) -> None:
    """The reader's machine would put another one in its place."""

    def without_program(pdf: pikepdf.Pdf) -> None:
        for descriptor in dictionaries(pdf, "/Type", "/FontDescriptor"):
            del descriptor["/FontFile2"]

    problems = check_pdf(edited(good, without_program), EXPECTED)
    assert "the font Source-Sans-3-Bold is not embedded" in {problem.what for problem in problems}


def test_a_font_that_is_not_ours(good: bytes) -> None:
    """As when a margin box falls back to a font of the system."""

    def renamed(pdf: pikepdf.Pdf) -> None:
        for font in dictionaries(pdf, "/Subtype", "/CIDFontType2"):
            font["/BaseFont"] = pikepdf.Name("/ABCDEF+DejaVu-Serif")

    what = {problem.what for problem in check_pdf(edited(good, renamed), EXPECTED) if problem.kind == "font"}
    assert {"the font DejaVu-Serif is not one of ours"} == what


def test_tags_that_break_the_accessibility_standard() -> None:
    """A third-level heading straight after a first-level one."""
    [problem] = check_pdf(printed("<h1>Bath</h1><h3>Jobs</h3><p>Many</p>"), EXPECTED)
    assert "pdf-ua" == problem.kind
    assert problem.detail.startswith("rule PDFUA1-HEADING")


def test_a_figure_without_alternative_text(good: bytes) -> None:
    """Found by us as well as by the validator."""

    def silent(pdf: pikepdf.Pdf) -> None:
        for figure in dictionaries(pdf, "/S", "/Figure"):
            del figure["/Alt"]

    assert [("figure-without-text", "page 1")] == [one for one in found(edited(good, silent)) if one[0] != "pdf-ua"]


def test_a_link_to_nowhere(good: bytes) -> None:
    """A link on a page, and a bookmark."""

    def lost(pdf: pikepdf.Pdf) -> None:
        for link in dictionaries(pdf, "/Subtype", "/Link"):
            link["/Dest"] = pikepdf.String("gone")
        pdf.Root["/Outlines"]["/First"]["/Dest"] = pikepdf.Array([])

    assert [("dead-link", "page 1"), ("dead-link", "bookmark Bath has twice the national share")] == found(
        edited(good, lost)
    )


def test_a_link_out_of_the_document() -> None:
    """Only to where the release names a source."""
    data = printed("<h1>Bath</h1><p><a href='https://example.org/jobs'>Source</a></p>")
    assert [("dead-link", "page 1")] == found(data)
    assert [] == found(data, replace(EXPECTED, links=frozenset({"https://example.org/jobs"})))


def test_a_link_that_runs_something(good: bytes) -> None:
    """A link may point at a place and do nothing else."""

    def armed(pdf: pikepdf.Pdf) -> None:
        for link in dictionaries(pdf, "/Subtype", "/Link"):
            link["/A"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))

    assert ("dead-link", "page 1") in found(edited(good, armed))


def test_the_mark_of_illustrative_data(good: bytes) -> None:
    """It stands on each page of an illustrative release, letter-spaced or not, and on no page of another."""
    assert [] == found(printed("<h1>Bath</h1>", f"{STYLE} @page {{ letter-spacing: 0.2em }}"))
    assert [("mark", "page 1")] == found(printed("<h1>Bath</h1>", STYLE.replace(MARK, "PROVISIONAL")))
    assert {("mark", "page 1")} == set(found(good, replace(EXPECTED, illustrative=False)))


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (MARK, "Bath", "mark"),
        ("M0,0L9,9", "MNaN,0L9,NaN", "stray-word"),
        ("</svg>", "", "bad-figure"),
    ],
    ids=["without its mark", "with a missing value in a path", "cut off"],
)
def test_an_exported_figure(old: str, new: str, kind: str) -> None:
    """Marked, whole, and without values that are not there."""
    assert [] == check_figure(FIGURE.encode(), EXPECTED)
    assert [kind] == [problem.kind for problem in check_figure(FIGURE.replace(old, new).encode(), EXPECTED)]


def test_a_figure_without_text() -> None:
    """It would be a picture of nothing that anyone could name."""
    bare = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0"/></svg>'
    assert ["bad-figure"] == [problem.kind for problem in check_figure(bare, replace(EXPECTED, illustrative=False))]


@pytest.mark.parametrize(
    ("table", "row", "what"),
    [
        (b"id,value,status\n", None, "the table has no rows"),
        (b"id,value\nx,1\n", None, "the table has no column status"),
        (b"id,value,status\nx,1,ok\ny,2,fine\n", 3, "'fine' is no status"),
        (b"id,value,status\nx,0.0,suppressed\n", 2, "the status is suppressed, and the value is 0.0"),
        (b"id,value,status\nx,,ok\n", 2, "the status is ok, and the value is empty"),
        (b"id,value,status\nx,1\n", 2, "the row has not as many fields as the header"),
        (b"id,value,status\nx,1,ok,more\n", 2, "the row has not as many fields as the header"),
        (b"id,value,status\nx,\xff,ok\n", None, "the table cannot be read"),
    ],
)
def test_a_table(table: bytes, row: int | None, what: str) -> None:
    """It has rows, a known status in each, and a value exactly where the status says so."""
    assert [] == check_table(FACTS, {"id", "value", "status"})
    [problem] = check_table(table, {"id", "value", "status"}, "facts.csv")
    assert (row, True) == (problem.row, problem.what.startswith(what))


def test_a_pack_is_complete(good: bytes) -> None:
    """PDF, facts and data under their names; a pack without figures has no data behind them."""
    pdf = "creative-clusters_illustrative-1_E1_bath.pdf"
    whole = {pdf: good, "facts.csv": FACTS, "data.csv": DATA, "figures/map.svg": FIGURE.encode()}
    assert [] == check_pack("E1_bath", whole, EXPECTED)
    for name in (pdf, "facts.csv", "data.csv"):
        [problem] = check_pack("E1_bath", {key: whole[key] for key in whole if key != name}, EXPECTED)
        assert ("missing-file", f"E1_bath/{name}") == (problem.kind, problem.file)
    bare = b"figure,label\n"
    assert [] == check_pack("E1_bath", {pdf: good, "facts.csv": FACTS, "data.csv": bare}, EXPECTED)
    assert ["bad-table"] == [problem.kind for problem in check_pack("E1_bath", {**whole, "data.csv": bare}, EXPECTED)]


def test_what_a_release_expects() -> None:
    """Names with a stray word in them, the addresses of its sources, our fonts."""
    info = ReleaseInfo(
        id="final-1",
        title="Release",
        reference_period="2024",
        published=datetime.date(2025, 12, 1),
        status="final",
        revision=1,
        geography="2011",
        classification="dcms-sic2007",
        sources=(Source("Jobs", ("employment",), "ONS", "OGL", "© Crown", "https://example.org/jobs"),),
        levels={"area": Level("area", "area", "areas", "local")},
        national="E1",
        great_britain="E1",
        london="E1",
    )
    areas = pd.DataFrame({"name": ["None", "Bath", "NA"], "level": "area"}, index=["E1", "E2", "E3"])
    places = pd.DataFrame({"institution": ["University of inf", "Bath Spa"]})
    release = Release(info, areas, employment=pd.DataFrame(), businesses=pd.DataFrame(), universities=places)
    found = expected(release, bundled(), Settings())
    assert "Coagglomeration of two sub-sectors" in found.numbered  # a name with a number word
    assert replace(found, numbered=()) == Expected(
        "final-1",
        illustrative=False,
        fonts=frozenset({"sourcesans3"}),
        links=frozenset({"https://example.org/jobs"}),
        names=("University of inf", "None"),
        lettering=bundled().fonts,
        pages={"E1_none": PAGES["local"], "E2_bath": PAGES["local"], "E3_na": PAGES["local"]},
    )


def test_a_watermark_stands_on_every_page_and_figure(good: bytes) -> None:
    """In words, whatever lies behind them; also where its letters stand apart."""
    wanted = replace(EXPECTED, watermark="NOT FINAL")
    assert [("watermark", "page 1")] == found(good, wanted)
    assert [] == found(printed(f"{BODY}<p style='letter-spacing: 2pt'>NOT  FINAL</p>"), wanted)
    assert ["watermark"] == [problem.kind for problem in check_figure(FIGURE.encode(), wanted)]


def test_the_addresses_of_the_settings_may_be_linked() -> None:
    data = printed("<h1>Bath</h1><p>Write to <a href='mailto:a@x.example'>a@x.example</a>.</p>")
    assert ["dead-link"] == [kind for kind, _ in found(data)]
    assert [] == found(data, replace(EXPECTED, links=frozenset({"mailto:a@x.example"})))


def test_what_a_team_wrote_itself_is_no_stray_word(tmp_path: Path) -> None:
    """In settings, templates and rules: words such as None are its own."""
    (tmp_path / "data").mkdir()
    rule = 'action = "None, we say, should close"\n'
    (tmp_path / "data" / "recommendations.toml").write_text(rule, encoding="utf-8")
    (tmp_path / "templates" / "sections").mkdir(parents=True)
    section = "{% block body %}<p>inf is short for {{ num(fact('jobs')) }} pages</p>{% endblock %}"
    (tmp_path / "templates" / "sections" / "ours.html").write_text(section, encoding="utf-8")
    release = read(write_release(tmp_path / "release"), bundled().classification)
    settings = Settings(feedback="None here reads post")
    names = expected(release, with_own(tmp_path, bundled()), settings).names
    assert ("None, we say, should close", "None here reads post", "inf is short for") == names
