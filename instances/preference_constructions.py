"""Worst-case preference populations as named families with parameters (arXiv:2505.23749 and its reconstruction).

Each construction has ``utilities`` and ``weights``, so it is a population for every function that takes one. Where the paper's weights are transcendental
they are computed, by :mod:`exact.reals`, each time they are asked for: at the working precision, and recorded when the parameters are.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact.balls import Ball, Undecidable, working_precision
from exact.reals import Real, exp, log, tanh
from exact.recording import Recorded
from instances.errors import InstanceError
from instances.instance import Instance, Rationals, count, positive_real, rational, simplex_point
from instances.preferences import BTModel, GridBTModel, PairLaw, Population, PopulationView, ResponseModel, response_model

Utilities = tuple[tuple[Real, ...], ...]

_ZERO, _ONE = Fraction(0), Fraction(1)


def _set(instance: Instance, **values: Any) -> None:
    for name, value in values.items():
        object.__setattr__(instance, name, value)


@dataclass(frozen=True)
class HiddenOptimum(Instance):
    """Theorem 3: every pair is a fair coin (ξ = 1), or the best alternative 0 loses slightly to all others (ξ > 1).

    Mass q = S(βε)/(S(β) + S(βε)) has utility 1 for alternative 0 only; mass 1 − q has utility ξε for each of the m − 1 ordinary ones.
    0 < ε <= 1, ξ > 0, ξε <= 1, m >= 2.
    """

    response: ResponseModel
    m: int
    eps: Fraction
    xi: Fraction = _ONE

    def __post_init__(self) -> None:
        _set(self, response=response_model("response", self.response), m=count("m", self.m, 2))
        _set(self, eps=_between("eps", self.eps, 0, 1, upper_too=True), xi=positive_real("xi", self.xi))
        if self.xi * self.eps > 1:
            raise InstanceError("xi", f"the ordinary utility xi*eps = {self.xi * self.eps} is greater than 1")

    @property
    def q(self) -> Real:
        """The mass of those who want alternative 0."""
        small = self.response.excess(self.eps)
        return small / (self.response.excess(_ONE) + small)

    @property
    def rho(self) -> Real:
        """ρ = S(βε)/(ε·S(β))."""
        return self.response.excess(self.eps) / (self.eps * self.response.excess(_ONE))

    @property
    def utilities(self) -> Utilities:
        """Two types."""
        return ((_ONE,) + (_ZERO,) * (self.m - 1), (_ZERO,) + (self.xi * self.eps,) * (self.m - 1))

    @property
    def weights(self) -> tuple[Real, Real]:
        """q and 1 − q."""
        q = self.q
        return (q, 1 - q)

    @property
    def loser_margin(self) -> Real:
        """p(ordinary ≻ 0) − 1/2 = (1 − q)·(S(βξε) − S(βε))."""
        return (1 - self.q) * (self.response.excess(self.xi * self.eps) - self.response.excess(self.eps))


@dataclass(frozen=True)
class BordaLowerBound(Instance):
    """Theorem 12: a = the best, b = the pool, c = the strict Borda winner (in this order).

    Type A, mass S(βε)/(S(β) + S(βε)): (1 − γ, 1, 0). Type B, mass A·s(γ): (1, 0, ε). The rest: (0, 0, ε + ε₀), ε₀ = ε² unless given.
    Then p(a ≻ b) = 1/2, and with g = p(c ≻ b) − 1/2 > 0 and μ = (g/4, 1 − g/2, g/4) c wins. 0 < γ < 1, 0 < ε < 1/2.
    """

    response: ResponseModel
    gamma: Real
    eps: Fraction
    eps0: Fraction | None = None

    def __post_init__(self) -> None:
        _set(self, response=response_model("response", self.response), gamma=positive_real("gamma", self.gamma))
        if not self.gamma < 1:
            raise InstanceError("gamma", f"{self.gamma} is not less than 1")
        _set(self, eps=_between("eps", self.eps, 0, Fraction(1, 2)))
        _set(self, eps0=None if self.eps0 is None else rational("eps0", self.eps0, 0))

    @property
    def utilities(self) -> Utilities:
        """Types A, B and the rest; alternatives a, b, c."""
        eps0 = self.eps * self.eps if self.eps0 is None else self.eps0
        return ((1 - self.gamma, _ONE, _ZERO), (_ONE, _ZERO, self.eps), (_ZERO, _ZERO, self.eps + eps0))

    @property
    def weights(self) -> tuple[Real, Real, Real]:
        """The masses of the three types."""
        small, large = self.response.excess(self.eps), self.response.excess(_ONE)
        first = small / (large + small)
        second = first * self.response.excess(self.gamma) / large
        return (first, second, 1 - first - second)

    @property
    def gap(self) -> Real:
        """g = p(c ≻ b) − 1/2."""
        differences = [row[2] - row[1] for row in self.utilities]
        excesses = [self.response.excess(difference) for difference in differences]
        return sum((w * e for w, e in zip(self.weights, excesses, strict=True)), _ZERO)

    @property
    def mu(self) -> tuple[Real, Real, Real]:
        """The sampling weights (g/4, 1 − g/2, g/4)."""
        g = self.gap
        return (g / 4, 1 - g / 2, g / 4)


@dataclass(frozen=True)
class ExponentialGap(Instance):
    """Theorem 6: RLHF prefers a bad b to a good a because of the many c's, which the reference policy keeps out of reach.

    Type I, mass δ = 10/(10 + e^β): only b has utility 1. Type II: u(a) = 1/β, u(c) = 1. Alternatives (a, b, c) with the k = ``copies`` clones of c merged
    into one: μ = (1, 1, k)/(k + 2); the reference is ((1 − ε)/2, (1 − ε)/2, ε) with ε = e^−T. β >= 1, T > 0, τ >= 0.
    ``delta`` replaces δ when given.
    """

    beta: Real
    T: Fraction
    copies: int
    tau: Fraction = _ONE
    delta: Real | None = None

    def __post_init__(self) -> None:
        _set(self, beta=positive_real("beta", self.beta), T=positive_real("T", self.T), copies=count("copies", self.copies, 1))
        _set(self, tau=rational("tau", self.tau, 0))
        if not self.beta >= 1:
            raise InstanceError("beta", f"{self.beta} is less than 1, so the utility 1/beta would exceed 1")
        if self.delta is not None:
            _set(self, delta=positive_real("delta", self.delta))

    @classmethod
    def default_copies(cls, beta: Real) -> int:
        """⌈4e^β⌉."""
        return ceiling(4 * exp(beta)) if isinstance(beta, Recorded | Ball) else _ceiling_of_exponential(beta)

    @property
    def response(self) -> BTModel:
        """Bradley–Terry at β."""
        return BTModel(self.beta)

    @property
    def utilities(self) -> Utilities:
        """Types I and II; alternatives a, b, c."""
        return ((_ZERO, _ONE, _ZERO), (1 / self.beta, _ZERO, _ONE))

    @property
    def weights(self) -> tuple[Real, Real]:
        """δ and 1 − δ."""
        delta = 10 / (10 + exp(self.beta)) if self.delta is None else self.delta
        return (delta, 1 - delta)

    @property
    def mu(self) -> Rationals:
        """The sampling weights, the clones of c together."""
        n = self.copies + 2
        return (Fraction(1, n), Fraction(1, n), Fraction(self.copies, n))

    @property
    def log_ref(self) -> tuple[Real, Real, Real]:
        """Logarithms of the reference weights, the clones of c together."""
        half = log((1 - exp(-self.T)) / 2)
        return (half, half, -self.T)

    def with_clones(self) -> PopulationView:
        """The same population with its k clones of c as k alternatives, for small k."""
        return PopulationView(tuple(row[:2] + (row[2],) * self.copies for row in self.utilities), self.weights)


@dataclass(frozen=True)
class Misordering(Instance):
    """The sharp factor cosh²(β/2): types (w, 0, 0) and (0, v, 1), alternatives (x̂, x*, y).

    The odds δ/(1 − δ) of the first type are ``odds``·(S(β) − S(β(1 − v)))/S(βw): with odds 1 and μ(y) → 1 the Borda scores of x̂ and x* agree in the limit.
    The reference is ((1 − ε)/2, (1 − ε)/2, ε), ε = e^−T. 0 < v, w <= 1.
    """

    response: ResponseModel
    v: Fraction
    w: Fraction
    odds: Fraction = _ONE
    mu: Rationals = (_ZERO, _ZERO, _ONE)
    T: Fraction = _ONE
    tau: Fraction = _ONE

    def __post_init__(self) -> None:
        _set(self, response=response_model("response", self.response))
        _set(self, v=_between("v", self.v, 0, 1, upper_too=True), w=_between("w", self.w, 0, 1, upper_too=True))
        _set(self, odds=positive_real("odds", self.odds), mu=simplex_point("mu", self.mu))
        _set(self, T=positive_real("T", self.T), tau=rational("tau", self.tau, 0))
        if len(self.mu) != 3:
            raise InstanceError("mu", f"{len(self.mu)} weights for 3 alternatives")

    @property
    def utilities(self) -> Utilities:
        """Two types; alternatives x̂, x*, y."""
        return ((self.w, _ZERO, _ZERO), (_ZERO, self.v, _ONE))

    @property
    def weights(self) -> tuple[Real, Real]:
        """δ and 1 − δ."""
        win = self.response.win
        gap = win(self.v - 1) - win(-_ONE)  # S(β) − S(β(1 − v)) from the small tails, which keeps its relative accuracy at large β
        odds = self.odds * gap / self.response.excess(self.w)
        return (odds / (1 + odds), 1 / (1 + odds))

    @property
    def log_ref(self) -> tuple[Real, Real, Real]:
        """Logarithms of the reference weights."""
        half = log((1 - exp(-self.T)) / 2)
        return (half, half, -self.T)


@dataclass(frozen=True)
class DecliningSequence(Instance):
    """Lemma 15 and Theorem 9: alternatives a_1, …, a_m of falling welfare, each beating the one before; three equally likely users.

    All users have u(a_1) = 1/3. From a_t to a_{t+1} the user with the largest utility Δ/β drops to 0 and the two others gain Δ'/β,
    Δ' = Δ/2 − ln(1 + tanh³(Δ/4)). The users take turns: the one that dropped longest ago has the largest utility.
    """

    beta: Real
    m: int

    def __post_init__(self) -> None:
        _set(self, beta=positive_real("beta", self.beta), m=count("m", self.m, 1))

    @property
    def response(self) -> BTModel:
        """Bradley–Terry at β."""
        return BTModel(self.beta)

    @property
    def steps(self) -> tuple[tuple[Real, Real, Real], ...]:
        """``steps[t]``: the three users' utilities of a_{t+1}."""
        users: tuple[Real, ...] = (Fraction(1, 3),) * 3
        found = [users]
        for t in range(self.m - 1):
            gain = self._gain(self.beta * users[t % 3]) / self.beta
            users = tuple(_ZERO if i == t % 3 else users[i] + gain for i in range(3))
            found.append(users)
        return tuple((row[0], row[1], row[2]) for row in found)

    @staticmethod
    def _gain(delta: Real) -> Real:
        """Δ' = ln((e^{Δ/2} + 1)³/(2(e^Δ + 3))) in a form in which enclosures do not widen from step to step."""
        return delta / 2 - log(1 + tanh(delta / 4) ** 3)

    @property
    def utilities(self) -> Utilities:
        """One row per user."""
        return tuple(zip(*self.steps, strict=True))

    @property
    def weights(self) -> Rationals:
        """One third each."""
        return (Fraction(1, 3),) * 3


