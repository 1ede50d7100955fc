"""Render: clean SVG out of a specification, the same every time, without network and without a foreign font."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from reportgen import kept
from reportgen.charts import render, theme
from reportgen.charts.picture import Text, layer, picture, rules, texts
from reportgen.charts.render import SVG, begun, patterns, to_svg
from reportgen.charts.text import width
from reportgen.errors import ConfigurationError, SystemMissingError


def drawing(**more: Any) -> dict[str, Any]:
    """A hatched box, a line and two words, one of them with what XML must escape."""
    box = {"type": "rect", "fill": "url(#hatch-grey)"}
    layers = [
        layer(box, [{"x": 10.123456, "x2": 50, "y": 1 / 3, "y2": 20}], x="x", x2="x2", y="y", y2="y2"),
        rules(theme.INK, 1.6, [{"x": 0, "x2": 90, "y": 30, "y2": 30}]),
        *texts([Text(5, 60, "Film & TV <all>"), Text(95, 60, "1.62", align="right", weight=theme.SEMIBOLD)]),
    ]
    return {**picture(100, 70, layers), **more}


def test_text_stays_text_in_our_font(fonts: Path) -> None:
    words = list(ET.fromstring(to_svg(drawing(), fonts)).iter(f"{{{SVG}}}text"))
    assert ["Film & TV <all>", "1.62"] == [word.text for word in words]
    assert {theme.FONT} == {word.get("font-family") for word in words}
    assert ["start", "end"] == [word.get("text-anchor") for word in words]
    assert "600" == words[1].get("font-weight")


def test_on_a_page_every_word_says_where_it_begins(fonts: Path) -> None:
    """Else the page engine puts it into a group, whose left edge some readers cut off: 0.79 reads as 3.79 there."""
    lines = [
        Text(5, 60, "Film & TV <all>"),
        Text(95, 60, "0.79", align="right", weight=theme.SEMIBOLD),
        Text(50, 40, "R&D", align="center"),
    ]
    svg = to_svg(picture(100, 70, texts(lines)), fonts)
    left, right, centre = ET.fromstring(begun(svg, fonts)).iter(f"{{{SVG}}}text")
    assert ["Film & TV <all>", "0.79", "R&D"] == [left.text, right.text, centre.text]
    assert {"start", None} == {word.get("text-anchor") for word in (left, right, centre)}
    assert None is left.get("x")
    assert abs(-width("0.79", fonts, theme.TEXT, theme.SEMIBOLD) - float(right.get("x", ""))) < 0.05
    assert abs(-width("R&D", fonts) / 2 - float(centre.get("x", ""))) < 0.05
    assert "translate(95,60)" == right.get("transform")


def test_the_family_is_quoted() -> None:
    """A name with a part that begins with a digit is no CSS without quotes: browsers would fall back without a word."""
    assert theme.FONT.startswith(f"'{theme.FAMILY}'")


def test_nothing_is_left_that_neither_paper_nor_reader_needs(fonts: Path) -> None:
    svg = to_svg(drawing(), fonts)
    assert [] == re.findall(r"aria-|role=|class=|<title|display=", svg)
    assert [] == re.findall(r"\d\.\d{3,}", svg)
    assert 'width="100" height="70"' in svg


def test_a_hatching_is_defined_where_it_is_used(fonts: Path) -> None:
    svg = to_svg(drawing(), fonts)
    assert 1 == svg.count('<pattern id="hatch-grey"')
    assert "hatch-accent" not in svg
    assert "<svg><g/></svg>" == patterns("<svg><g/></svg>")


def test_the_same_specification_gives_the_same_bytes(fonts: Path) -> None:
    """Also after another picture was drawn between them."""
    first = to_svg(drawing(), fonts)
    to_svg(drawing(width=300), fonts)
    assert first == to_svg(drawing(), fonts)


def test_what_other_libraries_do_to_xml_does_not_show(fonts: Path) -> None:
    """Prefixes of namespaces are global to a process, and a PDF engine sets one for SVG."""
    before = to_svg(drawing(), fonts)
    ET.register_namespace("svg", SVG)
    assert before == to_svg(drawing(), fonts)
    assert before.startswith("<svg xmlns=")


def test_a_specification_that_loads_data_is_refused(fonts: Path) -> None:
    spec = drawing()
    spec["layer"][0]["data"] = {"url": "https://example.org/data.json"}
    with pytest.raises(ConfigurationError, match="loads data from elsewhere"):
        to_svg(spec, fonts)


def test_a_foreign_font_is_refused(fonts: Path) -> None:
    spec = drawing()
    spec["layer"][2]["mark"]["font"] = "Comic Neue"
    with pytest.raises(ConfigurationError, match="names the font 'Comic Neue'"):
        to_svg(spec, fonts)


def test_a_specification_that_the_engine_refuses_says_so(fonts: Path) -> None:
    with pytest.raises(ConfigurationError, match="specification was refused"):
        to_svg({"mark": "nonsense"}, fonts)


def test_a_folder_without_fonts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SystemMissingError):
        to_svg(drawing(), tmp_path)


def test_a_picture_leaves_out_layers_without_rows() -> None:
    spec = picture(10, 10, [rules(theme.INK, 1, []), rules(theme.INK, 1, [{"x": 0.033612345}])])
    assert [[{"x": 0.0336123}]] == [one["data"]["values"] for one in spec["layer"]]


def test_only_what_the_engine_draws_is_kept(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is drawn once; what is drawn without it is drawn anew, which takes no longer than asking."""
    store: dict[tuple[str, str], bytes] = {}

    class Keeper:
        def get(self, kind: str, key: str) -> bytes | None:
            return store.get((kind, key))

        def put(self, kind: str, key: str, data: bytes) -> None:
            store[kind, key] = data

    drawn: list[str] = []
    monkeypatch.setattr(render, "by_engine", lambda spec, fonts: drawn.append(spec["mark"]) or "<svg>arc</svg>")
    with kept.keeping(Keeper()):
        to_svg(drawing(), fonts)
        assert ({}, []) == (store, drawn)
        pictures = [to_svg({"mark": mark}, fonts) for mark in ("arc", "tick", "arc")]
    assert (["<svg>arc</svg>"] * 3, ["arc", "tick"], 2) == (pictures, drawn, len(store))
