"""What is done faster than the page engine does it comes to the same pages, and keeps nothing of a pack."""

from __future__ import annotations

import gc
import io
import re
import weakref

import pikepdf
import pytest

from reportgen.pack.engine import lines, speed
from reportgen.pack.pdf import Press
from reportgen.resources import bundled
from tests.releases import illustrative

BELFAST, BRISTOL, UK = "N12000002", "E30000180", "K02000001"
# The page engine as it is says between any two glyphs that nothing is moved, and ends and begins a row of them anew.
UNSAID = ((rb"(?<=>)0(?=[<\]])", b""), (rb"><", b""), (rb"<>", b" "))


def press() -> Press:
    return Press(bundled().styles, 0)


def html(area: str) -> str:
    return illustrative().written(area).html


def printed(area: str, by: Press) -> bytes:
    return by.write(by.lay_out(html(area)), area).data


def said(data: bytes) -> list[tuple[str, bytes]]:
    """Every object of a file: what it is, and what is in it, unpacked, without what need not be said."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            content = b""
            if isinstance(item, pikepdf.Stream):
                content, about = item.read_bytes(), pikepdf.Dictionary(item.stream_dict)
                del about["/Length"]
                if "/Length1" not in about:
                    for unsaid, instead in UNSAID:
                        content = re.sub(unsaid, instead, content)
            else:
                about = item
            if about.get("/Type", "") != "/XRef" if isinstance(about, pikepdf.Dictionary) else True:
                found.append((about.unparse(resolved=False).decode("latin-1"), content))
    return found


@pytest.mark.parametrize("area", [BELFAST, *(pytest.param(area, marks=pytest.mark.slow) for area in (BRISTOL, UK))])
def test_a_pack_is_what_the_engine_makes_alone(area: str) -> None:
    fast = said(printed(area, press()))
    with speed.without():
        assert fast == said(printed(area, press()))


def test_a_pack_has_the_same_bytes_whatever_was_printed_before() -> None:
    used = press()
    printed(BRISTOL, used)
    assert printed(BELFAST, press()) == printed(BELFAST, used) == printed(BELFAST, used)


def test_nothing_of_a_document_stays() -> None:
    """Lines stay, and what their fonts are; pages, boxes and styles go."""
    by = press()
    document = by.lay_out(html(BELFAST))
    by.write(document, "x")
    gone = weakref.ref(document), weakref.ref(document.pages[0]), weakref.ref(document.pages[0]._page_box)
    styles = [weakref.ref(box.style) for box in document.pages[1]._page_box.descendants()]
    assert len(styles) > 100
    del document
    gc.collect()
    assert [None] * 3 == [one() for one in gone]
    assert {None} == {one() for one in styles}


def test_lines_that_are_kept_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINES", 50)
    by = press()
    before = printed(BELFAST, by)
    assert len(vars(by._fonts)["_lines"]) == 50
    assert before == printed(BELFAST, by)


def test_with_another_version_the_engine_does_all_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(speed.swaps()) > 10
    monkeypatch.setitem(speed.VERSIONS, "weasyprint", "70.1")
    assert [] == speed.swaps()
