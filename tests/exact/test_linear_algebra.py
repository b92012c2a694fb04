"""Exact sparse solving: against elimination in fractions, on matrices of every shape of sparsity."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact import linear_algebra

Dense = list[list[int]]

matrices = st.integers(0, 7).flatmap(
    lambda size: st.lists(
        st.lists(st.sampled_from([0, 0, 0, 1, -1, 2, -3, 7]), min_size=size, max_size=size),
        min_size=size,
        max_size=size,
    )
)


def sparse(matrix: Dense) -> list[dict[int, int]]:
    return [{j: entry for j, entry in enumerate(row) if entry} for row in matrix]


def rank(matrix: Dense) -> int:
    """By elimination in fractions, the slow and obvious way."""
    rows = [[Fraction(entry) for entry in row] for row in matrix]
    found = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        found += 1
        for row in rows[found:]:
            factor = row[column] / pivot[column]
            row[:] = [entry - factor * other for entry, other in zip(row, pivot, strict=True)]
    return found


@settings(max_examples=300, deadline=None)
@given(matrices, st.randoms(use_true_random=False))
def test_solves_regular_systems_and_refuses_singular_ones(matrix: Dense, random: object) -> None:
    size = len(matrix)
    right = [random.randint(-9, 9) for _ in matrix]  # type: ignore[attr-defined]
    peeled = linear_algebra.PeeledMatrix(sparse(matrix))
    if rank(matrix) < size:
        with pytest.raises(linear_algebra.SingularMatrixError):
            peeled.solve(right)
        with pytest.raises(linear_algebra.SingularMatrixError):
            peeled.solve_transposed(right)
        return
    x, denominator = peeled.solve(right)
    assert denominator > 0
    assert [sum(matrix[i][j] * x[j] for j in range(size)) for i in range(size)] == [denominator * b for b in right]
    y, denominator = peeled.solve_transposed(right)
    assert denominator > 0
    assert [sum(matrix[i][j] * y[i] for i in range(size)) for j in range(size)] == [denominator * b for b in right]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 6), matrices)
def test_without_its_dependent_lines_a_matrix_is_regular(rows: int, matrix: Dense) -> None:
    matrix = matrix[:rows]
    columns = len(matrix[0]) if matrix else 3
    lost_rows, lost_columns = linear_algebra.dependent(sparse(matrix), columns)
    rest = [
        [row[j] for j in range(columns) if j not in lost_columns] for i, row in enumerate(matrix) if i not in lost_rows
    ]
    assert len(rest) == columns - len(lost_columns) == rank(matrix) == rank(rest)


def test_rational_systems() -> None:
    rows = [{0: "1/2", 1: Fraction(1, 3)}, {1: "0.25"}]
    assert linear_algebra.solve(rows, [1, "1/7"]) == (Fraction(34, 21), Fraction(4, 7))
    assert linear_algebra.solve([], []) == ()


def test_long_numbers_and_a_dense_nucleus() -> None:
    size = 30
    hilbert = [{j: Fraction(1, i + j + 1) for j in range(size)} for i in range(size)]
    assert linear_algebra.solve(hilbert, [sum(row.values()) for row in hilbert]) == (1,) * size
    scaled = [
        {j: entry * Fraction(10) ** (400 * (i - 3)) for j, entry in row.items()} for i, row in enumerate(hilbert[:8])
    ]
    small = [{j: entry for j, entry in row.items() if j < 8} for row in scaled]
    assert linear_algebra.solve(small, [sum(row.values()) for row in small]) == (1,) * 8


def test_a_permuted_triangle_needs_no_nucleus() -> None:
    order = [3, 0, 4, 1, 2]
    triangle = [{order[j]: i + j + 1 for j in range(i + 1)} for i in (2, 4, 0, 1, 3)]
    peeled = linear_algebra.PeeledMatrix(triangle)
    assert not peeled.nucleus_rows
    assert len(peeled.first) + len(peeled.last) == 5
    cycle = linear_algebra.PeeledMatrix([{0: 1, 1: 2}, {0: 3, 1: 4}, {0: 5, 2: 6}])
    assert (cycle.nucleus_rows, cycle.nucleus_columns) == ([0, 1], [0, 1])


def test_wrong_shapes_are_named() -> None:
    with pytest.raises(ValueError, match="1 rows, but 2 right-hand sides"):
        linear_algebra.solve([{0: 1}], [1, 2])
    with pytest.raises(ValueError, match="row 0: column 1 of a 1 x 1 matrix"):
        linear_algebra.solve([{1: 1}], [1])
    with pytest.raises(ValueError, match=r"rows\[0\]\[0\]: 0\.5 is a float"):
        linear_algebra.solve([{0: 0.5}], [1])  # type: ignore[dict-item]
