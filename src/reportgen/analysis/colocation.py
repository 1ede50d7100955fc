"""
Co-location: whether local areas with much of one group of industries have much of another, too, as correlations of
their location quotients over areas. It says what lies side by side, not what draws what.
Takes cells, gives rows; leaves out, and counts, every area that has no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import Cells
from reportgen.analysis.concentration import base_share, quotients
from reportgen.analysis.correlations import Correlation, area_bootstrap, correlate, over_areas, pearson, spearman
from reportgen.analysis.ground import LONDON, counts_as_london
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    MISSING,
    OK,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    States,
    all_ok,
    plain,
    stack,
    tidy,
)
from reportgen.classification import WITHOUT_IT

OTHERS = ("high-tech-manufacturing", "kibs-net", "kibs")  # what creative industries are held against
IN_MATRIX = OTHERS[:2]  # KIBS itself shares classes with the sub-sectors


class Sample(NamedTuple):
    """
    The location quotients of one measure in the latest year.
    Args:
        value: local areas × groups, NaN where not known; state: the same shape, of each quotient.
        groups: the columns; why: a sentence where there is nothing to correlate whatever the figures are.
    """

    variant: str
    table: str
    year: str
    groups: tuple[str, ...]
    value: Floats
    state: States
    why: str


def samples(inputs: Inputs) -> Iterator[Sample]:
    """By jobs and by local units, with all local areas and without those of London, held against a whole without it."""
    for measure, cells in (("jobs", inputs.jobs), ("units", inputs.units)):
        for variant, without in ((measure, False), (f"{measure}.ex-london", True)):
            yield _sample(inputs, cells, variant, without)


def _sample(inputs: Inputs, cells: Cells, variant: str, without: bool) -> Sample:
    info, latest = inputs.release.info, cells.only(years=cells.years[-1:])
    london = (counts_as_london(inputs) or ()) if without else ()
    areas = [area for area in inputs.local if area not in london]
    base = base_share(latest, info.great_britain, info.london if without else "")
    found = quotients(latest.only(areas), base)
    standing = found.standing
    return Sample(
        variant,
        cells.table,
        latest.years[0],
        latest.parts,
        np.where(standing.has_value, found.value, np.nan)[..., 0],
        standing.state[..., 0],
        reasons.no_areas_of(LONDON.capitalize()) if without and not london else "",
    )


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family, of the local areas together: `area` is Great Britain, `sub_sector` the creative group and
    `other` the group that it is correlated with.
    """
    whole, creative = inputs.release.info.great_britain, inputs.jobs.creative
    ours = (*creative, *(group for group in (WITHOUT_IT,) if group in inputs.jobs.groups))
    squared = (*inputs.jobs.sub_sectors, *IN_MATRIX)
    return stack(
        [
            tidy(
                indicator,
                [whole],
                rows,
                [(sample.year, other) for other in columns],
                numbers,
                sample.table,
                sample.variant,
            )
            for sample in samples(inputs)
            for rows, columns, made in ((ours, OTHERS, _with_others), (squared, squared, _matrix))
            for indicator, numbers in made(_Table(sample, rows, columns)).items()
        ]
    )


class _Table:
    """
    A sample as pairs of one group of each of two lists.
    Args: rows, columns: ids of groups; one that the classification does not have is known of no area.
    """

    def __init__(self, sample: Sample, rows: Sequence[str], columns: Sequence[str]) -> None:
        groups = [*rows, *columns]
        self.why = [sample.why or ("" if group in sample.groups else reasons.no_industries(group)) for group in groups]
        at = [sample.groups.index(group) if group in sample.groups else -1 for group in groups]
        absent = np.array(at) < 0
        self.values = np.where(absent, np.nan, sample.value[:, at])
        self.states = np.where(absent, np.int8(MISSING), sample.state[:, at])
        self.pairs = [(row, len(rows) + column) for row in range(len(rows)) for column in range(len(columns))]
        self.shape = (1, len(rows), len(columns))

    def each(self, values: Floats) -> Floats:
        """Areas × pairs, the one column and the other added: NaN where either is."""
        one, other = np.array(self.pairs).T
        found: Floats = values[:, one] + values[:, other]
        return found

    def counted(self, areas: Booleans) -> Numbers:
        """How many areas; areas × pairs."""
        return self._numbers(areas.sum(axis=0).astype(float), None, self._given())

    def correlated(self, values: Floats, how: Correlation, bootstrap: bool) -> Numbers:
        """Correlations over the areas whose values are known, and if asked for their intervals."""
        value = correlate(values, self.pairs, np.ones((len(values), 1)), how)[:, 0]
        ends = area_bootstrap(values, self.pairs, how) if bootstrap else None
        standing, taken = self._given(), ~np.isnan(self.each(values))
        for place in np.flatnonzero(standing.state == OK):
            states = self.states[:, self.pairs[place]].max(axis=1)
            standing.state[place], standing.reason[place] = over_areas(value[place], taken[:, place], states)
        return self._numbers(value, ends, standing)

    def _given(self) -> Standing:
        """Whether there is anything to ask for."""
        standing = all_ok((len(self.pairs),))
        standing.reason[:] = [self.why[one] or self.why[other] for one, other in self.pairs]
        standing.state[standing.reason != ""] = MISSING
        return standing

    def _numbers(self, value: Floats, ends: tuple[Floats, Floats] | None, standing: Standing) -> Numbers:
        wide = Standing(standing.state.reshape(self.shape), standing.reason.reshape(self.shape))
        found = plain(value.reshape(self.shape), wide)
        return (
            found if ends is None else found._replace(low=ends[0].reshape(self.shape), high=ends[1].reshape(self.shape))
        )


