"""
Pins: how much is in the packs that are timed. A pack that got faster because it says less fails the benchmark; what
grows is taken over with `--accept`.
"""

from __future__ import annotations

import base64
import io
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

import pikepdf

from reportgen.pack.model import Pack

FILE = Path(__file__).with_name("pins.toml")
ABOUT = "# What the timed packs hold at least; written by `benchmarks/packs.py --accept`.\n"
PINNED = ("pages", "charts", "svg_nodes", "chart_texts", "tags", "links", "facts")
_PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
Counts = Mapping[str, Mapping[str, int]]  # area → what → how many


def counted(pack: Pack) -> dict[str, int]:
    """
    How much of each of `PINNED` is in a pack: pictures as its document has them, tags and links as its PDF has them.
    """
    pictures = [ET.fromstring(base64.b64decode(found)) for found in _PICTURE.findall(pack.html)]
    tags, links = _of_pdf(next(data for name, data in pack.files.items() if name.endswith(".pdf")))
    return {
        "pages": pack.pages,
        "charts": sum(name.startswith("figures/") for name in pack.files),
        "svg_nodes": sum(1 for picture in pictures for _ in picture.iter()),
        "chart_texts": sum(1 for picture in pictures for each in picture.iter() if each.tag.endswith("}text")),
        "tags": tags,
        "links": links,
        "facts": len(pack.facts),
    }


def _of_pdf(data: bytes) -> tuple[int, int]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = sum(isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem" for each in pdf.objects)
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        return tags, sum(note.get("/Subtype") == "/Link" for note in notes)


def read(file: Path = FILE) -> dict[str, dict[str, int]]:
    """What is pinned; nothing where there is no file."""
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def write(found: Counts, file: Path = FILE) -> None:
    tables = [
        f"\n[{area}]\n" + "".join(f"{what} = {counts[what]}\n" for what in PINNED) for area, counts in found.items()
    ]
    file.write_text(ABOUT + "".join(tables), encoding="utf-8")


def shrunken(pinned: Counts, found: Counts) -> list[str]:
    """
    What is less than pinned, or not pinned at all, a sentence each.

    >>> shrunken({"E12000009": {"pages": 13}}, {"E12000009": {"pages": 12}})
    ['E12000009: pages 12, pinned 13']
    >>> shrunken({"E12000009": {"pages": 13}}, {"E12000009": {"pages": 14}})
    []
    """
    said = []
    for area, counts in found.items():
        for what, number in counts.items():
            least = pinned.get(area, {}).get(what)
            if least is None:
                said.append(f"{area}: {what} {number}, not pinned")
            elif number < least:
                said.append(f"{area}: {what} {number}, pinned {least}")
    return said
