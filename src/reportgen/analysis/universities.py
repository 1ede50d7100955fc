"""
Universities: how many graduates an area's institutions send out, against its size and against its creative jobs.
Takes the table of universities and jobs, gives rows. That graduates find work where they learned is said nowhere here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
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
    within,
    worst,
)
from reportgen.analysis.uncertainty import Rounding, count_interval, quotient_interval
from reportgen.classification import CREATIVE, IT
from reportgen.release.model import LEAST_SHARE

TABLE = "universities"
# Variant → the sub-sector that its graduates are held against.
SUB_SECTORS = {"creative": CREATIVE, "computing": IT}


@dataclass(frozen=True)
class Institutions:
    """
    The institutions of a release and where they are.
    Args:
        jobs: of all areas in all industries, in the latest year, for their names.
        parts: areas × local areas, how much of each local area lies in each area.
        rows: of the table, those about local areas, with `place`, the local area on the axis of these.
        standing: areas × 1 × 1, of what is counted in each area, whatever it is.
    """

    jobs: Cells
    parts: Floats
    rows: pd.DataFrame
    standing: Standing

    def counted(self, measure: str) -> Floats:
        """The sum of a measure over the institutions of each area, areas × 1 × 1."""
        rows = self.rows[self.rows["measure"] == measure]
        return together(self.parts, rows["place"].to_numpy(), rows["value"].to_numpy(float))[:, None, None]

    def number(self) -> Floats:
        """How many institutions each area has, areas × 1 × 1; one with several places counts once in each area."""
        there = self.rows.drop_duplicates(["institution", "place"])
        names, inside = pd.factorize(there["institution"])[0], self.parts[:, there["place"]] >= LEAST_SHARE
        return np.array([len(np.unique(names[own])) for own in inside], dtype=float)[:, None, None]


def together(parts: Floats, places: Floats, values: Floats) -> Floats:
    """
    The sum of what institutions have over areas, that of an institution in the same parts as the local area that it is
    in: n_A = Σ_u w_A,r(u)·v_u.
    Args:
        parts: areas × local areas, w, shares of the local areas; places: by institution, r, its local area; values: v.
    Returns: by area, 0 where there is none.

    >>> together(np.array([[1.0, 0.0], [1.0, 0.25]]), np.array([0, 1]), np.array([100.0, 40.0])).tolist()
    [100.0, 110.0]
    """
    own = np.bincount(places, weights=values, minlength=parts.shape[1])
    found: Floats = (parts * own).sum(axis=1)
    return found


def share_quotient(part: Numbers, other: Numbers, whole: int) -> Numbers:
    """
    An area's share of one thing in a whole divided by its share of another: (g_r / G) / (x_r / X). The interval takes
    the two counts as independent, and those of the whole as exact.
    Args:
        part, other: areas × 1 × 1, g and x; whole: place of the whole on the axis of areas.
    Returns: areas × 1 × 1; 1 = as large a share of the one as of the other. NaN where x or G is 0.
    Source: a quotient of shares, as the location quotient is: Isard (1960), Methods of Regional Analysis, ch. 7; for
        the interval see `quotient_interval`.

    >>> g, x = (Numbers(*[np.array(of)[:, None, None]] * 3, all_ok((2, 1, 1))) for of in ([30.0, 60.0], [10.0, 40.0]))
    >>> share_quotient(g, x, whole=1).value.ravel().tolist()
    [2.0, 1.0]
    """
    scale = other.value[whole] / np.where(part.value[whole] > 0, part.value[whole], np.nan)
    value = part.value / np.where(other.value > 0, other.value, np.nan) * scale
    low, high = (end * scale for end in quotient_interval(part[:3], other[:3]))
    standing = worst(part.standing, other.standing, part.standing.at([whole]), other.standing.at([whole]))
    return within(value, low, high, standing)


def institutions_of(inputs: Inputs) -> Institutions:
    """The institutions of a release; without the table none, and all that is counted is missing."""
    jobs = inputs.jobs.only(groups=[TOTAL], years=inputs.jobs.years[-1:])
    parts, table = _parts(inputs), inputs.release.universities
    standing, everywhere = all_ok((len(jobs.areas), 1, 1)), np.ones((len(jobs.areas), 1, 1), dtype=bool)
    if table is None:
        rows = pd.DataFrame({"institution": [], "measure": [], "value": [], "place": np.array([], dtype=int)})
        return Institutions(jobs, parts, rows, mark(standing, everywhere, MISSING, lambda *_: reasons.no_table(TABLE)))
    place = pd.Index(inputs.local).get_indexer(table["area"].astype(str))
    rows = table[["institution", "measure", "value"]].assign(place=place)[place >= 0]
    regions = [area for area in inputs.release.at_level("regional") if area in jobs.areas]
    at = places_on(jobs.areas, regions)
    inside = parts[at] >= LEAST_SHARE
    with_some = np.array([own[rows["place"]].any() for own in inside], dtype=bool)
    empty: Booleans = _not_covered(parts >= LEAST_SHARE, inside, with_some)
    names = [inputs.release.name_of(region) for region in regions]
    standing = mark(
        standing,
        np.any(empty, axis=1, keepdims=True)[:, None],
        MISSING,
        lambda area, *_: reasons.not_covered(
            [name for name, reached in zip(names, empty[area].tolist(), strict=True) if reached], jobs.place(area, 0)
        ),
    )
    return Institutions(jobs, parts, rows, standing)


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family, for all areas. The table says no year: that of the rows is the latest year of jobs.
    """
    of = institutions_of(inputs)
    areas, times = of.jobs.areas, [(of.jobs.years[0], "")]
    source = TABLE if inputs.release.membership is None else f"{TABLE};membership"
    taught = {variant: _taught(of, variant) for variant in SUB_SECTORS}
    made = [
        tidy("graduates", areas, [TOTAL], times, plain(each.value, each.standing), source, variant)
        for variant, each in taught.items()
    ]
    for indicator, against in (("graduate-quotient", _size), ("graduate-surplus", _of_sub_sector)):
        for variant, each in taught.items():
            numbers = against(inputs, of, each, variant)
            made.append(
                tidy(indicator, areas, [SUB_SECTORS[variant]], times, numbers, f"{of.jobs.table};{source}", variant)
            )
    made.append(tidy("institutions", areas, [TOTAL], times, plain(of.number(), of.standing), source))
    return stack(made)


