"""False variants of C1 to C5, C7, C9, C10, C31, C32. Each is refuted by an exact counterexample; "ours" marks those that the paper's notes do not suggest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product
from typing import Any

from claims import Enumeration, Mutant, Settings, Witness
from claims.formulations import Formulation, Quantity, Relation
from claims.multi_agent_risks.identities import failure_modes as facts
from claims.multi_agent_risks.models.failure_modes import alignment, is_dominated, opposes, shares_interest
from claims.multi_agent_risks.quantities import commitment as k
from claims.multi_agent_risks.quantities import conventions
from claims.multi_agent_risks.quantities import failure_modes as q
from claims.multi_agent_risks.quantities import registry as quantities_registry
from claims.parameters import Values
from exact.reals import Real
from exact.recording import Recorded
from instances.games import NormalFormGame, pure_dominators
from instances.ordinal_games import NAMED, is_symmetric, two_by_two

F = Fraction
STRICT = {"games": 144}

_HOLDS: dict[str, Callable[[Real, Real], bool]] = {
    "<=": lambda x, y: bool(x <= y), ">=": lambda x, y: bool(x >= y), "==": lambda x, y: bool(x == y), ">": lambda x, y: bool(x > y),
}


def constant(value: int | str) -> Quantity:
    """A number that depends on nothing."""
    return lambda instance, parameters: F(value)


def for_all(
    statement: str, elements: Callable[[Values], Iterable[Any]], quantity: Quantity, relation: Relation, bound: Quantity, setting: Values
) -> tuple[Formulation, ...]:
    """A false statement about every element, in numbers."""
    return (
        Enumeration(
            statement=statement,
            elements=elements,
            predicate=lambda element, parameters: _HOLDS[relation](quantity(element, parameters), bound(element, parameters)),
            quantity=quantity,
            relation=relation,
            bound=bound,
            settings=Settings((setting,)),
        ),
    )


def at(instance: Any, quantity: Quantity, relation: Relation, bound: Quantity) -> tuple[Formulation, ...]:
    """A false statement about one instance."""
    return (Witness(instance=lambda parameters: instance, quantity=quantity, relation=relation, bound=bound),)


# C2


def efficient_without_largest_sum(game: NormalFormGame, parameters: Values) -> Real:
    """How many pure equilibria are Pareto-efficient although another outcome has a larger sum of ranks."""
    most = max(sum(vector, F(0)) for vector in game.payoffs)
    return F(sum(not is_dominated(game, game.at(e)) and sum(game.at(e), F(0)) < most for e in game.pure_equilibria()))


ALL_TIES = two_by_two((1, 1, 1, 1), (1, 1, 1, 1))


def class_opposed_first(game: NormalFormGame, parameters: Values) -> Real:
    """The incentive class (0 CI, 1 OP, 2 MM) when opposition is tested first."""
    return F(1 if opposes(game) else 0 if shares_interest(game) else 2)


def class_shared_first(game: NormalFormGame, parameters: Values) -> Real:
    """The incentive class when common interest is tested first."""
    return F(0 if shares_interest(game) else 1 if opposes(game) else 2)


def classes_at_once(game: NormalFormGame, parameters: Values) -> Real:
    """In how many of the classes CI and OP a game is."""
    return F(int(shares_interest(game)) + int(opposes(game)))


# C3


def symmetric_games(parameters: Values) -> Iterable[NormalFormGame]:
    """The symmetric classes of a census."""
    return (game for game in q.games_of(parameters) if is_symmetric(game))


# C4


def best_worst_payoff(game: NormalFormGame, parameters: Values) -> Real:
    """The larger, over the pure equilibria, of the smaller payoff there."""
    return max(min(game.at(profile)) for profile in game.pure_equilibria())


def undominated_yet_dominated_in_hull(game: NormalFormGame, parameters: Values) -> Real:
    """How many pure equilibria no pure outcome dominates but a mixture of outcomes does."""
    vectors = [game.at(profile) for profile in game.pure_equilibria()]
    return F(sum(not is_dominated(game, vector) and is_dominated(game, vector, "hull") for vector in vectors))


# C5

STEEP_COORDINATION = two_by_two((2, -1, 1, 0), (2, 1, -1, 0))
"""Row player: a = 2, b = −1, c = 1, d = 0; she is indifferent at q = 1/2."""


# C9


def uniform_loss(pair: tuple[Fraction, Fraction], parameters: Values) -> Real:
    """The loss of two agents who pick one of m conventions uniformly: summed over all pairs of picks, each of weight 1/m²."""
    agents, number = (int(x.value) if isinstance(x, Recorded) else int(x) for x in pair)
    weight = F(1)
    for size in (pair[1],) * agents:
        weight = weight / size
    return sum((weight for profile in product(range(number), repeat=agents) if len(set(profile)) > 1), F(0))


def one_less_power(pair: tuple[Fraction, Fraction], parameters: Values) -> Real:
    """1 − m^(−n)."""
    power = F(1)
    for _ in range(int(pair[0].value) if isinstance(pair[0], Recorded) else int(pair[0])):
        power = power / pair[1]
    return 1 - power


# C10


def dominated_count(game: NormalFormGame) -> int:
    """How many pure equilibria are dominated."""
    return sum(bool(pure_dominators(game, game.at(profile))) for profile in game.pure_equilibria())


def verdicts_differ(pair: tuple[NormalFormGame, NormalFormGame], parameters: Values) -> Real:
    """1 where one game has a dominated pure equilibrium and the other has none, else 0."""
    one, two = pair
    return F((dominated_count(one) > 0) != (dominated_count(two) > 0))


def alignments_differ(pair: tuple[NormalFormGame, NormalFormGame], parameters: Values) -> Real:
    """The distance between the two games' alignment."""
    one, two = (alignment(game) for game in pair)
    if one is None or two is None:
        raise ValueError("a game in which nobody cares has no alignment")
    return one - two if one >= two else two - one


