"""
Reading: the HTML reader keeps its patterns, but under a name that it never asks for again, and so makes each anew a
thousand times a document. Here they are kept under the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tinyhtml5 import inputstream


class _Patterns(dict[Any, re.Pattern[str]]):
    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        if isinstance(key[0], re.Pattern):  # what the reader keeps
            raise KeyError(key)
        letters = "".join(f"\\x{ord(letter):02x}" for letter in key[0])
        found = self[key] = re.compile(f"[{'' if key[1] else '^'}{letters}]+")
        return found


OURS = [(inputstream, "characters_until_regex", _Patterns())]
