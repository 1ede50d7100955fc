"""
Written: what the entries of a team's files on rules and claims have in common: an id of their own, and texts without
numbers and causes. Notes what is wrong; knows no rule and no claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.assessment.wording import causal
from reportgen.release.info import ID, Keys

_DIGIT = re.compile(r"\d")


def called(kind: str, written: object, number: int) -> str:
    """
    How messages call an entry: by its id, or by its place where it has none.

    >>> called("rule", {"id": "grow"}, 1), called("rule", {}, 1)
    ('rule grow', 'rule[1]')
    """
    id = written.get("id") if isinstance(written, dict) else None
    return f"{kind} {id}" if isinstance(id, str) and id else f"{kind}[{number}]"


def own_id(keys: Keys) -> str:
    """The id of an entry."""
    id = keys.text("id")
    if id and not ID.fullmatch(id):
        keys.complain("bad-id", f'"{id}" cannot be an id', "use lower-case letters, digits and single hyphens")
    return id


def refuse_twins(keys: Keys, kind: str, ids: Sequence[str]) -> None:
    """Note every id that two entries have."""
    for id in sorted({id for id in ids if id and ids.count(id) > 1}):
        keys.complain("duplicate-key", f"two {kind}s have the id {id}", f"give each {kind} an id of its own")


def own_words(keys: Keys, name: str, *, fix: str, why: str) -> str:
    """A text of our own: a number in it would stay when the data change, and a cause in it is tested by nothing."""
    text = keys.text(name)
    if digit := _DIGIT.search(text):
        around = text[max(0, digit.start() - 20) : digit.start() + 20]
        keys.complain("typed-number", f"{keys.name(name)} has a number in its text", fix, f"… {around} …", why)
    if found := causal(text):
        fix = "say what is found together, such as: it goes with"
        why = "no finding here tests what brings something about"
        keys.complain("causal-wording", f"{keys.name(name)} claims a cause", fix, ", ".join(found), why)
    return text
