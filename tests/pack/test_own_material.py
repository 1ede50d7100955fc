"""A team's own settings and files change what a pack says and how it looks, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from reportgen.errors import ConfigurationError
from reportgen.pack.model import Pack
from reportgen.resources import Resources, bundled, with_own
from reportgen.settings import Settings
from tests.pack.reading import pages_of, pdf_of, rows_of
from tests.releases import USUAL, Analysed, thin, words

BATH, BRISTOL, LONDON = "E30000165", "E30000180", "E30000234"


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str, str], Resources]:
    """Put a file into the working folder; the resources that hold there then."""

    def put(name: str, text: str) -> Resources:
        path = tmp_path / "working" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return with_own(tmp_path / "working", bundled())

    return put


def work(settings: Settings) -> Analysed:
    return thin("few tables", Settings(it=settings.it))  # no other setting of these tests changes what is found


def pack(resources: Resources | None = None, settings: Settings = USUAL) -> Pack:
    """Bath's pack of the tiny release, looked through by the check."""
    found = work(settings).pack(BATH, settings, resources)
    assert [] == work(settings).problems(found, settings, resources)
    return found


def document(resources: Resources | None = None, settings: Settings = USUAL) -> str:
    """The words of the document alone."""
    return words(work(settings).written(BATH, settings, resources).html)


def text_of(pack: Pack) -> str:
    return " ".join(pages_of(pack))


def facts_of(pack: Pack) -> dict[str, str]:
    return {row["id"]: row["value"] for row in rows_of(pack, "facts.csv")}


def test_without_it_its_industries_count_nowhere() -> None:
    """Bath has 300 jobs in film, 200 in advertising, and 1,000 in IT."""
    both = {it: facts_of(pack(settings=Settings(it=it))) for it in (True, False)}
    jobs = f"{BATH}/creative-jobs/all/2023/-/-"
    assert ("1500.0", "500.0") == (both[True][jobs], both[False][jobs])
    assert any("it-software" in fact for fact in both[True])
    assert not any("it-software" in fact for fact in both[False])


def test_without_it_the_pack_says_so() -> None:
    """On its cover, its headline page and beside the definitions; with IT there is nothing to say."""
    without = text_of(pack(settings=Settings(it=False)))
    assert "Creative industries without IT, software and computer services" in without
    assert "Creative industries are counted without IT, software and computer services." in without
    assert "In every figure of this pack, creative industries are counted without IT, software" in without
    assert "without IT" not in text_of(pack())


def test_peers_of_one_s_own_choice() -> None:
    """They are drawn and named as chosen; Bath itself is among them, and its rank stays that in its region."""
    chosen_ones = document(settings=Settings(peers=(LONDON, BRISTOL)))
    assert "grey band: lowest, middle and highest of the areas chosen to compare with" in chosen_ones
    assert "Chosen to compare with: London and Bristol." in chosen_ones
    assert "highest of travel-to-work areas in the South West" in document()


def test_an_own_template_an_own_style_and_own_names(own: Callable[[str, str], Resources]) -> None:
    """Each in the place of ours; what is not there is ours."""
    contents = (bundled().root / "templates" / "sections" / "cover.html").read_text(encoding="utf-8")
    own("templates/sections/cover.html", contents.replace("Briefing packs for places", "Packs of our own"))
    own("data/names.toml", '[in_sentence]\n"South West" = "the far South West"\n')
    tokens = (bundled().root / "styles" / "tokens.css").read_text(encoding="utf-8")
    found = pack(own("styles/tokens.css", tokens.replace("#17212B", "#000000")))
    assert "Packs of our own" in text_of(found)
    assert "the far South West" in text_of(found)
    assert found.files != pack().files


def test_a_font_of_one_s_own(own: Callable[[str, str], Resources], tmp_path: Path) -> None:
    """A file beside a style that names it; the check lets its family pass."""
    fonts, styles = tmp_path / "working" / "styles" / "fonts", bundled().root / "styles"
    fonts.mkdir(parents=True)
    with TTFont(bundled().fonts / "SourceSans3-Regular.ttf") as font:
        for record in font["name"].names:
            record.string = record.toUnicode().replace("Source Sans 3", "Own Sans").replace("SourceSans3", "OwnSans")
        font.save(fonts / "Own.ttf")
    face = (
        '@font-face { font-family: "Own Sans"; src: url("reportgen:/fonts/Own.ttf") } .lede { font-family: "Own Sans" }'
    )
    found = pack(own("styles/components.css", (styles / "components.css").read_text(encoding="utf-8") + face))
    with pikepdf.open(io.BytesIO(pdf_of(found))) as pdf:
        names = {str(font["/BaseFont"]) for page in pdf.pages for font in page.obj.Resources.Font.values()}
    assert any("Own" in name for name in names)


def test_own_names_go_before_ours_name_by_name(own: Callable[[str, str], Resources]) -> None:
    """Whoever adds one need not copy the others."""
    assert "in the South West" in document(own("data/names.toml", '[in_sentence]\n"Bath" = "the city of Bath"\n'))
    assert "in South West" in document(own("data/names.toml", '[in_sentence]\n"South West" = "South West"\n'))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("data/names.toml", "[in_sentence", "data/names.toml:1"),
        ("data/names.toml", "[in_sentence]\nBath = 5", "data/names.toml"),
        ("styles/page.css", "p { text-wrap: balance }", "text-wrap"),
        ("templates/sections/cover.html", "{% block name %}Cover{% endblock %}", "the template has no block members"),
        (
            "templates/sections/contents.html",
            "{% block name %}{% endblock %}{% block body %}\n{{ nme }}{% endblock %}",
            "contents.html:2",
        ),
        ("templates/base.html", "<!doctype html>\n{{ nme }}", "templates/base.html:2"),
    ],
)
def test_own_material_that_is_wrong_lets_no_pack_through(
    own: Callable[[str, str], Resources], name: str, text: str, expected: str
) -> None:
    """It says where; it is no fault of reportgen."""
    with pytest.raises(ConfigurationError) as error:
        pack(own(name, text), Settings(contents_from=2))
    assert expected in error.value.as_text()


def test_a_style_that_is_no_text(own: Callable[[str, str], Resources], tmp_path: Path) -> None:
    own("styles/page.css", "")
    (tmp_path / "working" / "styles" / "page.css").write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match="the style sheet cannot be read"):
        pack(with_own(tmp_path / "working", bundled()))


def test_the_same_own_material_gives_the_same_bytes(own: Callable[[str, str], Resources]) -> None:
    resources, settings = own("data/names.toml", ""), Settings(it=False, contact="Ann")
    assert work(settings).build(BATH, settings, resources).files == pack(resources, settings).files
