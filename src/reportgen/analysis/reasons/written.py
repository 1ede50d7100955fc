"""
Written: the sentences of `data/reasons.toml`, by the names that the functions beside this know them by.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.wording import texts

FILE = "data/reasons.toml"


def say(entry: str, /, **words: object) -> str:
    """
    A sentence with its words filled in; whole numbers with separators of thousands.

    >>> say("no_city", least=75_000, place="Bath, 2023")
    'With fewer than 75,000 jobs in all industries it is not compared as a city (Bath, 2023).'
    """
    return texts(FILE)[entry].format_map(
        {name: f"{word:,}" if isinstance(word, int) else word for name, word in words.items()}
    )


def listed(words: Sequence[str]) -> str:
    """
    Codes in a sentence.

    >>> listed(["R90"]), listed(["R90", "R91", "R93"])
    ('R90', 'R90, R91 and R93')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
