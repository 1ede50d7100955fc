"""What the documents say is there."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from reportgen import cli
from reportgen.analysis.findings import FAMILIES

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md")


def command_paths() -> set[str]:
    """All commands, those of groups with the group's name before them: `release check`."""
    found: set[str] = set()
    for name, command in typer.main.get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        parts = getattr(command, "commands", None)
        found |= {f"{name} {part}" for part in parts} if parts else {name}
    return found


def test_each_command_of_the_readme_exists(root: Path) -> None:
    shown = re.findall(r"```sh\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    lines = re.findall(r"^reportgen (.+)$", "".join(shown), re.MULTILINE)
    assert len(lines) >= 5
    for line in lines:
        words = line.split()
        assert words[0] in command_paths() or " ".join(words[:2]) in command_paths(), line


def test_each_file_that_a_document_points_to_is_there(root: Path) -> None:
    for name in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", (root / name).read_text(encoding="utf-8")):
            assert (root / target).exists(), f"{name} points to {target}"


def test_the_readme_names_each_family_of_findings_once(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    table = re.search(r"\| question \| families \|\n(.*?)\n\n", text, re.DOTALL)
    assert table
    assert sorted(FAMILIES) == sorted(re.findall(r"`([a-z-]+)`", table[1]))


def test_the_glossary_gives_one_word_one_meaning(root: Path) -> None:
    words = re.findall(r"^\| \*\*(.+?)\*\*", (root / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(words) > 30
    assert sorted(words) == sorted(set(words))
    assert words == sorted(words, key=str.lower)
