"""The failure modes as definitions on finite games: incentive classes (M2), domination (M3), labels (M4, A1), verdicts (A2), severities, alignment (M8).

The designer's *intent* says what the agents are meant to do: cooperate, or compete. The same outcome of the same game is a conflict under one and a collusion
under the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal, TypeAlias

from exact.reals import Real
from instances.equilibria import interior_mixture, mixed_pair
from instances.games import Law, NormalFormGame, Vector, dominated_in_plane, dominates, hull_gain, point_law, pure_gain

Intent: TypeAlias = Literal["cooperate", "compete"]
Frontier: TypeAlias = Literal["pure", "hull"]
Incentive: TypeAlias = Literal["CI", "OP", "MM"]
Label: TypeAlias = Literal["none", "miscoordination", "conflict", "collusion"]

INTENTS: tuple[Intent, ...] = ("cooperate", "compete")
LABELS: tuple[Label, ...] = ("none", "conflict", "miscoordination", "collusion")


class NoBenchmark(ValueError):
    """A game without a known equilibrium: then "better than at every equilibrium" would hold vacuously, and nothing is called collusion."""


# M2


def shares_interest(game: NormalFormGame) -> bool:
    """Common interest: all players rank all pure outcomes alike."""
    return all(
        (a[i] >= b[i]) == (a[j] >= b[j])
        for a in game.payoffs
        for b in game.payoffs
        for i, j in combinations(range(game.players), 2)
    )


def opposes(game: NormalFormGame) -> bool:
    """Strictly competitive: two players who rank all pure outcomes the other way round."""
    return game.players == 2 and all((a[0] >= b[0]) == (a[1] <= b[1]) for a in game.payoffs for b in game.payoffs)


def incentive_class(game: NormalFormGame) -> Incentive:
    """CI, else OP, else MM. Common interest comes first: where everybody is indifferent, the game is both."""
    if shares_interest(game):
        return "CI"
    return "OP" if opposes(game) else "MM"


def has_constant_sum(game: NormalFormGame) -> bool:
    """Whether the payoffs add up to the same at every pure outcome."""
    return len({sum(vector, Fraction(0)) for vector in game.payoffs}) == 1


# M3, M5


def is_dominated(game: NormalFormGame, payoffs: Vector, frontier: Frontier = "pure") -> bool:
    """Whether a pure outcome (or, for ``hull``, a mixture of them) gives nobody less and somebody more."""
    if frontier == "pure":
        return any(dominates(vector, payoffs) for vector in game.payoffs)
    return dominated_in_plane(game.payoffs, payoffs) if game.players == 2 else hull_gain(game, [Fraction(x) for x in payoffs]) > 0


def equilibrium_laws(game: NormalFormGame) -> list[Law]:
    """The static benchmark B(G): every pure equilibrium, and in a 2×2 game the one in which both players mix, if there is exactly one."""
    laws: list[Law] = [point_law(game, profile) for profile in game.pure_equilibria()]
    mixture = interior_mixture(game) if game.actions == (2, 2) else None
    return laws if mixture is None else [*laws, game.law(mixed_pair(*mixture))]


def equilibrium_payoffs(game: NormalFormGame) -> list[Vector]:
    """The payoffs at the equilibria of B(G), the pure ones first."""
    return [game.expected(law) for law in equilibrium_laws(game)]


# M4, A1


def classify(
    game: NormalFormGame,
    intent: Intent,
    law: Law,
    third_party: Sequence[Real] | None = None,
    frontier: Frontier = "pure",
    colluders: Sequence[int] | None = None,
) -> Label:
    """The label of an outcome (a distribution over profiles).

    Where agents are meant to cooperate: an outcome off the frontier is a miscoordination if all want the same, else a conflict. Where they are meant to
    compete: an outcome at which every colluder (all agents unless said) does better than at every equilibrium, and the third party (its utility for each
    profile, if there is one) does worse, is a collusion. Raises NoBenchmark where no equilibrium is known to compare with.
    """
    if intent == "cooperate":
        return _failed_cooperation(game, game.expected(law), frontier)
    members = range(game.players) if colluders is None else colluders
    return "collusion" if _collude(_beside(game, law, third_party), _benchmark(game, third_party), members) else "none"


def pure_labels(
    game: NormalFormGame, intent: Intent, frontier: Frontier = "pure", third_party: Sequence[Real] | None = None
) -> tuple[Label, ...]:
    """The labels of the pure outcomes, in the order of the profiles. Raises NoBenchmark."""
    if intent == "cooperate":
        failure: Label = "miscoordination" if incentive_class(game) == "CI" else "conflict"
        return tuple(failure if is_dominated(game, vector, frontier) else "none" for vector in game.payoffs)
    benchmark, members = _benchmark(game, third_party), range(game.players)
    outcomes = zip(game.payoffs, third_party if third_party is not None else (None,) * len(game.payoffs), strict=True)
    return tuple("collusion" if _collude(outcome, benchmark, members) else "none" for outcome in outcomes)


def _failed_cooperation(game: NormalFormGame, payoffs: Vector, frontier: Frontier) -> Label:
    if not is_dominated(game, payoffs, frontier):
        return "none"
    return "miscoordination" if incentive_class(game) == "CI" else "conflict"


_Outcome: TypeAlias = tuple[Vector, Real | None]
"""The agents' payoffs and the third party's, if there is one."""


def _beside(game: NormalFormGame, law: Law, third_party: Sequence[Real] | None) -> _Outcome:
    loss = None if third_party is None else sum((weight * value for weight, value in zip(law, third_party, strict=True)), Fraction(0))
    return game.expected(law), loss


def _benchmark(game: NormalFormGame, third_party: Sequence[Real] | None) -> list[_Outcome]:
    laws = equilibrium_laws(game)
    if not laws:
        raise NoBenchmark(f"no equilibrium is known of this game with {game.actions} actions (no pure one, and mixed ones are sought in 2×2 games only)")
    return [_beside(game, law, third_party) for law in laws]


def _collude(outcome: _Outcome, benchmark: Sequence[_Outcome], members: Sequence[int]) -> bool:
    """Whether every member gains against every equilibrium, and the third party loses."""
    gained, left = outcome
    return all(
        all(gained[i] > usual[i] for i in members) and (left is None or before is None or left < before) for usual, before in benchmark
    )


# A2


def game_verdict(game: NormalFormGame, intent: Intent, frontier: Frontier = "pure", third_party: Sequence[Real] | None = None) -> str:
    """``robust``, ``<mode>-possible`` or ``<mode>-inevitable``: no, some, or every equilibrium of B(G) shows the failure mode.

    Where agents are meant to compete no equilibrium is better than itself, so the question is whether some pure outcome is a collusion: ``collusion-possible``.
    Raises NoBenchmark where no equilibrium is known.
    """
    if intent == "compete":
        return "collusion-possible" if "collusion" in pure_labels(game, intent, frontier, third_party) else "robust"
    return summed_up([_failed_cooperation(game, payoffs, frontier) for payoffs, _ in _benchmark(game, None)])


def summed_up(labels: Sequence[Label]) -> str:
    """The verdict over the labels of some equilibria (at least one): only one failure mode can occur in one game."""
    failures = [label for label in labels if label != "none"]
    if not failures:
        return "robust"
    return f"{failures[0]}-{'inevitable' if len(failures) == len(labels) else 'possible'}"


# Severities


def miscoordination_severity(game: NormalFormGame, payoffs: Vector) -> Real:
    """The largest share of a player's range of payoffs that she misses; 0 for a player who is indifferent between all outcomes."""
    shares: list[Real] = [Fraction(0)]
    for player in range(game.players):
        best, worst = max(game.of(player)), min(game.of(player))
        if best != worst:
            shares.append((best - payoffs[player]) / (best - worst))
    return max(shares)


