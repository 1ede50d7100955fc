"""A pack is built again whenever something it comes from has changed; a fault leaves the last good pages."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen import wording
from reportgen.batch import work
from reportgen.errors import ConfigurationError, Problem
from reportgen.pack.model import Pack
from reportgen.preview.rebuilding import Place, Preview, Shown, forget
from reportgen.release.model import Release
from reportgen.resources import Resources, bundled, with_own
from reportgen.settings import Settings
from tests.batch import fakes
from tests.support import write_release

STYLE, TEMPLATE = "styles/page.css", "templates/sections/cover.html"
Given = tuple[str, Release, object, Resources, Settings]


class Team:
    """A team's folder with a preview of Bath; `given` are the arguments of each build."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.given = folder, list[Given]()
        self.settings = Settings()
        self.refuse: Exception | None = None
        self.make: Callable[..., Pack] = fakes.build
        folder.mkdir()
        self.release = write_release(folder.parent / "release")

    def build(self, *given: object) -> Pack:
        self.given.append(given)  # type: ignore[arg-type]
        if self.refuse is not None:
            raise self.refuse
        return self.make(*given)

    def preview(self) -> Preview:
        place = Place((self.folder, bundled().root), lambda: with_own(self.folder, bundled()), lambda: self.settings)
        return Preview(self.release, lambda _: fakes.BATH, place)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    made = Team(tmp_path / "team")
    monkeypatch.setattr(work, "builder", lambda: made.build)
    return made


def test_nothing_is_built_while_nothing_changes(team: Team) -> None:
    preview = team.preview()
    assert Shown(name="Bath", working=True) == preview.shown
    assert [True, False, False] == [preview.look() for _ in range(3)]
    assert (1, 1, False) == (preview.shown.version, len(team.given), preview.shown.working)
    assert preview.shown.pdf.startswith(b"%PDF")
    assert 1 == len(preview.shown.sizes)


@pytest.mark.parametrize("name", [STYLE, TEMPLATE, "data/names.toml", "data/classification/new.toml", "reportgen.toml"])
def test_a_file_that_is_new_changed_or_gone_builds_again(team: Team, name: str) -> None:
    """Be it the first of the team's own, or changed within the same second to another of the same length."""
    preview = team.preview()
    preview.look()
    team.write(name, "one")
    assert preview.look()
    team.write(name, "two")
    os.utime(team.folder / name, ns=(1, 1))
    assert preview.look()
    (team.folder / name).unlink()
    assert [True, False] == [preview.look(), preview.look()]


def test_what_is_no_material_builds_nothing(team: Team) -> None:
    preview = team.preview()
    preview.look()
    for name in ("notes.txt", "templates/draft.txt", "out/pack.pdf"):
        team.write(name, "one")
    assert not preview.look()


def test_the_build_gets_what_stands_there_now(team: Team) -> None:
    preview = team.preview()
    preview.look()
    team.write(STYLE, "html { color: red }")
    team.settings = Settings(publisher="Harbour Institute")
    preview.look()
    *_, resources, settings = team.given[-1]
    found = resources.styles.find("page.css")
    assert found is not None
    assert ("html { color: red }", "Harbour Institute") == (found.read_text(encoding="utf-8"), settings.publisher)


def test_findings_are_kept_until_their_data_or_a_setting_change(team: Team) -> None:
    """A style changes none of them; a table of the release, a definition and a setting do."""
    preview = team.preview()
    preview.look()
    team.write(STYLE, "html {}")
    preview.look()
    first, second = team.given
    assert (True, True) == (first[1] is second[1], first[2] is second[2])
    table = team.release / "employment.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",300,", ",301,"), encoding="utf-8")
    preview.look()
    assert (False, False) == (team.given[-1][1] is first[1], team.given[-1][2] is first[2])
    team.settings = Settings(contents_from=99)
    team.write("reportgen.toml", "contents_from = 99")
    preview.look()
    assert (True, False) == (team.given[-1][1] is team.given[-2][1], team.given[-1][2] is team.given[-2][2])


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConfigurationError(Problem("bad-template", "it is wrong", "a page lacks it", "mend it")), "fix: mend it"),
        (KeyError("location-quotient"), "KeyError: 'location-quotient'"),
    ],
)
def test_a_fault_is_told_and_the_last_good_pages_stay(team: Team, error: Exception, said: str) -> None:
    """Until it is mended; be it of the team's own or of ours."""
    preview = team.preview()
    preview.look()
    good = preview.shown.pdf
    team.refuse = error
    team.write(TEMPLATE, "{% if %}")
    assert preview.look()
    assert said in preview.shown.fault
    assert (2, good) == (preview.shown.version, preview.shown.pdf)
    assert not preview.look()
    team.refuse = None
    team.write(TEMPLATE, "{% if true %}{% endif %}")
    preview.look()
    assert (3, "") == (preview.shown.version, preview.shown.fault)


def test_a_release_that_breaks_is_a_fault_too(team: Team) -> None:
    preview = team.preview()
    preview.look()
    table = team.release / "employment.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",300,", ",many,"), encoding="utf-8")
    preview.look()
    assert "employment.csv" in preview.shown.fault
    assert preview.shown.pdf


def test_what_a_run_would_not_write_is_shown_with_its_reason(team: Team) -> None:
    team.make = fakes.build_with_a_stray_word
    preview = team.preview()
    preview.look()
    assert ("", True) == (preview.shown.fault, bool(preview.shown.pdf))
    assert preview.shown.problems.startswith("error[")


def test_what_was_read_once_is_read_again() -> None:
    """Words that charts and pages share, kept for a whole run, among them."""
    before = wording.texts("data/words.toml")
    assert before is wording.texts("data/words.toml")
    forget()
    assert before is not wording.texts("data/words.toml")
    assert before == wording.texts("data/words.toml")
