"""Words that stand in no template: each is there, and each is asked for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from reportgen.wording import WORDS, texts, word

SOURCE = Path(__file__).resolve().parents[1] / "src" / "reportgen"
# Asked for by something else than their whole name: by what is counted, by whose colour it is, by a name of an area,
# by which whole a share is of, by a measure of the survey, by a part of a change, by a rule and what it asks, by
# a measure.
ROOTS = ("things.", "accent.", "short.", "share.", "innovation.", "parts.", "rules.", "ranges.")


def test_a_word_is_found_by_the_keys_that_lead_to_it() -> None:
    assert "local units" == word("things.units")
    assert "in orange" == word("accent.after.ours")
    with pytest.raises(KeyError, match=r"things\.pounds"):
        word("things.pounds")


def test_every_word_is_asked_for() -> None:
    """By its name, or on an axis by what follows `axis.`; one that nobody asks for would be translated in vain."""
    nodes = [node for path in SOURCE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    said = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    asked = {name for name in texts(WORDS) if name in said or name.removeprefix("axis.") in said}
    assert {name for name in texts(WORDS) if not name.startswith(ROOTS)} <= asked
    assert {root for root in ROOTS if not any(text.startswith(root) for text in said)} == set()
