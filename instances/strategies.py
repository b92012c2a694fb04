"""Hypothesis strategies for instances, with the edge cases in them: ties, zero weights, duplicate alternatives, m = 1, extreme β.

Hypothesis is imported when a strategy is built, not with this module.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from instances.distributions import Lottery, RationalVariable
from instances.preference_constructions import BordaLowerBound, DecliningSequence, ExponentialGap, HiddenOptimum, Misordering, adjacent_pair_law
from instances.preferences import (
    AlignmentProblem,
    BTModel,
    Election,
    GridBTModel,
    PairLaw,
    Population,
    ProductSampler,
    ResponseModel,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_EXTREME_BETAS = (Fraction(1, 10**6), Fraction(1, 100), Fraction(1), Fraction(4), Fraction(700), Fraction(10**4))
_SPARSE_UTILITIES = (Fraction(0), Fraction(1, 100), Fraction(1, 10), Fraction(1))


def simplex_points(size: int, full_support: bool = False, parts: int = 60) -> SearchStrategy[tuple[Fraction, ...]]:
    """Points of the simplex with small integer proportions; with zeros unless ``full_support``. Shrinks to nearly uniform."""
    from hypothesis import strategies as st

    proportions = st.lists(st.integers(1 if full_support else 0, parts), min_size=size, max_size=size)
    return proportions.map(lambda counts: _normalised(counts))


def _normalised(counts: list[int]) -> tuple[Fraction, ...]:
    total = sum(counts)
    if total == 0:
        return (Fraction(1),) + (Fraction(0),) * (len(counts) - 1)
    return tuple(Fraction(count, total) for count in counts)


def lotteries(max_alternatives: int = 5) -> SearchStrategy[Lottery]:
    """Lotteries over 1 to ``max_alternatives`` alternatives."""
    from hypothesis import strategies as st

    return st.integers(1, max_alternatives).flatmap(simplex_points).map(Lottery)


def rational_variables(max_values: int = 5) -> SearchStrategy[RationalVariable]:
    """Random variables with few rational values, some of them repeated."""
    from hypothesis import strategies as st

    values = st.integers(1, max_values).flatmap(
        lambda n: st.tuples(st.lists(st.fractions(-3, 3, max_denominator=6), min_size=n, max_size=n).map(tuple), simplex_points(n))
    )
    return values.map(lambda pair: RationalVariable(*pair))


def utilities(K: int | None = None) -> SearchStrategy[Fraction]:
    """A utility in [0, 1]: a multiple of 1/K, or (K None) any of a few shapes: tenths, powers of ten, 0 and 1."""
    from hypothesis import strategies as st

    if K is not None:
        return st.integers(0, K).map(lambda k: Fraction(k, K))
    return st.one_of(st.integers(0, 10).map(lambda k: Fraction(k, 10)), st.sampled_from(_SPARSE_UTILITIES), st.fractions(0, 1, max_denominator=12))


def populations(
    alternatives: int | None = None, types: int | None = None, K: int | None = None, max_alternatives: int = 4, max_types: int = 4
) -> SearchStrategy[Population]:
    """Populations, on the grid of multiples of 1/K if K is given; sizes as given, or drawn up to the maxima (from 1).

    Some have an alternative twice, a type of weight 0, or the same utility everywhere.
    """
    from hypothesis import strategies as st

    @st.composite
    def draw_population(draw: Any) -> Population:
        m = alternatives or draw(st.integers(1, max_alternatives))
        k = types or draw(st.integers(1, max_types))
        constant = draw(st.sampled_from((False,) * 15 + (True,)))
        if constant:
            value = draw(utilities(K))
            rows = [[value] * m for _ in range(k)]
        else:
            rows = [[draw(utilities(K)) for _ in range(m)] for _ in range(k)]
        if m > 1 and draw(st.sampled_from((False,) * 5 + (True,))):
            source, copy = draw(st.permutations(range(m)))[:2]
            rows = [[row[source] if x == copy else row[x] for x in range(m)] for row in rows]
        return Population(tuple(map(tuple, rows)), draw(simplex_points(k)))

    return draw_population()


def grid_models(max_K: int = 6) -> SearchStrategy[GridBTModel]:
    """Bradley–Terry on a grid, with r from just above 1 to 50."""
    from hypothesis import strategies as st

    ratios = st.one_of(st.sampled_from((Fraction(101, 100), Fraction(6, 5), Fraction(2), Fraction(50))), st.fractions(Fraction(11, 10), 6, max_denominator=20))
    return st.tuples(ratios, st.integers(1, max_K)).map(lambda pair: GridBTModel(*pair))


def bt_models() -> SearchStrategy[BTModel]:
    """Bradley–Terry with rational β, from 10⁻⁶ to 10⁴."""
    from hypothesis import strategies as st

    return st.one_of(st.fractions(Fraction(1, 10), 20, max_denominator=10), st.sampled_from(_EXTREME_BETAS)).map(BTModel)


def elections(grid: bool = True, alternatives: int | None = None, max_alternatives: int = 4) -> SearchStrategy[Election]:
    """Elections: on the K-grid, where everything is exact, or with rational β. ``mu`` may have zeros, and may be concentrated."""
    from hypothesis import strategies as st

    @st.composite
    def draw_election(draw: Any) -> Election:
        response: ResponseModel = draw(grid_models() if grid else bt_models())
        population = draw(populations(alternatives, K=response.K if isinstance(response, GridBTModel) else None, max_alternatives=max_alternatives))
        return Election(response, population, draw(simplex_points(population.alternatives)))

    return draw_election()


def alignment_problems(grid: bool = True, max_alternatives: int = 4) -> SearchStrategy[AlignmentProblem]:
    """Alignment problems with budget 0, small, large or none; the reference may be very skewed."""
    from hypothesis import strategies as st

    @st.composite
    def draw_problem(draw: Any) -> AlignmentProblem:
        election = draw(elections(grid, max_alternatives=max_alternatives))
        m = election.population.alternatives
        ref = draw(st.one_of(simplex_points(m, full_support=True), simplex_points(m, full_support=True, parts=10**9)))
        tau = draw(st.one_of(st.none(), st.sampled_from((Fraction(0), Fraction(1, 1000), Fraction(1, 10), Fraction(1), Fraction(50)))))
        return AlignmentProblem(election.response, election.population, ref, tau)

    return draw_problem()


def samplers(alternatives: int) -> SearchStrategy[ProductSampler | PairLaw]:
    """μ ⊗ μ of full support, or (from 3 alternatives on) an adjacent-pair law."""
    from hypothesis import strategies as st

    product: SearchStrategy[ProductSampler | PairLaw] = simplex_points(alternatives, full_support=True).map(ProductSampler)
    if alternatives < 3:
        return product
    return st.one_of(product, st.integers(1, 99).map(lambda k: adjacent_pair_law(alternatives, Fraction(k, 100))))


def hidden_optima(max_m: int = 12) -> SearchStrategy[HiddenOptimum]:
    """Theorem 3's populations on the K-grid, with ξ >= 1."""
    from hypothesis import strategies as st

    @st.composite
    def draw_hidden(draw: Any) -> HiddenOptimum:
        response = draw(grid_models())
        low = draw(st.integers(1, response.K))
        high = draw(st.integers(low, response.K))
        return HiddenOptimum(response, draw(st.integers(2, max_m)), Fraction(low, response.K), Fraction(high, low))

    return draw_hidden()


