"""What the mutants are made of: programs, false bounds, schemes that are damped or masked wrongly, and quantities."""

from __future__ import annotations

from fractions import Fraction

from claims.leakage_persuasion import quantities as q
from claims.leakage_persuasion.algorithms import (
    class_program,
    downstream_schemes,
    leak_pattern_program,
    obedience_programs,
    symmetric_programs,
    transformations,
)
from claims.leakage_persuasion.algorithms.downstream import TwoReceiverGame
from claims.leakage_persuasion.named_instances import problem_at, recorded
from claims.parameters import Values
from exact import reals
from exact.linear_programs import Problem
from exact.reals import Real
from exact.recording import active
from instances import leak_patterns
from instances.leak_patterns import LeakPattern
from instances.persuasion_problems import PersuasionProblem, geometric_thresholds, half_smallest, identical_coverage, private_probability
from instances.signalling_schemes import DirectScheme

Sent = tuple[PersuasionProblem, DirectScheme]


# Programs


def robust(parameters: Values) -> Problem:
    """OPT_k/λ."""
    return obedience_programs.worst_case_program(problem_at(parameters), parameters["k"])


def two_sided(parameters: Values) -> Problem:
    """Two-sided OPT_k/λ."""
    return obedience_programs.two_sided_program(problem_at(parameters), parameters["k"])


def by_class(parameters: Values) -> Problem:
    """One over the class supremum at θ."""
    return class_program.worst_case_class_program(half_smallest(parameters["theta"]), parameters["theta"], parameters["k"])


def by_ratio(parameters: Values) -> Problem:
    """The same at θ_j = M^(j−n)."""
    thresholds = geometric_thresholds(parameters["n"], parameters["M"])
    return class_program.worst_case_class_program(half_smallest(thresholds), thresholds, parameters["k"])


def by_cliques(parameters: Values) -> Problem:
    """The same under clique leaks."""
    thresholds = geometric_thresholds(parameters["n"], parameters["M"])
    layout = leak_patterns.contiguous_blocks if parameters["layout"] == "contiguous" else leak_patterns.interleaved_blocks
    pattern = leak_patterns.disjoint_cliques(parameters["n"], layout(parameters["n"], parameters["k"] + 1))
    return class_program.pattern_class_program(half_smallest(thresholds), thresholds, pattern)


def by_pattern(parameters: Values) -> Problem:
    """OPT_G/λ for the setting's law."""
    ((_, pattern),) = q.law_at({**parameters, "n": problem_at(parameters).agents}).patterns
    return obedience_programs.pattern_program(problem_at(parameters), pattern)


def ordered(parameters: Values) -> Problem:
    """One over PoWR_k(n): the ordered masking program on all strings."""
    return leak_pattern_program.ordered_masking_program(parameters["n"], parameters["k"], leak_pattern_program.all_strings(parameters["n"]))


def folded(parameters: Values) -> Problem:
    """The same for larger n, on symmetric masks."""
    return leak_pattern_program.folded_masking_program(parameters["n"], parameters["k"])


def spread(parameters: Values) -> Problem:
    """g_k(n), on all strings."""
    return leak_pattern_program.spread_program(parameters["n"], parameters["k"], leak_pattern_program.all_strings(parameters["n"]))


def coverage_limit(parameters: Values) -> Problem:
    """h(n, k)."""
    return symmetric_programs.coverage_limit_program(parameters["n"], parameters["k"])


def best_policy(parameters: Values) -> Problem:
    """The program of a policy of two receivers that is best at the setting."""
    game = TwoReceiverGame(problem_at(parameters), leak_patterns.bernoulli(2, parameters["rho"]))
    return game.program(game.best()[1])


# Bounds


def plain_weights(parameters: Values) -> Real:
    """λV([n]) + (1−λ) Σ p_i V([i]), over λ: the closed form with p_i in place of p_i − p_{i+1}."""
    problem = recorded(problem_at(parameters))
    agents = len(problem.thresholds)
    total = problem.prior * problem.utility((1 << agents) - 1)
    for i, threshold in enumerate(problem.thresholds):
        total = total + (1 - problem.prior) * private_probability(problem.prior, threshold) * problem.utility((1 << i + 1) - 1)
    return total / problem.prior


def without_state_one(parameters: Values) -> Real:
    """The closed form without λV([n]), over λ."""
    problem = recorded(problem_at(parameters))
    return q.relative_closed_form(parameters) - problem.utility((1 << len(problem.thresholds)) - 1)


