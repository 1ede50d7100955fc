"""The sheets of the infographic: nothing covers anything else, nothing leaves the sheet, whatever the names are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.charts import theme
from reportgen.charts.outlines import Extent, Outlines
from reportgen.charts.picture import Text
from reportgen.charts.poster import FORMATS, PAGE, SHARED, Claim, Content, laid_out
from reportgen.charts.poster_map import Place
from reportgen.charts.poster_sheet import Format, Sheet
from reportgen.charts.poster_stories import Row, Series, Story
from reportgen.charts.text import ASCENT, DESCENT, width
from reportgen.resources import bundled

FONTS = bundled().fonts
SIXTY = "Saint Mary under the Long Mountain and the Lower Valley Towns"
NAMES = ("Ayr", "Bath", "Llandrindod Wells and Builth Wells", SIXTY)
LIMITS = "An interval shows what chance and rounding leave open. No test says what causes what. Source: an office. "
HIGH = Outlines({"X": (np.array([[0, 0], [0, 90], [50, 90], [50, 0], [0, 0]]) * 1e4,)}, (), {}, ("X",))
WIDE = Outlines({"X": (np.array([[0, 0], [0, 40], [90, 40], [90, 0], [0, 0]]) * 1e4,)}, (), {}, ("X",))
CROWD = {"A": (1e5, 1e5), "B": (1.1e5, 1.4e5), "C": (1.3e5, 1.1e5), "D": (1.5e5, 1.3e5), "E": (4e5, 7e5)}


def story(name: str, kind: str = "dots", rows: int = 12) -> Story:
    made = tuple(Row(f"{name} {i}", "1.25 [u]", 1.25, 1.0, 1.6, i == rows - 1, i == rows - 1) for i in range(rows))
    return Story(f"By share: 12th of 12 {name}", "What is shown, and how", kind, made)  # type: ignore[arg-type]


def lines(name: str) -> Story:
    series = (
        Series("Creative jobs", "+3.0 % a year since 2019 (−0.8 to 6.1 %)", (100.0, None, 120.0), True),
        Series(f"All jobs of {name}", "+1.0 % a year", (100.0, 104.0, 119.5)),
    )
    return Story(
        "Whether creative jobs have grown since 2015 cannot be told",
        "100 = 2015",
        "lines",
        series=series,
        ends=("2015", "2024"),
    )


def content(name: str, outlines: Outlines | None = None, figures: tuple[str, ...] = ("1,518,800", "4.8 %")) -> Content:
    return Content(
        head=f"Creative clusters · {name} · Illustrative release 2024",
        mark="ILLUSTRATIVE DATA: invented numbers, not for quotation",
        title=f"Whether creative jobs are more common in {name} than in GB is not clear",
        claims=tuple(Claim(figure, "times that share with London left out of Great Britain") for figure in figures),
        stories=(story(name), lines(name), story(name, "bars", 9)),
        limits=LIMITS * 3,
        alt="What it says.",
        key=(
            ("firm", "Creative hotspot"),
            ("open", "Hotspot whose interval includes the national share"),
            ("rest", "Other areas; area of a circle: creative jobs, 2024"),
        ),
        places=tuple(Place(code, f"{name} {code}", 10.0, "firm", True) for code in CROWD) if outlines else (),
        outlines=Outlines(outlines.rings, (), CROWD, outlines.land) if outlines else None,
        extent=outlines.extent() if outlines else None,
    )


def box(line: Text) -> tuple[float, float, float, float]:
    return (
        line.x,
        line.y - ASCENT * line.size,
        line.x + width(line.text, FONTS, line.size, line.weight),
        line.y + DESCENT * line.size,
    )


def texts(sheet: Sheet) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every text of a sheet with the place that it takes, those of the map and its lens among them."""
    found = [(line.text, box(line)) for line in sheet.lines]
    parts = [(sheet.map.x, sheet.map.y, sheet.map)] if sheet.map else []
    if sheet.map and (lens := sheet.map.lens):
        parts.append((lens.x - lens.radius, lens.y - lens.radius, lens.inside))
    for x, y, drawn in parts:
        for line in drawn.names.lines:
            left, top, right, bottom = box(line)
            found.append((line.text, (left + x, top + y, right + x, bottom + y)))
    return found


