"""What formulations and mutants measure: functions of an instance and parameters that run on recording numbers.

An instance is a persuasion problem, a pair (problem, scheme), or numbers. Optima are recorded as linear programs with their proofs.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from claims.leakage_persuasion import model
from claims.leakage_persuasion.algorithms import (
    downstream,
    downstream_schemes,
    leak_pattern_program,
    obedience_programs,
    symmetric_programs,
)
from claims.leakage_persuasion.algorithms.obedience_programs import noted
from claims.leakage_persuasion.model import unrecorded
from claims.leakage_persuasion.named_instances import problem_at, recorded
from claims.parameters import Values
from exact import reals
from exact.linear_programs import Solution
from exact.reals import Real
from instances import leak_patterns
from instances.leak_patterns import LeakageLaw, LeakPattern
from instances.persuasion_problems import PersuasionProblem, private_probability
from instances.signalling_schemes import DirectScheme, SignallingScheme

Sent = tuple[PersuasionProblem, DirectScheme]


def instance_at(parameters: Values) -> PersuasionProblem:
    """The problem that the setting names."""
    return problem_at(parameters)


# Programs of OPT_k/λ, their bounds


def relative_opt(parameters: Values, leaks: int) -> Real:
    """OPT_k/λ of the setting's problem, recorded."""
    return noted(obedience_programs.worst_case_optimum(problem_at(parameters), leaks).solution)


def relative_private(parameters: Values) -> Real:
    """OPT_0/λ by the program, recorded."""
    return relative_opt(parameters, 0)


def relative_public(parameters: Values) -> Real:
    """OPT_pub/λ in closed form, recorded."""
    problem = recorded(problem_at(parameters))
    return model.public_optimum(problem) / problem.prior


def relative_closed_form(parameters: Values) -> Real:
    """OPT_0/λ of a supermodular utility in closed form, recorded."""
    problem = recorded(problem_at(parameters))
    return obedience_programs.private_closed_form(problem) / problem.prior


def decoded_scheme(parameters: Values, solution: Solution) -> DirectScheme:
    """The scheme that a solution of the persuasion program stands for."""
    return obedience_programs.scheme_of(problem_at(parameters), solution)


def persuasive_value(scheme: DirectScheme, parameters: Values) -> Real:
    """The value over λ of a scheme that is k-worst-case persuasive. Raises ValueError for one that is not."""
    problem = problem_at(parameters)
    if not model.is_persuasive(problem, scheme, parameters["k"]):
        raise ValueError("the scheme is not persuasive")
    return model.value(problem, scheme) / problem.prior


# Prices


