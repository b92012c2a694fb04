"""Instances and quantities of C25 to C30."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from claims.multi_agent_risks import best_replies, congestion_cycles, sending_game
from claims.multi_agent_risks import model_dynamics as model
from claims.parameters import Values
from exact import reals
from exact.reals import Real
from instances.games import NormalFormGame
from instances.ordinal_games import classes, two_by_two

F = Fraction


def nothing(parameters: Values) -> None:
    """The instance of a quantity that depends on the parameters only."""


def zero(instance: object, parameters: Values) -> Real:
    """0."""
    return F(0)


def one(instance: object, parameters: Values) -> Real:
    """1."""
    return F(1)


def tolerance(instance: object, parameters: Values) -> Real:
    """Half a unit of the last printed digit, or a little more: the setting's ``within``."""
    return parameters["within"]


# C25


def radius(instance: object, parameters: Values) -> Real:
    """The spectral radius of optimistic play at the setting's η."""
    return model.spectral_radius(parameters["eta"], "optimistic")


def radius_error(instance: object, parameters: Values) -> Real:
    """|radius − printed|."""
    return abs(radius(instance, parameters) - parameters["printed"])


# C26

START = {"s": F(1, 5), "t": F(1, 10), "eta": F(1, 10)}


def divergence_after(instance: object, parameters: Values) -> Real:
    """V after the setting's steps."""
    return model.divergence(*model.pennies_orbit(parameters["s"], parameters["t"], parameters["eta"], parameters["steps"]))


def divergence_before(instance: object, parameters: Values) -> Real:
    """V at the start."""
    return model.divergence(parameters["s"], parameters["t"])


def divergence_error(instance: object, parameters: Values) -> Real:
    """|V − printed|."""
    return abs(divergence_after(instance, parameters) - parameters["printed"])


# C27


def routes_map(s: Real, parameters: Values) -> Real:
    """The map in logits."""
    return model.routes_step(s, parameters["a"], parameters["b"])


@cache
def _cycles(a: Fraction, b: Fraction) -> congestion_cycles.Cycles:
    return congestion_cycles.cycles_of_three(a, b)


def orbit_near(parameters: Values) -> Sequence[Fraction]:
    """Logits of the attracting or repelling cycle of period three (``kind``) that the scan finds first, to start Newton's method from."""
    a, b, kind = (parameters[name] for name in ("a", "b", "kind"))
    for orbit in _cycles(a, b).orbits:
        if orbit.attracting == (kind == "attracting"):
            return [model.logit(x).mid for x in orbit.shares]
    raise ValueError(f"no {kind} cycle of period three is found at a = {a}, b = {b}")


def printed_distance(points: Sequence[Real], parameters: Values) -> Real:
    """How far the cycle's shares are from the printed ones, at most."""
    return reals.maximum([abs(model.share(s) - x) for s, x in zip(points, parameters["printed"], strict=True)])


def multiplier_error(points: Sequence[Real], parameters: Values) -> Real:
    """|multiplier − printed|, the multiplier by the model's formula for the slope."""
    product: Real = F(1)
    for s in points:
        product = product * model.routes_slope(s, parameters["a"])
    return abs(product - parameters["printed"])


def fixed_point_multiplier(instance: object, parameters: Values) -> Real:
    """|g′| at the fixed point."""
    return abs(1 - parameters["a"] * parameters["b"] * (1 - parameters["b"]))


def pieces(parameters: Values) -> Sequence[congestion_cycles.Piece]:
    """The pieces of the scan for cycles of period three."""
    return congestion_cycles.scan(parameters["a"], parameters["b"])


def has_no_cycle(piece: congestion_cycles.Piece, parameters: Values) -> bool:
    """No point of a cycle of period three lies in the piece."""
    return piece.verdict in ("no zero", "fixed point")


def distance_of_the_mean(instance: object, parameters: Values) -> Real:
    """|mean share − b| over the setting's steps from the logit 0."""
    return abs(model.routes_mean(F(0), parameters["a"], parameters["b"], parameters["steps"]) - parameters["b"])


def two_cycle_near(parameters: Values) -> Sequence[Fraction]:
    """The cycle of period two at b = ½ lies near ±a/4, where σ is 0 or 1 nearly."""
    return [parameters["a"] / 4, -parameters["a"] / 4]


def two_cycle(points: Sequence[Real], parameters: Values) -> Sequence[Real]:
    """The cyclic system of period two."""
    return [routes_map(points[0], parameters) - points[1], routes_map(points[1], parameters) - points[0]]


def third_image_distance(points: Sequence[Real], parameters: Values) -> Real:
    """|g³(s) − s| at the first point."""
    s = points[0]
    for _ in range(3):
        s = routes_map(s, parameters)
    return abs(s - points[0])


# C28


def profiles(parameters: Values) -> Iterator[tuple[Fraction, Fraction]]:
    """The four deterministic profiles."""
    return sending_game.deterministic()


