"""
Values of a Nomis download, and what stands behind a cell: OBS_VALUE with OBS_STATUS and OBS_CONF, in our words.
"""

from __future__ import annotations

import numpy as np

from reportgen.errors import Problem
from reportgen.release.sheet import MOST_LISTED, Rows, Text, capped
from reportgen.release.sources.extract import Texts, plain
from reportgen.release.sources.industries import Flags
from reportgen.release.sources.nomis_rows import Download, one_of
from reportgen.release.tables import BY_NAME, Status

VALUE = "OBS_VALUE"
NORMAL = ("a", "normal value", "")
FREE = ("f", "free (free for publication)", "free", "")
CONFIDENTIAL = ("c", "s", "confidential", "suppressed")  # as OBS_STATUS


def values_and_status(download: Download, rows: Rows) -> tuple[Texts, Texts, list[Problem]]:
    """
    Value and status of some rows. A value with another status than A, or that the file calls
    confidential, is of low reliability; an empty one is suppressed
    where the file calls it confidential, else missing (Q); an empty one that the file calls normal is a problem.
    """
    text = download[VALUE]
    values = np.array([plain(value.strip()) for value in text.values] or [""], dtype=object)[text.codes[rows]]
    length = len(download.sheet)
    status, conf = download.first("OBS_STATUS", "OBS_STATUS_NAME"), download.first("OBS_CONF", "OBS_CONF_NAME")
    normal = _is(status, NORMAL, True, length)[rows]
    withheld = (~_is(conf, FREE, True, length) | _is(status, CONFIDENTIAL, False, length))[rows]
    blank = values == ""
    standing = np.full(len(rows), "", dtype=object)
    standing[~blank & (~normal | withheld)] = Status.LOW_RELIABILITY.value
    standing[blank] = Status.MISSING.value
    standing[blank & withheld] = Status.SUPPRESSED.value
    unexplained = rows[blank & normal & ~withheld]
    return values, standing, _unexplained(download, text, unexplained)


def _is(text: Text | None, words: tuple[str, ...], without: bool, length: int) -> Flags:
    return np.full(length, without) if text is None else one_of(text, words)


def _unexplained(download: Download, text: Text, rows: Rows) -> list[Problem]:
    what = f"{VALUE} is empty, and OBS_STATUS does not say why"
    why = "an empty cell is not 0, and a normal value (A) is never empty"
    fix = "fetch the file anew with obs_status and obs_conf among its columns; Q is missing, C is confidential"
    area, sic = download["GEOGRAPHY_CODE"], download["INDUSTRY_CODE"]
    column = BY_NAME[download.table].value
    problems = []
    for row in rows[:MOST_LISTED]:
        detail = f"{column} of {area.at(row).strip()}, {sic.at(row).strip()}"
        record = int(download.sheet.records[row])
        problems.append(Problem("value-missing", what, why, fix, download.sheet.file, record, text.position, detail))
    return capped(problems, len(rows))
