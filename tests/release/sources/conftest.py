"""
What the tests of sources share: write a raw file, take it for a table of a recipe, or be refused with a message.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import DataError
from reportgen.release.recipe import TableRecipe
from reportgen.release.sources.extract import Extract
from reportgen.release.sources.kinds import extract

Take = Callable[..., Extract]
Refuse = Callable[..., str]


def rows(found: Extract) -> list[tuple[str, ...]]:
    """The rows of an extract, in the order of the table's columns."""
    return list(zip(*found.columns.values(), strict=True))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes, str], Path]:
    """Write a raw file and return its path."""

    def write(content: str | bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def take(write: Callable[[str | bytes, str], Path]) -> Take:
    """The rows that a raw file has for a table."""

    def take(content: str | bytes, table: str = "employment", name: str = "raw.csv", **recipe: Any) -> Extract:
        found, problems = extract(write(content, name), TableRecipe(table, (name,), **{"kind": "", **recipe}))
        assert [] == problems
        assert found is not None
        return found

    return take


@pytest.fixture
def refuse(write: Callable[[str | bytes, str], Path]) -> Refuse:
    """The message with which a raw file is refused."""

    def refuse(content: str | bytes, table: str = "employment", name: str = "raw.csv", **recipe: Any) -> str:
        _, problems = extract(write(content, name), TableRecipe(table, (name,), **{"kind": "", **recipe}))
        assert problems
        return DataError(problems).as_text()

    return refuse
