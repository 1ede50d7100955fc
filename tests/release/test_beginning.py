"""The next release, begun from the one before."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import DataError, UsageError
from reportgen.release.beginning import begin
from reportgen.release.importing import import_release
from reportgen.release.recipe import read_recipe
from tests.support import write_release


@pytest.fixture
def example(root: Path) -> Path:
    return root / "examples" / "crosswalk" / "recipe.toml"


@pytest.fixture
def old(example: Path, tmp_path: Path) -> Path:
    """The folder of an imported release."""
    return import_release(example, None, tmp_path / "releases" / "old").folder


def finished(recipe: Path, **keys: str) -> Path:
    """The recipe with its marks done and some of its keys changed."""
    lines = [line for line in recipe.read_text(encoding="utf-8").splitlines() if "# to do:" not in line]
    for number, line in enumerate(lines):
        key = line.partition(" = ")[0]
        lines[number] = f"{key} = {keys[key]}" if key in keys else line
    recipe.write_text("\n".join(lines), encoding="utf-8")
    return recipe


def refusal(recipe: Path) -> str:
    with pytest.raises(DataError) as refused:
        read_recipe(recipe)
    return refused.value.as_text()


def test_the_next_recipe_is_the_old_one_with_marks(old: Path, example: Path, tmp_path: Path) -> None:
    """New id, first revision, the release before; a mark above what must be looked at, all else as it was."""
    begun = begin("illustrative-next", old, tmp_path / "next")
    before = example.read_text(encoding="utf-8").splitlines()
    after = begun.recipe.read_text(encoding="utf-8").splitlines()
    assert """\
id = "illustrative-next"
# to do: title: does it name the new release?
# to do: reference_period: which years do the new figures cover?
# to do: published: on which day? This is that of the release before
# to do: status: are the new figures provisional or final?
previous = { id = "illustrative-crosswalk", published = 2024-11-01 }
# to do: sources: do their names say what the new figures are? Every page cites them
# to do: tables.employment.files: which raw files are the new figures in?
# to do: tables.businesses.files: which raw files are the new figures in?""" == "\n".join(
        line for line in after if line not in before
    )
    assert ['id = "illustrative-crosswalk"'] == [line for line in before if line not in after]


def test_whether_years_are_still_provisional_is_asked(example: Path, tmp_path: Path) -> None:
    """Also of a correction; where series break stays as it was."""
    text = example.read_text(encoding="utf-8")
    broken = '\n[[breaks]]\nyear = 2023\nwhat = "All is new."\ntables = ["employment"]\n'
    text = text.replace("derive_levels", 'provisional_years = ["2023"]\nderive_levels', 1) + broken
    (tmp_path / "recipe.toml").write_text(text, encoding="utf-8")
    for reissue, name in ((False, "illustrative-next"), (True, "illustrative-crosswalk")):
        begun = begin(name, tmp_path / "recipe.toml", tmp_path / name, reissue=reissue)
        assert "provisional_years: which years of the new figures are?" in begun.to_do
        assert broken in begun.recipe.read_text(encoding="utf-8")


def test_small_files_about_places_come_along(old: Path, example: Path, tmp_path: Path) -> None:
    """From a release that kept its recipe or from a recipe file; raw files with figures do not."""
    wanted = {"recipe.toml", "regions.csv", "parents.csv", "shapes.geojson", "changed_codes.csv", "weights.csv"}
    for number, source in enumerate((old, example)):
        folder = begin("illustrative-next", source, tmp_path / f"next{number}").recipe.parent
        assert wanted == {path.name for path in folder.iterdir()}


def test_it_is_refused_until_the_marks_are_gone(old: Path, tmp_path: Path) -> None:
    """All of them at once, each with its line."""
    recipe = begin("illustrative-next", old, tmp_path / "next").recipe
    message = refusal(recipe)
    assert (
        """\
error[to-do]: the recipe is not finished
  recipe.toml:9   published: on which day? This is that of the release before
  why: the new release would say of itself what holds for the one before
  fix: change what is below if it must change, then delete the line
"""
        in message
    )
    assert "8 problems" in message  # the seventh: the day is still the old one


def test_it_is_refused_with_the_old_day(old: Path, tmp_path: Path) -> None:
    """Whoever only deletes the marks is told; a later day is taken."""
    recipe = finished(begin("illustrative-next", old, tmp_path / "next").recipe)
    assert """\
error[old-date]: published is not later than the day of the release before
  recipe.toml   published = 2024-11-01; illustrative-crosswalk was published on 2024-11-01
  why: the newest release is the default, and this one could not be told from the one before
  fix: write the day on which the new release is published
1 problem""" in refusal(recipe)
    assert "illustrative-next" == read_recipe(finished(recipe, published="2025-11-01")).info.id


