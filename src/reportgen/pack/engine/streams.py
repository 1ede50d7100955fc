"""
Streams: the engine writes each object of a file twice, once for the file and once for its sum, and packs it as tightly
as it can, which takes four times as long for a fiftieth of the bytes. Here it is written once, and packed as usual.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

import pydyf

LEVEL = 6  # of packing
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
    return b"<<%b>>" % b"".join([b"/%b %b" % (_to_bytes(key), _to_bytes(value)) for key, value in item.items()])


def _stream(item: Any) -> bytes:
    known: bytes | None = item.__dict__.get("_written")
    if known is not None:
        return known
    content = b"\n".join([_to_bytes(part) for part in item.stream])
    extra = pydyf.Dictionary(item.extra.copy())
    if item.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, LEVEL)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def _write(pdf: Any, *given: Any, **named: Any) -> Any:
    """By now nothing in the file changes any more."""
    for item in pdf.objects:
        if item.free != "f":
            item._written = item.data
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
    (pydyf.Stream, "data", property(_stream)),
    (pydyf.PDF, "write", _write),
    (pydyf.PDF, "page_references", property(_page_references)),
]