# C32

REPAIRED_BY_ROW = two_by_two((1, 3, 2, 4), (1, 4, 3, 2))
"""A conflict-inevitable game that the row player's commitment repairs."""


MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C1": (
        Mutant("42 records", at(quantities_registry.the_registry({}), quantities_registry.record_count, "==", constant(42))),
        Mutant("each factor has a case study", at(quantities_registry.the_registry({}), quantities_registry.illustrated_factors, "==", constant(7))),
    ),
    "C2": (
        Mutant(
            "rank sums in place of Pareto dominance",
            for_all("an efficient pure equilibrium has the largest sum of ranks", q.games_of, efficient_without_largest_sum, "<=", constant(0), STRICT),
        ),
        Mutant("OP tested before CI", at(ALL_TIES, class_opposed_first, "==", class_shared_first)),
        Mutant(
            "no game with ties is both CI and OP",
            for_all("a game is in at most one of CI and OP", q.every_game, classes_at_once, "<=", constant(1), {"strict": False}),
        ),
    ),
    "C3": (
        Mutant(
            "symmetric games are common-interest",
            for_all("the players of a symmetric strict game agree about all pairs of outcomes", symmetric_games, q.disagreements, "<=", constant(0), STRICT),
        ),
        Mutant(
            "no symmetric game with ties is common-interest",
            for_all("the players of a symmetric game disagree somewhere", symmetric_games, q.disagreements, ">=", constant(1), {"games": 1413}),
        ),
    ),
    "C4": (
        Mutant(
            "a unique equilibrium of a mixed-motive game is efficient",
            for_all("no outcome dominates the unique pure equilibrium", q.unique_equilibrium_games, q.dominators, "<=", constant(0), STRICT),
        ),
        Mutant(
            "one of two pure equilibria is best for both",
            for_all("some pure equilibrium pays both 4", q.two_equilibrium_games, best_worst_payoff, ">=", constant(4), STRICT),
        ),
        Mutant(
            "ours: the hull dominates no more equilibria than pure outcomes do",
            for_all("a mixture that dominates comes with a pure outcome that does", q.games_of, undominated_yet_dominated_in_hull, "<=", constant(0), STRICT),
        ),
    ),
    "C5": (
        Mutant("below her worse pure-equilibrium payoff", at(STEEP_COORDINATION, q.mixed_value, "<=", q.worse_equilibrium_value)),
        Mutant("between her best and 2nd best payoffs", at(NAMED["Chicken"], q.mixed_value, ">=", q.second_best)),
        Mutant("ours: below both pure-equilibrium payoffs, by formula", (facts.BELOW_WORSE_BY_SOLVERS,)),
    ),
    "C7": (
        Mutant(
            "dominated exactly when strictly improvable, per equilibrium, with ties",
            for_all(
                "an equilibrium is dominated when both can strictly gain", q.game_equilibrium_pairs, q.gap_between_gains, "==", constant(0), {"strict": False}
            ),
        ),
        Mutant(
            "better than at some equilibrium in place of every",
            for_all(
                "all equilibria are dominated when some outcome strictly beats some equilibrium", q.games_of, q.doom_against_some, "==", constant(0), STRICT
            ),
        ),
    ),
    "C9": (
        Mutant("loss 1 − m^(−n)", at((F(2), F(2)), uniform_loss, "==", one_less_power)),
        Mutant(
            "crossed equilibria are always dominated",
            for_all("both crossings of two equilibria are dominated", q.two_equilibrium_games, conventions.good_crossings, "<=", constant(0), STRICT),
        ),
    ),
    "C10": (
        Mutant(
            "ρ >= 1/2 makes the equilibrium efficient",
            for_all("no outcome dominates the unique equilibrium", q.unique_equilibrium_games, q.dominators, "<=", constant(0), {**STRICT, "rho": F(1, 2)}),
        ),
        Mutant("equal ρ, equal verdict", at((NAMED["Chicken"], NAMED["Stag Hunt"]), verdicts_differ, "<=", alignments_differ)),
    ),
    "C31": (
        Mutant(
            "pure commitment earns at least the best equilibrium",
            for_all("pure commitment is no worse for the leader", q.games_of, k.pure_leader_value, ">=", k.best_listed_equilibrium, STRICT),
        ),
        Mutant(
            "commitment never harms the follower",
            for_all("the follower loses nothing by the leader's pure commitment", k.single_equilibrium_games, k.follower_gain, ">=", constant(0), STRICT),
        ),
    ),
    "C32": (
        Mutant("commitment repairs the Prisoner's Dilemma", at(NAMED["Prisoner's Dilemma"], k.gain_by_commitment, ">", constant(0))),
        Mutant("either player's commitment repairs", at(REPAIRED_BY_ROW, k.repairing_leaders, "==", constant(2))),
    ),
}
