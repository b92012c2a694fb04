"""The quantities that the formulations of C6 and C8 measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from claims.multi_agent_risks.models import frontier
from claims.multi_agent_risks.models.failure_modes import incentive_class
from claims.multi_agent_risks.models.frontier import Matrix, Payoffs
from claims.parameters import Values
from exact.linear_programs import Problem, Solution
from exact.reals import Real
from instances.equilibria import interior_mixture
from instances.games import NormalFormGame, hull_gain, hull_gain_program
from instances.ordinal_games import classes, two_by_two, written


def nothing(parameters: Values) -> Real:
    """0, for a program."""
    return Fraction(0)


# C6. A setting holds u and v, and law: a law of full support, or None for the interior mixed equilibrium.


def law_of_setting(parameters: Values) -> Payoffs:
    """The law of full support that is compared with the hull."""
    given = parameters.get("law")
    if given is not None:
        return tuple(given)
    mixture = interior_mixture(two_by_two(parameters["u"], parameters["v"]))
    if mixture is None:
        raise ValueError("the game has no single completely mixed equilibrium")
    return frontier.product_law(mixture)


def point_of(parameters: Values) -> tuple[Real, Real]:
    """The expected payoffs of that law."""
    law = law_of_setting(parameters)
    return frontier.expected(law, parameters["u"]), frontier.expected(law, parameters["v"])


def domination(parameters: Values) -> Problem:
    """The largest total gain over it in the hull."""
    return hull_gain_program(two_by_two(parameters["u"], parameters["v"]), point_of(parameters))


def dominating_law(parameters: Values, solution: Solution) -> Payoffs:
    """The law of a solution."""
    return frontier.law_of(solution)


def total_gain(law: Payoffs, parameters: Values) -> Real:
    """What the law gains over the point."""
    return frontier.gain_of(law, (parameters["u"], parameters["v"]), point_of(parameters))


def gain_family(parameters: Values) -> Any:
    """Random laws that weakly dominate the point."""
    return frontier.dominating_family((parameters["u"], parameters["v"]), law_of_setting(parameters))


def strict_games(parameters: Values) -> Iterator[NormalFormGame]:
    """The 144 strict classes, with their ranks as payoffs."""
    return iter(classes(144))


def weights_decide(game: NormalFormGame, parameters: Values) -> bool:
    """Whether the uniform law is efficient in the hull exactly where weights make the sum constant, and never in a mixed-motive game."""
    u, v = (tuple(map(Fraction, payoffs)) for payoffs in written(game))
    uniform = (Fraction(1, 4),) * 4
    efficient = hull_gain(game, (frontier.expected(uniform, u), frontier.expected(uniform, v))) == 0
    supported = frontier.constant_weights(u, v) is not None
    return efficient == supported and (incentive_class(game) == "OP" or not efficient)


# C8


F = Fraction
MATRIX_GAMES: Mapping[str, Matrix] = {
    "matching pennies": ((F(1), F(-1)), (F(-1), F(1))),
    "the driving game, opposed": ((F(1), F(0)), (F(0), F(1))),
    "rock paper scissors": ((F(0), F(-1), F(1)), (F(1), F(0), F(-1)), (F(-1), F(1), F(0))),
    "with a saddle point": ((F(2), F(0), F(1)), (F(0), F(2), F(1)), (F(2), F(2), F(2))),
    "fractions": ((F(5, 2), F(1, 3), F(-7)), (F(0), F(4), F(2, 9)), (F(1), F(1), F(1))),
    "two rows": ((F(3), F(-1), F(1, 2), F(0)), (F(-2), F(4), F(0), F(1))),
}
"""Matrix games whose value the programs compute from both sides."""


def matrix_of(parameters: Values) -> Matrix:
    """The payoffs of the row player."""
    return MATRIX_GAMES[parameters["game"]]


def row_program(parameters: Values) -> Problem:
    """The most that the row player can guarantee."""
    return frontier.row_program(matrix_of(parameters))


def column_value(parameters: Values) -> Real:
    """The least to which the column player can hold her."""
    return frontier.value_of(frontier.column_program(matrix_of(parameters)))


def mixture_of(parameters: Values, solution: Solution) -> Payoffs:
    """The mixed row of a solution."""
    return frontier.law_of(solution, len(matrix_of(parameters)))


def guarantee(mixture: Payoffs, parameters: Values) -> Real:
    """What a mixed row guarantees."""
    return frontier.guarantee(mixture, matrix_of(parameters))


def mixture_family(parameters: Values) -> Any:
    """Random mixed rows."""
    from hypothesis import strategies as st

    size = len(matrix_of(parameters))
    weights = st.lists(st.integers(0, 9), min_size=size, max_size=size).filter(any)
    return weights.map(lambda drawn: tuple(Fraction(w, sum(drawn)) for w in drawn))


def matrices(parameters: Values) -> Iterator[Matrix]:
    """All matrices of the setting's size and levels."""
    return frontier.all_matrices(parameters["m"], parameters["levels"])


def interchangeable(a: Matrix, parameters: Values) -> bool:
    """Whether the saddle points of the matrix are interchangeable."""
    return frontier.are_interchangeable(frontier.saddle_points(a))


def has_saddle_point(a: Matrix, parameters: Values) -> bool:
    """Whether it has one."""
    return bool(frontier.saddle_points(a))


def pure_gap(a: Matrix, parameters: Values) -> Real:
    """The gap between what pure columns and pure rows guarantee."""
    return frontier.pure_gap(a)


def census(size: int, levels: int) -> tuple[int, int, int]:
    """How many matrices there are, with a saddle point, and with saddle points that are not interchangeable."""
    count = with_saddle = violations = 0
    for a in frontier.all_matrices(size, levels):
        points = frontier.saddle_points(a)
        count, with_saddle = count + 1, with_saddle + bool(points)
        violations += not frontier.are_interchangeable(points)
    return count, with_saddle, violations


def census_of(parameters: Values) -> list[tuple[int, int, int]]:
    """The census of the setting, as the only element."""
    return [census(parameters["m"], parameters["levels"])]


def is_printed_census(found: tuple[int, int, int], parameters: Values) -> bool:
    """Whether it is the printed one."""
    return found == (parameters["matrices"], parameters["with_saddle"], parameters["violations"])


def convention_of(parameters: Values) -> Matrix:
    """The convention game of the setting."""
    return frontier.convention_game(parameters["m"])


def equilibrium_payoff(a: Matrix, parameters: Values) -> Real:
    """What both get at the equilibrium (0, 0)."""
    return a[0][0]


def equilibrium_guarantee(a: Matrix, parameters: Values) -> Real:
    """What row 0, an equilibrium strategy, guarantees."""
    return frontier.guarantee((Fraction(1), *(Fraction(0),) * (len(a) - 1)), a)


def cross_play(a: Matrix, parameters: Values) -> Real:
    """What both get at the row of the equilibrium (0, 0) and the column of the equilibrium (1, 1)."""
    return a[0][1]