def n_minus_one(problem: PersuasionProblem, parameters: Values) -> Real:
    """n − 1."""
    return Fraction(len(problem.thresholds) - 1)


def half_n_plus_one(problem: PersuasionProblem, parameters: Values) -> Real:
    """n/2 + 1."""
    return Fraction(len(problem.thresholds), 2) + 1


def different_thresholds(problem: PersuasionProblem, parameters: Values) -> Real:
    """The number of different thresholds."""
    return Fraction(len({reals.plain(threshold) for threshold in problem.thresholds}))


def power_of_two(problem: PersuasionProblem, parameters: Values) -> Real:
    """2^k."""
    return Fraction(2 ** parameters["k"])


def e_times(problem: PersuasionProblem, parameters: Values) -> Real:
    """e(k+1)."""
    recorder = active()
    one = Fraction(1) if recorder is None else recorder.number(Fraction(1))
    return (parameters["k"] + 1) * reals.exp(one)


def xos_limit(problem: PersuasionProblem, parameters: Values) -> Real:
    """(k+1)^(k+1)/k^k."""
    return symmetric_programs.subsampling_limit(parameters["k"])


def odds_in_place_of_thresholds(parameters: Values) -> Real:
    """1/(n − Σ c_i/c_{i+1})."""
    asked = [threshold / (1 - threshold) for threshold in q.sorted_by_value(parameters["theta"])]
    return 1 / q.chain_price_of(asked)


def inverse_chain_price(parameters: Values) -> Real:
    """1/(n − Σ θ_i/θ_{i+1})."""
    return 1 / q.chain_price_of(q.sorted_by_value(parameters["theta"]))


# Schemes


UNIFORM_SINGLES = {1 << 0: Fraction(1, 4), 1 << 1: Fraction(1, 4), 0: Fraction(1, 4)}
"""State 0 of the private scheme for two receivers with λ = 1/4, θ = 1/2 that sends ∅, {1} and {2} with equal probability."""


def singles() -> DirectScheme:
    """All ones in state 1; ∅, {1} and {2} in state 0, each with mass 1/4."""
    return DirectScheme.of(2, {3: Fraction(1, 4)}, UNIFORM_SINGLES)


def _half_problem() -> PersuasionProblem:
    return identical_coverage(2, Fraction(1, 4), Fraction(1, 2))


def masked_too_often(parameters: Values) -> Sent:
    """MASK with state 0 damped by α·2^−k only."""
    alpha = transformations.default_mask_rate(1)
    return _half_problem(), transformations.mask(singles(), 1, alpha, alpha / 2)


def unmasked(parameters: Values) -> Sent:
    """The private scheme itself."""
    return _half_problem(), singles()


def undamped_sample(parameters: Values) -> Sent:
    """SUBSAMPLE iid at r = 1/2 with β = 1."""
    return _half_problem(), transformations.subsample_independent(singles(), 1, Fraction(1, 2), Fraction(1))


def masked(parameters: Values) -> Sent:
    """MASK of the optimal private scheme."""
    problem = problem_at(parameters)
    return problem, transformations.mask(obedience_programs.private_scheme(problem), parameters["k"])


def masked_coverage(parameters: Values) -> Sent:
    """MASK of the anticorrelated scheme."""
    problem = problem_at(parameters)
    return problem, transformations.mask(downstream_schemes.anticorrelated_scheme(problem), parameters["k"])


def ordered_sent(parameters: Values) -> Sent:
    """ORDERED-MASK."""
    problem = problem_at(parameters)
    return problem, transformations.ordered_mask(problem, leak_pattern_program.best_spread(problem.agents, parameters["k"]))


def ordered_without_all_ones(parameters: Values) -> Sent:
    """ORDERED-MASK without the mass τ on all ones."""
    problem = problem_at(parameters)
    return problem, transformations.ordered_mask(problem, leak_pattern_program.best_spread(problem.agents, 1), unmasked=Fraction(0))


def ordered_with_factor_g(parameters: Values) -> Sent:
    """ORDERED-MASK with state 0 damped by g in place of τ."""
    problem = problem_at(parameters)
    found = leak_pattern_program.best_spread(problem.agents, 1)
    return problem, transformations.ordered_mask(problem, found, keep=found.g)


