"""
Example: a reportgen.toml with every setting as a comment: what it is, and its default. Made from the models, so that it
cannot say what is not so. Gives text, writes nothing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from reportgen import toml
from reportgen.settings.schema import Path, called, keys, part

SCHEMA = "reportgen.schema.json"  # stands beside the example, so that editors find it
WIDE = 100
PLAIN = "text in double quotes"

HEAD = f"""\
#:schema ./{SCHEMA}
# Settings of reportgen for this folder. All stand at their defaults: take the # off a line to change one.
# An option of a command, such as --out, wins over the environment (REPORTGEN_CONTACT,
# REPORTGEN_HOTSPOT__CREATIVE_UNITS), and that wins over this file.
# `reportgen config show` lists all values that hold, and where each comes from.
"""


def example() -> str:
    """
    The text. A line that begins with `# ` is for people; one with `#` and no blank is a setting at its default, or at
    an example where it has none.
    """
    lines = [line for key in keys() if not (keys((key,)) or keys((key, 0))) for line in _entry((key,))]
    for key in keys():
        if keys((key,)):
            lines += _table((key,), f"#[{key}]")
        elif keys((key, 0)):
            lines += _table((key, 0), f"#[[{key}]]")
    return HEAD + "\n".join(lines) + "\n"


def _table(path: Path, header: str) -> Iterator[str]:
    yield from ("", *_comment(str((part(path[:1]) or {})["description"])), header)
    for key in keys(path):
        yield from _entry((*path, key))


def _entry(path: Path) -> Iterator[str]:
    """A setting: what it is, what it may be, and how it stands."""
    node = part(path) or {}
    shown = node["default"] if node.get("default") is not None else node["examples"][0]
    wanted = called(node)
    text = node["description"] if wanted == PLAIN else f"{node['description']} ({wanted})"
    yield from ("", *_comment(text), f"#{path[-1]} = {toml.value(shown)}")


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, WIDE, initial_indent="# ", subsequent_indent="# ")
