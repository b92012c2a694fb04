"""C31, C32 on the strict ordinal 2×2 games: what is counted, and what is asked of each game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from claims.multi_agent_risks.algorithms.commitments import mixed_commitment, pure_commitment, race
from claims.multi_agent_risks.models.failure_modes import equilibrium_payoffs, incentive_class, is_dominated
from claims.multi_agent_risks.quantities.failure_modes import Figures, dominated_equilibria, games_of
from claims.parameters import Values
from exact.reals import Real
from instances.equilibria import components, mixed_pair
from instances.games import NormalFormGame
from instances.ordinal_games import NAMED, name_of

# C31


def best_nash(game: NormalFormGame, leader: int = 0) -> Real:
    """The leader's payoff at her best Nash equilibrium of any kind: payoffs are bilinear, so it is at a corner of a rectangle of equilibria."""
    return max(
        game.expected(game.law(mixed_pair(p, q)))[leader] for component in components(game) for p, q in component.corners
    )


def best_listed_equilibrium(game: NormalFormGame, parameters: Values) -> Real:
    """The row player's payoff at her best equilibrium of B(G)."""
    return max(payoffs[0] for payoffs in equilibrium_payoffs(game))


def pure_leader_value(game: NormalFormGame, parameters: Values) -> Real:
    """What the row player's best pure commitment earns her."""
    return game.at(pure_commitment(game))[0]


def commitment_never_hurts(game: NormalFormGame, parameters: Values) -> bool:
    """The strong Stackelberg value is at least the best Nash value, for either leader, and at least the value of a pure commitment."""
    return all(
        mixed_commitment(game, leader).payoffs[leader] >= max(best_nash(game, leader), game.at(pure_commitment(game, leader))[leader])
        for leader in (0, 1)
    )


def commitment_census(parameters: Values) -> Figures:
    """The row player commits: how mixed and pure commitment compare with her best equilibrium, and what becomes of the follower."""
    games = games_of(parameters)
    better = Counter(len(game.pure_equilibria()) for game in games if mixed_commitment(game).payoffs[0] > best_nash(game))
    pure = Counter(_sign(pure_leader_value(game, {}) - best_nash(game)) for game in games)
    worse = [game for game in games if pure_leader_value(game, {}) < best_nash(game)]
    signs = Counter(signs_of_pure_commitment(game) for game in single_equilibrium_games(parameters))
    return {
        "mixed_better": sum(better.values()),
        "mixed_better_by_ne": tuple(better[k] for k in range(3)),
        "pure_better": pure[1],
        "pure_equal": pure[0],
        "pure_worse": pure[-1],
        "worse_with_pure_ne": sum(bool(game.pure_equilibria()) for game in worse),
        "single": sum(signs.values()),
        "signs": tuple(signs[pair] for pair in SIGNS),
        "other_signs": sum(number for pair, number in signs.items() if pair not in SIGNS),
    }


SIGNS = ((-1, -1), (-1, 1), (0, 0), (1, -1), (1, 1))
"""What pure commitment does to the leader and to the follower."""


def single_equilibrium_games(parameters: Values) -> Iterator[NormalFormGame]:
    """The classes with one equilibrium, pure or mixed."""
    return (game for game in games_of(parameters) if len(equilibrium_payoffs(game)) == 1)


def signs_of_pure_commitment(game: NormalFormGame) -> tuple[int, int]:
    """Whether leader and follower lose (−1) or gain (1) by the row player's pure commitment against the single equilibrium."""
    (usual,) = equilibrium_payoffs(game)
    reached = game.at(pure_commitment(game))
    return _sign(reached[0] - usual[0]), _sign(reached[1] - usual[1])


def follower_gain(game: NormalFormGame, parameters: Values) -> Real:
    """What the follower gains by the row player's pure commitment against the single equilibrium."""
    (usual,) = equilibrium_payoffs(game)
    return game.at(pure_commitment(game))[1] - usual[1]


def _sign(x: Real) -> int:
    return int(x > 0) - int(x < 0)


# C32


def inevitable_games(parameters: Values) -> Iterator[NormalFormGame]:
    """The mixed-motive classes whose only equilibrium is pure and dominated."""
    return filter(is_inevitable, games_of(parameters))


