"""
Two groups: statistics of two groups of areas, and how often labels that are shuffled do as well as the true ones.
Takes arrays, gives numbers; knows no release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from reportgen.analysis.permutation import CHUNK, PERMUTATIONS
from reportgen.analysis.shape import Booleans, Floats

SEED = 20_180_214
BLOCK = 2**18  # multiplications at once: more go to several threads, which on a busy machine wait for one another
ROWS = 32  # shufflings at once, at least: a large matrix is then read from memory once for all of them, part by part
TOLERANCE = 1e-9  # a shuffled statistic this close to the observed one, relative to it, counts as equal

# Labels, permutations × areas, True in the first group → statistics × permutations.
Statistics = Callable[[Booleans], Floats]


def shuffled(first: int, number: int, permutations: int = PERMUTATIONS) -> Iterator[Booleans]:
    """
    Random labels for `number` areas of which `first` are in the first group, in chunks of permutations × areas. Seeded
    by these sizes, so that they are the same in every run.
    """
    generator = np.random.default_rng([SEED, first, number])
    for begin in range(0, permutations, CHUNK):
        drawn = generator.random((min(CHUNK, permutations - begin), number))
        yield drawn <= np.partition(drawn, first - 1, axis=1)[:, first - 1, None]


def permutation_test(
    statistics: Statistics, labels: Booleans, permutations: int = PERMUTATIONS
) -> tuple[Floats, Floats]:
    """
    Statistics and their p-values, (1 + number of shuffled labels that do at least as well) / (1 + permutations).
    Args:
        statistics: of labels; the greater one is, the more it speaks against chance.
        labels: areas, True in the first group.
    Source: Phipson and Smyth (2010), Permutation p-values should never be zero, SAGMB 9.
    """
    observed = statistics(labels[None])
    line = observed - TOLERANCE * np.abs(observed)
    reached = np.zeros(len(observed))
    for chunk in shuffled(int(labels.sum()), len(labels), permutations):
        reached += (statistics(chunk) >= line).sum(axis=1)
    return observed[:, 0], (1 + reached) / (1 + permutations)


def permanova(squares: Floats, labels: Booleans) -> Floats:
    """
    Pseudo-F of PERMANOVA for two groups: (SS_T − SS_W) / (SS_W / (N − 2)), SS_T = Σ_{i<j} d²/N,
    SS_W = Σ_g Σ_{i<j in g} d²/n_g.
    Args:
        squares: areas × areas, squared distances; labels: permutations × areas, True in the first group.
    Returns: one for each permutation; NaN where areas of one group do not differ.
    Source: Anderson (2001), A new method for non-parametric multivariate analysis of variance, Austral Ecology 26.

    >>> points = np.array([0.0, 1.0, 10.0, 11.0])
    >>> permanova((points[:, None] - points) ** 2, np.array([[True, True, False, False]])).tolist()
    [200.0]
    """
    number = labels.shape[1]
    inside = (_pairs(squares, labels) / _sizes(labels)).sum(axis=0)
    found: Floats = (squares.sum() / 2 / number - inside) * (number - 2) / np.where(inside > 0, inside, np.nan)
    return found


def to_centroid(squares: Floats, labels: Booleans) -> Floats:
    """
    The distance of each area to the centroid of its group in principal coordinates, from the distances alone:
    z_i² = Σ_j d_ij²/n − Σ_{j<k} d_jk²/n², j and k in the group of i.
    Args: squares as for `permanova`; labels: areas.
    Returns: areas; 0 where a distance that is not Euclidean would make it imaginary (those of Jensen and Shannon are).
    Source: Anderson (2006), Distance-based tests for homogeneity of multivariate dispersions, Biometrics 62.

    >>> points = np.array([0.0, 1.0, 10.0, 14.0])
    >>> to_centroid((points[:, None] - points) ** 2, np.array([True, True, False, False])).tolist()
    [0.5, 0.5, 2.0, 2.0]
    """
    found = np.zeros(len(labels))
    for group in (labels, ~labels):
        inner = squares[np.ix_(group, group)]
        found[group] = np.sqrt(np.maximum(inner.mean(axis=1) - inner.mean() / 2, 0.0))
    return found


def permdisp(distances: Floats, labels: Booleans) -> Floats:
    """
    F of PERMDISP: of a one-way analysis of variance of the distances to the own group's centroid. Shuffled are these
    distances; the centroids stay, so that a difference in place is not taken for one in spread. A small group's
    centroid lies nearer to its areas, which favours finding it less spread.
    Args:
        distances: areas, of `to_centroid`; labels: permutations × areas.
    Returns: one for each permutation; NaN where distances in each group are equal.
    Source: Anderson (2006), Distance-based tests for homogeneity of multivariate dispersions, Biometrics 62.

    >>> permdisp(np.array([1.0, 2.0, 5.0, 6.0]), np.array([[True, True, False, False]])).tolist()
    [32.0]
    """
    number, centred = len(distances), distances - distances.mean()
    total, between = np.square(centred).sum(), (np.square(_sums(centred, labels)) / _sizes(labels)).sum(axis=0)
    found: Floats = between * (number - 2) / np.where(total - between > 1e-12 * total, total - between, np.nan)
    return found


def mean_within(distance: Floats, labels: Booleans) -> Floats:
    """
    Mean distance between any two areas of a group.
    Args: distance: areas × areas; labels as for `permanova`, at least two in each group.
    Returns: 2 × permutations, of the first group and of the second.
    Source: Mielke, Berry and Johnson (1976), Multi-response permutation procedures, Communications in Statistics A5.

    >>> points = np.array([0.0, 1.0, 5.0, 7.0])
    >>> mean_within(abs(points[:, None] - points), np.array([[True, True, False, False]])).tolist()
    [[1.0], [2.0]]
    """
    sizes = _sizes(labels)
    found: Floats = _pairs(distance, labels) * 2 / (sizes * (sizes - 1))
    return found


def mean_difference(values: Floats, labels: Booleans) -> Floats:
    """
    Mean of the first group less mean of the second.
    Args: values: areas; labels as for `permanova`.
    Source: Fisher (1935), The Design of Experiments, § 21, for the permutation test of it.

    >>> mean_difference(np.array([1.0, 3.0, 7.0]), np.array([[True, True, False]])).tolist()
    [-5.0]
    """
    one, other = _sums(values, labels) / _sizes(labels)
    found: Floats = one - other
    return found


def _sizes(labels: Booleans) -> Floats:
    """How many areas are in the first group and in the second, 2 × permutations."""
    first = labels.sum(axis=1)
    return np.stack([first, labels.shape[1] - first]).astype(float)


def _sums(values: Floats, labels: Booleans) -> Floats:
    """The sum over the areas of the first group, and of the second, 2 × permutations."""
    first = (labels * values).sum(axis=1)
    return np.stack([first, values.sum() - first])


def _pairs(between: Floats, labels: Booleans) -> Floats:
    """
    The sum of a symmetric measure over all pairs of areas in the first group, and in the second, 2 × permutations; of
    the second from what is left of the whole.
    """
    inside, number = labels.astype(float), len(between)
    rows = min(max(BLOCK // between.size, ROWS), len(inside))
    columns = max(BLOCK // (rows * number), 1)
    reached = np.empty_like(inside)
    for row, column in product(range(0, len(inside), rows), range(0, number, columns)):
        part = slice(row, row + rows), slice(column, column + columns)
        reached[part] = inside[part[0]] @ between[:, part[1]]
    first = (reached * inside).sum(axis=1)
    return np.stack([first, between.sum() - 2 * reached.sum(axis=1) + first]) / 2
