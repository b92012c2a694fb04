"""The definitions of the paper as pure functions on numbers of any kind (fractions, balls, recording numbers).

A *population* is anything with ``utilities`` (one row per type) and ``weights``; a *response* model is an
:class:`instances.BTModel` (real β) or an :class:`instances.GridBTModel` (β = K·ln r, utilities multiples of 1/K, everything exact).
Alternatives are numbered from 0 here and from 1 in what people read. Information is in nats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

from exact import reals
from exact.balls import Ball
from exact.reals import Real
from exact.recording import Recorded
from instances import ResponseModel, UserTypes

Vector: TypeAlias = Sequence[Real]
Matrix: TypeAlias = Sequence[Sequence[Real]]

L = Fraction(1, 4)
"""S'(0), the greatest slope of the logistic function."""

INFINITE = "inf"
"""The ratio c/0 for c > 0."""


# Sums


def total(terms: Iterable[Real]) -> Real:
    """The sum, added up as a balanced tree (so that recordings and derivatives stay shallow); 0 for no terms."""
    level = list(terms)
    if not level:
        return Fraction(0)
    while len(level) > 1:
        level = [level[i] + level[i + 1] if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0]


def dot(left: Iterable[Real], right: Iterable[Real]) -> Real:
    """Σ left·right, without the terms in which a factor is the number 0 itself."""
    return total(a * b for a, b in zip(left, right, strict=True) if not (_is_zero(a) or _is_zero(b)))


def _is_zero(x: Real) -> bool:
    return isinstance(x, int | Fraction) and x == 0


# The logistic function and the paper's constants


def sigma(t: Real) -> Real:
    """σ(t) = 1/(1 + e^−t)."""
    return 1 / (1 + reals.exp(-t))


def S(t: Real) -> Real:  # noqa: N802 - the paper's name
    """S(t) = σ(t) − 1/2 = tanh(t/2)/2: odd, concave for t >= 0."""
    return reals.tanh(t / 2) / 2 if isinstance(t, Ball | Recorded) else reals.tanh(Fraction(t) / 2) / 2


def ell(beta: Real) -> Real:
    """ℓ_β = S(β)/β, the slope of the chord from 0 to β; β > 0."""
    return S(beta) / beta


def s(beta: Real, t: Real) -> Real:
    """s(t) = S(βt)/S(β): the win-rate advantage of a utility advantage t, scaled so that s(1) = 1."""
    return S(beta * t) / S(beta)


def R(beta: Real) -> Real:  # noqa: N802 - the paper's name
    """R(β) = L/ℓ_β = (β/2)·coth(β/2), the minimax distortion; β > 0."""
    return L / ell(beta)


def R_closed_form(beta: Real) -> Real:  # noqa: N802
    """R(β) once more, as β/2 + β/(e^β − 1), by another route than :func:`R`."""
    return Fraction(1, 2) * beta + beta / (reals.exp(beta) - 1)


def C(beta: Real, gamma: Real) -> Real:  # noqa: N802 - the paper's name
    """C(β, γ) = R(β)·(1 − γ + s(γ)): the Borda ratio that instances of Theorem 12 approach."""
    return R(beta) * (1 - gamma + s(beta, gamma))


def gamma_star(beta: Real) -> Real:
    """The γ in (0, 1) at which C(β, ·) is greatest: (1/β)·ln(ς/(1 − ς)) with ς = (1 + √(1 − 4ℓ_β))/2."""
    root = reals.sqrt(1 - 4 * ell(beta))
    return reals.log((1 + root) ** 2 / (4 * ell(beta))) / beta


def C_star(beta: Real) -> Real:  # noqa: N802 - the paper's name
    """C*(β) = max over γ of C(β, γ): the distortion of Borda for m >= 3."""
    return C(beta, gamma_star(beta))


def gamma_log(beta: Real) -> Real:
    """ln(1 + β)/β, the γ of the explicit bound in Theorem 5."""
    return reals.log(1 + beta) / beta


def misordering_factor(beta: Real) -> Real:
    """cosh²(β/2) = (e^β + 2 + e^−β)/4: by how much Borda and the reward MLE can misorder two alternatives."""
    power = reals.exp(beta)
    return (power + 2 + 1 / power) / 4


def minimax_bound(m: int, rho: Real) -> Real:
    """mρ/(m − 1 + ρ): the ratio that m alternatives force when the instance has slope ratio ρ (ρ = R: the supremum)."""
    return m * rho / (m - 1 + rho)


