"""What `assay evaluate` computes for C25 to C30."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.formulations import Relation
from claims.multi_agent_risks.algorithms import best_replies, congestion_cycles, logit_equilibria, sending_game
from claims.multi_agent_risks.models import dynamics as model
from claims.multi_agent_risks.sections.common import Evaluations
from claims.parameters import POSITIVE, Choices, Integers, Lists, Parameter, Rationals, Values
from exact.balls import Ball, working_precision
from exact.numerals import numeral
from exact.reals import Real, ball, is_certain
from instances.ordinal_games import classes

_BITS = (256, 1024, 4096, 16384)
_RELATIVE_RADIUS = Fraction(1, 10**16)
_FARTHEST = 10**12
"""Logits and learning rates of C26 up to here."""
_LEAST_TEMPERATURE = Fraction(1, 10**9)
"""Below it the lower equilibrium of C30 has too many digits to be written."""


def _side(measured: Real) -> Relation:
    """On which side of its bound a number lies: the sides of the equivalence that is claimed."""
    return "<" if measured < 1 else ">="


def gradient_play(values: Values) -> Measurement:
    """The spectral radius of one step against 1."""
    eta, method = values["eta"], values["method"]
    radius = model.spectral_radius(eta, method)
    contracts = bool(radius < 1)
    predicted = method == "optimistic" and eta > 0 and 3 * eta * eta < 1
    return Measurement(ball(radius), Fraction(1), {"contracts": contracts}, _side(radius), holds=contracts == predicted)


def multiplicative_weights(values: Values) -> Measurement:
    """V after the steps against V at the start."""
    s, t, eta, steps = (values[name] for name in ("s", "t", "eta", "steps"))
    still = steps == 0 or s == t == 0

    def both() -> tuple[Real, Real]:
        return model.divergence(*model.pennies_orbit(s, t, eta, steps)), model.divergence(s, t)

    after, before = _sharp(both, still)
    return Measurement(ball(after), ball(before), {}, "==" if still else ">", holds=True if still else bool(after > before))


def _sharp(both: Callable[[], tuple[Real, Real]], equal: bool) -> tuple[Real, Real]:
    """Two numbers in as many bits as it takes to tell them apart (unless they are equal) and to know 16 digits of each: in a long orbit radii grow
    with every step."""
    pair: tuple[Real, Real] = (Fraction(0), Fraction(0))
    for bits in _BITS:
        with working_precision(bits):
            pair = both()
            apart = equal or is_certain(lambda pair=pair: pair[0] > pair[1]) or is_certain(lambda pair=pair: pair[0] < pair[1])
        if apart and all(_narrow(x) for x in pair):
            break
    return pair


def _narrow(x: Real) -> bool:
    return not isinstance(x, Ball) or x.rad <= _RELATIVE_RADIUS * abs(x.mid)


def congestion(values: Values) -> Measurement:
    """ab(1 − b) against 2, and the cycles of period three."""
    a, b = values["a"], values["b"]
    found = congestion_cycles.cycles_of_three(a, b)
    attracting = next((orbit for orbit in found.orbits if orbit.attracting), None)
    repelling = next((orbit for orbit in found.orbits if not orbit.attracting), None)
    stable = bool(abs(model.routes_slope(model.logit(b), a)) < 1) if a * b * (1 - b) != 2 else False
    measured = a * b * (1 - b)
    told = {
        "stable": stable,
        "critical_a": 2 / (b * (1 - b)),
        "period3": found.exists,
        "attracting_orbit": None if attracting is None else list(attracting.shares),
        "repelling_orbit": None if repelling is None else list(repelling.shares),
        "multipliers": [None if orbit is None else orbit.multiplier for orbit in (attracting, repelling)],
    }
    return Measurement(measured, Fraction(2), told, _side(measured / 2), holds=stable == (measured < 2))


def markov_game(values: Values) -> Measurement:
    """The deterministic stationary equilibria, counted, and the mixed one."""
    gamma = values["gamma"]
    game, send = sending_game.game(gamma), sending_game.stationary_equilibrium(gamma)
    first, second = game.values(*sending_game.policies(*send))
    told = {"send": list(send), "values_1": list(first), "values_2": list(second)}
    return Measurement(Fraction(len(game.deterministic_equilibria())), Fraction(0), told, "==")


def best_reply_dynamics(values: Values) -> Measurement:
    """The spectral radius of simultaneous best replies, or the loop gain of trend followers, against 1."""
    if "k" in values:
        eigenvalues: tuple[Fraction, ...] = (sum(values["k"], Fraction(0)),)
        predicted = eigenvalues[0] < 1
    else:
        eigenvalues = model.cournot_eigenvalues(values["n"])
        predicted = values["n"] < 3
    radius = max(abs(value) for value in eigenvalues)
    told = {"eigenvalues": list(eigenvalues), "stable": radius < 1, **_census()}
    return Measurement(radius, Fraction(1), told, _side(radius), holds=(radius < 1) == predicted)


def _census() -> dict[str, list[int]]:
    """Lists over 0, 1, 2 pure equilibria: games in which play does not settle from some start, and those starts."""
    plays = [best_replies.play_of(game) for game in classes(144)]
    groups = [[play for play in plays if play.equilibria == number] for number in range(3)]
    return {
        "alternating_cycles": [sum(play.alternating > 0 for play in group) for group in groups],
        "simultaneous_failures": [sum(play.simultaneous > 0 for play in group) for group in groups],
        "alternating_starts": [sum(play.alternating for play in group) for group in groups],
        "simultaneous_starts": [sum(play.simultaneous for play in group) for group in groups],
    }


def logit_game(values: Values) -> Measurement:
    """The logit equilibria, counted, against 1 for T >= 1/2 and 3 for T < 1/2."""
    temperature = values["T"]
    if temperature < _LEAST_TEMPERATURE:
        raise ParameterError(f"T: {numeral(temperature)} is not in the domain; it must be a rational >= {numeral(_LEAST_TEMPERATURE)}")
    found = logit_equilibria.logit_equilibria(temperature)
    told = {"lower": found.lower, "middle": ball(found.middle), "upper": found.upper}
    return Measurement(Fraction(found.count), Fraction(1 if 2 * temperature >= 1 else 3), told, "==")


EVALUATIONS: Evaluations = {
    "C25": (
        (
            Parameter("eta", Rationals(lower=0), "the step size η", "1/2"),
            Parameter("method", Choices(model.METHODS), "how the players step", "optimistic"),
        ),
        gradient_play,
    ),
    "C26": (
        (
            Parameter("s", Rationals(-_FARTHEST, _FARTHEST), "player 1's logit", "1/5"),
            Parameter("t", Rationals(-_FARTHEST, _FARTHEST), "player 2's logit", "1/10"),
            Parameter("eta", Rationals(0, _FARTHEST, without=(0,)), "the learning rate η", "1/10"),
            Parameter("steps", Integers(0, 10_000), "the number of rounds", 100),
        ),
        multiplicative_weights,
    ),
    "C27": (
        (
            Parameter("a", POSITIVE, "the step size", 20),
            Parameter("b", Rationals(0, 1, without=(0, 1)), "the equilibrium share of the first route", "7/10"),
        ),
        congestion,
    ),
    "C28": ((Parameter("gamma", Rationals(Fraction(1, 2), 1, without=(Fraction(1, 2), 1)), "the discount factor γ", "3/4"),), markov_game),
    "C29": (
        (
            Parameter("n", Integers(1, 10_000), "the number of firms", 2, excludes=("k",)),
            Parameter("k", Lists(Rationals(lower=0)), "the trend gains k_i", None, excludes=("n",)),
        ),
        best_reply_dynamics,
    ),
    "C30": ((Parameter("T", POSITIVE, "the temperature", "1/4"),), logit_game),
}