def adjacent_pair_law(m: int, eps: Fraction) -> PairLaw:
    """Theorem 9's ν: (1 − ε)/(m − 1) on each adjacent pair, the rest ε evenly on the others; m >= 3, 0 < ε < 1."""
    count("m", m, 3)
    eps = _between("eps", eps, 0, 1)
    others = m * (m - 1) // 2 - (m - 1)
    pairs = [(x, y, (1 - eps) / (m - 1) if y == x + 1 else eps / others) for x in range(m) for y in range(x + 1, m)]
    return PairLaw(m, tuple(pairs))


CYCLIC_UTILITIES = ((1, Fraction(1, 2), 0), (0, 1, Fraction(1, 2)), (Fraction(1, 2), 0, 1))
CYCLIC_WEIGHTS = (Fraction(2, 5), Fraction(7, 20), Fraction(1, 4))
CYCLIC_REFERENCE = (Fraction(3, 5), Fraction(3, 10), Fraction(1, 10))


def cyclic_population(weights: Rationals = CYCLIC_WEIGHTS) -> Population:
    """Three types in a Condorcet cycle: (1, 1/2, 0), (0, 1, 1/2), (1/2, 0, 1)."""
    return Population(CYCLIC_UTILITIES, weights)  # type: ignore[arg-type]