# The same on the K-grid, where β = K·ln r


def s_grid(r: Real, k: int) -> Real:
    """s_k = (r^k − 1)/(2(r^k + 1)) = S(k·ln r)."""
    power = r**k
    return (power - 1) / (2 * (power + 1))


def rho_K(r: Real, K: int) -> Real:  # noqa: N802
    """ρ_K = K·s_1/s_K, the grid's R."""
    return K * s_grid(r, 1) / s_grid(r, K)


def G_K(r: Real, K: int) -> Real:  # noqa: N802
    """G_K = max over j of s_j/s_K − j/K."""
    return reals.maximum(s_grid(r, j) / s_grid(r, K) - Fraction(j, K) for j in range(K + 1))


def C_K(r: Real, K: int) -> Real:  # noqa: N802
    """C_K = ρ_K·(1 + G_K), the grid's C*."""
    return rho_K(r, K) * (1 + G_K(r, K))


def Q_K(r: Real, K: int) -> Real:  # noqa: N802
    """Q_K = s_1/(s_K − s_{K−1}), the grid's misordering factor."""
    return s_grid(r, 1) / (s_grid(r, K) - s_grid(r, K - 1))


def grid_misordering_factor(r: Real, K: int) -> Real:
    """cosh²(β/2) at β = K·ln r, rational: (r^K + 2 + r^−K)/4."""
    power = r**K
    return (power + 2 + 1 / power) / 4


# Welfare


def average_utility(population: UserTypes, x: int) -> Real:
    """AvgUtil(x): the utility of alternative x, averaged over the users."""
    return dot(population.weights, [row[x] for row in population.utilities])


def average_utilities(population: UserTypes) -> tuple[Real, ...]:
    """AvgUtil of every alternative."""
    return tuple(average_utility(population, x) for x in range(len(population.utilities[0])))


def lottery_utility(population: UserTypes, lottery: Vector) -> Real:
    """AvgUtil(π) = Σ_x π(x)·AvgUtil(x)."""
    return dot(lottery, average_utilities(population))


def best_average_utility(population: UserTypes) -> Real:
    """max over x of AvgUtil(x)."""
    return reals.maximum(average_utilities(population))


def distortion_ratio(benchmark: Real, achieved: Real) -> Real:
    """benchmark/achieved, both >= 0, with 0/0 = 1 and c/0 = INFINITE."""
    if achieved == 0:
        return Fraction(1) if benchmark == 0 else INFINITE
    return benchmark / achieved


# Win rates


def win_rate(response: ResponseModel, population: UserTypes, x: int, y: int) -> Real:
    """p(x ≻ y): how often a random user prefers x to y; 1/2 for x = y. Small rates keep their relative accuracy."""
    if x == y:
        return Fraction(1, 2)
    return dot(population.weights, [response.win(row[x] - row[y]) for row in population.utilities])


def win_excess(response: ResponseModel, population: UserTypes, x: int, y: int) -> Real:
    """p(x ≻ y) − 1/2, exactly 0 when the terms cancel."""
    return total_excess(response, ((w, row[x] - row[y]) for w, row in zip(population.weights, population.utilities, strict=True)))


def win_rates(response: ResponseModel, population: UserTypes) -> tuple[tuple[Real, ...], ...]:
    """The matrix p(x ≻ y)."""
    m = len(population.utilities[0])
    return tuple(tuple(win_rate(response, population, x, y) for y in range(m)) for x in range(m))


def margins(response: ResponseModel, population: UserTypes) -> tuple[tuple[Real, ...], ...]:
    """The antisymmetric matrix M = 2p − 1."""
    m = len(population.utilities[0])
    upper = {(x, y): 2 * win_excess(response, population, x, y) for x in range(m) for y in range(x + 1, m)}
    return tuple(
        tuple(Fraction(0) if x == y else upper[x, y] if x < y else -upper[y, x] for y in range(m)) for x in range(m)
    )