def test_a_reissue_has_the_id_and_the_next_revision(old: Path, example: Path, tmp_path: Path) -> None:
    """On the same day if need be; imported beside what it corrects."""
    begun = begin("illustrative-crosswalk", old, tmp_path / "again", reissue=True)
    assert ("illustrative-crosswalk", 2) == (begun.id, begun.revision)
    assert 4 == len(begun.to_do)
    report = import_release(finished(begun.recipe), example.parent, old.parent / "again")
    assert "illustrative-crosswalk" == report.id
    third = begin("illustrative-crosswalk", report.folder, tmp_path / "third", reissue=True)
    text = third.recipe.read_text(encoding="utf-8")
    assert (3, 1) == (tomllib.loads(text)["revision"], text.count("previous = "))


def test_a_release_without_a_recipe(tmp_path: Path) -> None:
    """What release.toml says, and a form to fill in."""
    begun = begin("illustrative-next", write_release(tmp_path / "tiny"), tmp_path / "next")
    written: dict[str, Any] = tomllib.loads(begun.recipe.read_text(encoding="utf-8"))
    assert ("illustrative-next", 1, "tables" in written) == (written["id"], written["revision"], False)
    assert ["national", "benchmark", "region", "ttwa"] == list(written["levels"])
    assert begun.to_do[-1].startswith("tables: no recipe of the release before was kept.")
    form = begun.recipe.read_text(encoding="utf-8").partition("take off the #\n")[2]
    tables = tomllib.loads("\n".join(line.removeprefix("#").strip() for line in form.splitlines()))
    assert ["areas", "employment", "businesses"] == list(tables["tables"])


@pytest.mark.parametrize(
    ("new", "reissue", "said"),
    [
        ("Next", False, 'error[bad-id]: "Next" cannot be an id\n'),
        ("illustrative-crosswalk", False, "error[same-id]: illustrative-crosswalk is the id of the release before\n"),
        (
            "illustrative-next",
            True,
            "error[other-id]: a re-issue of illustrative-crosswalk keeps the id illustrative-crosswalk\n",
        ),
    ],
)
def test_ids_that_do_not_fit(example: Path, tmp_path: Path, new: str, reissue: bool, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        begin(new, example, tmp_path / "next", reissue=reissue)
    assert said in refused.value.as_text()
    assert not (tmp_path / "next").exists()


def test_a_folder_that_holds_something(example: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        begin("illustrative-next", example, tmp_path)
    assert "error[target-exists]" in refused.value.as_text()


def test_a_recipe_whose_id_stands_nowhere_on_its_own(example: Path, tmp_path: Path) -> None:
    """What cannot be edited line by line is not half edited."""
    text = example.read_text(encoding="utf-8").replace("revision = 1", '"revision" = 1')
    (tmp_path / "odd.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        begin("illustrative-crosswalk", tmp_path / "odd.toml", tmp_path / "next", reissue=True)
    assert "error[unusual-recipe]: id and revision could not be found in the recipe\n  odd.toml\n" in (
        refused.value.as_text()
    )
    assert not (tmp_path / "next").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[tables.employment]\nfiles = ["jobs.csv"]', '[tables.employment]\n  files = ["jobs.csv"]'),
        ("title = ", "  title = "),
    ],
)
def test_marks_stand_above_indented_lines_too(example: Path, tmp_path: Path, before: str, after: str) -> None:
    text = example.read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "recipe.toml").write_text(text.replace(before, after), encoding="utf-8")
    assert 7 == len(begin("illustrative-next", tmp_path / "recipe.toml", tmp_path / "next").to_do)


def test_a_recipe_that_cannot_be_marked_is_refused(example: Path, tmp_path: Path) -> None:
    """Else the figures of the year before would go by the new id."""
    text = example.read_text(encoding="utf-8").replace('files = ["jobs.csv"]', '"files" = ["jobs.csv"]')
    (tmp_path / "recipe.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="not everything that must change"):
        begin("illustrative-next", tmp_path / "recipe.toml", tmp_path / "next")


def test_a_recipe_that_names_files_elsewhere_is_refused(example: Path, tmp_path: Path) -> None:
    """Nothing is copied from there, and nothing written there."""
    text = example.read_text(encoding="utf-8").replace('"regions.csv"', '"../../evil.csv"')
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "recipe.toml").write_text(text, encoding="utf-8")
    (tmp_path / "evil.csv").write_text("x", encoding="utf-8")
    with pytest.raises(DataError, match="outside its folders"):
        begin("illustrative-next", tmp_path / "a" / "b" / "recipe.toml", tmp_path / "c" / "d" / "next")
    assert not (tmp_path / "c").exists()
