"""The dynamics of C25 to C30, as pure functions of exact numbers: gradient play, multiplicative weights, best replies, logit equilibria."""

from __future__ import annotations

from fractions import Fraction

from exact import reals
from exact.reals import Real

Pair = tuple[Real, Real]
METHODS = ("optimistic", "simultaneous", "alternating")


# Gradient play on xy: the minimiser of xy holds x, the maximiser y


def simultaneous_step(x: Real, y: Real, eta: Real) -> Pair:
    """Both move at once: x − ηy, y + ηx."""
    return x - eta * y, y + eta * x


def alternating_step(x: Real, y: Real, eta: Real) -> Pair:
    """x moves first, and y answers to the new x."""
    moved = x - eta * y
    return moved, y + eta * moved


def optimistic_step(now: Pair, before: Pair, eta: Real) -> Pair:
    """z − 2ηF(z) + ηF(z before), F(x, y) = (y, −x)."""
    (x, y), (u, v) = now, before
    return x - 2 * eta * y + eta * v, y + 2 * eta * x - eta * u


def spectral_radius(eta: Real, method: str) -> Real:
    """The spectral radius of one step for step size η >= 0.

    Simultaneous: eigenvalues 1 ± iη. Alternating: the roots of λ² − (2 − η²)λ + 1. Optimistic: the roots of λ² − (1 − 2iη)λ − iη and their conjugates,
    ½(1 ± √(1 − 4η²)) − iη.
    """
    square = eta * eta
    if method == "simultaneous":
        return reals.sqrt(1 + square)
    if method == "alternating":
        if square <= 4:
            return Fraction(1)
        return (square - 2 + reals.sqrt((square - 2) ** 2 - 4)) / 2
    if 4 * square <= 1:
        return reals.sqrt((1 + reals.sqrt(1 - 4 * square)) / 2)
    imaginary = eta + reals.sqrt(4 * square - 1) / 2
    return reals.sqrt(Fraction(1, 4) + imaginary * imaginary)


# Multiplicative weights in Matching Pennies, in logits


def pennies_step(s: Real, t: Real, eta: Real) -> Pair:
    """Both players' logits after one round at learning rate η."""
    return s + 2 * eta * reals.tanh(t / 2), t - 2 * eta * reals.tanh(s / 2)


def log_cosh(u: Real) -> Real:
    """ln cosh u."""
    return reals.log((reals.exp(u) + reals.exp(-u)) / 2)


def divergence(s: Real, t: Real) -> Real:
    """V = ln cosh(s/2) + ln cosh(t/2): the divergence of the equilibrium (½, ½) from both players' mixtures, added up."""
    return log_cosh(s / 2) + log_cosh(t / 2)


def pennies_orbit(s: Real, t: Real, eta: Real, steps: int) -> Pair:
    """The logits after some steps."""
    for _ in range(steps):
        s, t = pennies_step(s, t, eta)
    return s, t


# Multiplicative weights on two congested routes


def share(s: Real) -> Real:
    """σ(s) = 1/(1 + e^−s): the share of a route with logit s."""
    return 1 / (1 + reals.exp(-s))


def logit(x: Real) -> Real:
    """ln(x/(1 − x)), for 0 < x < 1."""
    return reals.log(x / (1 - x))


def routes_step(s: Real, a: Real, b: Real) -> Real:
    """g(s) = s − a(σ(s) − b): the logit of the first route's share after one round; a is the step size, b the equilibrium share."""
    return s - a * (share(s) - b)


def routes_slope(s: Real, a: Real) -> Real:
    """g′(s) = 1 − aσ(s)(1 − σ(s))."""
    x = share(s)
    return 1 - a * x * (1 - x)


def routes_mean(s: Real, a: Real, b: Real, steps: int) -> Real:
    """The mean share over the first steps from the logit s."""
    total: Real = Fraction(0)
    for _ in range(steps):
        total = total + share(s)
        s = routes_step(s, a, b)
    return total / steps


# Best replies of n Cournot firms


def cournot_eigenvalues(n: int) -> tuple[Fraction, ...]:
    """How n firms' simultaneous best replies (demand less the others' sum, halved) amplify: −(n − 1)/2 for the constant vector, ½ for each of the n − 1
    dimensions of vectors with sum 0."""
    return (Fraction(1 - n, 2), *[Fraction(1, 2)] * (n - 1))


# Logit equilibria of the coordination game with payoffs 1 and 0


def logit_reply(y: Real, temperature: Real) -> Real:
    """The share of the first action in the logit reply to the share y."""
    return 1 / (1 + reals.exp(-(2 * y - 1) / temperature))
