"""Reading MPS: both formats, every section and bound type, and errors that name the line."""

from __future__ import annotations

import logging
from fractions import Fraction

import pytest

from exact.linear_programs import LinearProgramError, Problem, Row, read_mps, solve

FREE = """\
* the objective has a constant and is maximised
NAME example with words
OBJSENSE
    MAX
ROWS
 N profit
 L capacity
 G demand
 E balance
 E spread_up
 E spread_down
 N ignored
COLUMNS
 x profit 1.50 capacity 1
 x demand +.5
 MARK0 'MARKER' 'INTORG'
 y profit -2e-1 balance 3.
 y capacity 1.0D+01 ignored 4
 MARK1 'MARKER' 'INTEND'
 z spread_up 1 spread_down -1
 empty
RHS
 rhs capacity 7 demand -1
 rhs profit -10 balance 0.1
 rhs spread_up 2 spread_down 2
 other capacity 99
RANGES
 rng capacity 2.5 demand 4
 rng spread_up 3 spread_down -3
BOUNDS
 UP bnd x 4
 LO bnd x -1
 FR bnd y
 MI bnd z
 UP bnd z 1e30
ENDATA
"""


def test_free_format_with_every_section(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        problem = read_mps(FREE)
    assert "linear relaxation" in caplog.text
    assert problem == Problem(
        sense="maximise",
        columns=4,
        objective={0: "3/2", 1: "-1/5"},
        offset=10,
        rows=[
            Row({0: 1, 1: 10}, "9/2", 7),
            Row({0: "1/2"}, -1, 3),
            Row({1: 3}, "1/10", "1/10"),
            Row({2: 1}, 2, 5),
            Row({2: -1}, -1, 2),
        ],
        column_bounds=[(-1, 4), (None, None), (None, None), (0, None)],
    )


def bounded(*lines: str) -> tuple[Fraction | None, Fraction | None]:
    text = "\n".join(["ROWS", " N c", "COLUMNS", " x c 1", "BOUNDS", *lines, "ENDATA"])
    return read_mps(text).column_bounds[0]


@pytest.mark.parametrize(
    ("lines", "bounds"),
    [
        ([" LO b x 2"], (2, None)),
        ([" UP b x 2"], (0, 2)),
        ([" UP b x -2"], (None, -2)),
        ([" LO b x -5", " UP b x -2"], (-5, -2)),
        ([" UP b x 0"], (0, 0)),
        ([" FX b x 1e-3"], (Fraction(1, 1000), Fraction(1, 1000))),
        ([" FR b x"], (None, None)),
        ([" FR b x 0"], (None, None)),
        ([" MI b x"], (None, None)),
        ([" MI x", " UP x 3"], (None, 3)),
        ([" UP b x 3", " PL b x"], (0, None)),
        ([" BV b x"], (0, 1)),
        ([" LI b x 2", " UI b x 4"], (2, 4)),
        ([" LO b x -inf"], (None, None)),
        ([" UP b x Infinity"], (0, None)),
        ([" FR x"], (None, None)),
        ([" UP b x 2", " UP second x 1"], (0, 2)),
    ],
)
def test_bounds(lines: list[str], bounds: tuple[Fraction | None, Fraction | None]) -> None:
    assert bounded(*lines) == bounds


def test_fixed_format_with_blanks_in_names() -> None:
    text = "\n".join(
        [
            "NAME          BLANKS",
            "ROWS",
            " N  COST",
            " G  ROW ONE",
            "COLUMNS",
            "    X ONE     COST              1.25   ROW ONE            1.0",
            "    X TWO     COST               2.0   ROW ONE            4.0",
            "RHS",
            "    RHS       ROW ONE            3.0",
            "BOUNDS",
            " UP BND       X TWO              0.5",
            "ENDATA",
        ]
    )
    problem = read_mps(text)
    assert problem.rows == (Row({0: 1, 1: 4}, 3),)
    assert problem.column_bounds == ((0, None), (0, Fraction(1, 2)))
    assert solve(problem).value == Fraction(9, 4)


def test_sections_without_set_names() -> None:
    text = "ROWS\n N c\n L a\nCOLUMNS\n x c -1 a 1\nRHS\n a 5\nRANGES\n a 2\nENDATA\n"
    assert read_mps(text).rows == (Row({0: 1}, 3, 5),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ROWS\n N c\n", "the last line: ENDATA is missing"),
        ("ROWS\n Q c\nENDATA", "line 2: a row is a type N, E, L or G and a name"),
        ("ROWS\n N c\n E c\nENDATA", "line 3: the row c is there already"),
        ("ROWS\n N c\nCOLUMNS\n x d 1\nENDATA", "line 4: there is no row d"),
        ("ROWS\n N c\nCOLUMNS\n x c one\nENDATA", "line 4: number: 'one' is no rational number"),
        ("ROWS\n N c\nCOLUMNS\n x c\nENDATA", "line 4: row names and numbers do not come in pairs"),
        ("ROWS\n N c\nCOLUMNS\n x c 1\n x c 1\nENDATA", "line 5: the column x has two entries in one row"),
        ("ROWS\n N c\nBOUNDS\n UP b x 1\nENDATA", "line 4: there is no column x"),
        ("ROWS\n N c\nCOLUMNS\n x c 1\nBOUNDS\n UP b\nENDATA", "line 6: a bound UP is a set, a column and a number"),
        ("ROWS\n N c\nCOLUMNS\n x c 1\nBOUNDS\n SC b x 1\nENDATA", "line 6: the bound type SC is not understood"),
        ("QUADOBJ\nENDATA", "line 1: the section QUADOBJ is not understood"),
        ("OBJSENSE\n UP\nENDATA", "line 2: OBJSENSE UP is neither MIN nor MAX"),
        (" x c 1\nENDATA", "line 1: data outside a section"),
    ],
)
def test_errors_name_the_line(text: str, message: str) -> None:
    with pytest.raises(LinearProgramError, match=f"^{message}"):
        read_mps(text)
