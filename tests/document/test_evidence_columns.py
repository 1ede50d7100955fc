"""The columns of the evidence: filled in reading order, nothing lost, no head without a note."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportgen.document.sections.evidence import COLUMN, FIRST_COLUMN, Note, Piece, sheets
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status

FACT = Fact("here/jobs/-/2024/-/-", 1.0, None, None, "jobs", 0, Status.OK, "", "employment")


def group(head: float, notes: int, first: int = 1) -> Piece:
    """What is measured, and some notes of a line each."""
    return Piece(notes=tuple(Note(first + at, FACT, {}) for at in range(notes)), head=head)


def test_a_few_notes_stand_in_two_columns_of_about_the_same_length() -> None:
    """So that the last page is not lopsided."""
    (page,) = sheets([group(2, 3), group(2, 3), group(2, 3), group(2, 3)])
    assert [10.0, 10.0] == [sum(piece.lines for piece in column) for column in page]


def test_what_a_last_page_alone_would_hold_fills_what_others_leave() -> None:
    """Where it has no notes, whose order counts, and there is room."""
    columns = [group(FIRST_COLUMN - 8, 0), group(FIRST_COLUMN, 0)]
    assert 1 == len(sheets([*columns, group(5, 0)]))
    assert 2 == len(sheets([*columns, group(9, 0)]))
    assert 2 == len(sheets([*columns, group(5, 1)]))


def test_a_long_group_goes_on_in_the_next_column_without_its_head() -> None:
    """It is known by what stands above it; a note is never cut."""
    (page,) = sheets([group(3, FIRST_COLUMN)])
    (first,), (second,) = page
    assert (3, 0) == (first.head, second.head)
    assert list(range(1, FIRST_COLUMN + 1)) == [note.number for note in (*first.notes, *second.notes)]


@given(st.lists(st.tuples(st.floats(0.5, 30), st.integers(0, 90)), max_size=12))
def test_nothing_is_lost_and_no_head_stands_alone(groups: list[tuple[float, int]]) -> None:
    """Whatever there is: all notes in their order, all heads, and columns no longer than they have room for."""
    pieces, first = [], 1
    for head, notes in groups:
        pieces.append(group(head, notes, first))
        first += notes
    pages = sheets(pieces)
    laid = [piece for page in pages for column in page for piece in column]
    assert list(range(1, first)) == [note.number for piece in laid for note in piece.notes]
    noted = [head for head, notes in groups if notes]
    assert noted == [piece.head for piece in laid if piece.head and piece.notes]
    assert sorted(head for head, _ in groups) == sorted(piece.head for piece in laid if piece.head)
    for number, page in enumerate(pages):
        assert 2 == len(page)
        for column in page:
            assert sum(piece.lines for piece in column) <= (COLUMN if number else FIRST_COLUMN)