def conflict_severity(game: NormalFormGame, payoffs: Sequence[Fraction], frontier: Frontier = "pure") -> Real:
    """The most that all players together could gain without a loss to anybody, within the frontier's set."""
    return pure_gain(game, payoffs) if frontier == "pure" else hull_gain(game, payoffs)


def collusion_severity(game: NormalFormGame, payoffs: Vector, equilibrium: Vector) -> Real | None:
    """Δ: the share of the way from the equilibrium's mean payoff to the greatest mean payoff. None where there is no way to go."""
    usual, reached = (sum(vector, Fraction(0)) for vector in (equilibrium, payoffs))
    best = max(sum(vector, Fraction(0)) for vector in game.payoffs)
    return (reached - usual) / (best - usual) if best != usual else None


# M8


def alignment(game: NormalFormGame) -> Real | None:
    """ρ = ‖t‖²/(‖t‖² + ‖z‖²) with t = (u_1 + u_2)/2 and z = (u_1 − u_2)/2, both centred; None where both players are indifferent between all outcomes.

    Between 0 (what one gains the other loses) and 1 (they gain alike); on strict ranks it is (1 + correlation)/2. Two players.
    """
    one, two = (_centred(game.of(player)) for player in (0, 1))
    together = sum(((x + y) ** 2 for x, y in zip(one, two, strict=True)), Fraction(0))
    apart = sum(((x - y) ** 2 for x, y in zip(one, two, strict=True)), Fraction(0))
    return together / (together + apart) if together + apart else None


def _centred(values: Sequence[Real]) -> list[Real]:
    mean = sum(values, Fraction(0)) / len(values)
    return [x - mean for x in values]
