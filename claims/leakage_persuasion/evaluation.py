"""What `assay evaluate` computes: for every claim its parameters and one function that measures the quantity and the bound there.

Optima are absolute (not divided by λ). None stands for what is not defined, or out of reach, at these parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import wraps
from itertools import pairwise
from typing import Any

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.leakage_persuasion import model, pricing
from claims.leakage_persuasion.algorithms import (
    class_program,
    downstream,
    downstream_schemes,
    leak_pattern_program,
    obedience_programs,
    search_tree,
    symmetric_programs,
    transformations,
)
from claims.leakage_persuasion.parameters import (
    OPEN_UNIT,
    PROBABILITY,
    RATIO,
    THRESHOLD,
    Thresholds,
    count,
    default_prior,
    instance_parameters,
    leaks,
    positive_problem,
    problem_of,
    symmetric_parameters,
    thresholds_of,
)
from claims.parameters import Choices, Integers, Lists, Parameter, Values
from claims.room import Measure
from exact import reals
from instances import leak_patterns, set_functions
from instances.errors import InstanceError
from instances.leak_patterns import LeakageLaw, LeakPattern
from instances.persuasion_problems import (
    PersuasionProblem,
    chain_problem,
    geometric_chain,
    geometric_thresholds,
    half_smallest,
    identical_coverage,
    private_probability,
    tree_chain,
)

MOST_LISTED = 6
"""The whole list of optima is told up to this many receivers."""
MOST_DOWNSTREAM = 8
"""The boundary scheme is evaluated, and class programs are solved at growing ratios, up to this many receivers."""

EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {}


def evaluates(number: str, *parameters: Parameter) -> Callable[[Measure], Measure]:
    """Registers a claim's parameters and measure. What the instance or the size does not allow becomes a usage error."""

    def register(measure: Measure) -> Measure:
        @wraps(measure)
        def checked(values: Values) -> Measurement:
            try:
                return measure(values)
            except (InstanceError, obedience_programs.TooLarge) as error:
                raise ParameterError(str(error)) from error

        EVALUATIONS[number] = (parameters, checked)
        return checked

    return register


def _leaks(values: Values, agents: int) -> int:
    return model.effective_leaks(agents, values["k"])


def _listed(problem: PersuasionProblem) -> list[Fraction] | None:
    if problem.agents > MOST_LISTED:
        return None
    return [obedience_programs.worst_case_optimum(problem, k).value for k in range(problem.agents)]


def _failing(hypotheses: Mapping[str, bool]) -> str:
    """The first hypothesis that does not hold, in words; "" if all do."""
    return next((text for text, holds in hypotheses.items() if not holds), "")


# Worst-case leaks


@evaluates("C1", *instance_parameters(), leaks())
def sandwich(values: Values) -> Measurement:
    """OPT_k against OPT_0, with an optimal scheme and the price."""
    problem = problem_of(values)
    found = pricing.price_of_leaks(problem, values["k"])
    told = {"OPT": _listed(problem), "OPT_pub": found.public, "price": found.price, "scheme": pricing.told(found.scheme)}
    return Measurement(found.robust, found.private, told)


@evaluates("C2", *instance_parameters())
def private_optimum(values: Values) -> Measurement:
    """OPT_0 by the program against the closed form."""
    problem = problem_of(values)
    supermodular = set_functions.is_supermodular(problem.utility)
    chances = [private_probability(problem.prior, threshold) for threshold in problem.thresholds]
    return Measurement(
        obedience_programs.private_optimum(problem).value,
        obedience_programs.private_closed_form(problem),
        {"p": chances, "supermodular": supermodular},
        hypothesis=_failing({"V is supermodular": supermodular}),
    )


@evaluates("C3", *instance_parameters(), leaks())
def price_against_n(values: Values) -> Measurement:
    """OPT_0/OPT_k against n."""
    problem = positive_problem(values)
    private = obedience_programs.private_value(problem)
    robust = obedience_programs.worst_case_optimum(problem, _leaks(values, problem.agents)).value
    return Measurement(private / robust, Fraction(problem.agents), {"OPT_0": private, "OPT_k": robust})


def _default_alpha(values: Values) -> Fraction:
    return transformations.default_mask_rate(model.effective_leaks(len(thresholds_of(values)), values["k"]))


