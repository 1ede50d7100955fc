"""
Streams: the engine writes each object of a file twice, once for the file and once for its sum, and packs it as tightly
as it can, which takes four times as long for few bytes. Here it is written once, and packed less.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

import pydyf

LEVEL = 5  # of packing: the next takes half as long again for a fiftieth of the bytes
_engines_write = pydyf.PDF.write
_engines_bytes = pydyf._to_bytes


@lru_cache(4096)
def _text(text: str) -> bytes:
    return text.encode("ascii")


def _to_bytes(item: Any) -> bytes:
    kind = type(item)
    if kind is bytes:
        found: bytes = item
    elif kind is str:
        found = _text(item) if len(item) < 24 else item.encode("ascii")
    elif kind is float:
        found = b"%d" % item if item.is_integer() else b"%f" % item
        found = found.rstrip(b"0") if b"." in found else found
    elif kind is int:
        found = b"%d" % item
    elif isinstance(item, pydyf.Object):
        found = item.data
    else:
        found = _engines_bytes(item)
    return found


def _dictionary(item: Any) -> bytes:
    known: bytes | None = item.__dict__.get("_written")
    if known is not None:
        return known
    parts = [
        b"/%b %b" % (_text(key), value if type(value) is bytes else _to_bytes(value)) for key, value in item.items()
    ]
    return b"<<%b>>" % b"".join(parts)


def _array(item: Any) -> bytes:
    return b"[%b]" % b" ".join([part if type(part) is bytes else _to_bytes(part) for part in item])


def _stream(item: Any) -> bytes:
    known: bytes | None = item.__dict__.get("_written")
    if known is not None:
        return known
    content = b"\n".join([part if type(part) is bytes else _to_bytes(part) for part in item.stream])
    extra = pydyf.Dictionary(item.extra.copy())
    if item.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, LEVEL)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def _write(pdf: Any, *given: Any, **named: Any) -> Any:
    """By now nothing in the file changes any more, nor does what writing it adds."""
    add = pdf.add_object

    def add_finished(item: Any) -> None:
        add(item)
        item._written = item.data

    for item in pdf.objects:
        if item.free != "f":
            item._written = item.data
    pdf.add_object = add_finished
    return _engines_write(pdf, *given, **named)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Asked for at each link; they change when there is another page."""
    known: tuple[bytes, ...] | None = pdf.__dict__.get("_page_references")
    if known is None or len(known) != pdf.pages["Count"]:
        known = pdf._page_references = tuple(b"%d 0 R" % number for number in pdf.pages["Kids"][::3])
    return known


OURS = [
    (pydyf, "_to_bytes", _to_bytes),
    (pydyf.Dictionary, "data", property(_dictionary)),
    (pydyf.Array, "data", property(_array)),
    (pydyf.Stream, "data", property(_stream)),
    (pydyf.PDF, "write", _write),
    (pydyf.PDF, "page_references", property(_page_references)),
]