def covered(sheet: Sheet) -> list[tuple[str, str]]:
    return [
        (one, other)
        for (one, a), (other, b) in combinations(texts(sheet), 2)
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]


def outside(sheet: Sheet) -> list[str]:
    form = sheet.format
    return [text for text, (a, b, c, d) in texts(sheet) if a < 0 or b < 0 or c > form.width or d > form.height]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("outlines", [HIGH, WIDE, None], ids=["high", "wide", "no map"])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_covers_another_or_leaves_the_sheet(name: str, outlines: Outlines | None, form: Format) -> None:
    sheet = laid_out(content(name, outlines), form, FONTS, strip=True)
    assert [] == covered(sheet)
    assert [] == outside(sheet)


@settings(deadline=None, max_examples=25)
@given(
    name=st.text("abcdefghij klmnop'qrstuvwxyz-", min_size=3, max_size=60).filter(str.strip),
    figures=st.lists(st.sampled_from(("1", "0.997", "+3.1 %", "1,518,800")), max_size=2).map(tuple),
    form=st.sampled_from(FORMATS),
)
def test_neither_with_any_name(name: str, figures: tuple[str, ...], form: Format) -> None:
    sheet = laid_out(content(name, HIGH, figures), form, FONTS, strip=True)
    assert ([], []) == (covered(sheet), outside(sheet))


def test_the_lens_enlarges_where_marked_places_crowd() -> None:
    """Four of five lie close together: they have their names in the lens, the fifth on the map."""
    drawn = laid_out(content("Ayr", HIGH), PAGE, FONTS, strip=False).map
    assert drawn
    assert drawn.lens
    assert {"Ayr A", "Ayr B", "Ayr C", "Ayr D"} == {line.text for line in drawn.lens.inside.names.lines}
    assert ["Ayr E"] == [line.text for line in drawn.names.lines]


def test_where_they_do_not_crowd_there_is_no_lens() -> None:
    far = dict(zip(CROWD, [(5e4 + 8e4 * i, 5e4 + 1.9e5 * i) for i in range(5)], strict=True))
    spread = content("Ayr", HIGH)
    apart = Outlines(HIGH.rings, (), far, HIGH.land)
    sheet = laid_out(Content(**{**vars(spread), "outlines": apart}), PAGE, FONTS, strip=False)
    assert sheet.map
    assert sheet.map.lens is None
    assert {"Ayr A", "Ayr E"} <= {line.text for line in sheet.map.names.lines}


def test_no_marked_place_lies_under_the_edge_of_the_lens() -> None:
    """Half a dot beneath a line is neither in the lens nor beside it."""
    drawn = laid_out(content("Ayr", HIGH), PAGE, FONTS, strip=False).map
    assert drawn
    assert drawn.lens
    x, y, radius = drawn.lens.of
    apart = [abs(np.hypot(circle.x - x, circle.y - y) - radius) for circle in drawn.circles]
    assert min(apart) >= 0.15 * radius


def test_a_map_of_few_places_is_the_country_with_a_lens_over_them() -> None:
    few = Content(**{**vars(content("Ayr", HIGH)), "country": HIGH.extent(), "extent": Extent(9e4, 9e4, 16e4, 15e4)})
    drawn = laid_out(few, PAGE, FONTS, strip=False).map
    assert drawn
    assert drawn.lens
    assert () == drawn.circles
    assert {"Ayr A", "Ayr B", "Ayr C", "Ayr D"} == {line.text for line in drawn.lens.inside.names.lines}
    wide = laid_out(few, SHARED[1], FONTS, strip=False).map
    assert wide
    assert wide.lens is None


def test_land_of_areas_that_cross_the_border_lies_fainter_around_it() -> None:
    beyond = np.array([[40, 10], [40, 30], [60, 30], [60, 10], [40, 10]]) * 1e4
    outlines = Outlines({**HIGH.rings, "Y": (beyond,)}, (), CROWD, ("X",))
    across = {**vars(content("Ayr", HIGH)), "outlines": outlines, "shape": ("X",), "around": ("Y",)}
    drawn = laid_out(Content(**across), PAGE, FONTS, strip=False).map
    assert drawn
    assert drawn.around
    assert drawn.around != drawn.land


