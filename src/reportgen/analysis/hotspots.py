"""
Hotspots: which local areas count as creative hotspots by the rule in the settings, and their order; what the other
rules say, how much the list hangs on the rule, and how sure chance leaves each place on it.
Takes inputs, gives rows; the rules stand in `rules.py`, the draws in `selection.py`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.analysis import reasons, rules, selection, sensitivity
from reportgen.analysis.cells import Cells
from reportgen.analysis.ground import SOURCE, Ground, counts_as_london, lay
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.ranks import rank
from reportgen.analysis.sensitivity import RULES, by_variant
from reportgen.analysis.shape import (
    MISSING,
    NOT_APPLICABLE,
    OK,
    Booleans,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    beside,
    mark,
    plain,
    stack,
    tidy,
    worst,
)
from reportgen.classification import CREATIVE

OWN_RULE = "rule of this report; location quotient: Isard 1960, ch. 7"


class Answers(NamedTuple):
    """The rule of the settings; the areas and years are those of `jobs`, of the areas that can be hotspots."""

    jobs: Cells
    quotient: Numbers
    hotspot: Numbers

    @property
    def known(self) -> Booleans:
        """Areas × years."""
        return self.hotspot.standing.has_value[:, 0]

    @property
    def yes(self) -> Booleans:
        """Areas × years."""
        found: Booleans = self.hotspot.value[:, 0] == 1
        return found & self.known


def answers(inputs: Inputs) -> Answers:
    """
    The rule for all areas of the local and custom levels, and all years that the jobs have; with the quotient that
    hotspots are ranked by, of local units where the settings ask these alone.
    """
    rule = inputs.settings.hotspot
    ground = lay(inputs, inputs.jobs.years)
    seen = ground.units if rule.measure == "units" else ground.jobs
    return Answers(ground.cells, seen.quotient, ground.decide(rule.rule, rule.measure))


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family: each rule's answers, and what draws say of them."""
    found = answers(inputs)
    levels = inputs.release.areas["level"].astype(str).loc[list(found.jobs.areas)].to_numpy()
    grounds = sensitivity.latest(inputs)
    times = [(year, "") for year in found.jobs.years]
    return stack(
        [
            *(
                tidy(indicator, found.jobs.areas, [CREATIVE], times, numbers, SOURCE)
                for indicator, numbers in (("hotspot", found.hotspot), ("hotspot-rank", _ranks(found, levels)))
            ),
            *sensitivity.rows(inputs, grounds),
            *_draw_rows(inputs, grounds[True, True]),
            _london_rows(inputs, found.jobs.years[-1]),
        ]
    )


def _ranks(found: Answers, levels: npt.NDArray[np.object_]) -> Numbers:
    """Ranks within each level, areas × 1 × years."""
    of_whole = found.quotient.standing.at(slice(None), slice(-1, None))
    spots = found.yes[:, None]
    value = np.full(spots.shape, np.nan)
    quotient = np.where(spots & of_whole.has_value, found.quotient.value[:, -1:], np.nan)
    for level in np.unique(levels):
        here = levels == level
        value[here] = rank(quotient[here])
    standing = mark(
        found.hotspot.standing,
        (found.known & ~found.yes)[:, None],
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.no_hotspot(found.jobs.place(area, year)),
    )
    by_quotient = Standing(np.where(spots, of_whole.state, np.int8(OK)), np.where(spots, of_whole.reason, ""))
    return plain(value, worst(standing, by_quotient))


def _draw_rows(inputs: Inputs, ground: Ground) -> list[pd.DataFrame]:
    """Selection probabilities, rank intervals and stars, of the latest year."""
    year, table = inputs.jobs.years[-1], inputs.units.table
    areas, times = ground.cells.areas, [(year, "")]
    quotient = ground.units.quotient.standing.at(slice(None), slice(-1, None))
    mean = np.where(quotient.has_value & ground.among[:, None, None], ground.posterior.mean[:, -1:], np.nan)
    drawn = ground.simulate(RULES, ~np.isnan(mean[:, 0, 0]))
    standing = mark(
        quotient, quotient.has_value & np.isnan(mean), NOT_APPLICABLE, lambda *_: reasons.none_anywhere(table, year)
    )
    local = np.flatnonzero(ground.among)
    ranks = Numbers(rank(mean)[local], drawn.low[local], drawn.high[local], standing.at(local))
    share = np.concatenate([drawn.chosen[name].share for name in RULES], axis=1)
    chosen = beside([ground.of_chosen(drawn.chosen[name].blame) for name in RULES])
    return [
        by_variant("selection-probability", areas, year, plain(share, chosen), RULES, table),
        tidy("quotient-rank-interval", [areas[at] for at in local], [CREATIVE], times, ranks, table),
        *(
            tidy("observatory-stars", areas, inputs.jobs.sub_sectors, times, numbers, source, word)
            for (word, numbers), source in zip(ground.stars().items(), SOURCE.split(";"), strict=True)
        ),
    ]