def is_inevitable(game: NormalFormGame) -> bool:
    """Whether a mixed-motive game has a single equilibrium, pure and dominated."""
    return incentive_class(game) == "MM" and dominated_equilibria(game) == (True,)


def repairing_leaders(game: NormalFormGame, parameters: Values) -> Real:
    """How many of the two players reach an outcome that is not dominated by a pure commitment."""
    return Fraction(sum(not is_dominated(game, game.at(pure_commitment(game, leader))) for leader in (0, 1)))


def repair_is_as_stated(game: NormalFormGame, parameters: Values) -> bool:
    """Exactly one player's pure commitment repairs the game, with 3 for herself and 4 for the follower; in the Prisoner's Dilemma none changes anything."""
    if name_of(game) == "Prisoner's Dilemma":
        return nothing_changes(game)
    repaired = [leader for leader in (0, 1) if not is_dominated(game, game.at(pure_commitment(game, leader)))]
    if len(repaired) != 1:
        return False
    (leader,) = repaired
    reached = game.at(pure_commitment(game, leader))
    return (reached[leader], reached[1 - leader]) == (3, 4)


def nothing_changes(game: NormalFormGame) -> bool:
    """Whether each player's best commitment, pure or mixed, leads to the equilibrium and to nothing else: every other weight earns her less.

    The leader's payoff is linear on each interval of weights that induces an answer; here the follower has one answer to every mixture, so the equilibrium's
    end of the interval is the only best commitment when the other end earns less.
    """
    (equilibrium,) = game.pure_equilibria()
    for leader in (0, 1):
        follower = 1 - leader
        answers = {max(game.replies((a, a), follower), key=lambda profile: game.at(profile)[follower])[follower] for a in (0, 1)}
        if answers != {equilibrium[follower]}:
            return False
        here, other = (game.at(profile)[leader] for profile in _equilibrium_first(game, equilibrium, leader))
        if not other < here or mixed_commitment(game, leader).payoffs != game.at(equilibrium):
            return False
    return True


def _equilibrium_first(game: NormalFormGame, equilibrium: tuple[int, ...], leader: int) -> list[tuple[int, ...]]:
    """The leader's two profiles against the equilibrium's answer, the equilibrium first."""
    return sorted(game.replies(equilibrium, leader), key=lambda profile: profile != equilibrium)


def gain_by_commitment(game: NormalFormGame, parameters: Values) -> Real:
    """The most that either player gains by a commitment, pure or mixed, over the single equilibrium."""
    (usual,) = equilibrium_payoffs(game)
    return max(mixed_commitment(game, leader).payoffs[leader] - usual[leader] for leader in (0, 1))


def repair_census(parameters: Values) -> Figures:
    """Games that nothing but commitment saves, and races to commit."""
    return repair_figures(games_of(parameters))


def repair_figures(games: Sequence[NormalFormGame]) -> Figures:
    """The same for these strict games."""
    inevitable = list(filter(is_inevitable, games))
    raced = [(game, game.at(race(game))) for game in games]
    return {
        "inevitable": len(inevitable),
        "repaired": sum(repairing_leaders(game, {}) > 0 for game in inevitable),
        "dilemmas": sum(name_of(game) == "Prisoner's Dilemma" for game in inevitable),
        "race_dominated": sum(is_dominated(game, payoffs) for game, payoffs in raced),
        "race_worst": sum(payoffs == (min(game.of(0)), min(game.of(1))) for game, payoffs in raced),
    }


RACES = {
    "Chicken": (1, 1), "Leader": (1, 1), "Hero": (2, 2), "Battle of the Sexes": (2, 2), "Prisoner's Dilemma": (2, 2), "Stag Hunt": (4, 4),
}
"""Where both commit at once, each as if alone: the payoffs."""


def named_races(parameters: Values) -> Iterator[str]:
    """The named games whose race is stated."""
    return iter(RACES)


def race_is_as_stated(name: str, parameters: Values) -> bool:
    """Whether the race in a named game ends as stated."""
    return NAMED[name].at(race(NAMED[name])) == RACES[name]