@pytest.mark.parametrize("form", [PAGE, SHARED[0]], ids=lambda form: form.name)
def test_every_row_is_shown_where_the_navy_can_give_way(form: Format) -> None:
    """However long the limits and the titles are: a list of places that ends early would need a word for it."""
    rows = tuple(Row("Yorkshire and the Humber", "0.98", 0.98, 0.9, 1.1) for _ in range(12))
    full = {**vars(content("Ayr", HIGH)), "stories": (Story("A title of some length", "Note " * 20, "dots", rows),)}
    sheet = laid_out(Content(**full), form, FONTS, strip=True)
    assert 12 == sum(1 for shape in sheet.shapes if shape["kind"] == "dot")
    assert sheet.navy < round(form.height * form.navy)


def test_the_packs_own_row_is_shown_however_few_have_room() -> None:
    long = Content(**{**vars(content("Ayr")), "stories": (story(SIXTY, rows=30),)})
    shown = " ".join(line.text for line in laid_out(long, PAGE, FONTS, strip=False).lines)
    assert "Towns 29" in shown
    assert "Towns 28" not in shown


def test_pictures_for_sharing_have_the_pixels_of_their_names() -> None:
    assert [(1200, 1500), (1200, 630)] == [(form.width * form.scale, form.height * form.scale) for form in SHARED]
    assert [f"{form.width * form.scale:g}x{form.height * form.scale:g}" for form in SHARED] == [
        form.name for form in SHARED
    ]


def test_an_interval_that_holds_the_line_has_a_hollow_dot() -> None:
    rows = (
        Row("Open", "1.1", 1.1, 0.9, 1.3, True),
        Row("Above", "1.5", 1.5, 1.2, 1.8, True),
        Row("Unknown", "[c]", None, None, None),
    )
    alone = Content(**{**vars(content("Ayr")), "stories": (Story("Title", "Note", "dots", rows),)})
    sheet = laid_out(alone, PAGE, FONTS, strip=False)
    dots = [shape["fill"] for shape in sheet.shapes if shape["kind"] == "dot"]
    assert [theme.PAPER, theme.ACCENT] == dots


def test_what_is_of_the_place_itself_is_in_its_colour_and_no_outline_cuts_an_interval() -> None:
    rows = (Row("Below", "0.5", 0.5, 0.4, 0.6, own=True), Row("Another", "0.6", 0.6, 0.5, 0.7))
    alone = Content(**{**vars(content("Ayr")), "stories": (Story("Title", "Note", "dots", rows),)})
    dots = [shape for shape in laid_out(alone, PAGE, FONTS, strip=False).shapes if shape["kind"] == "dot"]
    assert [(theme.ACCENT, theme.INK), (theme.CONTEXT, "none")] == [(dot["fill"], dot["edge"]) for dot in dots]


def test_bars_begin_at_nought() -> None:
    alone = Content(**{**vars(content("Ayr")), "stories": (story("Ayr", "bars", 3),)})
    bars = [shape for shape in laid_out(alone, PAGE, FONTS, strip=False).shapes if shape["kind"] == "rect"]
    rows = (Row("Twice", "2", 2.0, None, None), Row("Half", "1", 1.0, None, None))
    two = Content(**{**vars(content("Ayr")), "stories": (Story("Title", "Note", "bars", rows),)})
    twice, half = [
        shape["width"] for shape in laid_out(two, PAGE, FONTS, strip=False).shapes if shape["kind"] == "rect"
    ]
    assert len({bar["x"] for bar in bars}) == 1
    assert twice == pytest.approx(2 * half, abs=0.2)


@pytest.mark.parametrize("unsure", [True, False])
def test_a_change_that_may_be_none_ends_in_a_hollow_dot(unsure: bool) -> None:
    line = Series("Creative jobs", "", (100.0, 120.0), True, (90.0, 150.0), unsure)
    told = Story("Title", "Note", "lines", series=(line,), ends=("2023", "2024"))
    alone = Content(**{**vars(content("Ayr")), "stories": (told,)})
    [dot] = [shape for shape in laid_out(alone, PAGE, FONTS, strip=False).shapes if shape["kind"] == "dot"]
    assert unsure is (dot["fill"] == theme.PAPER)