@evaluates("C4", *instance_parameters(), leaks(), Parameter("alpha", OPEN_UNIT, "how often state 1 is masked", _default_alpha))
def masking(values: Values) -> Measurement:
    """OPT_0/U of MASK(α)."""
    problem = positive_problem(values)
    budget, alpha = _leaks(values, problem.agents), values["alpha"]
    scheme = transformations.mask(obedience_programs.private_scheme(problem), budget, alpha)
    private, reached = obedience_programs.private_value(problem), model.value(problem, scheme)
    bound = 1 / min(1 - alpha, alpha / 2 ** (budget + 1))
    return Measurement(
        private / reached, bound, {"U": reached, "OPT_0": private, "persuasive": model.is_persuasive(problem, scheme, budget)}
    )


@evaluates("C5", *instance_parameters(), leaks())
def ordered_masking(values: Values) -> Measurement:
    """U/OPT_0 of ORDERED-MASK against τ."""
    problem = positive_problem(values)
    budget = _leaks(values, problem.agents)
    g, share, scheme = None, Fraction(1), obedience_programs.comonotone_scheme(problem)
    if budget:
        try:
            spread = leak_pattern_program.best_spread(problem.agents, budget)
        except leak_pattern_program.OutOfReach:
            return Measurement(None, None, {"tau": None, "g": None, "OPT_0": obedience_programs.private_value(problem), "persuasive": None})
        g, share, scheme = spread.g, leak_pattern_program.kept_share(spread), transformations.ordered_mask(problem, spread)
    private = obedience_programs.private_value(problem)
    told = {"tau": share, "g": g, "OPT_0": private, "persuasive": model.is_persuasive(problem, scheme, budget)}
    supermodular = set_functions.is_supermodular(problem.utility)
    return Measurement(model.value(problem, scheme) / private, share, told, hypothesis=_failing({"V is supermodular": supermodular}))


def _no_theta(value: int) -> Callable[[Values], int | None]:
    return lambda values: None if isinstance(values.get("theta"), tuple) else value


@evaluates(
    "C6",
    Parameter("theta", Thresholds(), "thresholds, in place of n and M", None, ("M",)),
    count("n", "number of receivers", _no_theta(3)),
    Parameter("M", RATIO, "ratio of the geometric thresholds θ_i = M^(i−n)", 10, ("theta",)),
    Parameter("lam", OPEN_UNIT, "prior probability of state 1, at most the smallest threshold", default_prior),
    leaks(),
)
def extremal_chain(values: Values) -> Measurement:
    """OPT_k/λ on the chain v = θ: 1 by the search tree, else by the program."""
    thresholds, prior = thresholds_of(values), values["lam"]
    agents = len(thresholds)
    budget = _leaks(values, agents)
    _check_prior(prior, thresholds)
    few = agents <= 2 ** (budget + 1) - 1
    by_tree = few and search_tree.certifies(agents)
    robust = prior if by_tree else obedience_programs.worst_case_optimum(chain_problem(prior, thresholds), budget).value
    private = prior * chain_price(thresholds)
    told = {
        "OPT_0": private,
        "OPT_pub": prior,
        "ratio": private / robust,
        "leaks": [sorted(path) for _, path in sorted(search_tree.leak_paths(agents).items())],
    }
    return Measurement(robust / prior, Fraction(1), told, hypothesis=_failing({"n <= 2^(k+1) - 1": few}))


def chain_price(thresholds: tuple[Fraction, ...]) -> Fraction:
    """n − Σ θ_i/θ_{i+1} over the sorted thresholds: OPT_0/λ of the chain v = θ, for λ <= θ_1."""
    ascending = sorted(thresholds)
    return len(ascending) - sum((low / high for low, high in pairwise(ascending)), Fraction(0))


def _check_prior(prior: Fraction, thresholds: tuple[Fraction, ...]) -> None:
    if prior > min(thresholds):
        raise ParameterError(f"lam: {prior} is more than the smallest threshold {min(thresholds)}")


@evaluates(
    "C7",
    count("n", "number of receivers; read off a list theta"),
    Parameter("theta", Thresholds(), "thresholds", ("1/5", "1/3", "1/2")),
    Parameter("lam", OPEN_UNIT, "prior probability of state 1, at most the smallest threshold", default_prior),
    leaks(2),
)
def class_value(values: Values) -> Measurement:
    """sup of OPT_0/OPT_k over supermodular V at fixed thresholds."""
    thresholds, prior = thresholds_of(values), values["lam"]
    _check_prior(prior, thresholds)
    budget = _leaks(values, len(thresholds))
    supremum = class_program.class_supremum(prior, thresholds, budget)
    few = len(thresholds) <= 2 ** (budget + 1) - 1
    return Measurement(supremum, chain_price(thresholds), {}, relation="==" if few else "<=")


