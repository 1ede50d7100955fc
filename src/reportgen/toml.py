"""
TOML: the one way in which a TOML file is read, and a value written. Knows no key.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from reportgen.errors import Problem

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def parse(data: bytes, file: str, problems: list[Problem]) -> Mapping[str, Any] | None:
    """The contents of a TOML file, a byte order mark allowed; what stands in the way is added to `problems`."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        row, column = _place(error, data)
        problems.append(
            Problem(
                "not-toml",
                f"{file} is not TOML in UTF-8",
                "nothing in it can be trusted until all of it can be read",
                "mend the line, text in double quotes, one key a line",
                file=file,
                row=row,
                column=column,
                detail=_PLACE.sub("", str(error)).strip(),
            )
        )
        return None


def _place(error: Exception, data: bytes) -> tuple[int, int | None]:
    """Row and column of what cannot be read; the last row where it is the end that comes too early."""
    if isinstance(error, UnicodeDecodeError):
        before = data[: error.start]
        return before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
    place = _PLACE.search(str(error))
    return (int(place[1]), int(place[2])) if place else (len(data.splitlines()), None)


def value(of: object) -> str:
    r"""
    A text, number, truth, day, list or table as TOML writes it in one line; its basic strings escape as JSON's do.

    >>> print(value(("E1", 2, True, {"name": 'our "own"'})))
    ["E1", 2, true, { name = "our \"own\"" }]
    """
    if isinstance(of, tuple | list):
        return f"[{', '.join(value(each) for each in of)}]"
    if isinstance(of, Mapping):
        return f"{{ {', '.join(f'{key} = {value(each)}' for key, each in of.items())} }}"
    if isinstance(of, bool):
        return str(of).lower()
    if isinstance(of, str):
        return json.dumps(of, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(of)
