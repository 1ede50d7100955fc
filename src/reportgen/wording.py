"""
Wording: texts that came with reportgen and stand in no template: reasons and words on axes, in TOML files of `data/`.
Takes the name of a file, gives its texts; knows none of them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportgen import toml
from reportgen.errors import ConfigurationError, Problem
from reportgen.resources import bundled

WORDS = "data/words.toml"


@functools.cache
def texts(file: str) -> Mapping[str, str]:
    """
    Every text of a file, under the keys that lead to it, joined by dots. Read once.
    Raises: ConfigurationError: the file cannot be read.
    """
    problems: list[Problem] = []
    written = toml.parse((bundled().find(file) or Path(file)).read_bytes(), file, problems)
    if written is None:
        raise ConfigurationError(problems)
    return dict(_leaves(written))


def word(name: str) -> str:
    """
    A word or phrase that pages and charts share.

    >>> word("things.units")
    'local units'
    """
    return texts(WORDS)[name]


def _leaves(written: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, each in written.items():
        if isinstance(each, Mapping):
            yield from _leaves(each, f"{above}{name}.")
        else:
            yield f"{above}{name}", each
