"""
Tags: what accessible PDF asks for and the page engine does not say; put in before it writes the file.

Sources: ISO 14289-1 (PDF/UA-1) 7.5 on the scope of table heads; ISO 32000-1 14.8.5.4.5 on the box of a figure.
"""

from __future__ import annotations

from typing import Any

import pydyf

PX = 0.75  # pt; the engine gives the boxes of figures in px from the top of the page


def complete(document: Any, pdf: Any) -> None:
    """
    Say of each table head what it is a head of, and of each figure where it stands; leave the metadata open, so that a
    program that knows nothing of PDF finds them in the file. Arguments as of the engine's `finisher`.
    """
    for item in list(pdf.objects):
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem":
            if item["S"] == "/TH":
                attributes = item.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
                attributes["Scope"] = "/Column" if _is_in_head(item, pdf) else "/Row"
            elif item["S"] == "/Figure" and "A" in item:
                _put_box(item["A"], float(_named(item["Pg"], pdf)["MediaBox"][3]))
        elif isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata":
            item.compress = False


def _is_in_head(element: Any, pdf: Any) -> bool:
    while element["Type"] == "/StructElem" and element["S"] not in ("/THead", "/Table"):
        element = _named(element["P"], pdf)
    return bool(element.get("S") == "/THead")


def _named(reference: bytes, pdf: Any) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _put_box(attributes: Any, height: float) -> None:
    """The box of a figure in the page's own measure: pt from its lower left corner."""
    left, top, right, bottom = (side * PX for side in attributes["BBox"])
    attributes["BBox"] = pydyf.Array([round(side, 2) for side in (left, height - bottom, right, height - top)])
