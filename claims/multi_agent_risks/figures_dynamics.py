"""The figures of destabilising dynamics, as data: exact points computed from the model that C25 to C30 measure.

Points are pairs of rationals; a transcendental value enters as the midpoint of its ball, to 48 binary digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims.figures import Figure, Point, Series
from claims.multi_agent_risks import model_dynamics as model
from claims.multi_agent_risks.logit_equilibria import logit_equilibria
from exact.balls import working_precision
from exact.reals import Real, ball

F = Fraction
SHARE = F(7, 10)
STEP = F(1, 5)
NAMES = ("bifurcation", "gradient-play", "divergence", "pitchfork")
_DIGITS = 48
_ORBIT_BITS = 2048
"""Enough for some hundreds of steps in chaos, where every step costs a few bits."""


def figures(claims: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """All figures, if the run has claims of this paper."""
    return [bifurcation(), gradient_play(), divergence(), pitchfork()] if claims else []


def shown(value: Real) -> Fraction:
    """The number to 48 binary digits."""
    return F(round(ball(value).mid * 2**_DIGITS), 2**_DIGITS)


def bifurcation(b: Fraction = SHARE, transient: int = 200, kept: int = 40) -> Figure:
    """Where two congested routes end up against the step size a, with the mean share, which stays at b."""
    cloud: list[Point] = []
    means: list[Point] = []
    steps = [F(a, 4) for a in range(20, 101)]
    with working_precision(_ORBIT_BITS):
        for a in steps:
            shares = _late_shares(a, b, transient, kept)
            cloud += [(a, shown(x)) for x in sorted(shares, key=lambda x: x.mid)]
            if a.denominator == 1:
                means.append((a, shown(model.routes_mean(F(0), a, b, transient + kept))))
    series = (
        Series("late shares", tuple(cloud), "cloud"),
        Series(f"mean share over {transient + kept} steps", tuple(means)),
        Series(f"equilibrium share b = {b}", ((steps[0], b), (steps[-1], b)), "bound"),
    )
    return Figure("bifurcation", "Two routes under multiplicative weights", "step size a", "share x of the first route", series,
                  marks=(2 / (b * (1 - b)), F(18), F(20)))


def _late_shares(a: Fraction, b: Fraction, transient: int, kept: int) -> list[Real]:
    """Shares after the transient, from the logit 1/10."""
    s: Real = F(1, 10)
    shares = []
    for step in range(transient + kept):
        s = model.routes_step(s, a, b)
        if step >= transient:
            shares.append(model.share(s))
    return shares


def gradient_play(eta: Fraction = STEP, steps: int = 60) -> Figure:
    """Where simultaneous, alternating and optimistic play of xy go from (1, 0)."""
    return Figure(
        "gradient-play", f"Gradient play on xy, η = {eta}", "x", "y",
        tuple(Series(method, tuple(sorted((shown(x), shown(y)) for x, y in gradient_orbit(method, eta, steps))), "cloud") for method in model.METHODS),
    )


def gradient_orbit(method: str, eta: Fraction, steps: int) -> list[Point]:
    """The points visited from (1, 0), exactly."""
    now = before = (F(1), F(0))
    orbit = [now]
    simple: dict[str, Callable[[Real, Real, Real], model.Pair]] = {"simultaneous": model.simultaneous_step, "alternating": model.alternating_step}
    for _ in range(steps):
        moved = simple[method](*now, eta) if method in simple else model.optimistic_step(now, before, eta)
        now, before = moved, now
        orbit.append(now)
    return orbit


def divergence(steps: int = 1000, apart: int = 20) -> Figure:
    """V of multiplicative weights in Matching Pennies against the round, from (1/5, 1/10) at η = 1/10."""
    s: Real = F(1, 5)
    t: Real = F(1, 10)
    points: list[Point] = []
    with working_precision(_ORBIT_BITS):
        for step in range(steps + 1):
            if step % apart == 0:
                points.append((F(step), shown(model.divergence(s, t))))
            s, t = model.pennies_step(s, t, F(1, 10))
    return Figure("divergence", "Multiplicative weights in Matching Pennies", "round", "V, divergence from the equilibrium", (Series("V", tuple(points)),))


def pitchfork(pieces: int = 80) -> Figure:
    """The logit equilibria against the temperature: one above 1/2, three below."""
    temperatures = [F(i, 100) for i in range(1, pieces + 1)]
    found = [(temperature, logit_equilibria(temperature)) for temperature in temperatures]
    branches = (
        Series("middle", tuple((temperature, equilibria.middle) for temperature, equilibria in found)),
        Series("upper", tuple((temperature, shown(equilibria.upper)) for temperature, equilibria in found if equilibria.upper is not None)),
        Series("lower", tuple((temperature, shown(equilibria.lower)) for temperature, equilibria in found if equilibria.lower is not None)),
    )
    return Figure("pitchfork", "Logit equilibria of the coordination game", "temperature T", "share of the first action", branches, marks=(F(1, 2),))
