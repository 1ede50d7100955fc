"""
Render: from a specification to SVG. Alone imports vl_convert, and only to make SVG. What says where everything stands
is drawn without it (`plain`).
Reads the font folder, reaches no network, and gives the same bytes for the same specification.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from reportgen import kept
from reportgen.charts import plain, text, theme
from reportgen.errors import ConfigurationError, Problem, SystemMissingError

VEGA_LITE = "6.4"
SVG = "http://www.w3.org/2000/svg"

# A hatching means "do not rely on it". Name → stripes and ground; drawn wherever a fill says `url(#name)`.
HATCHES = {
    "hatch-accent": (theme.ACCENT, theme.PAPER),
    "hatch-grey": (theme.CONTEXT, theme.PAPER),
    "hatch-illustrative": (theme.ACCENT, theme.PAPER),  # the strip of an exported figure
}
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?|-?\d+e-\d+")
_ANCHORED = re.compile(r'<text text-anchor="(middle|end)"([^>]*)>([^<]*)</text>')
_CLUTTER = ("class", "role", "aria-label", "aria-hidden", "aria-roledescription", "stroke-miterlimit")


def to_svg(spec: Mapping[str, Any], fonts: Path) -> str:
    """
    A specification as SVG: an `<svg>` element of its size in px, without header, tooltips or roles, numbers rounded to
    hundredths, hatchings defined where used. Its text stays text.
    Args:
        fonts: folder with the font files; registered with the engine once a process, where it draws.
    Raises:
        ConfigurationError: the specification loads data from elsewhere, names a font that is not ours, or is refused by
            the engine.
        SystemMissingError: the font files are not there or the engine does not take them.
    """
    known = text.families(fonts)
    for key, value in _entries(spec):
        if key in ("url", "loader"):
            raise _refused("it loads data from elsewhere", "put the data into the specification")
        if key.lower().endswith("font") and _first_family(value) not in known:
            raise _refused(f"it names the font {value!r}", f"use theme.FONT: {theme.FONT}")
    return patterns(plain.drawn(spec) or _by_engine_once(spec, fonts))


def _by_engine_once(spec: Mapping[str, Any], fonts: Path) -> str:
    """
    Kept where such things are, as the engine takes twenty times as long as it takes to ask. What is drawn without it is
    not: asking saves a third of a millisecond of one, and costs one where nothing is kept yet.
    """
    key = hashlib.sha256(json.dumps([VEGA_LITE, spec], sort_keys=True, default=str).encode()).hexdigest()
    return kept.once("charts", key, lambda: by_engine(spec, fonts).encode()).decode()


def by_engine(spec: Mapping[str, Any], fonts: Path) -> str:
    """The same without hatchings, drawn by the engine, whatever the specification says."""
    _register(fonts)
    try:
        drawn = vl_convert.vegalite_to_svg(dict(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    except ValueError as error:
        raise _refused(str(error).strip().splitlines()[0], "mend the specification") from error
    return _cleaned(drawn)


def begun(svg: str, fonts: Path) -> str:
    """
    A picture whose words all say where they begin, measured with our fonts, for the page engine: it puts a word that
    is centred or set to the right into a group of its own, and some readers cut the left edge off such a group's first
    letter, so that 0.79 reads as 3.79. A file for browsers keeps its anchors, as these may draw with another font.
    """

    def placed(found: re.Match[str]) -> str:
        size, weight = re.search(r'font-size="([\d.]+)px"', found[2]), re.search(r'font-weight="(\d+)"', found[2])
        if size is None or weight is None:
            return found[0]
        wide = text.width(html.unescape(found[3]), fonts, float(size[1]), int(weight[1]))
        before = wide / 2 if found[1] == "middle" else wide
        return f'<text x="{-before:.2f}"{found[2]}>{found[3]}</text>'

    return _ANCHORED.sub(placed, svg)


def patterns(svg: str) -> str:
    """Put the definition of every hatching that a fill names behind the opening tag."""
    used = [name for name in HATCHES if f"url(#{name})" in svg]
    if not used:
        return svg
    start = svg.index(">") + 1
    return f"{svg[:start]}<defs>{''.join(_pattern(name) for name in used)}</defs>{svg[start:]}"


def _pattern(name: str) -> str:
    stripe, ground = HATCHES[name]
    return (
        f'<pattern id="{name}" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="4" height="4" fill="{ground}"/><rect width="1.7" height="4" fill="{stripe}"/></pattern>'
    )


@cache
def _register(fonts: Path) -> None:
    """
    Make the font files known to the engine and see that they are: of an unknown family it draws nothing in a picture
    made of SVG, and counts letters instead of measuring, without a word.
    """
    text.families(fonts)
    vl_convert.register_font_directory(str(fonts))
    if not draws("M"):
        raise SystemMissingError(
            Problem(
                kind="font-not-registered",
                what=f"the chart engine does not know the font {theme.FAMILY}",
                why="it would replace the font without a word",
                fix="check that the font files are readable and not damaged, or install reportgen again",
                file=str(fonts),
            )
        )


def draws(letter: str, weight: int = theme.REGULAR) -> bool:
    """Whether the engine leaves anything on a picture for a letter in our font; the fonts must be known to it."""
    start = f'<svg xmlns="{SVG}" width="20" height="20">'
    style = f'font-family="\'{theme.FAMILY}\'" font-weight="{weight}"'
    drawn = f'{start}<text y="16" {style}>{letter}</text></svg>'
    return bool(vl_convert.svg_to_png(drawn) != vl_convert.svg_to_png(f"{start}</svg>"))


def _first_family(font: Any) -> str:
    return str(font).split(",")[0].strip(" '\"")


def _entries(node: Any) -> Iterator[tuple[str, Any]]:
    """Every key of a specification and what stands there, outside the rows of data."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield str(key), value
            if key != "values":
                yield from _entries(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _entries(value)


def _refused(what: str, fix: str) -> ConfigurationError:
    return ConfigurationError(
        Problem(
            kind="chart-specification",
            what=f"a chart's specification was refused: {what}",
            why="pictures are made of our own data and fonts alone",
            fix=fix,
        )
    )


def _cleaned(svg: str) -> str:
    """The engine's SVG without what neither paper nor reader needs."""
    root = ET.fromstring(svg)
    for element in root.iter():
        # Without its namespace, named once at the root: which prefix a namespace gets is global to the process.
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        for attribute in [name for name in element.attrib if name in _CLUTTER]:
            del element.attrib[attribute]
        if element.get("transform") == "translate(0,0)":
            del element.attrib["transform"]
        for attribute, value in element.attrib.items():
            if attribute not in ("font-family", "fill", "stroke"):
                element.set(attribute, _NUMBER.sub(lambda number: f"{round(float(number[0]), 2):g}", value))
    _pruned(root)
    root.attrib.pop("version", None)
    root.attrib = {"xmlns": SVG, **root.attrib}
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _pruned(parent: ET.Element) -> None:
    """Drop what draws nothing, and groups that say nothing about what is in them."""
    kept: list[ET.Element] = []
    for child in parent:
        _pruned(child)
        if child.tag == "g" and not child.attrib:
            kept.extend(child)
        elif not _draws_nothing(child):
            kept.append(child)
    parent[:] = kept


def _draws_nothing(element: ET.Element) -> bool:
    if element.tag == "g":
        return not len(element)
    paints = element.get("fill", "none") != "none" or element.get("stroke", "none") != "none"
    return element.tag == "path" and (element.get("display") == "none" or not paints)
