"""Figures say what they show to everybody: in words, in grey, and with nothing cut off."""

from __future__ import annotations

from dataclasses import replace

import pikepdf
import pytest

from reportgen.pack.check import check_figure, check_pack
from reportgen.resources import bundled
from tests.pack.test_check import BODY, EXPECTED, MARK, PICTURE, dictionaries, edited, found, printed

MEASURED = replace(EXPECTED, lettering=bundled().fonts)
ALTERNATIVE = "Bars of jobs: Bath 900, Stoke 700, and so on."


def figure(inside: str, title: str = "Bath leads", alternative: str = ALTERNATIVE) -> bytes:
    """A figure of its own, 200 px wide, with its picture in a frame of 180 × 60 px."""
    return f"""
        <svg xmlns="http://www.w3.org/2000/svg" width="200" height="120">
          <title>{title}</title><desc>{alternative}</desc>
          <text x="4" y="16">{MARK}</text>
          <clipPath id="frame"><rect width="180" height="60"/></clipPath>
          <g transform="translate(10,30)" clip-path="url(#frame)">{inside}</g>
        </svg>
    """.encode()


def told(data: bytes) -> list[tuple[str, str]]:
    return [(problem.kind, problem.detail) for problem in check_figure(data, MEASURED, "map.svg")]


def bar(fill: str, more: str = "") -> str:
    return f'<path d="M0,0h9v9h-9Z" fill="{fill}" {more}/>'


def test_a_figure_that_says_what_it_shows_has_no_problem() -> None:
    assert [] == told(figure(bar("#12436D") + '<text x="0" y="20" font-size="10.67px">Bath</text>'))


@pytest.mark.parametrize(
    ("alternative", "detail"),
    [("Bath leads.", "<desc> Bath leads."), ("Map of Bath", "<desc> Map of Bath")],
    ids=["the title again", "a few words"],
)
def test_an_alternative_text_that_says_nothing(alternative: str, detail: str) -> None:
    assert [("poor-alternative", detail)] == told(figure(bar("#12436D"), alternative=alternative))


@pytest.mark.parametrize("name", ["bath-map.svg", "areas-map", "E30000165_bath"])
def test_an_alternative_text_that_is_the_name_of_a_file(name: str) -> None:
    data = printed(BODY.replace('alt="Bath stands above the rest"', f'alt="{name}"'))
    kinds = [kind for kind, _ in found(data)]
    assert (["poor-alternative"] if name != "E30000165_bath" else []) == kinds


def test_two_figures_with_the_same_alternative_text() -> None:
    """Both are named; the words count, not their capitals."""
    again = f'<figure><img alt="bath stands above THE rest" src="{PICTURE}"></figure>'
    assert [("poor-alternative", "page 1, figure")] * 2 == found(printed(BODY + again))


@pytest.mark.parametrize(
    "text",
    ['<text x="170" y="20" {}>Llandrindod</text>', '<text x="-9" y="20" {}>Bath</text>', '<text y="3" {}>Bath</text>'],
    ids=["at the right", "at the left", "at the top"],
)
def test_a_text_that_is_cut_off(text: str) -> None:
    data = figure(bar("#12436D") + text.format('font-size="10.67px"'))
    assert ["clipped"] == [kind for kind, _ in told(data)]


def test_a_text_that_ends_where_the_picture_ends() -> None:
    """It is anchored at its end, and shifted by a group."""
    assert [] == told(
        figure('<g transform="translate(170,20)"><text text-anchor="end" font-size="12px">Bath</text></g>')
    )


def test_colours_that_are_one_in_grey() -> None:
    """Orange is as light as the grey of the others: an outline, dashes or the width of a line tell them apart."""
    orange, grey = "#F46A25", "#87929B"
    assert [("alike-in-grey", "marks of #87929B")] == told(figure(bar(orange) + bar(grey)))
    assert [] == told(figure(bar(orange, 'stroke="#17212B"') + bar(grey)))
    assert [("alike-in-grey", "marks of #87929B")] == told(figure(bar(orange, 'stroke="#FFFFFF"') + bar(grey)))
    line = '<path d="M0,0L9,9" stroke="{}" {}/>'
    assert ["alike-in-grey"] == [one[0] for one in told(figure(line.format(orange, "") + line.format(grey, "")))]
    assert [] == told(figure(line.format(orange, 'stroke-width="2.4"') + line.format(grey, 'stroke-width="1.8"')))
    assert [] == told(figure(line.format(orange, 'stroke-dasharray="2,2"') + line.format(grey, "")))


def test_colours_of_which_one_is_dark_need_nothing_more() -> None:
    assert [] == told(figure(bar("#F46A25") + bar("#12436D")))


def test_a_pack_that_is_longer_than_its_kind() -> None:
    """Counted to the end that the document names; the cover does not count."""
    page = "<div style='break-before: page'>Jobs</div>"
    body = f"<h1>Bath</h1><p><a href='#end'>To the end</a></p>{page * 3}<p id='end'>End</p>"
    pdf = {"creative-clusters_illustrative-1_E1_bath.pdf": printed(body)}
    whole = {**pdf, "facts.csv": b"id,value,status\nx,1,ok\n", "data.csv": b"figure,label\n"}
    for most, kinds in ((3, []), (2, ["page-count"])):
        wanted = replace(EXPECTED, pages={"E1_bath": (1, most)})
        assert kinds == [problem.kind for problem in check_pack("E1_bath", whole, wanted)]


def test_a_figure_of_a_page_without_alternative_text_is_told_once() -> None:
    def silent(pdf: pikepdf.Pdf) -> None:
        for one in dictionaries(pdf, "/S", "/Figure"):
            one["/Alt"] = pikepdf.String(" ")

    assert ["figure-without-text"] == [kind for kind, _ in found(edited(printed(BODY), silent)) if kind != "pdf-ua"]
