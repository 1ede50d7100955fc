"""Every kind of problem has its entry in docs/errors.md, with an example that fails and the same mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.kinds import kinds_of


@pytest.fixture(scope="module")
def entries(root: Path) -> dict[str, str]:
    """Kind → what docs/errors.md says of it."""
    page = (root / "docs" / "errors.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)\n", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def kinds(root: Path) -> dict[str, set[str]]:
    """Kind → the modules that report it."""
    return kinds_of(root / "src" / "reportgen")


def test_each_kind_of_problem_has_its_entry(kinds: dict[str, set[str]], entries: dict[str, str]) -> None:
    """Who reports a new kind adds a heading, a sentence and two examples, in the part of its exit code."""
    lacking = [f"### {kind}   reported in {', '.join(sorted(kinds[kind]))}" for kind in sorted(kinds.keys() - entries)]
    assert not lacking, "add an entry to docs/errors.md for each of these:\n" + "\n".join(lacking)


def test_each_entry_is_of_a_kind(kinds: dict[str, set[str]], entries: dict[str, str]) -> None:
    """None is left over from a kind that is no longer reported."""
    assert set() == entries.keys() - kinds.keys()


def test_each_entry_says_when_it_comes_and_shows_how_to_mend_it(entries: dict[str, str]) -> None:
    """One sentence or more, then an example that fails and the same mended."""
    form = re.compile(r"[A-Z`].+\.\n```\n✗ .+\n(?:  .+\n)*✓ .+\n(?:  .+\n)*```\n", re.DOTALL)
    assert [] == [kind for kind, text in entries.items() if not form.match(text)]


def test_a_kind_that_cannot_be_read_off_is_noticed(tmp_path: Path) -> None:
    """What is put together at run time could not be looked up."""
    (tmp_path / "errors.py").write_text("class Problem:\n    kind: str\n    what: str\n")
    (tmp_path / "check.py").write_text('def check(name):\n    return Problem(f"wrong-{name}", "it is wrong")\n')
    with pytest.raises(ValueError, match=r"check.py:2: write the kind of a problem out"):
        kinds_of(tmp_path)


@pytest.mark.parametrize(
    "code",
    [
        'return Problem("too-red", what)',
        'return sheet.problem("too-red", what)',
        'kind = "too-red" if name == "other" else "too-red"\n    return Problem(kind, what)',
        'return Problem(what="it is red", kind="too-red")',
        'return "too-red", "it is red", "it hurts", "make it blue"',
        'kind, what = "too-red", "it is red"\n    return Problem(kind, what)',
        'for kind, what in [("too-red", "it is red")]:\n        return Problem(kind, what)',
    ],
)
def test_kinds_are_found_however_they_are_handed_on(tmp_path: Path, code: str) -> None:
    """In the forms that the source has."""
    (tmp_path / "errors.py").write_text("class Problem:\n    kind: str\n    what: str\n")
    method = "class Sheet:\n    def problem(self, kind, what):\n        return Problem(kind, what)\n"
    (tmp_path / "check.py").write_text(f"{method}def check(name, what, sheet):\n    {code}\n")
    assert {"too-red": {"check.py"}} == kinds_of(tmp_path)


def test_a_table_of_something_else_has_no_kinds(tmp_path: Path) -> None:
    """The words about a kind are sentences; `kind` is also a word for kinds of packs."""
    (tmp_path / "errors.py").write_text("class Problem:\n    kind: str\n    what: str\n")
    (tmp_path / "check.py").write_text(
        'WORDS = {"too-red": ("it hurts the eye", "make it blue")}\nPARTS = {"local": ("cover", "methods")}\n'
        "def check(kind):\n    return PARTS[kind], WORDS[kind]\n"
    )
    assert {"too-red": {"check.py"}} == kinds_of(tmp_path)