def _taught(of: Institutions, variant: str) -> Numbers:
    """Graduates, with the interval of a count for what one area has, and none of chance for a whole."""
    measure, value = f"graduates-{variant}", of.counted(f"graduates-{variant}")
    unknown = np.full(value.shape, measure not in set(of.rows["measure"]))
    standing = mark(of.standing, unknown, MISSING, lambda *_: reasons.measure_not_told(measure))
    exact = Rounding(np.zeros(value.shape), np.zeros(value.shape))
    return within(value, *count_interval(value, exact), standing)


def _size(inputs: Inputs, of: Institutions, taught: Numbers, _: str) -> Numbers:
    """Graduates against jobs in all industries."""
    return _against(inputs, taught, of.jobs, reasons.no_total)


def _of_sub_sector(inputs: Inputs, of: Institutions, taught: Numbers, variant: str) -> Numbers:
    """Graduates against jobs in their sub-sector, or creative jobs as a whole."""
    group = SUB_SECTORS[variant]
    if group not in inputs.jobs.groups:
        nothing = np.full(taught.value.shape, np.nan)
        everywhere = np.ones(nothing.shape, dtype=bool)
        return plain(nothing, mark(taught.standing, everywhere, MISSING, lambda *_: reasons.it_not_counted()))
    return _against(inputs, taught, inputs.jobs.only(groups=[group], years=of.jobs.years), reasons.no_jobs_beside)


def _against(inputs: Inputs, taught: Numbers, jobs: Cells, nothing: Callable[[str, str], str]) -> Numbers:
    """
    Graduates against jobs, as a quotient to that in Great Britain.
    Args:
        nothing: takes the table of jobs, and area and year, gives the sentence for an area without such jobs.
    """
    whole = jobs.areas.index(inputs.release.info.great_britain)
    wholes = np.array([area in inputs.wholes for area in jobs.areas])[:, None, None]
    low, high = (np.where(wholes, taught.value, end) for end in (taught.low, taught.high))
    some = mark(
        jobs.standing, jobs.value == 0, NOT_APPLICABLE, lambda area, *_: nothing(jobs.table, jobs.place(area, 0))
    )
    counted = Numbers(jobs.value, jobs.low, jobs.high, some)
    untaught = np.full(taught.value.shape, taught.value[whole].item() == 0)
    standing = mark(taught.standing, untaught, NOT_APPLICABLE, lambda *_: reasons.no_graduates())
    return share_quotient(Numbers(taught.value, low, high, standing), counted, whole)