def worst_case_price(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_0/OPT_k."""
    return obedience_programs.opt(problem, 0) / obedience_programs.opt(problem, parameters["k"])


def public_price(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_0/OPT_{n−1}."""
    return obedience_programs.opt(problem, 0) / obedience_programs.opt(problem, problem.agents - 1)


def private_optimum(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_0."""
    return obedience_programs.opt(problem, 0)


def robust_optimum(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_k."""
    return obedience_programs.opt(problem, parameters["k"])


def receivers(problem: PersuasionProblem, parameters: Values) -> Real:
    """n."""
    return Fraction(len(problem.thresholds))


def chain_price(problem: PersuasionProblem, parameters: Values) -> Real:
    """n − Σ θ_i/θ_{i+1} of sorted thresholds."""
    return chain_price_of(sorted_by_value(problem.thresholds))


def chain_price_of(ascending: Sequence[Real]) -> Real:
    """n − Σ θ_i/θ_{i+1}."""
    total: Real = Fraction(len(ascending))
    for low, high in pairwise(ascending):
        total = total - low / high
    return total


def sorted_by_value(numbers: Sequence[Real]) -> list[Real]:
    """Ascending (by plain values, so that sorting records nothing)."""
    return sorted(numbers, key=reals.plain)


# Transformed schemes: instances are (problem, scheme)


def least_slack(sent: Sent, parameters: Values) -> Real:
    """The least of left side − right side of (OB) over all views: the scheme is persuasive iff this is >= 0."""
    problem, scheme = sent
    return model.least_slack(problem, scheme, parameters["k"])


def view_slack(sent: Sent, parameters: Values) -> Real:
    """The same at one view: receiver, leaked set and ones are parameters (from 0, masks)."""
    problem, scheme = sent
    return model.view_slack(problem, scheme, parameters["receiver"], parameters["leaked"], parameters["ones"])


def scheme_value(sent: Sent, parameters: Values) -> Real:
    """The value of the scheme when recommendations are followed."""
    problem, scheme = sent
    return model.value(problem, scheme)


def nothing(instance: Any, parameters: Values) -> Real:
    """0."""
    return Fraction(0)


def one(instance: Any, parameters: Values) -> Real:
    """1."""
    return Fraction(1)


def stated(instance: Any, parameters: Values) -> Real:
    """The parameter ``bound``."""
    return parameters["bound"]


# Downstream


def law_at(parameters: Values) -> LeakageLaw:
    """The leakage law that a setting names: ``law`` with ``n`` and ``k``."""
    agents, leaks = parameters["n"], parameters["k"]
    match parameters["law"]:
        case "broadcast":
            return leak_patterns.broadcast(agents, leaks)
        case "random clique":
            return leak_patterns.random_clique(agents, leaks + 1)
        case "cycle":
            return leak_patterns.always(leak_patterns.directed_cycle(agents))
        case "tree":
            return leak_patterns.always(leak_patterns.tree_ancestors(leaks))
        case "cliques":
            return leak_patterns.always(leak_patterns.disjoint_cliques(agents, leak_patterns.contiguous_blocks(agents, leaks + 1)))
        case "independent":
            return leak_patterns.independent_uniform(agents, leaks)
    raise ValueError(f"no law is called {parameters['law']!r}")


def downstream_value(sent: tuple[PersuasionProblem, DirectScheme | SignallingScheme], parameters: Values) -> Real:
    """U_D of the scheme under the setting's law."""
    return downstream.downstream_value(*sent, law_at(parameters))


def downstream_of_robust(problem: PersuasionProblem, parameters: Values) -> Real:
    """U_D of the OPT_k scheme that the program finds."""
    found = obedience_programs.worst_case_optimum(unrecorded(problem), parameters["k"])
    return downstream.downstream_value(problem, found.scheme, law_at({**parameters, "n": found.problem.agents}))


def pattern_price(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_0/OPT_G for a law that is one known pattern; binary obedient signals."""
    ((_, pattern),) = law_at({**parameters, "n": len(problem.thresholds)}).patterns
    return obedience_programs.opt(problem, 0) / obedience_programs.opt_pattern(problem, pattern)


def pattern_optimum(problem: PersuasionProblem, parameters: Values) -> Real:
    """OPT_G."""
    ((_, pattern),) = law_at({**parameters, "n": len(problem.thresholds)}).patterns
    return obedience_programs.opt_pattern(problem, pattern)


def coverage_closed_form(sent: tuple[PersuasionProblem, Any], parameters: Values) -> Real:
    """λ + (1−λ) min(1, np): OPT_0 of coverage with equal thresholds."""
    problem = sent[0]
    return downstream_schemes.coverage_optimum(problem.prior, problem.thresholds[0], len(problem.thresholds))


def matching_closed_form(sent: tuple[PersuasionProblem, Any], parameters: Values) -> Real:
    """λ + (1−λ) min(1, (n−1)p)."""
    problem = sent[0]
    return downstream_schemes.coverage_optimum(problem.prior, problem.thresholds[0], len(problem.thresholds) - 1)


def secret_sharing_closed_form(sent: tuple[PersuasionProblem, Any], parameters: Values) -> Real:
    """λ + (1−λ)β(1 − (1 − 1/q)^(n−k))."""
    problem, agents = sent[0], len(sent[0].thresholds)
    field, leaks = parameters["q"], parameters["k"]
    chance = private_probability(problem.prior, problem.thresholds[0])
    keep = reals.minimum([Fraction(1), field * chance])
    return problem.prior + (1 - problem.prior) * keep * (1 - (1 - Fraction(1, field)) ** (agents - leaks))


def random_clique_closed_form(sent: Sent, parameters: Values) -> Real:
    """λ + (1−λ)·min(1, np)·(n−k−1)/n."""
    problem = sent[0]
    return downstream_schemes.random_clique_value(problem.prior, problem.thresholds[0], len(problem.thresholds), parameters["k"])


def tree_guarantee(problem: PersuasionProblem, parameters: Values) -> Real:
    """(2^k − (2^k − 1)/M²)/(1 + k/M)."""
    depth, ratio = parameters["k"], parameters["M"]
    return tree_private(ratio, depth) / (1 + depth / ratio)


def tree_price(ratio: Real, parameters: Values) -> Real:
    """The same for the number M as instance."""
    return tree_private(ratio, parameters["k"]) / (1 + parameters["k"] / ratio)


def tree_private(ratio: Real, depth: int) -> Real:
    """2^k − (2^k − 1)/M²."""
    return 2**depth - (2**depth - 1) / (ratio * ratio)


def two_receiver_ceiling(problem: PersuasionProblem, parameters: Values) -> Real:
    """An upper bound on the best downstream value of two receivers, recorded with one linear program per orbit of policies."""
    law = leak_patterns.bernoulli(2, unrecorded(parameters["rho"]))
    return downstream.TwoReceiverGame(unrecorded(problem), law).ceiling()


def interpolated(problem: PersuasionProblem, parameters: Values) -> Real:
    """(1−ρ)·OPT_0 + ρ·OPT_1: linear in ρ between no leak and full leak."""
    rho = parameters["rho"]
    return (1 - rho) * obedience_programs.opt(problem, 0) + rho * obedience_programs.opt(problem, 1)


def least_conflicts(pattern: LeakPattern, parameters: Values) -> Real:
    """The fewest leaks inside classes, over all ways to split the receivers into ``classes`` classes."""
    edges = list(pattern.edges())
    splits = product(range(parameters["classes"]), repeat=pattern.agents)
    return Fraction(min(sum(split[i] == split[j] for i, j in edges) for split in splits))


# Symmetric programs


def coverage_limit(parameters: Values, leaks: int | None = None) -> Real:
    """h(n, k), recorded."""
    return symmetric_programs.coverage_limit(parameters["n"], parameters["k"] if leaks is None else leaks)


def solved_g(parameters: Values, agents: int) -> Real:
    """g_k at another n, recorded."""
    return leak_pattern_program.noted_g(agents, parameters["k"])
