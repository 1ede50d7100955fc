"""Settings come in layers: flags over environment over the working folder's file over defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportgen.errors import ConfigurationError
from reportgen.settings import HotspotRule, Settings
from reportgen.settings.layers import Loaded, load

Load = Callable[..., Loaded]


@pytest.fixture
def settings(tmp_path: Path) -> Load:
    """Load the settings of a folder whose reportgen.toml has this text."""

    def loaded(text: str = "", environ: Mapping[str, str] | None = None, **flags: object) -> Loaded:
        (tmp_path / "reportgen.toml").write_text(text, encoding="utf-8")
        return load(tmp_path, environ or {}, flags)

    return loaded


def told(settings: Load, *layers: object, **flags: object) -> list[list[str]]:
    """What is said about wrong settings: kind and what, where and what stands there, the fix."""
    with pytest.raises(ConfigurationError) as error:
        settings(*layers, **flags)
    assert 3 == error.value.exit_code
    return [
        [f"{problem.kind}: {problem.what}", f"{problem.where} {problem.detail}".strip(), problem.fix]
        for problem in error.value.problems
    ]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    found = load(tmp_path, {"PATH": "/bin"}, {"out": None})
    assert Settings() == found.settings
    assert {"default"} == set(found.origins.values())


def test_each_layer_wins_over_the_one_below(settings: Load) -> None:
    """Value by value: what a layer does not say, it leaves to those below."""
    file = 'series = "From the file"\npublisher = "From the file"\nout = "file"\n'
    environ = {"REPORTGEN_PUBLISHER": "From the environment", "REPORTGEN_OUT": "environment"}
    found = settings(file, environ, out="flag", releases=None)
    assert Settings(series="From the file", publisher="From the environment", out="flag") == found.settings
    assert ("reportgen.toml:1", "REPORTGEN_PUBLISHER", "--out", "default") == tuple(
        found.origins[name] for name in ("series", "publisher", "out", "releases")
    )


def test_tables_are_merged_key_by_key(settings: Load) -> None:
    """A threshold from the file, another from the environment, the rest as they were."""
    found = settings("[hotspot]\ncreative_units = 30\n", {"REPORTGEN_HOTSPOT__SUB_SECTORS": "3"})
    assert HotspotRule(creative_units=30, sub_sectors=3) == found.settings.hotspot
    assert "reportgen.toml:2" == found.origins["hotspot.creative_units"]
    assert "REPORTGEN_HOTSPOT__SUB_SECTORS" == found.origins["hotspot.sub_sectors"]
    assert "default" == found.origins["hotspot.sub_sector_units"]


@pytest.mark.parametrize(
    ("text", "setting", "row"),
    [
        ('disclaimer = """\nit = false\n"""\nit = true', "it", 4),
        ("hotspot.creative_units = 3", "hotspot.creative_units", 1),
        ("hotspot = { creative_units = 3 }", "hotspot.creative_units", 1),
        ('[[sections]]\nname = "a"\n\n[[sections]]\nname = "b"', "sections", 1),
        ('# first\npeers = [\n  "E1",\n]', "peers", 2),
    ],
)
def test_the_row_of_a_value(settings: Load, text: str, setting: str, row: int) -> None:
    """Whichever way TOML writes it; a line inside a text is no setting."""
    assert f"reportgen.toml:{row}" == settings(text).origins[setting]


def test_values_of_the_environment_are_taken_as_what_they_mean(settings: Load) -> None:
    """Truths and numbers as text, lists with commas or as JSON."""
    found = settings("", {"REPORTGEN_IT": "false", "REPORTGEN_PEERS": "E1, E2", "REPORTGEN_CONTENTS_FROM": "9"})
    assert Settings(it=False, peers=("E1", "E2"), contents_from=9) == found.settings
    assert ("E1",) == settings("", {"REPORTGEN_PEERS": '["E1"]'}).settings.peers
    assert "auto" == settings("", {"REPORTGEN_PEERS": "auto"}).settings.peers


def test_an_unknown_setting_offers_its_neighbour(settings: Load) -> None:
    """In the file, in a table of it, in an own section, and in the environment."""
    text = 'acent = "#12436D"\n[hotspot]\ncreative_unit = 3\n[[sections]]\nname = "a"\nbefore = "cover"'
    creative_units = "REPORTGEN_HOTSPOT__CREATIVE_UNITS"
    assert [
        [
            "unknown-setting: there is no setting called hotspot.creative_unit",
            "reportgen.toml:3 creative_unit = 3",
            "correct or delete it (did you mean creative_units?)",
        ],
        [
            "unknown-setting: there is no setting called sections.before",
            'reportgen.toml:6 before = "cover"',
            "correct or delete it; there are name, after, packs",
        ],
        [
            "unknown-setting: there is no setting called acent",
            'reportgen.toml:1 acent = "#12436D"',
            "correct or delete it (did you mean accent?)",
        ],
        [
            "unknown-setting: no setting is read from REPORTGEN_HOTSPOT__CREATIV_UNITS",
            "environment REPORTGEN_HOTSPOT__CREATIV_UNITS",
            f"correct or unset it (did you mean {creative_units}?); reportgen config show lists all settings",
        ],
    ] == told(settings, text, {"REPORTGEN_HOTSPOT__CREATIV_UNITS": "30"})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("series = 5", "wrong-setting: series is not text in double quotes, at most 80 characters, not empty"),
        ('it = "no"', "wrong-setting: it is not true or false"),
        ('contents_from = "9"', "wrong-setting: contents_from is not a whole number, at least 2"),
        ("contents_from = 1", "setting-out-of-range: contents_from lies outside its bounds"),
        ('series = ""', "setting-out-of-range: series is too short"),
        ('watermark = "NOT FOR PUBLICATION YET"', "setting-out-of-range: watermark is too long"),
        ("hotspot.location_quotient = 0", "setting-out-of-range: hotspot.location_quotient lies outside its bounds"),
        ("hotspot.location_quotient = inf", "setting-out-of-range: hotspot.location_quotient is no finite number"),
        ("peers = []", 'wrong-setting: peers is not "auto" or a list of texts in double quotes'),
        ("hotspot = 5", "wrong-setting: hotspot is not a table"),
        ('accent = "red"', "wrong-setting: accent is not written as it must be"),
        ('accent = "x#12436Dx"', "wrong-setting: accent is not written as it must be"),
        ("peers = [1]", 'wrong-setting: peers is not "auto" or a list of texts in double quotes'),
        ('peers = "Bath"', 'wrong-setting: peers is not "auto" or a list of texts in double quotes'),
        ("sections = [{}]", "missing-setting: sections.name is missing"),
        ('sections = [{ name = "../x" }]', "wrong-setting: sections.name is not written as it must be"),
        (
            'sections = [{ name = "a", packs = ["town"] }]',
            'wrong-setting: sections.packs is not "national", "regional" or "local"',
        ),
    ],
)
def test_a_wrong_value_is_told_in_words(settings: Load, line: str, expected: str) -> None:
    """What it is not, where it stands, and what to write."""
    [[what, where, fix]] = told(settings, line)
    assert expected == what
    assert where.startswith("reportgen.toml:1")
    assert fix.startswith("write ")


def test_a_wrong_variable_is_told_without_the_quotes_of_toml(settings: Load) -> None:
    assert [
        [
            "wrong-setting: hotspot.creative_units is not a whole number, at least 0, at most 1000000",
            'environment REPORTGEN_HOTSPOT__CREATIVE_UNITS = "many"',
            "write a whole number, at least 0, at most 1000000",
        ],
        [
            "setting-out-of-range: series is too short",
            'environment REPORTGEN_SERIES = ""',
            "write text, at most 80 characters, not empty",
        ],
    ] == sorted(told(settings, "", {"REPORTGEN_HOTSPOT__CREATIVE_UNITS": "many", "REPORTGEN_SERIES": ""}), reverse=True)


def test_all_layers_are_told_at_once(settings: Load) -> None:
    found = told(settings, "it = 1", {"REPORTGEN_CONTENTS_FROM": "1"}, accent="blue")
    assert ["reportgen.toml:1 it = 1", 'environment REPORTGEN_CONTENTS_FROM = "1"', '--accent = "blue"'] == [
        where for _, where, _ in found
    ]


def test_what_is_no_toml(settings: Load) -> None:
    """With row and column."""
    assert [
        [
            "not-toml: reportgen.toml is not TOML in UTF-8",
            "reportgen.toml:2:6 Invalid value",
            "mend the line, text in double quotes, one key a line",
        ]
    ] == told(settings, "# ours\nit = yes")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Some editors put one before the first letter."""
    (tmp_path / "reportgen.toml").write_bytes(b"\xef\xbb\xbfit = false\r\n")
    found = load(tmp_path, {}, {})
    assert (False, "reportgen.toml:1") == (found.settings.it, found.origins["it"])
