"""Input-output: the square of purchases, multipliers, and which industries answer to which divisions."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportgen.analysis.input_output import bundles, coefficients, input_shares, output_multipliers

SIZES = st.integers(1, 6)
SQUARES = SIZES.flatmap(lambda n: arrays(float, (n, n), elements=st.floats(min_value=0, max_value=1)))


def technology(square: np.ndarray) -> np.ndarray:
    """A square whose columns sum to less than 1: each industry buys less than it makes."""
    return 0.9 * square / np.maximum(square.sum(axis=0), 1)


@given(SIZES)
def test_without_purchases_every_multiplier_is_one(size: int) -> None:
    assert [1.0] * size == output_multipliers(np.zeros((size, size))).tolist()


@given(SQUARES)
def test_a_multiplier_is_at_least_one(square) -> None:
    assert (output_multipliers(technology(square)) >= 1 - 1e-12).all()


@given(SQUARES)
def test_a_multiplier_adds_up_all_rounds_of_purchases(square) -> None:
    """1 + A + A² + …, column by column."""
    bought = technology(square)
    rounds = sum(np.linalg.matrix_power(bought, power).sum(axis=0) for power in range(400))
    assert rounds == pytest.approx(output_multipliers(bought), rel=1e-9)


@given(SQUARES, st.floats(min_value=0.1, max_value=1000))
def test_multipliers_know_no_currency(square, rate: float) -> None:
    output = 1 + square.sum(axis=0)
    there, here = output_multipliers(coefficients(rate * square, rate * output)), coefficients(square, output)
    assert there == pytest.approx(output_multipliers(here))


def test_who_uses_up_more_than_is_made_has_no_multiplier() -> None:
    """One below nought gives the table away; an inverse that does not exist is no number."""
    assert (output_multipliers(np.array([[1.5]])) < 0).all()
    assert np.isnan(output_multipliers(np.array([[1.0]]))).all()


@given(SIZES.flatmap(lambda n: arrays(float, (n, n), elements=st.floats(-2, 2))))
def test_multipliers_solve_their_equations_whatever_the_table(square) -> None:
    """Also where a pivot on the diagonal is 0 or small, so that rows have to be exchanged."""
    found = output_multipliers(square)
    system = (np.eye(len(square)) - square).T
    if np.linalg.matrix_rank(system, tol=1e-6) == len(square):
        assert system @ found == pytest.approx(np.ones(len(square)), abs=1e-6)


SEVERAL_THREADS = """
import numpy as np
from reportgen.analysis.input_output import output_multipliers
square = np.random.default_rng(7).random((400, 400))
print(output_multipliers(0.5 * square / square.sum(axis=0)).tobytes().hex())
"""


def test_the_last_digits_of_multipliers_do_not_hang_on_the_number_of_threads() -> None:
    one, two = (
        subprocess.run(
            [sys.executable, "-c", SEVERAL_THREADS],
            env={**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    )
    assert one == two


def test_an_industry_without_output_buys_nothing() -> None:
    flows, output = np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([4.0, 0.0])
    assert [[0.25, 0.0], [0.25, 0.0]] == coefficients(flows, output).tolist()
    assert np.isnan(input_shares(flows.sum(axis=0), output)).tolist() == [False, True]


CODES = [
    "A01",
    "B06 & B07",
    "C1101T1106 & C12",
    "C1107",
    "C235_6",
    "C23OTHER",
    "F41, F42 & F43",
    "K65.1-2 & K65.3",
    "L68A",
]
DIVISIONS = {"01", "06", "07", "11", "12", "23", "41", "42", "43", "65", "68"}


def test_industries_and_divisions_are_matched_as_finely_as_both_allow() -> None:
    """Parts of one division together, divisions of one industry together; where nobody works is no industry."""
    found = {
        bundle.divisions: [CODES[row] for row in bundle.industries] for bundle in bundles(CODES, DIVISIONS, ["L68A"])
    }
    assert {
        ("01",): ["A01"],
        ("06", "07"): ["B06 & B07"],
        ("11", "12"): ["C1101T1106 & C12", "C1107"],
        ("23",): ["C235_6", "C23OTHER"],
        ("41", "42", "43"): ["F41, F42 & F43"],
        ("65",): ["K65.1-2 & K65.3"],
    } == found


def test_divisions_without_jobs_are_passed_over() -> None:
    assert [("07",)] == [bundle.divisions for bundle in bundles(["B06 & B07", "A01"], {"07"}, ())]
    assert [] == bundles([], DIVISIONS, ())


CODE = st.lists(st.integers(1, 9).map(lambda number: f"C0{number}"), min_size=1, max_size=3).map(" & ".join)


@given(st.lists(CODE, unique=True), st.sets(st.integers(1, 9).map(lambda number: f"0{number}")))
def test_every_division_and_industry_is_in_at_most_one_bundle(codes: list[str], divisions: set[str]) -> None:
    """Whatever order they come in."""
    found = bundles(codes, divisions, ())
    for axis in ("industries", "divisions"):
        all_of_them = [each for bundle in found for each in getattr(bundle, axis)]
        assert len(all_of_them) == len(set(all_of_them))
    backwards = bundles(codes[::-1], divisions, ())
    assert {bundle.divisions for bundle in found} == {bundle.divisions for bundle in backwards}