@evaluates(
    "C8",
    count("n", "number of receivers", 5),
    leaks(),
    Parameter("M", RATIO, "ratio at which the class program is solved as well (n <= 8)"),
)
def supermodular_price(values: Values) -> Measurement:
    """PoWR_k(n) from the dual weights against the same from the distribution."""
    agents = values["n"]
    budget = _leaks(values, agents)
    told: dict[str, Any] = {"g": None}
    if "M" in values:
        told["at_M"] = _at_ratio(agents, budget, values["M"])
    if budget == 0:
        return Measurement(Fraction(1), Fraction(1), told)
    try:
        spread = leak_pattern_program.best_spread(agents, budget)
    except leak_pattern_program.OutOfReach:
        return Measurement(None, None, told)
    level = leak_pattern_program.dual_level(spread)
    told["g"] = spread.g
    return Measurement((1 + level) / level, 1 + 1 / leak_pattern_program.primal_level(spread), told)


def _at_ratio(agents: int, budget: int, ratio: Fraction) -> Fraction | None:
    if agents > MOST_DOWNSTREAM:
        return None
    thresholds = geometric_thresholds(agents, ratio)
    return class_program.class_supremum(half_smallest(thresholds), thresholds, budget)


@evaluates("C9", count("n", "number of receivers", 5), leaks())
def headline(values: Values) -> Measurement:
    """PoWR_k(n) against min{n, 2^(k+1) + 1}."""
    agents = values["n"]
    budget = _leaks(values, agents)
    price = leak_pattern_program.price_by_theorem(agents, budget)
    told = {
        "lower": Fraction(min(agents, 2 ** (budget + 1) - 1)),
        "factor": None if price is None else price / min(2**budget, agents),
    }
    return Measurement(price, Fraction(min(agents, 2 ** (budget + 1) + 1)), told)


@evaluates("C10", count("n", "number of receivers", 4), Parameter("M", RATIO, "ratio of the geometric thresholds", 2))
def leaks_to_public(values: Values) -> Measurement:
    """The least k with OPT_k = OPT_pub on the geometric chain."""
    problem = geometric_chain(values["n"], values["M"])
    public = model.public_optimum(problem)
    optima: list[Fraction] = []
    while not optima or optima[-1] != public:
        optima.append(obedience_programs.worst_case_optimum(problem, len(optima)).value)
    least, needed = Fraction(len(optima) - 1), Fraction(search_tree.leaks_needed(problem.agents))
    return Measurement(least, needed, {"OPT": optima, "OPT_pub": public}, hypothesis=_failing({"M > 1": values["M"] > 1}))


# Submodular and XOS utilities


@evaluates(
    "C11",
    count("n", "number of receivers", 4),
    leaks(),
    Parameter("theta", THRESHOLD, "threshold of every receiver, to sample a coverage instance as well"),
    Parameter("lam", OPEN_UNIT, "prior probability of state 1", lambda values: "1/100" if "theta" in values else None),
)
def subsampling(values: Values) -> Measurement:
    """1/φ(n, k) against (k+1)^(k+1)/k^k."""
    agents = values["n"]
    budget = _leaks(values, agents)
    share, sample = symmetric_programs.best_sample(agents, budget)
    told: dict[str, Any] = {"phi": share, "N": sample, "ceiling": reals.ball(reals.exp(Fraction(1))) * (budget + 1)}
    if "theta" in values:
        problem = identical_coverage(agents, values["lam"], values["theta"])
        scheme = transformations.subsample_fixed(downstream_schemes.anticorrelated_scheme(problem), budget, sample)
        told["OPT_0"] = downstream_schemes.coverage_optimum(values["lam"], values["theta"], agents)
        told["U"] = model.value(problem, scheme)
        told["persuasive"] = model.is_persuasive(problem, scheme, budget)
    return Measurement(1 / share, symmetric_programs.subsampling_limit(budget), told)


def _symmetric(values: Values, budget: int) -> Fraction:
    agents = values["n"]
    optimum = symmetric_programs.symmetric_optimum(
        agents, budget, values["lam"], values["theta"], symmetric_programs.coverage_values(agents)
    )
    return Fraction(optimum)


