"""False variants of C22 to C24, each refuted by an exact counterexample."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims import Mutant
from claims.multi_agent_risks.models import replicator
from claims.multi_agent_risks.models.moran import Moran, donation, fixation
from claims.multi_agent_risks.mutants.network import at, constant
from claims.parameters import Values
from exact.reals import Real, maximum

F = Fraction
Game = tuple[replicator.Matrix, tuple[Real, ...]]


def slope(game: Game, parameters: Values) -> Real:
    """d/dt xᵀAx."""
    return replicator.mean_slope(*game)


def variance(game: Game, parameters: Values) -> Real:
    """Var of the payoffs."""
    return replicator.variance(*game)


def dilemma(parameters: Values) -> Game:
    """The donation game (3, 1) at equal shares."""
    return replicator.donation_matrix(F(3), F(1)), (F(1, 2), F(1, 2))


def conventions(parameters: Values) -> Game:
    """Two conventions that pay 2 and 1, at equal shares."""
    return ((F(2), F(0)), (F(0), F(1))), (F(1, 2), F(1, 2))


def below_a_third(parameters: Values) -> Game:
    """The same conventions, a quarter following the better one."""
    return conventions(parameters)[0], (F(1, 4), F(3, 4))


def move(game: Game, parameters: Values) -> Real:
    """ẋ of the first strategy."""
    return replicator.field(*game)[0]


def stag_hunt(parameters: Values) -> Moran:
    """Stag Hunt (4, 1, 3, 2), N = 10, w = 1/100."""
    return Moran(10, (F(4), F(1), F(3), F(2)), F(1, 100))


def three(parameters: Values) -> Moran:
    """The donation game (3, 1), N = 3, w = 1/10."""
    return Moran(3, donation(F(3), F(1)), F(1, 10))


def greater(process: Moran, parameters: Values) -> Real:
    """The greater of ρ_C and ρ_D."""
    return maximum([fixation(process), fixation(process.exchanged())])


def both(process: Moran, parameters: Values) -> Real:
    """ρ_C + ρ_D."""
    return fixation(process) + fixation(process.exchanged())


def mutant_of(process: Moran, parameters: Values) -> Real:
    """ρ_C."""
    return fixation(process)


def neutral(process: Moran, parameters: Values) -> Real:
    """1/N."""
    return F(1, process.size)


def race(parameters: Values) -> Game:
    """Rock–paper–scissors with w = 2 at (1/2, 1/4, 1/4)."""
    return replicator.rock_paper_scissors(F(2)), (F(1, 2), F(1, 4), F(1, 4))


def log_slope(game: Game, parameters: Values) -> Real:
    """d/dt ln Πx_i."""
    return replicator.log_product_slope(*game)


def turned(game: Game, parameters: Values) -> Real:
    """(1 − w)(1 − 3(…))."""
    return -replicator.red_queen(game[0][0][1], game[1])


def _mutant(change: str, *statement: Any) -> Mutant:
    quantity, relation, bound, instance = statement
    return Mutant(change, at(quantity, relation, bound, instance=instance))


MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C22": (
        _mutant("mean fitness never decreases", slope, ">=", constant(0), dilemma),
        _mutant("for symmetric payoffs the mean grows at the rate Var", slope, "==", variance, conventions),
        _mutant("ours: the better convention wins from every start", move, ">", constant(0), below_a_third),
    ),
    "C23": (
        _mutant("one of the two strategies always has ρ > 1/N", greater, ">", neutral, stag_hunt),
        _mutant("ρ_C + ρ_D = 1", both, "==", constant(1), three),
        _mutant("ours: selection does not see a single cooperator: ρ_C = 1/N", mutant_of, "==", neutral, three),
    ),
    "C24": (
        _mutant("ln(x_1x_2x_3) is conserved for all w", log_slope, "==", constant(0), race),
        _mutant("the factor is 1 − w", log_slope, "==", turned, race),
    ),
}