def total_excess(response: ResponseModel, terms: Iterable[tuple[Real, Real]]) -> Real:
    """Σ w·S(β·t) over the pairs (w, t), with equal differences put together first.

    So a sum that cancels is the number 0 and not a ball around it. For rational w and t and rational β > 0 the converse holds too: the functions S(βt),
    t > 0, are linearly independent over the rationals (as rational functions of a power of e^β, which is transcendental, they have different poles).
    """
    groups: dict[Real, tuple[Real, list[Real]]] = {}
    loose: list[Real] = []
    for weight, difference in terms:
        if isinstance(reals.plain(difference), Ball):
            loose.append(weight * response.excess(difference))
        elif difference != 0:
            size, signed = (difference, weight) if difference > 0 else (-difference, -weight)
            representative, weights = groups.setdefault(reals.plain(size), (size, []))
            if size is not representative and size != representative:
                raise ArithmeticError(f"{size} and {representative} are the same number and compare as different")
            weights.append(signed)
    for size, weights in groups.values():
        weight = total(weights)
        if isinstance(reals.plain(weight), Ball) or weight != 0:
            loose.append(weight * response.excess(size))
    return total(loose)


# Borda scores


def borda_excess(response: ResponseModel, population: UserTypes, mu: Vector, x: int) -> Real:
    """BC*(x) − 1/2."""
    return total_excess(response, _borda_terms(population, mu, x))


def borda_score(response: ResponseModel, population: UserTypes, mu: Vector, x: int) -> Real:
    """BC*(x) = Σ_y μ(y)·p(x ≻ y), the sum including y = x with p = 1/2."""
    return Fraction(1, 2) + borda_excess(response, population, mu, x)


def borda_scores(response: ResponseModel, population: UserTypes, mu: Vector) -> tuple[Real, ...]:
    """BC* of every alternative."""
    return tuple(borda_score(response, population, mu, x) for x in range(len(mu)))


def borda_difference(response: ResponseModel, population: UserTypes, mu: Vector, x: int, y: int) -> Real:
    """BC*(x) − BC*(y), exactly 0 when the scores agree term by term."""
    against = ((-weight, difference) for weight, difference in _borda_terms(population, mu, y))
    return total_excess(response, [*_borda_terms(population, mu, x), *against])


def borda_winners(response: ResponseModel, population: UserTypes, mu: Vector) -> tuple[int, ...]:
    """Every alternative of greatest Borda score, in order."""
    best = [0]
    for x in range(1, len(mu)):
        lead = borda_difference(response, population, mu, x, best[0])
        if lead > 0:
            best = [x]
        elif lead == 0:
            best.append(x)
    return tuple(best)


def _borda_terms(population: UserTypes, mu: Vector, x: int) -> list[tuple[Real, Real]]:
    return [
        (weight * mu[y], row[x] - row[y])
        for weight, row in zip(population.weights, population.utilities, strict=True)
        for y in range(len(mu))
        if y != x and not _is_zero(mu[y])
    ]


def printed_borda_score(response: ResponseModel, population: UserTypes, mu: Vector, x: int) -> Real:
    """The limit of the Borda score as the paper prints it: 2·BC*(x)/(2 − μ(x)) (P5)."""
    return 2 * borda_score(response, population, mu, x) / (2 - mu[x])


def printed_borda_scores(response: ResponseModel, population: UserTypes, mu: Vector) -> tuple[Real, ...]:
    """The printed score of every alternative."""
    return tuple(printed_borda_score(response, population, mu, x) for x in range(len(mu)))


def printed_borda_winners(response: ResponseModel, population: UserTypes, mu: Vector) -> tuple[int, ...]:
    """Every alternative of greatest printed score, in order."""
    best = [0]
    for x in range(1, len(mu)):
        lead = _printed_difference(response, population, mu, x, best[0])
        if lead > 0:
            best = [x]
        elif lead == 0:
            best.append(x)
    return tuple(best)


def _printed_difference(response: ResponseModel, population: UserTypes, mu: Vector, x: int, y: int) -> Real:
    """The difference of the printed scores (1 + 2·(BC* − 1/2))/(2 − μ): a rational part, and one that is exactly 0 when it cancels."""
    first, second = 2 / (2 - mu[x]), 2 / (2 - mu[y])
    terms = [(first * weight, difference) for weight, difference in _borda_terms(population, mu, x)]
    terms += [(-second * weight, difference) for weight, difference in _borda_terms(population, mu, y)]
    return (first - second) / 2 + total_excess(response, terms)


# Information


def kl_divergence(policy: Vector, ref: Vector) -> Real:
    """D_KL(π‖π_ref) = Σ π ln(π/π_ref) in nats; a term with π = 0 is 0. ``ref`` has full support."""
    return total(p * reals.log(p / q) for p, q in zip(policy, ref, strict=True) if not _is_zero(p) and p != 0)