@evaluates("C12", *symmetric_parameters(), leaks())
def coverage_price(values: Values) -> Measurement:
    """n/h(n, k) against k + 1."""
    agents = values["n"]
    budget = _leaks(values, agents)
    h = symmetric_programs.coverage_limit(agents, budget)
    told = {
        "h": h,
        "limit": symmetric_programs.subsampling_limit(budget),
        "OPT_0": _symmetric(values, 0),
        "OPT_k": _symmetric(values, budget),
    }
    return Measurement(agents / h, Fraction(budget + 1), told)


@evaluates("C13", count("n", "number of receivers", 10), leaks())
def minmax_loss(values: Values) -> Measurement:
    """h/(nφ) against 1 + 5/(4n)."""
    agents = values["n"]
    budget = _leaks(values, agents)
    h, share = symmetric_programs.coverage_limit(agents, budget), symmetric_programs.best_sample(agents, budget)[0]
    told = {
        "sub_loss": 1 / share,
        "sub_sup": agents / h,
        "mask_loss": 1 / symmetric_programs.masking_share(agents, budget),
        "mask_sup": Fraction(2 ** (budget + 1) + 1),
    }
    return Measurement(h / (agents * share), 1 + Fraction(5, 4 * agents), told)


# Downstream utility under a law of leakage


def consecutive_blocks(agents: int, size: int) -> list[int]:
    """Blocks of ``size`` consecutive receivers; the last one may be smaller."""
    return [((1 << min(size, agents - start)) - 1) << start for start in range(0, agents, size)]


def _law(name: str, agents: int, budget: int) -> LeakageLaw:
    match name:
        case "cliques":
            return leak_patterns.always(leak_patterns.disjoint_cliques(agents, consecutive_blocks(agents, budget + 1)))
        case "random_clique":
            return leak_patterns.random_clique(agents, budget + 1)
    return leak_patterns.broadcast(agents, budget)


@evaluates(
    "C14",
    *instance_parameters(),
    leaks(),
    Parameter("leak", Choices(("broadcast", "cliques", "random_clique")), "law of leakage", "broadcast"),
)
def downstream_of_robust(values: Values) -> Measurement:
    """U_D of the OPT_k scheme that the program finds against OPT_k."""
    problem = problem_of(values)
    budget = _leaks(values, problem.agents)
    robust = obedience_programs.worst_case_optimum(problem, budget)
    reached = downstream.downstream_value(problem, robust.scheme, _law(values["leak"], problem.agents, budget))
    return Measurement(reached, robust.value, {"OPT_0": obedience_programs.private_value(problem)})


def _clique_prior(values: Values) -> Any:
    return half_smallest(geometric_thresholds(values["n"], values["M"])) if "M" in values else "1/100"


@evaluates(
    "C15",
    count("n", "number of receivers", 4),
    Parameter("M", RATIO, "ratio of geometric thresholds: the class of supermodular V", None, ("theta",)),
    Parameter("theta", THRESHOLD, "threshold of every receiver: coverage", "1/4", ("M",)),
    Parameter("lam", OPEN_UNIT, "prior probability of state 1", _clique_prior),
    leaks(),
    Parameter("layout", Choices(("contiguous", "interleaved")), "which receivers form a clique", "contiguous"),
)
def fixed_cliques(values: Values) -> Measurement:
    """OPT_0 over the best downstream value when disjoint cliques of k + 1 leak."""
    agents = values["n"]
    budget = _leaks(values, agents)
    blocks = (leak_patterns.contiguous_blocks if values["layout"] == "contiguous" else leak_patterns.interleaved_blocks)(agents, budget + 1)
    bound = Fraction(budget + 1)
    if "M" in values:
        thresholds = geometric_thresholds(agents, values["M"])
        _check_prior(values["lam"], thresholds)
        pattern = leak_patterns.disjoint_cliques(agents, blocks)
        return Measurement(class_program.pattern_class_supremum(values["lam"], thresholds, pattern), bound, {"OPT_0": None, "OPT_D": None})
    private, reached = (downstream_schemes.coverage_optimum(values["lam"], values["theta"], m) for m in (agents, len(blocks)))
    return Measurement(private / reached, bound, {"OPT_0": private, "OPT_D": reached})


