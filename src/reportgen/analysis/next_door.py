"""
Next door: which of the areas that a local area touches are hotspots, by the rule of the settings, in the latest year.
Takes the hotspots' answers and pairs of neighbours, gives rows; whether it is of use to lie there it does not say.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import Cells
from reportgen.analysis.hotspots import OWN_RULE, answers
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.neighbours import links_of
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    mark,
    places_on,
    plain,
    stack,
    tidy,
)
from reportgen.analysis.spatial import Links
from reportgen.classification import CREATIVE

SOURCE = "employment;businesses;neighbours"


class Beside(NamedTuple):
    """How many neighbours of each area are hotspots, and of how many that is known, poorly known, and asked at all."""

    spots: Floats
    known: Floats
    poor: Floats
    touching: Floats


def beside(links: Links, answer: Floats, standing: Standing) -> Beside:
    """
    What lies beside each area.
    Args:
        answer: by area, 1 for a hotspot, else 0, where the standing has a value.

    >>> links = Links(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]))
    >>> beside(links, np.array([1.0, 0.0, 1.0]), all_ok((3,))).spots.tolist()
    [0.0, 2.0, 0.0]
    """
    known, poor = standing.has_value, standing.state == LOW_RELIABILITY
    kinds = (known & (answer == 1), known, poor, np.ones_like(known))
    return Beside(*(_tally(links, kind) for kind in kinds))


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family: how many hotspots each area touches, and a row for each pair of local areas that touch,
    `other` the second; for an area without neighbours one without `other`.
    """
    found, links = answers(inputs), links_of(inputs.release, inputs.local)
    rows = places_on(found.jobs.areas, inputs.local)
    answer, standing = found.hotspot.value[rows, :, -1:], found.hotspot.standing.at(rows, slice(None), slice(-1, None))
    jobs = found.jobs.only(inputs.local, years=found.jobs.years[-1:])
    around = None if links is None else beside(links, answer[:, 0, 0], standing.at(slice(None), 0, 0))
    spots = np.full(answer.shape, np.nan) if around is None else around.spots[:, None, None]
    counts = plain(spots, _around(around, jobs))
    others = inputs.jobs.only([area for area in inputs.jobs.areas if area not in inputs.local], [CREATIVE], jobs.years)
    nothing, everywhere = np.full(others.value.shape, np.nan), np.ones(others.value.shape, dtype=bool)
    apart = mark(
        all_ok(nothing.shape), everywhere, NOT_APPLICABLE, lambda area, *_: reasons.not_local(others.place(area, 0))
    )
    times = [(jobs.years[0], "")]
    return stack(
        [
            tidy("neighbouring-hotspots", inputs.local, [CREATIVE], times, counts, SOURCE),
            tidy("neighbouring-hotspots", others.areas, [CREATIVE], times, plain(nothing, apart), SOURCE),
            *_pairs(links, plain(answer, standing), counts, jobs),
        ]
    )


def _around(around: Beside | None, jobs: Cells) -> Standing:
    """How the count of hotspots beside each local area stands."""
    standing = all_ok((len(jobs.areas), 1, 1))
    if around is None:
        everywhere = np.ones(standing.state.shape, dtype=bool)
        return mark(standing, everywhere, MISSING, lambda *_: reasons.no_table("neighbours"))
    for where, state, sentence in (
        (around.touching == 0, NOT_APPLICABLE, reasons.touches_none),
        ((around.touching > 0) & (around.known == 0), MISSING, reasons.neighbours_unknown),
        (around.known < around.touching, LOW_RELIABILITY, reasons.neighbours_open),
        (around.poor > 0, LOW_RELIABILITY, reasons.neighbours_poor),
    ):
        standing = mark(standing, where[:, None, None], state, lambda area, *_, say=sentence: say(jobs.place(area, 0)))
    return standing


def _pairs(links: Links | None, answer: Numbers, counts: Numbers, jobs: Cells) -> list[pd.DataFrame]:
    """Whether each neighbour of each local area is a hotspot; for areas without neighbours, as their count stands."""
    name, times = "neighbouring-hotspot", [(jobs.years[0], "")]
    alone = np.ones(len(jobs.areas), dtype=bool)
    made = []
    if links is not None and len(links.area):
        alone[links.area] = False
        rows = tidy(name, [jobs.areas[at] for at in links.area], [CREATIVE], times, answer.at(links.neighbour), SOURCE)
        made.append(rows.assign(other=pd.Categorical([jobs.areas[at] for at in links.neighbour])))
    lonely = np.flatnonzero(alone)
    made.append(tidy(name, [jobs.areas[at] for at in lonely], [CREATIVE], times, counts.at(lonely), SOURCE))
    return made


def _tally(links: Links, holds: Booleans) -> Floats:
    """For how many neighbours of each area something holds."""
    weights = holds[links.neighbour].astype(float)
    return np.bincount(links.area, weights=weights, minlength=len(holds)).astype(float)


INDICATORS = (
    Indicator(
        "neighbouring-hotspots",
        name="Hotspots next door",
        unit="areas",
        digits=0,
        definition="How many of the local areas that an area touches are creative hotspots by the rule of the "
        "settings. Not applicable to an area that touches none, nor to one that is no local area. Of low reliability "
        "where the answer is not known for some of those that it touches: there may be more.",
        formula="#{s: s touches r, hotspot_s = 1}",
        source=OWN_RULE,
        made_by=beside,
    ),
    Indicator(
        "neighbouring-hotspot",
        name="Hotspot next door",
        unit="yes or no",
        digits=0,
        definition="Whether a local area that the area touches, named with it, is a creative hotspot by the rule of "
        "the settings. Areas that touch none have a row that names none.",
        formula="hotspot_s, for s that touches r",
        source=OWN_RULE,
        made_by=beside,
    ),
)