def _london_rows(inputs: Inputs, year: str) -> pd.DataFrame:
    """Which local areas count as London."""
    members = counts_as_london(inputs)
    shape = (len(inputs.local), 1, 1)
    value = np.array([area in (members or ()) for area in inputs.local], dtype=float).reshape(shape)
    unknown = np.full(shape, members is None)
    standing = mark(all_ok(shape), unknown, MISSING, lambda *_: reasons.no_london_group())
    return tidy("counts-as-london", inputs.local, [""], [(year, "")], plain(value, standing), "areas;membership")


_DRAWN = (
    f"In {selection.DRAWS:,} draws from what its local units leave open (gamma–Poisson), all areas and groups at once"
)

INDICATORS = (
    *sensitivity.INDICATORS,
    Indicator(
        "hotspot",
        name="Creative hotspot",
        unit="yes or no",
        digits=0,
        definition="Yes where the hotspot rule of the settings selects the area. Our own rule asks that creative work "
        "is surely concentrated (the interval of jobs lies above the line, and local units do with a probability "
        "of 97.5 %), that creative local units are many enough, and that enough sub-sectors are surely concentrated "
        "with local units enough of their own.",
        formula="1 if low(LQ_r) > a, P(LQ_r > a) ≥ 0.975, u_r ≥ b and #{i: low(LQ_ri) > a, P(LQ_ri > a) ≥ 0.975, "
        "u_ri ≥ c} ≥ d, else 0",
        source=OWN_RULE,
        made_by=rules.decide,
    ),
    Indicator(
        "hotspot-rank",
        name="Rank among creative hotspots",
        unit="rank",
        digits=0,
        definition="Place of a hotspot among those known to be hotspots at its level, by the location quotient of "
        "creative jobs, or of local units where the settings ask these alone; the first has the highest.",
        formula="1 + number of hotspots of the level with a higher LQ",
        source=OWN_RULE,
        made_by=rank,
    ),
    Indicator(
        "selection-probability",
        name="Selection probability",
        unit="share",
        digits=0,
        definition=f"{_DRAWN}, the share in which the whole rule selects the area: the drawn location quotient stands "
        "in the place of bound and probability, sizes stay as observed. Chance in jobs is not in it.",
        formula="#{draws: rule(LQ drawn, u) selects r} / number of draws",
        source="own, after Goldstein and Spiegelhalter (1996), League tables and their limitations, JRSS A 159",
        made_by=selection.simulate,
    ),
    Indicator(
        "quotient-rank-interval",
        name="Rank by creative local units",
        unit="rank",
        digits=0,
        definition="Rank of the area's shrunken location quotient of creative local units (the mean of its posterior) "
        f"among the local areas. {_DRAWN}, its rank lies within the interval in 95 % of cases.",
        formula="1 + number of local areas with a higher posterior mean; 2.5 and 97.5 percentile of the drawn ranks",
        source="Goldstein and Spiegelhalter (1996), League tables and their limitations, JRSS A 159",
        made_by=selection.simulate,
    ),
    Indicator(
        "observatory-stars",
        name="Stars of the European Cluster Observatory",
        unit="stars",
        digits=0,
        definition="One star each for size (top tenth of the sub-sector), specialisation (a location quotient of at "
        "least 2) and focus (the sub-sector's share of the area, in the top tenth of all areas and sub-sectors).",
        formula="[x_ri > P90_i] + [LQ_ri ≥ 2] + [x_ri/T_r > P90 of all pairs]",
        source=rules.OBSERVATORY,
        made_by=rules.stars,
    ),
    Indicator(
        "counts-as-london",
        name="Counts as London",
        unit="yes or no",
        digits=0,
        definition="Yes for the local areas that are left out where something is said without London: those of which "
        "at least half lies in it by the release's table of membership, whatever their name. So among travel-to-work "
        "areas Slough and Heathrow counts as London: most of it, by residence, lies inside London's boundary.",
        formula="1 if the area is in the group london of data/groups.toml, else 0",
        source="the release's table of membership, and data/groups.toml",
        made_by=counts_as_london,
    ),
)