def _parts(inputs: Inputs) -> Floats:
    """How much of each local area lies in each area, areas × local areas; in a benchmark all of those inside."""
    release, local = inputs.release, pd.Index(inputs.local)
    found = np.zeros((len(inputs.jobs.areas), len(local)))
    for row, area in enumerate(inputs.jobs.areas):
        if inputs.kinds[area] == "local":
            found[row, local.get_loc(area)] = 1.0
        elif inputs.kinds[area] == "benchmark":
            found[row] = local.isin(inputs.inside)
        else:
            members = release.local_members(area, least=0.0)
            found[row, local.get_indexer(members["area"])] = members["share"]
    return found


def _not_covered(members: Booleans, inside: Booleans, covered: Booleans) -> Booleans:
    """
    Which regions each area reaches into that no institution lies in, areas × regions. A table that has none of a whole
    region is not taken to cover it; a local area that lies in a region which it covers, too, is covered.
    Args:
        members: areas × local areas; inside: regions × local areas; covered: regions with an institution.
    """
    outside = inside & ~inside[covered].any(axis=0)
    found = np.zeros((len(members), len(inside)), dtype=bool)
    for region, own in enumerate(outside):
        found[:, region] = (members & own).any(axis=1)
    return found


_COUNTRY = (
    "The table is taken to list every institution of the regions in which it has any: a local area without one has no "
    "graduates, which is 0 and not missing. A region of which it has none is not covered, and missing."
)
_SHARED = "An area made of local ones has of their graduates the part that of each of them lies in it."
_INTERVAL = (
    "The interval takes graduates for a count, as another year would bring others, and has that of jobs; what Great "
    "Britain has is taken as exact. It says nothing of where graduates go."
)
_FIELDS = "in creative subjects or in computing"
_WHICH = "Variants: creative, which goes with sub-sector all, and computing, which goes with IT."
_QUOTIENT = "a quotient of shares: Isard (1960), ch. 7; interval: Garwood 1936, Zou and Donner 2008 on logarithms"

INDICATORS = (
    Indicator(
        "graduates",
        name="Graduates",
        unit="graduates",
        digits=0,
        definition=f"Graduates a year of the institutions in the area, {_FIELDS}. {_WHICH} {_COUNTRY} {_SHARED}",
        formula="g_r = Σ graduates of the institutions in r; of areas made of local ones, Σ share of r · g_r",
        source="the release's tables of universities and membership",
        made_by=together,
    ),
    Indicator(
        "graduate-quotient",
        name="Graduates against all jobs",
        unit="ratio",
        digits=2,
        definition=f"The area's share of Great Britain's graduates {_FIELDS}, divided by its share of jobs in all "
        f"industries: above 1, it has more graduates than its size suggests. {_WHICH} {_INTERVAL}",
        formula="(g_r / G) / (T_r / T); 95 %: q / exp √(ln²(g/low) + ln²(high/T_r)) to q · exp √(ln²(high/g) + "
        "ln²(T_r/low)), with the intervals of g_r and of T_r",
        source=_QUOTIENT,
        made_by=share_quotient,
    ),
    Indicator(
        "graduate-surplus",
        name="Graduates against creative jobs",
        unit="ratio",
        digits=2,
        definition=f"The area's share of Great Britain's graduates {_FIELDS}, divided by its share of jobs in the "
        "sub-sector: above 1, it teaches more than its jobs in these industries would suggest; 1 as in Great Britain. "
        f"{_WHICH} {_INTERVAL}",
        formula="(g_r / G) / (x_ri / X_i); 95 %: q / exp √(ln²(g/low) + ln²(high/x)) to q · exp √(ln²(high/g) + "
        "ln²(x/low)), with the intervals of g_r and of x_ri",
        source=_QUOTIENT,
        made_by=share_quotient,
    ),
    Indicator(
        "institutions",
        name="Universities and colleges",
        unit="institutions",
        digits=0,
        definition="Number of institutions that the table of universities names in the area, or in a local area of "
        f"which at least {LEAST_SHARE * 100:g} % lies in it. {_COUNTRY}",
        formula="#{u: u in r}",
        source="the release's table of universities",
        made_by=institutions_of,
    ),
)