@evaluates("C16", *symmetric_parameters(), leaks())
def random_clique(values: Values) -> Measurement:
    """OPT_0/U_D of the private scheme sent unchanged, when a random clique of k + 1 leaks."""
    agents = values["n"]
    budget = _leaks(values, agents)
    private = downstream_schemes.coverage_optimum(values["lam"], values["theta"], agents)
    reached = downstream_schemes.random_clique_value(values["lam"], values["theta"], agents, budget)
    bound = Fraction(agents, agents - budget - 1) if budget < agents - 1 else None
    return Measurement(private / reached, bound, {"OPT_0": private, "U": reached})


def _best_grid(values: Values) -> int:
    return downstream_schemes.best_grid(values["n"], model.effective_leaks(values["n"], values["k"]))[1]


@evaluates(
    "C17",
    count("n", "number of receivers", 6),
    leaks(),
    count("B", "size of the grid of boundaries, at most n (the best)", _best_grid),
    Parameter("M", RATIO, "ratio of the geometric thresholds", 10),
)
def broadcast(values: Values) -> Measurement:
    """OPT_0/U_D of the boundary scheme on the geometric chain, when k random signals are broadcast."""
    agents, grid = values["n"], values["B"]
    budget = _leaks(values, agents)
    if grid > agents:
        raise ParameterError(f"B: {grid} boundaries for {agents} receivers; it must be at most n")
    thresholds = geometric_thresholds(agents, values["M"])
    private, reached, measured = half_smallest(thresholds) * chain_price(thresholds), None, None
    if agents <= MOST_DOWNSTREAM:
        problem = geometric_chain(agents, values["M"])
        scheme = downstream_schemes.boundary_scheme(problem, grid)
        reached = downstream.downstream_value(problem, scheme, leak_patterns.broadcast(agents, budget))
        measured = private / reached
    told = {"OPT_0": private, "U": reached, "B": grid, "best": downstream_schemes.best_grid(agents, budget)[0]}
    return Measurement(measured, downstream_schemes.boundary_bound(agents, budget, grid), told)


@evaluates(
    "C18",
    *instance_parameters(),
    Parameter("K", Lists(Lists(Integers(lower=1), least=0)), "the leak sets, one per receiver (directed cycle)"),
)
def fixed_graph(values: Values) -> Measurement:
    """OPT_0/U of the best independent class of a known leak graph."""
    problem = positive_problem(values)
    pattern = _graph(values, problem.agents)
    classes = downstream_schemes.fewest_classes(pattern)
    scheme = downstream_schemes.independent_set_mask(problem, downstream_schemes.best_class(problem, classes))
    private, reached = obedience_programs.private_value(problem), downstream.pattern_value(problem, scheme, pattern)
    told = {
        "chromatic": len(classes),
        "classes": [[i + 1 for i in set_functions.members(chosen)] for chosen in classes],
        "OPT_0": private,
        "U": reached,
    }
    subadditive = set_functions.is_subadditive(problem.utility)
    ratio = private / reached if reached else "inf"
    return Measurement(ratio, Fraction(2 * pattern.in_degree + 1), told, hypothesis=_failing({"V is subadditive": subadditive}))


def _graph(values: Values, agents: int) -> LeakPattern:
    if "K" not in values:
        return leak_patterns.directed_cycle(agents) if agents > 1 else leak_patterns.no_leak(1)
    if len(values["K"]) != agents:
        raise ParameterError(f"K: {len(values['K'])} leak sets for {agents} receivers")
    return LeakPattern.from_lists(values["K"])


@evaluates("C19", leaks(1, 1), Parameter("M", RATIO, "ratio of the geometric thresholds", 10))
def tree_graph(values: Values) -> Measurement:
    """OPT_0/OPT_G on the tree chain (binary obedient signals, k <= 2)."""
    depth, ratio = values["k"], values["M"]
    prior = half_smallest(geometric_thresholds(2 ** (depth + 1) - 1, ratio))
    private = prior * tree_private(depth, ratio)
    ceiling = 1 + depth / ratio
    binary = None
    if depth <= 2:
        binary = obedience_programs.pattern_optimum(tree_chain(depth, ratio), leak_patterns.tree_ancestors(depth)).value
    told = {"OPT_0": private, "OPT_G": binary, "ceiling": prior * ceiling}
    return Measurement(None if binary is None else private / binary, tree_private(depth, ratio) / ceiling, told)


def tree_private(depth: int, ratio: Fraction) -> Fraction:
    """2^k − (2^k − 1)/M²: OPT_0/λ of the tree chain."""
    return Fraction(2**depth) - Fraction(2**depth - 1) / (ratio * ratio)


