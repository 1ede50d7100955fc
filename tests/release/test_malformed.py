"""
Forty and more ways to be wrong, each with its exact message; and what looks wrong, but is accepted.
The messages are ours: after a change, look at the difference and take them over with `pytest --accept`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.release.conftest import refusal
from tests.release.malformed_cases import CASES
from tests.support import write_release

ACCEPTED = Path(__file__).with_name("malformed")


@pytest.mark.malformed
@pytest.mark.parametrize("case", CASES)
def test_what_is_said_of_a_malformed_release(case: str, tmp_path: Path, accept: bool) -> None:
    """The whole message, as it stands in the file of the case."""
    folder = write_release(tmp_path / "release")
    CASES[case](folder)
    said, accepted = refusal(folder) + "\n", ACCEPTED / f"{case}.txt"
    if accept:
        accepted.write_text(said, encoding="utf-8")
    assert accepted.read_text(encoding="utf-8") == said


def test_each_accepted_message_is_of_a_case() -> None:
    """None is left over from a case that was renamed."""
    assert sorted(CASES) == sorted(path.stem for path in ACCEPTED.iterdir())
