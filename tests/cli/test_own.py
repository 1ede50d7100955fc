"""What a team makes its own: settings from all layers, own releases, a folder to begin with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportgen.release import importing
from reportgen.release.importing import ImportReport
from reportgen.settings.schema import names, schema_text
from tests.support import write_release

Call = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of one's own, with the tiny release in it, which is not the newest."""
    folder = tmp_path / "here"
    write_release(folder / "data" / "releases" / "tiny")
    monkeypatch.chdir(folder)
    return folder


def test_every_setting_is_shown_with_its_origin(call: Call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One a line, in columns; and the own files that are used."""
    (here / "reportgen.toml").write_text("# ours\nit = false\n[hotspot]\ncreative_units = 30\n", encoding="utf-8")
    (here / "data" / "names.toml").write_text("[in_sentence]\n", encoding="utf-8")
    monkeypatch.setenv("REPORTGEN_CONTACT", "Ann")
    lines = call("config", "show").stdout.splitlines()
    assert [*names(), "own"] == [line.split()[0] for line in lines]
    assert [
        'contact                    "Ann"                     REPORTGEN_CONTACT',
        "it                         false                     reportgen.toml:2",
        "hotspot.creative_units     30                        reportgen.toml:4",
        "hotspot.sub_sectors        2                         default",
        "own file: data/names.toml",
    ] == [
        line for line in lines if line.startswith(("contact ", "it ", "hotspot.creat", "hotspot.sub_sectors", "own "))
    ]
    found = json.loads(call("config", "show", "--json").stdout)
    assert {"value": False, "origin": "reportgen.toml:2"} == found["settings"]["it"]
    assert ["data/names.toml"] == found["own"]


def test_the_schema_for_editors(call: Call, here: Path) -> None:
    """The same with --json."""
    assert schema_text() == call("config", "schema").stdout
    assert json.loads(schema_text()) == json.loads(call("config", "schema", "--json").stdout)


@pytest.mark.parametrize(
    "words",
    [
        ("region", "Bath"),
        ("national",),
        ("batch",),
        ("analyse",),
        ("doctor",),
        ("release", "list"),
        ("release", "check"),
        ("config", "show"),
    ],
    ids=" ".join,
)
def test_a_setting_that_is_not_known_ends_every_command_with_3(call: Call, here: Path, words: tuple[str, ...]) -> None:
    """Nothing is written."""
    (here / "reportgen.toml").write_text('acent = "#12436D"\n', encoding="utf-8")
    result = call(*words)
    assert (3, "") == (result.exit_code, result.stdout)
    assert "error[unknown-setting]: there is no setting called acent\n  reportgen.toml:1" in result.stderr
    assert "did you mean accent?" in result.stderr
    assert not (here / "out").exists()


def test_the_environment_is_looked_at_too(call: Call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_ACENT", "#12436D")
    result = call("region", "Bath")
    assert (3, True) == (result.exit_code, "did you mean REPORTGEN_ACCENT?" in result.stderr)


def test_packs_go_to_the_folder_of_the_settings(call: Call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless an option says otherwise."""
    (here / "reportgen.toml").write_text('out = "packs"\n', encoding="utf-8")
    region = ("region", "Bath", "--release", "illustrative-tiny")
    assert call(*region).stdout.startswith("packs/illustrative-tiny/E30000165_bath/")
    monkeypatch.setenv("REPORTGEN_OUT", "from-environment")
    assert call(*region).stdout.startswith("from-environment/")
    assert call(*region, "--out", "from-option").stdout.startswith("from-option/")
    assert call("analyse", "--release", "illustrative-tiny").stdout.startswith("from-environment/")
    assert "GB free for from-environment" in call("doctor").stdout


def test_own_releases_are_found_in_the_folder_of_the_settings(call: Call, here: Path) -> None:
    """By their id; beside those that came with reportgen."""
    assert "data/releases/tiny" in call("release", "list").stdout
    assert "7 areas" in call("release", "check", "illustrative-tiny").stdout
    (here / "data" / "releases").rename(here / "ours")
    assert 2 == call("release", "check", "illustrative-tiny").exit_code
    (here / "reportgen.toml").write_text('releases = "ours"\n', encoding="utf-8")
    assert "7 areas" in call("release", "check", "illustrative-tiny").stdout


def test_an_import_goes_to_the_releases_of_the_settings(
    call: Call, here: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the id that the recipe gives it, unless an option says otherwise."""
    report = ImportReport(here, "nuts2-2018", {}, (), (), (), ())
    monkeypatch.setattr(importing, "import_release", lambda *_: report)
    words = ("release", "import", root / "examples" / "nuts2" / "recipe.toml")
    assert "data/releases/nuts2-2018\n" == call(*words).stdout
    assert "elsewhere\n" == call(*words, "--to", "elsewhere").stdout
    monkeypatch.setenv("REPORTGEN_RELEASES", "ours")
    assert "ours/nuts2-2018\n" == call(*words).stdout


def test_in_the_checkout_a_release_is_listed_once(call: Call, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There, the working folder's own releases are those that come with reportgen."""
    monkeypatch.chdir(root)
    assert 1 == call("release", "list").stdout.count("illustrative-2024 ")
    assert [] == json.loads(call("config", "show", "--json").stdout)["own"]


def test_thresholds_change_what_is_found(call: Call, here: Path) -> None:
    """London passes the rule with 8,000 creative local units, unless a team asks for more."""

    asked = ("explain", "E30000234/hotspot", "-q", "--release", "illustrative-tiny")
    assert "    value    yes" == call(*asked).stdout.splitlines()[2]
    (here / "reportgen.toml").write_text("[hotspot]\ncreative_units = 100000\n", encoding="utf-8")
    assert "    value    no" == call(*asked).stdout.splitlines()[2]


def test_an_own_template_that_is_wrong_ends_with_3(call: Call, here: Path) -> None:
    template = here / "templates" / "sections" / "cover.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% block name %}\n{{ if }}", encoding="utf-8")
    result = call("region", "Bath", "--release", "illustrative-tiny")
    assert (3, "") == (result.exit_code, result.stdout)
    assert "error[bad-template]: the template cannot be read" in result.stderr
    assert "templates/sections/cover.html:2" in result.stderr


def test_a_folder_to_begin_with(call: Call, here: Path) -> None:
    """Its files are listed; a folder that holds something is left alone."""
    result = call("new", "mine")
    assert 0 == result.exit_code
    assert {"mine/README.md", "mine/reportgen.toml", "mine/reportgen.schema.json"} <= set(result.stdout.splitlines())
    assert "Now: cd mine && reportgen region Bath" in result.stderr
    before = {path: path.read_bytes() for path in (here / "mine").rglob("*") if path.is_file()}
    refused = call("new", "mine")
    assert (2, "") == (refused.exit_code, refused.stdout)
    assert "error[target-exists]: mine is there already and not empty" in refused.stderr
    assert before == {path: path.read_bytes() for path in (here / "mine").rglob("*") if path.is_file()}
