"""
Spatial: whether areas are like those that they touch, over all areas and for each, with permutation tests.
Takes arrays, gives arrays; knows no release.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from reportgen.analysis.permutation import CHUNK, EQUAL, permutation_test, two_sided
from reportgen.analysis.shape import Booleans, Floats

CONDITIONAL = 9_999  # around each area: with a test for every area, 999 could not tell a few small p-values apart

Places = npt.NDArray[np.intp]


class Links(NamedTuple):
    """Who touches whom: each link from one area to another, in both directions, sorted by the first; their places."""

    area: Places
    neighbour: Places

    def among(self, taken: Booleans) -> Links:
        """The links between areas that take part, numbered anew among these."""
        kept = taken[self.area] & taken[self.neighbour]
        number = np.cumsum(taken) - 1
        return Links(number[self.area[kept]], number[self.neighbour[kept]])

    def touching(self, areas: int) -> Places:
        """How many neighbours each of so many areas has."""
        return np.bincount(self.area, minlength=areas)

    def weights(self, areas: int) -> sparse.csr_array:
        """Row-standardised weights, areas × areas: w_ij = 1 / (neighbours of i) where i touches j, else 0."""
        number = self.touching(areas)
        starts = np.concatenate([[0], np.cumsum(number)])
        return sparse.csr_array((1 / number[self.area], self.neighbour, starts), shape=(areas, areas))


def with_neighbours(links: Links, known: Booleans) -> Booleans:
    """
    Which areas take part: they are known, and so is at least one that they touch.

    >>> links = Links(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]))
    >>> with_neighbours(links, np.array([True, True, False, True])).tolist()
    [True, True, False, False]
    """
    found = np.zeros(len(known), dtype=bool)
    found[links.area[known[links.area] & known[links.neighbour]]] = True
    return found


def morans_i(values: Floats, links: Links) -> Floats:
    """
    Moran's I: I = Σ_i z_i Σ_j w_ij z_j / Σ_i z_i², z = x − x̄, weights w row-standardised, so that they add up to n.
    Args: values: areas × samples, all known, each area with a neighbour, not all the same.
    Returns: samples; above −1/(n − 1) where like lies beside like, below it where unlike does.
    Source: Moran (1950), Notes on continuous stochastic phenomena, Biometrika 37; Cliff and Ord (1981), Spatial
        Processes.

    >>> row_of_four = Links(np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2]))
    >>> morans_i(np.array([[1.0, 1.0], [2.0, 0.0], [3.0, 1.0], [4.0, 0.0]]), row_of_four).round(6).tolist()
    [0.4, -1.0]
    """
    z = values - values.mean(axis=0)
    found: Floats = (z * (links.weights(len(z)) @ z)).sum(axis=0) / (z**2).sum(axis=0)
    return found


def gearys_c(values: Floats, links: Links) -> Floats:
    """
    Geary's C: C = (n − 1) Σ_ij w_ij (x_i − x_j)² / (2n Σ_i z_i²), z and w as for `morans_i`. With the square written
    out, C = (n − 1) / 2n · (1 + Σ_ij w_ij z_j² / Σ_i z_i² − 2 I).
    Args: as for `morans_i`.
    Returns: samples, 0 or more; below 1 where like lies beside like, above it where unlike does.
    Source: Geary (1954), The contiguity ratio and statistical mapping, The Incorporated Statistician 5.

    >>> row_of_four = Links(np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2]))
    >>> gearys_c(np.array([[1.0, 1.0], [2.0, 0.0], [3.0, 1.0], [4.0, 0.0]]), row_of_four).round(6).tolist()
    [0.3, 1.5]
    """
    square = (values - values.mean(axis=0)) ** 2
    beside = (links.weights(len(values)) @ square).sum(axis=0) / square.sum(axis=0)
    found: Floats = (len(values) - 1) / (2 * len(values)) * (1 + beside - 2 * morans_i(values, links))
    return found


def local_moran(values: Floats, links: Links) -> Floats:
    """
    Local Moran's I of each area: I_i = (n − 1) z_i Σ_j w_ij z_j / Σ_i z_i²; they add up to (n − 1) I.
    Args: values: areas; as for `morans_i`.
    Returns: areas; above 0 where an area lies on the same side of the mean as its neighbours together.
    Source: Anselin (1995), Local indicators of spatial association: LISA, Geographical Analysis 27.

    >>> row_of_four = Links(np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2]))
    >>> local_moran(np.array([1.0, 2.0, 3.0, 4.0]), row_of_four).round(6).tolist()
    [0.45, 0.15, 0.15, 0.45]
    """
    z = values - values.mean()
    found: Floats = (len(z) - 1) * z * (links.weights(len(z)) @ z) / (z**2).sum()
    return found


def global_tests(values: Floats, links: Links, rng: np.random.Generator) -> Floats:
    """
    Moran's I with its p, and Geary's C with its p: values are shuffled over all areas, 999 times.
    Args: values: areas, as for `morans_i`.
    Returns: I, p of I, C, p of C.
    Source: Cliff and Ord (1981), Spatial Processes, ch. 2.
    """
    found = permutation_test(lambda of: np.stack([morans_i(of, links), gearys_c(of, links)]), values, rng)
    return np.stack(found, axis=1).ravel()


def conditional_p(values: Floats, links: Links, rng: np.random.Generator) -> Floats:
    """
    p of each area's local Moran: its own value stays, those of its neighbours are drawn from all other areas, 9,999
    times; two-sided. One set of drawn places serves all areas.
    Args: values: areas, as for `morans_i`.
    Returns: areas.
    Source: Anselin (1995), Geographical Analysis 27; the shared draws are those of Rey's PySAL (esda).
    """
    z = values - values.mean()
    number, most = links.touching(len(z)), int(links.touching(len(z)).max())
    observed = links.weights(len(z)) @ z
    above, below = np.zeros((2, len(z)), dtype=np.intp)
    for places in _places(rng, len(z) - 1, most):
        for area in range(len(z)):  # with the area itself taken out, the last one stands in its place
            others = z.copy()
            others[area] = z[-1]
            drawn = others[places[: number[area]]].mean(axis=0)
            above[area] += (drawn >= observed[area] - EQUAL).sum()
            below[area] += (drawn <= observed[area] + EQUAL).sum()
    return two_sided(above, below, CONDITIONAL)


def _places(rng: np.random.Generator, others: int, most: int) -> Iterator[Places]:
    """So many different places out of all others in each draw, places × draws, in chunks."""
    for begin in range(0, CONDITIONAL, CHUNK):
        draws = min(CHUNK, CONDITIONAL - begin)
        shuffled = rng.permuted(np.tile(np.arange(others), (draws, 1)), axis=1)
        yield np.ascontiguousarray(shuffled[:, :most].T)
