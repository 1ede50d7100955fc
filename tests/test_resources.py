"""Of templates, styles and data, a team's own count before those that came with reportgen: file by file."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from reportgen.errors import ConfigurationError
from reportgen.resources import Resources, bundled, with_own


@pytest.fixture
def ours(tmp_path: Path) -> Resources:
    """What came with reportgen: two data files, a style."""
    for name in ("data/names.toml", "data/recommendations.toml", "styles/page.css"):
        write(tmp_path / "ours" / name, f"our {name}")
    return Resources((tmp_path / "ours",))


@pytest.fixture
def working(tmp_path: Path) -> Path:
    (tmp_path / "working").mkdir()
    return tmp_path / "working"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def text_of(resources: Resources, name: str) -> str | None:
    path = resources.find(name)
    return None if path is None else path.read_text(encoding="utf-8")


def test_file_by_file(ours: Resources, working: Path) -> None:
    """One's own is taken, what one has not is ours, what neither has is not there."""
    write(working / "data" / "names.toml", "own names")
    found = with_own(working, ours)
    assert ("own names", "our data/recommendations.toml", None) == tuple(
        text_of(found, f"data/{name}.toml") for name in ("names", "recommendations", "claims")
    )


def test_a_folder_is_read_as_one(ours: Resources, working: Path) -> None:
    """Each name once, sorted, and told apart whose it is."""
    write(working / "styles" / "page.css", "own page")
    write(working / "styles" / "fonts" / "Own.ttf", "own font")
    styles = with_own(working, ours).styles
    assert {"fonts/Own.ttf": "own font", "page.css": "own page"} == {
        name: path.read_text() for name, path in styles.files("**/*.*").items()
    }
    assert [True, True] == [styles.is_own(path) for path in styles.files("**/*.*").values()]
    assert {"page.css": "our styles/page.css"} == {
        name: path.read_text() for name, path in styles.bundled.files("**/*.*").items()
    }


def test_nothing_outside_a_folder_is_found(ours: Resources, working: Path) -> None:
    """Neither by dots nor by a link, be it to a file of the working folder itself."""
    write(working / "styles" / "page.css", "own page")
    write(working / "secret.txt", "not for packs")
    write(working.parent / "outside.txt", "not for packs")
    found = with_own(working, ours)
    assert None is found.styles.find("../secret.txt")
    assert None is found.find("../outside.txt")
    (working / "styles" / "link.css").symlink_to(working / "secret.txt")
    assert None is found.styles.find("link.css")


def test_a_link_to_elsewhere_is_refused(ours: Resources, working: Path, tmp_path: Path) -> None:
    """Passing it over would silently show ours instead."""
    write(tmp_path / "elsewhere.css", "p { color: red }")
    (working / "styles").mkdir()
    (working / "styles" / "page.css").symlink_to(tmp_path / "elsewhere.css")
    with pytest.raises(ConfigurationError) as error:
        with_own(working, ours)
    assert [("outside-link", "styles/page.css")] == [(one.kind, one.file) for one in error.value.problems]


def test_resources_are_equal_only_where_their_files_are(ours: Resources, working: Path) -> None:
    """So that what is made once from them, in this process or another, is made again when a file has changed."""
    write(working / "data" / "names.toml", "one")
    first = with_own(working, ours)
    assert first == with_own(working, ours) == pickle.loads(pickle.dumps(first))
    write(working / "data" / "names.toml", "two")
    assert first != with_own(working, ours)
    assert ["data/names.toml"] == [one.name for one in first.own]


def test_what_is_no_material_is_not_looked_at(ours: Resources, working: Path) -> None:
    """Raw data, releases and what programs leave lying about."""
    for name in ("data/raw.csv", "data/releases/a/release.toml", "out/x.html", "styles/.DS_Store", "templates/a.txt"):
        write(working / name, "")
    assert ours == with_own(working, ours)


def test_the_checkout_is_not_its_own_working_folder(ours: Resources) -> None:
    """Its files came with reportgen, wherever one stands."""
    assert ours == with_own(ours.root, ours)
    assert bundled() == with_own(bundled().root, bundled())


def test_a_folder_that_is_a_link_is_refused(ours: Resources, working: Path, tmp_path: Path) -> None:
    """Its files would be passed over without a word."""
    write(tmp_path / "real" / "cover.html", "x")
    (working / "templates").mkdir()
    (working / "templates" / "sections").symlink_to(tmp_path / "real")
    with pytest.raises(ConfigurationError) as error:
        with_own(working, ours)
    assert [("outside-link", "templates/sections")] == [(one.kind, one.file) for one in error.value.problems]


def test_data_that_nothing_reads_are_refused(ours: Resources, working: Path) -> None:
    """A misspelt file of rules would make no recommendation, and nobody would know why."""
    write(working / "data" / "recomendations.toml", "")
    with pytest.raises(ConfigurationError) as error:
        with_own(working, ours)
    [problem] = error.value.problems
    assert ("unknown-own-file", "data/recomendations.toml") == (problem.kind, problem.file)
    assert "(did you mean data/recommendations.toml?)" in problem.fix
