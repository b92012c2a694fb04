"""Measures of C22 to C28: learning across users, and the simulator."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims.claim import Measurement
from claims.parameters import Choices, Integers, Parameter, Values
from claims.user_disengagement import model
from claims.user_disengagement.algorithms import hedge, ladders, per_user_game, simulator
from claims.user_disengagement.evaluation import evaluates
from claims.user_disengagement.parameters import ANY, POSITIVE, gamma, ladder_of, ladder_parameters, rate_of, rates, refuse, scalar
from exact import reals
from exact.balls import Ball
from exact.reals import Real
from instances import loss_sequences

MOST_PATHS = 2**16
"""Bandit expectations are computed over all paths of actions up to this many."""
MOST_PROFILES = 20_000
"""Worst cases are searched over vectors of wins up to this many."""


def _number(name: str, meaning: str, default: Any, lower: int = 1) -> Parameter:
    return Parameter(name, Integers(lower=lower), meaning, default)


def _check_profiles(choices: int, rounds: int) -> None:
    """Refuses a game with too many sorted vectors of wins."""
    count = 1
    for i in range(choices):
        count = count * (rounds + 1 + i) // (i + 1)
    refuse(count > MOST_PROFILES or choices > 16, f"T: {count} vectors of wins; at most {MOST_PROFILES} (and N <= 16) are searched")


def _at_most_secant(c: Fraction, eta: Fraction) -> None:
    """Refuses a coefficient above ln(1 + η)/η."""
    refuse(not reals.is_certain(lambda: reals.log(1 + eta) / eta >= c), "c: above ln(1 + eta)/eta, the claim's limit")


@evaluates(
    "C22", _number("N", "policies", 2), _number("T", "users", 4), scalar("eta", "learning rate", "5/2", POSITIVE),
    scalar("c", "coefficient of OPT, at most ln(1 + η)/η", "1/2", POSITIVE),
    Parameter("adversary", Choices(("minimax", "single_winner", "round_robin")), "worst binary gains; one winner, worst T; one cycle of winners", "minimax"),
)
def half_competitive(values: Values) -> Measurement:
    """ALG − c·OPT against −ln N/η (H = 1)."""
    n, rounds, eta, c = values["N"], values["T"], values["eta"], values["c"]
    _at_most_secant(c, eta)
    if values["adversary"] == "round_robin":
        gain, best = hedge.round_robin_gain(n, eta), 1
        excess = gain - c
    elif values["adversary"] == "single_winner":
        excess, gain, best = hedge.worst_single_winner(n, eta, c)
    else:
        _check_profiles(n, rounds)
        excess, gain, best = hedge.worst_excess(n, rounds, eta, c)
    told = {"ALG": gain, "OPT": best, "ratio": gain / best if best else None, "coefficient": reals.ball(reals.log(1 + eta) / eta)}
    return Measurement(excess, reals.ball(-reals.log(Fraction(n)) / eta), told)


@evaluates("C23", _number("N", "policies", 2), _number("T", "users", 4), scalar("eta", "learning rate", "1/2", POSITIVE))
def no_regret(values: Values) -> Measurement:
    """The worst regret over binary gains against ηT/2 + ln N/η."""
    n, rounds, eta = values["N"], values["T"], values["eta"]
    _check_profiles(n, rounds)
    excess, gain, best = hedge.worst_excess(n, rounds, eta, Fraction(1))
    return Measurement(-excess, reals.ball(eta / 2 * rounds + reals.log(Fraction(n)) / eta), {"ALG": gain, "OPT": best})


def grid_of(levels: tuple[Fraction, ...], eps: Fraction) -> tuple[Fraction, ...]:
    """b_1, b_1 + ε, … up to the first point >= b_k."""
    points = [levels[0]]
    while points[-1] < levels[-1]:
        points.append(points[-1] + eps)
    return tuple(points)


@evaluates("C24", *ladder_parameters(), scalar("eps", "mesh of the grid", "3/4", POSITIVE))
def grid_targets(values: Values) -> Measurement:
    """What the grid loses against the best target, against βε."""
    refuse(values["delta"] != 1, "delta: the claim needs delta = 1")
    ladder = ladder_of(values)
    eps = values["eps"]
    refuse(ladder.alpha < 0 or ladder.beta < 0, "alpha: the claim needs alpha >= 0 and beta >= 0")
    refuse(list(ladder.discounts) != sorted(ladder.discounts), "f: the claim needs a demand that does not fall with satisfaction")
    refuse((ladder.levels[-1] - ladder.levels[0]) / eps > 10**6, "eps: more than a million grid points")
    points = grid_of(ladder.levels, eps)
    worths = [_target_worth(ladder, y) for y in points]
    best, grid_best = max(ladder.indices), max(worths)
    told = {"target": ladder.levels[ladders.best_targets(ladder)[0]], "grid_target": points[worths.index(grid_best)]}
    return Measurement(best - grid_best, ladder.beta * eps, told)


def _target_worth(ladder: model.LadderUser, y: Fraction) -> Fraction:
    """J(y) with the level that y is on."""
    level = max(i for i, low in enumerate(ladder.levels) if low <= y)
    worth: Fraction = model.steady_index(ladder.alpha, ladder.beta, ladder.delta, y, ladder.discounts[level])
    return worth


@evaluates("C25", gamma("3/4"), Parameter("T", Integers(lower=1), "users; the supremum over all T if not given"))
def deterministic_ceiling(values: Values) -> Measurement:
    """The largest ALG/OPT of a deterministic algorithm against the adversary, against 2/(1 + m)."""
    m = reals.sqrt(1 / (1 - values["gamma"]))
    bound = 2 / (1 + m)
    rounds = values.get("T")
    refuse(rounds is not None and rounds > 10**5, "T: at most 100000")
    measured = bound if rounds is None else reals.maximum([_deterministic_ratio(n, rounds - n, m) for n in range(rounds + 1)])
    holds = None if isinstance(m, Fraction) else True if rounds is None else reals.is_certain(lambda: measured <= bound) or None
    return Measurement(measured, bound, {"m": m}, holds=holds)


def _deterministic_ratio(first: int, second: int, m: Real) -> Real:
    """ALG/OPT when target 1 is played ``first`` times (against type B) and target 2 ``second`` times (against type C)."""
    return (first + m * second) / reals.maximum([first + m**2 * second, m * (first + second)])


@evaluates("C26", _number("N", "targets", 3), scalar("eps", "ratio of rewards", "1/2", POSITIVE))
def per_user(values: Values) -> Measurement:
    """The value of the per-user game against (1 − ε^N)/(N(1 − ε))."""
    n, eps = values["N"], values["eps"]
    refuse(eps >= 1, "eps: must be below 1")
    refuse(n > 60, "N: at most 60")
    solution = per_user_game.solve(n, eps)
    assert solution.primal is not None, "a matrix game has a value"
    mix = [solution.primal[i] for i in range(n)]
    return Measurement(solution.value, per_user_game.closed_form(n, eps), {"mix": mix})


@evaluates("C27", _number("N", "policies", 2, 2), _number("T", "users, at least 2N ln N", 4),
           Parameter("adversary", Choices(("single_winner", "round_robin")), "the gains", "single_winner"))
def bandit(values: Values) -> Measurement:
    """E[ALG] over all paths of actions against OPT/2 − sqrt(2NT ln N) (H = 1)."""
    n, rounds = values["N"], values["T"]
    refuse(not reals.is_certain(lambda: rounds >= 2 * n * reals.log(Fraction(n))), "T: the claim needs T >= 2N ln N")
    refuse(2**rounds > MOST_PATHS, "T: at most 16, so that all paths can be followed")
    sequence = getattr(loss_sequences, values["adversary"])(n, rounds)
    run = hedge.explore_half(sequence)
    remainder = reals.sqrt(2 * n * rounds * reals.log(Fraction(n)))
    return Measurement(reals.ball(run.gain), reals.ball(run.benchmark / 2 - remainder), {"ALG": reals.ball(run.gain), "OPT": run.benchmark})


@evaluates("C28", gamma(), scalar("f", "retention", "3/5"), *rates("1/4"), scalar("r", "reward", 1, ANY),
           _number("users", "simulated users", 200_000, 2), _number("seed", "of the simulation", 0, 0))
def simulation(values: Values) -> Measurement:
    """The simulated mean's interval, as a ball, against the exact value: contained or not."""
    rho = rate_of(values)
    found = simulator.sample(values["gamma"], values["f"], rho, values["r"], values["users"], values["seed"])
    exact = model.chain_value(values["gamma"], values["f"], rho, values["r"])[0]
    low, high = Fraction(found.low), Fraction(found.high)
    interval = Ball(reals.ball((low + high) / 2).arb.union(reals.ball(low).arb).union(reals.ball(high).arb))
    told = {"mean": found.mean, "stderr": found.stderr, "low": found.low, "high": found.high}
    covers = low <= exact <= high
    missed = "" if covers else "that the interval covers V (it misses it with probability at most 1/100)"
    return Measurement(interval, exact, told, holds=covers, hypothesis=missed)