def anticorrelated(parameters: Values) -> Sent:
    """Coverage with its anticorrelated private scheme."""
    problem = problem_at(parameters)
    return problem, downstream_schemes.anticorrelated_scheme(problem)


def boundary(parameters: Values) -> Sent:
    """The boundary scheme on a chain."""
    problem = problem_at(parameters)
    return problem, downstream_schemes.boundary_scheme(problem, parameters["B"])


def first_is_told(parameters: Values) -> Sent:
    """Receiver 1 is told the state, the others are told 0."""
    problem = problem_at(parameters)
    return problem, DirectScheme.of(problem.agents, {1: problem.prior}, {0: 1 - problem.prior})


def padded(parameters: Values) -> object:
    """The pad scheme on the cycle."""
    problem = problem_at(parameters)
    return problem, downstream_schemes.pad_scheme(downstream_schemes.anticorrelated_scheme(problem))


def shared(parameters: Values) -> object:
    """Secret sharing."""
    problem = problem_at(parameters)
    return problem, downstream_schemes.secret_sharing_scheme(problem, parameters["k"], parameters["q"])


def leak_graph(parameters: Values) -> LeakPattern:
    """Receiver i sees the next ``k`` ones, around a circle."""
    agents, leaks = parameters["n"], parameters["k"]
    return LeakPattern(tuple(sum(1 << (i + step) % agents for step in range(1, leaks + 1)) for i in range(agents)))


# Quantities


def ratio(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_0/OPT_k."""
    return q.worst_case_price(problem, parameters)


def chain_ratio(thresholds: tuple[Real, ...], parameters: Values) -> Real:
    """n − Σ θ_i/θ_{i+1}, the ratio by C6."""
    return q.chain_price_of(thresholds)


def geometric(parameters: Values) -> tuple[Fraction, ...]:
    """Geometric thresholds."""
    return geometric_thresholds(parameters["n"], parameters["M"])


def twice_robust(sent: Sent, parameters: Values) -> Real:
    """Half of OPT_k."""
    return obedience_programs.opt(sent[0], parameters["k"]) / 2


def half_private(sent: Sent, parameters: Values) -> Real:
    """Half of OPT_0 (coverage, closed form)."""
    return q.coverage_closed_form(sent, parameters) / 2


def other_share(sent: Sent, parameters: Values) -> Real:
    """The stated share of OPT_0 of a supermodular utility."""
    return parameters["share"] * obedience_programs.private_closed_form(sent[0])


def nearly_private(sent: Sent, parameters: Values) -> Real:
    """n/(n+1) of OPT_0 (coverage, closed form)."""
    size = len(sent[0].thresholds)
    return Fraction(size, size + 1) * q.coverage_closed_form(sent, parameters)


def share_over_boundaries(sent: Sent, parameters: Values) -> Real:
    """OPT_0/B'."""
    count = len(downstream_schemes.boundaries(len(sent[0].thresholds), parameters["B"]))
    return obedience_programs.private_closed_form(sent[0]) / count


def followed_value(sent: Sent, parameters: Values) -> Real:
    """The value when recommendations are followed, no more and no less."""
    return q.scheme_value(sent, parameters)


def rate(parameters: Values) -> Fraction:
    """The sampling rate r."""
    return Fraction(parameters["r"])


def kept(r: Real, parameters: Values) -> Real:
    """r(1−r)^k."""
    return r * (1 - r) ** parameters["k"]


def kept_at_half(r: Real, parameters: Values) -> Real:
    """2^−(k+1)."""
    return Fraction(1, 2 ** (parameters["k"] + 1))


def whole_grid(parameters: Values) -> tuple[Fraction, Fraction]:
    """The bounds of the boundary scheme with B = n, and with B = 2."""
    agents, leaks = parameters["n"], parameters["k"]
    fine, coarse = (downstream_schemes.boundary_bound(agents, leaks, grid) for grid in (agents, 2))
    if fine is None or coarse is None:
        raise ValueError("an infinite bound")
    return fine, coarse


def first_of(pair: tuple[Real, Real], parameters: Values) -> Real:
    """The first number."""
    return pair[0]


def second_of(pair: tuple[Real, Real], parameters: Values) -> Real:
    """The second number."""
    return pair[1]


def tree_ratio(parameters: Values) -> Fraction:
    """M."""
    return Fraction(parameters["M"])


def twice_k_plus_one(instance: object, parameters: Values) -> Real:
    """2k + 1."""
    return Fraction(2 * parameters["k"] + 1)
