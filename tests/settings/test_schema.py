"""What settings are, for editors and in the example, comes from the models alone."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.settings import Settings
from reportgen.settings.example import SCHEMA, example
from reportgen.settings.layers import load
from reportgen.settings.schema import called, names, part, schema_text, values


def test_the_schema_in_the_documents_is_that_of_the_models(root: Path) -> None:
    """Write it anew with: reportgen config schema > docs/settings.schema.json."""
    assert schema_text() == (root / "docs" / "settings.schema.json").read_text(encoding="utf-8")


def test_every_setting_has_a_description_and_a_value_to_show() -> None:
    for name in names():
        node = part(tuple(name.split("."))) or {}
        assert node.get("description"), name
        assert node.get("default") is not None or node.get("examples"), name
        assert called(node)


def test_values_by_their_dotted_names() -> None:
    assert names() == list(values(Settings()))
    assert (50, None, []) == tuple(values(Settings())[name] for name in ("hotspot.creative_units", "logo", "sections"))


def test_the_example_is_all_comments(tmp_path: Path) -> None:
    """It changes nothing as it stands, and points editors to the schema beside it."""
    (tmp_path / "reportgen.toml").write_text(example(), encoding="utf-8")
    assert Settings() == load(tmp_path, {}, {}).settings
    assert example().startswith(f"#:schema ./{SCHEMA}\n")


def test_the_example_with_all_settings_taken_in_loads(tmp_path: Path) -> None:
    """Each setting stands in it, with its default or an example."""
    text = re.sub(r"^#(?=[a-z\[])", "", example(), flags=re.MULTILINE)
    (tmp_path / "reportgen.toml").write_text(text, encoding="utf-8")
    found = load(tmp_path, {}, {})
    assert "default" not in found.origins.values()
    assert ["logo", "sections"] == [
        name for name in names() if values(found.settings)[name] != values(Settings())[name]
    ]