@evaluates(
    "C20",
    *symmetric_parameters(theta="1/2"),
    Parameter("scheme", Choices(("pad", "matching", "secret_sharing")), "which scheme", "pad"),
    leaks(),
    count("q", "size of the field of secret sharing: a prime, at least n", lambda values: downstream_schemes.least_prime(values["n"]), 2),
)
def rich_alphabets(values: Values) -> Measurement:
    """U of a scheme with a larger alphabet, by enumeration, against its closed form."""
    agents = values["n"]
    problem = identical_coverage(agents, values["lam"], values["theta"]) if agents <= set_functions.MOST_AGENTS else None
    private = downstream_schemes.coverage_optimum(values["lam"], values["theta"], agents)
    match values["scheme"]:
        case "matching":
            if agents % 2:
                raise ParameterError(f"n: {agents} is odd, and a perfect matching is asked")
            closed = downstream_schemes.matching_value(values["lam"], values["theta"], agents)
            reached = _enumerated(problem, downstream_schemes.matching_scheme, lambda: leak_patterns.broadcast(agents, 1))
            return Measurement(reached, closed, {"U": closed, "OPT_0": private})
        case "secret_sharing":
            return _secret_sharing(values, problem, private)
    if agents < 2:
        raise ParameterError("n: a cycle takes two receivers or more")
    cycle = leak_patterns.directed_cycle(agents)
    reached = _enumerated(
        problem, lambda p: downstream_schemes.pad_scheme(downstream_schemes.anticorrelated_scheme(p)), lambda: leak_patterns.always(cycle)
    )
    small = problem is not None and agents <= obedience_programs.MOST_RECEIVERS
    binary = obedience_programs.pattern_optimum(problem, cycle).value if small and problem is not None else None
    told = {"U": private, "OPT_0": private, "binary": binary}
    return Measurement(reached, private, told, hypothesis=_failing({"n >= 3": agents >= 3}))


def _secret_sharing(values: Values, problem: PersuasionProblem | None, private: Fraction) -> Measurement:
    agents, field = values["n"], values["q"]
    if not downstream_schemes.is_prime(field) or field < agents:
        raise ParameterError(f"q: {field} is no prime >= n = {agents}")
    budget = _leaks(values, agents)
    closed = downstream_schemes.secret_sharing_value(values["lam"], values["theta"], agents, budget, field)
    reached = _enumerated(
        problem, lambda p: downstream_schemes.secret_sharing_scheme(p, budget, field), lambda: leak_patterns.broadcast(agents, budget)
    )
    return Measurement(reached, closed, {"U": closed, "OPT_0": private})


def _enumerated(
    problem: PersuasionProblem | None, scheme: Callable[[PersuasionProblem], Any], law: Callable[[], LeakageLaw]
) -> Fraction | None:
    """U_D of a scheme; None where it has too many profiles."""
    if problem is None:
        return None
    try:
        return Fraction(downstream.downstream_value(problem, scheme(problem), law()))
    except downstream_schemes.SchemeTooLarge:
        return None


@evaluates(
    "C21",
    *instance_parameters(theta=("1/2", "1/2"), lam="1/10", utility="coverage"),
    Parameter("rho", PROBABILITY, "probability of each of the two leaks, independent", "1/2"),
)
def two_receivers(values: Values) -> Measurement:
    """The best downstream value with binary signals when each of two directions leaks with probability ρ."""
    problem = problem_of(values)
    if problem.agents != 2:
        raise ParameterError(f"theta: {problem.agents} receivers, where two are due")
    best, _ = downstream.TwoReceiverGame(problem, leak_patterns.bernoulli(2, values["rho"])).best()
    told = {"OPT_1": obedience_programs.worst_case_optimum(problem, 1).value}
    return Measurement(best, obedience_programs.private_value(problem), told)


@evaluates("C22", *instance_parameters(), leaks())
def two_sided(values: Values) -> Measurement:
    """Two-sided OPT_k against OPT_pub."""
    problem = problem_of(values)
    budget = _leaks(values, problem.agents)
    told = {
        "one_sided": obedience_programs.worst_case_optimum(problem, budget).value,
        "OPT_0": obedience_programs.private_value(problem),
    }
    distinct = len(set(problem.thresholds)) == problem.agents
    hypothesis = _failing({"the thresholds are pairwise distinct": distinct, "k >= 1": values["k"] >= 1})
    return Measurement(
        obedience_programs.two_sided_optimum(problem, budget).value, model.public_optimum(problem), told, hypothesis=hypothesis
    )
