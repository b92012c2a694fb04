"""What `assay evaluate` computes for C6 and C8."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks.models import frontier
from claims.multi_agent_risks.quantities import frontier as q
from claims.multi_agent_risks.sections.common import Evaluations
from claims.parameters import Integers, Lists, Matrices, Parameter, Rationals, Values
from exact.linear_programs import solve
from instances.equilibria import interior_mixture
from instances.games import hull_gain
from instances.ordinal_games import two_by_two

MOST_MATRICES = 300_000
"""How many matrices a census may hold."""


def check_four(values: Values) -> None:
    """Raises ParameterError unless u and v have four payoffs each."""
    for name in ("u", "v"):
        if len(values[name]) != 4:
            raise ParameterError(f"{name}: {len(values[name])} payoffs; it must be: four rationals, for CC, CD, DC, DD")


def mixed_play(values: Values) -> Measurement:
    """The largest total gain over the interior mixed equilibrium within the hull: 0 exactly where weights make the weighted sum constant."""
    check_four(values)
    u, v = values["u"], values["v"]
    game = two_by_two(u, v)
    weights = frontier.constant_weights(u, v)
    told: dict[str, Any] = {"payoffs": None, "dominated": None, "weights": None if weights is None else list(weights)}
    mixture = interior_mixture(game)
    if mixture is None:
        return Measurement(None, Fraction(0), told, relation="==", hypothesis="the game has exactly one completely mixed equilibrium")
    law = frontier.product_law(mixture)
    point = (frontier.expected(law, u), frontier.expected(law, v))
    gain = hull_gain(game, point)
    told |= {"payoffs": list(point), "dominated": gain > 0}
    return Measurement(gain, Fraction(0), told, relation=">" if weights is None else "==")


def opposed(values: Values) -> Measurement:
    """Both players' optimal strategies in one matrix game, or the census of saddle points."""
    if "A" in values:
        return matrix_game(values["A"])
    return saddle_census(values.get("m", 3), values.get("levels", 3))


def matrix_game(a: frontier.Matrix) -> Measurement:
    """What the row player can guarantee against what the column player can."""
    best = solve(frontier.row_program(a))
    told = {"strategy": list(frontier.law_of(best, len(a))), "saddle_points": [list(cell) for cell in frontier.saddle_points(a)]}
    return Measurement(best.value, frontier.value_of(frontier.column_program(a)), told, relation="==")


def saddle_census(size: int, levels: int) -> Measurement:
    """How many matrices have a saddle point, and how many have saddle points that are not interchangeable. Raises ParameterError."""
    if levels ** (size * size) > MOST_MATRICES:
        raise ParameterError(f"m, levels: levels^(m²) = {levels}^{size * size} matrices, where at most {MOST_MATRICES} can be gone through")
    count, with_saddle, violations = q.census(size, levels)
    told = {"matrices": count, "with_saddle": with_saddle, "violations": violations}
    return Measurement(None, None, told, relation="==", holds=violations == 0)


_FOUR = Lists(Rationals(), least=4)
EVALUATIONS: Evaluations = {
    "C6": (
        (
            Parameter("u", _FOUR, "the row player's payoffs at CC, CD, DC, DD", (6, 20, 33, 19)),
            Parameter("v", _FOUR, "the column player's payoffs at CC, CD, DC, DD", (39, 14, 5, 25)),
        ),
        mixed_play,
    ),
    "C8": (
        (
            Parameter("m", Integers(1, 4), "size of the matrices of the census", lambda values: None),
            Parameter("levels", Integers(1, 600), "entries 0, …, levels − 1 of the census", lambda values: 3 if "m" in values else None),
            Parameter("A", Matrices(Rationals(), square=True), "the row player's payoffs, for one game", ((1, 0), (0, 1)), ("m", "levels")),
        ),
        opposed,
    ),
}
