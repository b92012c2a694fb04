"""The logit equilibria of the coordination game with payoffs 1 and 0, counted and enclosed by signs.

In the logit s = (2x − 1)/T of the share x an equilibrium solves h(s) = tanh(s/2)/T − s = 0. h is odd, and concave for s > 0 with h(s) < 0 at s = 1/T; so
there is one positive zero if h is positive somewhere between, and none otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from flint import ctx

from exact import reals
from exact.balls import Ball, working_precision
from exact.reals import Real

_SPARE_BITS = 128


@dataclass(frozen=True)
class LogitEquilibria:
    """The shares of the first action in the symmetric equilibria; ``lower`` and ``upper`` are None where ½ is the only one."""

    lower: Ball | None
    upper: Ball | None
    middle: Fraction = Fraction(1, 2)

    @property
    def count(self) -> int:
        """1 or 3."""
        return 1 if self.upper is None else 3


def excess(s: Real, temperature: Real) -> Real:
    """h(s) = tanh(s/2)/T − s: by how much the reply's logit exceeds s."""
    return reals.tanh(s / 2) / temperature - s


def logit_equilibria(temperature: Fraction) -> LogitEquilibria:
    """All equilibria at a temperature > 0. The slope of h at 0, 1/(2T) − 1, is positive exactly when h is positive somewhere on s > 0."""
    if 1 / (2 * temperature) - 1 <= 0:
        return LogitEquilibria(None, None)
    closeness = ceil(1 / (1 - 2 * temperature)).bit_length()  # the zero is about √(12(1 − 2T)) where T is near ½, and h there about its cube
    with working_precision(int(ctx.prec) + _SPARE_BITS + 2 * closeness):
        low, high = _bracket(temperature)
        for _ in range(int(ctx.prec)):
            middle = (low + high) / 2
            value = excess(middle, temperature)
            if reals.is_certain(lambda value=value: value > 0):
                low = middle
            elif reals.is_certain(lambda value=value: value < 0):
                high = middle
            else:
                break
        logit = Ball.between(low, high)
        return LogitEquilibria(1 / (1 + reals.exp(logit)), 1 / (1 + reals.exp(-logit)))


def _bracket(temperature: Fraction) -> tuple[Fraction, Fraction]:
    """Logits with h > 0 at the lower and h < 0 at the upper one."""
    low = high = 1 / temperature
    for _ in range(int(ctx.prec)):
        low /= 2
        value = excess(low, temperature)
        if reals.is_certain(lambda value=value: value > 0):
            return low, high
        high = low if reals.is_certain(lambda value=value: value < 0) else high
    raise ArithmeticError(f"no positive value of h was found at T = {temperature}: it is too near ½")
