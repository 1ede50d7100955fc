"""Whether sub-sectors have a page of their own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from reportgen.document.sections.subsectors import gather
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status


def hidden(part: str, reason: str) -> Fact:
    id_ = f"S92000003/location-quotient/{part}/2019/-/-"
    return Fact(id_, None, None, None, "ratio", 2, Status.MISSING, reason, "employment")


@pytest.mark.parametrize("parts", [["crafts"], ["crafts", "design"]])
def test_nothing_known_for_one_reason_has_no_page(parts: list[str]) -> None:
    """The headline page has said why; nine times the same sentence would say no more."""
    reason = "The release has no figures on jobs (Great Britain, 2019)."
    brief = SimpleNamespace(
        sub_sectors=parts,
        measure="jobs",
        by_quotient=[],
        quotient=hidden("all", reason),
        fact=lambda _, part: hidden(part, reason),
        on_side=lambda _: [],
    )
    assert gather(brief) is None  # type: ignore[arg-type]