PRINTED_SCORE_POPULATION = Population(((0, 1),), (1,))  # type: ignore[arg-type]
"""P5: every user has u = (0, 1)."""
PRINTED_SCORE_MU = (Fraction(3, 4), Fraction(1, 4))
PRINTED_SCORE_RESPONSE = GridBTModel(Fraction(2), 1)


def _between(field: str, value: Any, lower: int, upper: int | Fraction, upper_too: bool = False) -> Real:
    exact = positive_real(field, value)
    if not (lower < exact and (exact <= upper if upper_too else exact < upper)):
        raise InstanceError(field, f"{exact} is not in ({lower}, {upper}{']' if upper_too else ')'}")
    return exact


def ceiling(x: Real) -> int:
    """⌈x⌉ of a number that is no integer, certified at the working precision (Undecidable otherwise)."""
    guess = _upper_integer(x)
    if guess - 1 < x and x <= guess:
        return guess
    raise Undecidable(f"the ceiling of {x} needs more precision")


def _upper_integer(x: Real) -> int:
    value = x.value if isinstance(x, Recorded) else x
    exact = value if isinstance(value, Fraction | int) else value.mid
    return -((-exact.numerator) // exact.denominator)


def _ceiling_of_exponential(beta: Real) -> int:
    """⌈4e^β⌉ at whatever precision it takes."""
    bits = 256
    while True:
        with working_precision(bits):
            try:
                return ceiling(4 * exp(beta))
            except Undecidable:
                if bits > 1 << 22:
                    raise
        bits *= 2