def borda_lower_bounds() -> SearchStrategy[BordaLowerBound]:
    """Theorem 12's populations."""
    from hypothesis import strategies as st

    return st.builds(
        BordaLowerBound, bt_models(), st.integers(1, 19).map(lambda k: Fraction(k, 20)), st.integers(1, 4).map(lambda k: Fraction(1, 10**k)), st.none()
    )


def exponential_gaps() -> SearchStrategy[ExponentialGap]:
    """Theorem 6's instances, with references down to e^−1000."""
    from hypothesis import strategies as st

    return st.builds(
        ExponentialGap, st.integers(2, 24).map(lambda k: Fraction(k, 2)), st.sampled_from((Fraction(1), Fraction(10), Fraction(1000))), st.integers(1, 10**6)
    )


def misorderings() -> SearchStrategy[Misordering]:
    """The sharp misordering instances."""
    from hypothesis import strategies as st

    small = st.integers(1, 4).map(lambda k: Fraction(1, 10**k))
    return st.builds(Misordering, bt_models(), small, small)


def declining_sequences(max_m: int = 30) -> SearchStrategy[DecliningSequence]:
    """Lemma 15's prefixes."""
    from hypothesis import strategies as st

    return st.builds(DecliningSequence, st.fractions(Fraction(1, 10), 20, max_denominator=10), st.integers(1, max_m))
