"""
Surveys: the optional tables: innovation, value added, purchases between industries, universities.
Takes assumptions and places, gives tables ready to write; writes no file.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from illustrative.economy import BASE_YEAR, YEARS

WAVES = {"2017-2019": 0.38, "2019-2021": 0.45, "2021-2023": 0.36}  # innovation-active, all industries (UKIS, about)
GROUPS = {  # share of the sample, and how much more often innovation-active than all industries
    "all-industries": (1.0, 1.0),
    "creative-industries": (0.065, 1.35),
    "high-tech-manufacturing": (0.03, 1.5),
    "kibs-net": (0.09, 1.25),
}
OF_ACTIVE = {"product-innovation": 0.52, "process-innovation": 0.45, "collaboration": 0.58}  # of innovation-active ones
FEWEST = 30  # answers under which a rate is suppressed
VALUE_ADDED = {  # £ billion in the base year, and growth a year, of the order published by DCMS
    "advertising-and-marketing": (17.5, 0.045),
    "architecture": (3.6, 0.03),
    "crafts": (0.4, 0.02),
    "design-and-designer-fashion": (3.4, 0.05),
    "film-tv-video-radio-and-photography": (20.5, 0.045),
    "it-software-and-computer-services": (46.0, 0.065),
    "publishing": (11.0, 0.01),
    "museums-galleries-and-libraries": (2.6, 0.02),
    "music-performing-and-visual-arts": (10.0, 0.045),
}
VALUE_DIP = {
    "music-performing-and-visual-arts": 0.25,
    "film-tv-video-radio-and-photography": 0.12,
    "museums-galleries-and-libraries": 0.15,
    "it-software-and-computer-services": 0.0,
}
WHOLE_ECONOMY = (1690, 1760, 1830, 1900, 1970, 1890, 2040, 2260, 2430, 2560)  # £ billion, of the order of ONS's
CREATIVE_INPUTS = 0.038  # of all output, ONS Input-Output Analytical Tables 2019
INSTITUTIONS = 125


def innovation(regions: pd.Series, national: str, seed: int) -> pd.DataFrame:
    """
    Answers to an innovation survey by wave, area, group of sectors and measure.
    Product and process innovators and collaborators are drawn from the innovation-active, these from the sample.
    Args:
        regions: code → businesses that answer in an average wave.
    Returns: columns wave, area, sector_group, measure, n, rate, status; the national rows pool the regions'.
    """
    rng = np.random.default_rng([seed, 11])
    effect = np.exp(rng.normal(0, 0.05, len(regions)))
    rows = []
    for wave, level in WAVES.items():
        sample = np.rint(regions.to_numpy() * np.exp(rng.normal(0, 0.06, len(regions)))).astype(int)
        for group, (part, factor) in GROUPS.items():
            n = np.rint(sample * part * np.exp(rng.normal(0, 0.12, len(regions)))).astype(int) if part < 1 else sample
            active = rng.binomial(n, np.clip(level * factor * effect, 0, 0.95))
            counts = {"innovation-active": active, **{name: rng.binomial(active, p) for name, p in OF_ACTIVE.items()}}
            for measure, count in counts.items():
                answers = zip([national, *regions.index], [n.sum(), *n], [count.sum(), *count], strict=True)
                rows += [(wave, area, group, measure, *_rate(total, yes)) for area, total, yes in answers]
    return pd.DataFrame(rows, columns=["wave", "area", "sector_group", "measure", "n", "rate", "status"])


def value_added(seed: int) -> pd.DataFrame:
    """Gross value added of the United Kingdom by year and sector, current prices: columns year, sector, gva_million."""
    rng = np.random.default_rng([seed, 12])
    rows = []
    for index, year in enumerate(YEARS):
        values = {}
        for sector, (billion, growth) in VALUE_ADDED.items():
            dip = VALUE_DIP.get(sector, 0.05) * {2020: 1.0, 2021: 0.4}.get(year, 0.0)
            values[sector] = 1000 * billion * (1 + growth) ** (year - BASE_YEAR) * (1 - dip)
            values[sector] *= np.exp(rng.normal(0, 0.01))
        values |= {"all": sum(values.values()), "whole-economy": 1000.0 * WHOLE_ECONOMY[index]}
        rows += [(year, sector, int(np.rint(value))) for sector, value in values.items()]
    return pd.DataFrame(rows, columns=["year", "sector", "gva_million"])


def purchases(industries: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Purchases of industries from one another, and their output.
    A log-normal table with a strong diagonal, and creative buyers leaning to creative suppliers, is fitted to what each
    industry buys and sells; creative suppliers are scaled to their published part of all output.
    Args:
        industries: rows of purchases.csv (industry, creative, output_billion, inputs_share, sold_share).
    Returns: buyer, supplier, value_million; and industry, output_million.
    """
    rng = np.random.default_rng([seed, 13])
    output = 1000 * industries["output_billion"].to_numpy() * np.exp(rng.normal(0, 0.03, len(industries)))
    creative = industries["creative"].to_numpy() == 1
    sold, bought = output * industries["sold_share"].to_numpy(), output * industries["inputs_share"].to_numpy()
    sold[creative] *= CREATIVE_INPUTS * output.sum() / sold[creative].sum()
    bought *= sold.sum() / bought.sum()
    lean = 1 + 9 * np.eye(len(output)) + 8 * np.outer(creative, creative)
    table = np.outer(bought, sold) * lean * np.exp(rng.normal(0, 1.1, lean.shape))
    for _ in range(200):
        table *= np.divide(sold, table.sum(axis=0), out=np.zeros_like(sold), where=sold > 0)
        table *= np.divide(bought, table.sum(axis=1), out=np.zeros_like(sold), where=bought > 0)[:, None]
    names = industries["industry"].to_numpy()
    flows = pd.DataFrame(
        {
            "buyer": np.repeat(names, len(names)),
            "supplier": np.tile(names, len(names)),
            "value_million": [f"{value:.1f}" for value in table.ravel()],
        }
    )
    return flows, pd.DataFrame({"industry": names, "output_million": np.rint(output).astype(int)})


def universities(places: pd.DataFrame, seed: int) -> pd.DataFrame:
    """
    Institutions without real names, more in bigger and more creative places, and what they bring.
    Args:
        places: columns code, name, persons, and quotient: the place's creative quotient.
    Returns: columns institution, area, measure, value.
    """
    rng = np.random.default_rng([seed, 14])
    weight = places["persons"] ** 0.8 * places["quotient"]
    numbers = np.floor(INSTITUTIONS * weight / weight.sum() + 0.5).astype(int)
    rows = []
    for place, number in zip(places.itertuples(), numbers, strict=True):
        for index in range(number):
            name = f"University {index + 1} in {place.name} (illustrative)"
            size = np.exp(rng.normal(0, 0.6))
            rows.append(
                (name, place.code, "graduates-creative", f"{5 * round(90 * size * np.exp(rng.normal(0, 0.5)))}")
            )
            rows.append(
                (name, place.code, "graduates-computing", f"{5 * round(50 * size * np.exp(rng.normal(0, 0.4)))}")
            )
            income = 2.5 * size * np.exp(rng.normal(0, 0.9))
            rows.append((name, place.code, "research-income-million", f"{income:.1f}"))
            rows.append((name, place.code, "spin-outs", f"{rng.poisson(0.5 * income)}"))
    return pd.DataFrame(rows, columns=["institution", "area", "measure", "value"])


def _rate(answers: int, yes: int) -> tuple[int, str, str]:
    return (answers, "", "suppressed") if answers < FEWEST else (answers, f"{yes / answers:.3f}", "")
