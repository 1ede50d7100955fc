"""
Written: the sentences of `data/reasons.toml`, by the names that the functions beside this know them by.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportgen import toml
from reportgen.errors import ConfigurationError, Problem
from reportgen.resources import bundled

FILE = "data/reasons.toml"


@functools.cache
def entries() -> Mapping[str, str]:
    """
    Every text of the file that came with reportgen, under the words that lead to it, joined by dots.
    Raises: ConfigurationError: the file cannot be read.
    """
    path, problems = bundled().find(FILE) or Path(FILE), list[Problem]()
    written = toml.parse(path.read_bytes(), FILE, problems)
    if written is None:
        raise ConfigurationError(problems)
    return dict(_leaves(written))


def say(entry: str, /, **words: object) -> str:
    """
    A sentence with its words filled in; whole numbers with separators of thousands.

    >>> say("no_city", least=75_000, place="Bath, 2023")
    'With fewer than 75,000 jobs in all industries it is not compared as a city (Bath, 2023).'
    """
    return entries()[entry].format_map(
        {name: f"{word:,}" if isinstance(word, int) else word for name, word in words.items()}
    )


def listed(words: Sequence[str]) -> str:
    """
    Codes in a sentence.

    >>> listed(["R90"]), listed(["R90", "R91", "R93"])
    ('R90', 'R90, R91 and R93')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _leaves(written: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, each in written.items():
        if isinstance(each, Mapping):
            yield from _leaves(each, f"{above}{name}.")
        else:
            yield f"{above}{name}", each
