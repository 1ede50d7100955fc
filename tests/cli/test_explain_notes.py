"""`reportgen explain PACK.pdf#E12`: from the number of a note to the rows of the release."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportgen import cli
from tests.support import write_release


def reportgen(*words: object) -> Result:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A tiny release, and the PDF of Bristol's pack."""
    folder = tmp_path_factory.mktemp("noted")
    release = write_release(folder / "tiny")
    result = reportgen("region", "Bristol", "--release", release, "--out", folder / "out", "-q")
    assert 0 == result.exit_code, result.stderr
    return release, Path(result.stdout.strip())


def facts(pdf: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((pdf.parent / "facts.csv").read_text(encoding="utf-8"), newline="")))


def test_a_note_ends_at_the_same_account_as_its_fact(written: tuple[Path, Path]) -> None:
    """With and without the letter, as lines and as JSON."""
    release, pdf = written
    noted = [row for row in facts(pdf) if row["note"] and not row["counts"]]
    assert [str(number) for number in range(1, len(noted) + 1)] == sorted((row["note"] for row in noted), key=int)
    row = next(row for row in noted if row["indicator"] == "location-quotient")
    for asked in (f"{pdf}#{row['note']}", f"{pdf}#E{row['note']}"):
        by_note = reportgen("explain", asked, "--release", release, "--json")
        assert json.loads(by_note.stdout)["fact"] == row["id"]
        assert by_note.stdout == reportgen("explain", row["id"], "--release", release, "--json").stdout
    lines = reportgen("explain", f"{pdf}#{row['note']}", "--release", release, "-q").stdout
    assert lines == reportgen("explain", row["id"], "--release", release, "-q").stdout


def test_the_pdf_may_be_named_from_its_own_folder(written: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path, and the release by its path."""
    release, pdf = written
    monkeypatch.chdir(pdf.parent)
    found = reportgen("explain", f"{pdf.name}#1", "--release", os.path.relpath(release), "--json")
    assert json.loads(found.stdout)["fact"] == next(row["id"] for row in facts(pdf) if row["note"] == "1")


@pytest.mark.parametrize(
    ("change", "asked", "kind", "hint"),
    [
        ("", "#E9999", "unknown-note", "its notes are E1 to E"),
        ("", "#twelve", "unknown-note", "as in #E12"),
        ("", "", "unknown-note", "as in #E12"),
        ("the facts", "#1", "no-pack-there", "there is no facts.csv beside"),
        ("the pdf", "#1", "no-pack-there", "there is no such PDF"),
        ("the manifest", "#1", "no-manifest", "datapackage.json"),
        ("the revision", "#1", "other-release", "revision 7, and this is illustrative-tiny, revision 0"),
        ("a fact", "#1", "unknown-fact", "which the release does not have"),
        ("old facts", "#1", "no-pack-there", "names no notes"),
    ],
)
def test_what_is_not_there_is_said(
    written: tuple[Path, Path], tmp_path: Path, change: str, asked: str, kind: str, hint: str
) -> None:
    """With exit code 2, and what to do."""
    release, made = written
    shutil.copytree(made.parents[1], tmp_path / "out")
    pdf = tmp_path / "out" / made.parent.name / made.name
    beside, manifest = pdf.parent / "facts.csv", tmp_path / "out" / "datapackage.json"
    if change in ("the facts", "the pdf", "the manifest"):
        {"the facts": beside, "the pdf": pdf, "the manifest": manifest}[change].unlink()
    elif change == "the revision":
        manifest.write_text(manifest.read_text().replace('"version": "0"', '"version": "7"'))
    elif change == "a fact":
        beside.write_text(beside.read_text().replace("/2023/-/-", "/1999/-/-"))
    elif change == "old facts":
        beside.write_text(beside.read_text().replace(",note,counts", ",x,y"))
    result = reportgen("explain", f"{pdf}{asked}", "--release", release)
    assert (2, "") == (result.exit_code, result.stdout)
    assert f"error[{kind}]" in result.stderr
    assert hint in result.stderr


def test_a_release_that_is_not_there_is_said(written: tuple[Path, Path]) -> None:
    """The manifest names it, and none of the folders of releases has it."""
    result = reportgen("explain", f"{written[1]}#1")
    assert 2 == result.exit_code
    assert "error[unknown-release]: there is no data release called illustrative-tiny" in result.stderr