def is_left(profile: tuple[Fraction, Fraction], parameters: Values) -> bool:
    """The profile is no equilibrium, and the player whose turn it is in the cycle leaves it."""
    x, y = profile
    gamma = parameters["gamma"]
    replies = sending_game.best_reply(1, x, y, gamma), sending_game.best_reply(2, x, y, gamma)
    return not sending_game.game(gamma).is_equilibrium(*sending_game.policies(x, y)) and replies == CYCLE[profile]


CYCLE = {(F(0), F(0)): (F(1), F(0)), (F(1), F(0)): (F(1), F(1)), (F(1), F(1)): (F(0), F(1)), (F(0), F(1)): (F(0), F(0))}
"""(keep, keep) → (send, keep) → (send, send) → (keep, send) → (keep, keep): where best replies lead."""


def mixture(parameters: Values) -> tuple[Fraction, Fraction]:
    """Player 1 sends with probability 2/3, player 2 with 5/12."""
    return F(2, 3), F(5, 12)


def swapped_mixture(parameters: Values) -> tuple[Fraction, Fraction]:
    """The two probabilities exchanged."""
    return F(5, 12), F(2, 3)


def incentives(profile: tuple[Real, Real], parameters: Values) -> Real:
    """The greatest of both players' |advantage of sending|: 0 where both are indifferent."""
    return reals.maximum([abs(sending_game.advantage(player, *profile, parameters["gamma"])) for player in (1, 2)])


def temptation(profile: tuple[Real, Real], parameters: Values) -> Real:
    """What a player who always sends, or always keeps, gains at most by a single deviation."""
    gains = [sending_game.advantage(player, *profile, parameters["gamma"]) for player in (1, 2)]
    return reals.maximum([gain * (1 - 2 * send) for gain, send in zip(gains, profile, strict=True)])


def unsettled_starts(game: NormalFormGame, parameters: Values) -> Real:
    """From how many starts simultaneous best replies never settle."""
    return F(best_replies.play_of(game).simultaneous)


def coordination(parameters: Values) -> NormalFormGame:
    """Both get 4 or 3 where they choose alike, 1 or 2 where they do not."""
    return two_by_two((4, 1, 2, 3), (4, 1, 2, 3))


def inflated_divergence(instance: object, parameters: Values) -> Real:
    """(1 + η²)·V at the start."""
    return (1 + parameters["eta"] ** 2) * divergence_before(instance, parameters)


def distance_of_values(profile: tuple[Real, Real], parameters: Values) -> Real:
    """How far the values are from the printed ones: (4, 16/3) for player 1, (16/3, 4) for player 2."""
    printed = ((F(4), F(16, 3)), (F(16, 3), F(4)))
    found = [sending_game.values(player, *profile, parameters["gamma"]) for player in (1, 2)]
    return reals.maximum([abs(value - stated) for pair, row in zip(found, printed, strict=True) for value, stated in
                          zip((pair.first, pair.second), row, strict=True)])


def least_temptation(instance: object, parameters: Values) -> Real:
    """The least temptation over the four deterministic profiles: positive when none is an equilibrium."""
    return reals.minimum([temptation(profile, parameters) for profile in sending_game.deterministic()])


# C29


def ordinal_games(parameters: Values) -> Iterator[NormalFormGame]:
    """One game of each of the 144 classes of strict ordinal 2×2 games."""
    return iter(classes(144))


EXPECTED = {0: (4, 4), 1: (0, 0), 2: (0, 2)}
"""By the number of pure equilibria: starts from which alternating, and from which simultaneous play never settles."""


def plays_as_stated(game: NormalFormGame, parameters: Values) -> bool:
    """Alternating best replies cycle from all starts or from none, simultaneous ones from 0, 2 or 4, as the number of pure equilibria says."""
    play = best_replies.play_of(game)
    return (play.alternating, play.simultaneous) == EXPECTED[play.equilibria]


def class_counts(parameters: Values) -> Iterator[tuple[int, ...]]:
    """How many classes have 0, 1, 2 pure equilibria."""
    found = [best_replies.play_of(game).equilibria for game in classes(144)]
    yield tuple(found.count(number) for number in range(3))


def counts_as_stated(counts: tuple[int, ...], parameters: Values) -> bool:
    """18, 108 and 18."""
    return counts == (18, 108, 18)


def cournot_radius(instance: object, parameters: Values) -> Real:
    """The spectral radius of n firms' simultaneous best replies."""
    return max(abs(value) for value in model.cournot_eigenvalues(parameters["n"]))


def loop_gain(gains: Sequence[Real], parameters: Values) -> Real:
    """Σ k_i."""
    return sum(gains, F(0))


# C30


def logit_equation(unknowns: Sequence[Real], parameters: Values) -> Sequence[Real]:
    """x = 1/(1 + e^(−(2x − 1)/T))."""
    (x,) = unknowns
    return [model.logit_reply(x, parameters["T"]) - x]


def upper_near(parameters: Values) -> Sequence[Fraction]:
    """The printed upper equilibrium."""
    return [parameters["printed"]]


def upper_error(unknowns: Sequence[Real], parameters: Values) -> Real:
    """|x − printed|."""
    return abs(unknowns[0] - parameters["printed"])