def _with_others(table: _Table) -> dict[str, Numbers]:
    """Indicator → its numbers, 1 × sub-sectors × groups that these are held against."""
    values = table.values
    logs = np.log(np.where(values > 0, values, np.nan))
    known, positive = ~np.isnan(table.each(values)), ~np.isnan(table.each(logs))
    return {
        "co-location-pearson": table.correlated(values, pearson, bootstrap=True),
        "co-location-pearson-log": table.correlated(logs, pearson, bootstrap=True),
        "co-location-spearman": table.correlated(values, spearman, bootstrap=True),
        "co-location-areas": table.counted(known),
        "co-location-areas-left-out": table.counted(~known),
        "co-location-areas-zero": table.counted(known & ~positive),
    }


def _matrix(table: _Table) -> dict[str, Numbers]:
    return {"co-location-matrix": table.correlated(table.values, spearman, bootstrap=False)}


_NO_CAUSE = (
    "Location quotients of two groups that share classes, as KIBS and creative industries do, go together of necessity."
)
_INTERVAL = (
    "The interval is the middle 95 % of 1,000 samples of areas drawn with replacement; as areas side by side are "
    "alike, it is a floor."
)
_PEARSON = "r = Σ(x − m_x)(y − m_y) / √(Σ(x − m_x)² · Σ(y − m_y)²), m the means"
_BOOTSTRAP = "Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 13"

INDICATORS = (
    Indicator(
        "co-location-pearson",
        name="Co-location, Pearson correlation of location quotients",
        unit="coefficient",
        digits=2,
        definition="Correlation over local areas of the creative group's location quotient with that of another group, "
        f"from −1 to 1; a few areas with high quotients weigh much. {_NO_CAUSE} {_INTERVAL}",
        formula=f"{_PEARSON}, x and y the LQ against Great Britain (ex-london: local areas and base without London)",
        source=f"Pearson 1896, Phil. Trans. R. Soc. A 187; {_BOOTSTRAP}",
        made_by=pearson,
    ),
    Indicator(
        "co-location-pearson-log",
        name="Co-location, Pearson correlation of logarithms of location quotients",
        unit="coefficient",
        digits=2,
        definition="Correlation over local areas of the logarithms of two location quotients, so that half counts as "
        f"much as double; areas where either is 0 have no logarithm and are left out. {_NO_CAUSE} {_INTERVAL}",
        formula=f"{_PEARSON}, x and y the natural logarithms of the LQ, over areas where both are above 0",
        source=f"Pearson 1896, Phil. Trans. R. Soc. A 187; {_BOOTSTRAP}",
        made_by=pearson,
    ),
    Indicator(
        "co-location-spearman",
        name="Co-location, Spearman correlation of location quotients",
        unit="coefficient",
        digits=2,
        definition="Correlation over local areas of the ranks of two location quotients: whether areas high in one are "
        f"high in the other, however high. {_NO_CAUSE} {_INTERVAL}",
        formula=f"{_PEARSON}, x and y the ranks of the LQ, equal ones with the mean of their ranks",
        source=f"Spearman 1904, American Journal of Psychology 15; {_BOOTSTRAP}",
        made_by=spearman,
    ),
    Indicator(
        "co-location-areas",
        name="Local areas behind a co-location",
        unit="areas",
        digits=0,
        definition="Local areas whose location quotients of both groups are known: the correlations rest on them.",
        formula="#{r: LQ_ri and LQ_rj known}",
        source="count of this report",
        made_by=correlate,
    ),
    Indicator(
        "co-location-areas-left-out",
        name="Local areas left out of a co-location",
        unit="areas",
        digits=0,
        definition="Local areas for which the location quotient of either group is suppressed or missing; they are in "
        "no correlation.",
        formula="#{r: LQ_ri or LQ_rj not known}",
        source="count of this report",
        made_by=correlate,
    ),
    Indicator(
        "co-location-areas-zero",
        name="Local areas with nothing of one group",
        unit="areas",
        digits=0,
        definition="Local areas where both location quotients are known and either is 0; the correlation of logarithms "
        "leaves them out, the others do not.",
        formula="#{r: LQ_ri and LQ_rj known, LQ_ri · LQ_rj = 0}",
        source="count of this report",
        made_by=correlate,
    ),
    Indicator(
        "co-location-matrix",
        name="Co-location of each with each, Spearman correlation",
        unit="coefficient",
        digits=2,
        definition="Spearman correlation over local areas of the location quotients of two groups, for every two of "
        "the creative sub-sectors, high-tech manufacturing and KIBS net. Without intervals: those of a formula "
        "(Fisher's z) take areas for independent, which neighbours are not, and would be too narrow.",
        formula=f"{_PEARSON}, x and y the ranks of the LQ, over areas where both are known",
        source="Spearman 1904, American Journal of Psychology 15",
        made_by=spearman,
    ),
)
