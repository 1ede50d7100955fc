"""What is found where pages are not as accepted, and what is not held against another engine."""

from __future__ import annotations

import pytest

from reportgen.resources import bundled
from tests.batch import fakes
from tests.pages.laid_out import Accepted, differing, pages_of, side_by_side

HERE, ELSEWHERE = {"weasyprint": "70.0"}, {"weasyprint": "71.0"}
BATH = "<h1>Bath</h1><p>It has 300 jobs in film</p>"


def pages(body: str, engines: dict[str, str] = HERE) -> Accepted:
    return Accepted(engines, pages_of(fakes.page(body)))


def test_texts_are_rows_with_their_place() -> None:
    """In points from the top left corner of the page: the first letter on its base line, and the width."""
    heading, _, foot = pages(BATH).pages[0].texts
    assert ("Bath", "ILLUSTRATIVE DATA") == (heading.text, foot.text)
    assert heading.y < foot.y
    assert all(0 < text.x < 595 and 0 < text.y < 842 and text.width > 0 for text in (heading, foot))


def test_accepted_pages_are_read_as_they_were_written() -> None:
    two = pages(BATH + "<p style='break-before: page'>It ends here</p>")
    assert 2 == len(two.pages)
    assert two == Accepted.from_text(two.as_text())


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (BATH, []),
        (BATH.replace("300", "310"), ["accepted", "now"]),
        (BATH.replace("<p>", "<p style='margin-top: 40pt'>"), ["accepted", "now"]),
        (BATH + "<div style='height: 30pt; background: #000'></div>", ["its texts stand where they stood"]),
    ],
    ids=["nothing", "another number", "moved", "only drawn"],
)
def test_what_differs_on_a_page_is_told(now: str, found: list[str]) -> None:
    told = differing(pages(BATH), pages(now)).get(1, [])
    assert found == [line.partition(":")[0].partition(";")[0] for line in told]


def test_a_page_more_or_less_is_told() -> None:
    longer = BATH + "<p style='break-before: page'>It ends here</p>"
    assert {2: ["no such page was accepted"]} == differing(pages(BATH), pages(longer))
    assert {2: ["there is no such page now"]} == differing(pages(longer), pages(BATH))


def test_with_another_engine_lines_may_end_elsewhere_but_nothing_else_may_be_said() -> None:
    narrow = BATH.replace("<p>", "<p style='width: 60pt'>")
    assert {1} == differing(pages(BATH), pages(narrow)).keys()
    assert {} == differing(pages(BATH), pages(narrow, ELSEWHERE))
    other = pages(BATH.replace("300", "310"), ELSEWHERE)
    assert {1: ["it says something else"]} == differing(pages(BATH), other)


def test_the_picture_has_both_pages_and_marks_what_differs() -> None:
    """Orange stands under the number on either side; where nothing differs, only between them."""
    one, other = pages(BATH), pages(BATH.replace("300", "310"))
    pdf = fakes.page(BATH.replace("300", "310"))
    picture = side_by_side(one.pages[0], pdf, 1, other.pages[0], bundled().fonts)
    half = (picture.width - 10) // 2
    for left in (0, half + 10):
        colours = picture.crop((left, 0, left + half, picture.height)).getcolors(1 << 20)
        assert (244, 106, 37) in [colour for _, colour in colours or []]
    same = side_by_side(other.pages[0], pdf, 1, other.pages[0], bundled().fonts)
    colours = same.crop((half + 10, 0, same.width, same.height)).getcolors(1 << 20)
    assert (244, 106, 37) not in [colour for _, colour in colours or []]
