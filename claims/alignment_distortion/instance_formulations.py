"""Formulations on instances: worst-case programs, pool certificates, witnesses and experiments that stand beside the analytic proofs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from claims import Enumeration, Experiment, Grid, LinearProgram, Property, Scaling, Settings, Witness
from claims.alignment_distortion import model
from claims.alignment_distortion import quantities as measured
from claims.alignment_distortion.concentration import borda_radius, win_rate_radius
from claims.alignment_distortion.sampling import draw_pair_tally
from claims.alignment_distortion.voting import (
    Tally,
    borda_scores_of,
    empirical_win_rates,
    plackett_luce_marginals,
    uniform_on_best,
)
from claims.alignment_distortion.worst_case import (
    borda_certificate,
    borda_loss_worst_case,
    borda_worst_case,
    decode_population,
    maximal_lottery_worst_case,
    misordering_worst_case,
)
from claims.formulations import Quantity, Relation
from claims.parameters import Values
from exact import reals
from exact.linear_programs import Problem, Solution
from exact.reals import Real
from instances import AlignmentProblem, BTModel, Election, GridBTModel, Population, UserCorrelation
from instances.preference_constructions import (
    CYCLIC_REFERENCE,
    BordaLowerBound,
    DecliningSequence,
    ExponentialGap,
    HiddenOptimum,
    Misordering,
    cyclic_population,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

F = Fraction
UNIFORM_3 = (F(1, 3),) * 3
CORNER = (F(0), F(0), F(1))


def grid_beta(parameters: Values) -> Real:
    """β = K·ln r."""
    return parameters["K"] * reals.log(parameters["r"])


def grid_settings(*rows: tuple[Any, ...], name: str = "mu", standard: tuple[tuple[Any, ...], ...] = ()) -> Settings:
    """Settings from rows ``(r, K)`` or ``(r, K, weights)``."""

    def values(row: tuple[Any, ...]) -> dict[str, Any]:
        return dict(zip(("r", "K", name), (F(row[0]), *row[1:]), strict=False))

    return Settings(quick=tuple(map(values, rows)), standard=tuple(map(values, standard)))


# Worst-case programs


def _second_over_first(population: Population, parameters: Values) -> Real:
    return model.average_utility(population, 1) / model.average_utility(population, 0)


def build_borda(parameters: Values) -> Problem:
    """Populations on the K-grid of which the first alternative is a Borda winner."""
    return borda_worst_case(parameters["r"], parameters["K"], parameters["mu"])


def build_misordering(parameters: Values) -> Problem:
    """Populations on the K-grid in which the first alternative scores no less than the second."""
    return misordering_worst_case(parameters["r"], parameters["K"], parameters["mu"])


def decode(parameters: Values, solution: Solution) -> Population:
    """The population of a solution."""
    return decode_population(parameters["K"], len(parameters["mu"]), solution)


def _made_a_winner(population: Population, parameters: Values, rivals: Sequence[int]) -> Population:
    """The population mixed with just enough users who want the first alternative only, so that it scores no less than the rivals."""
    response, mu = GridBTModel(parameters["r"], parameters["K"]), parameters["mu"]
    fan = Population(((F(1),) + (F(0),) * (len(mu) - 1),), (F(1),))
    shares = [F(0)]
    for rival in rivals:
        behind = model.borda_difference(response, population, mu, rival, 0)
        ahead = model.borda_difference(response, fan, mu, 0, rival)
        if behind > 0:
            shares.append(behind / (behind + ahead))
    share = max(shares)
    weights = (*(weight * (1 - share) for weight in population.weights), share)
    return Population(population.utilities + fan.utilities, weights)


def _worth_something(population: Population) -> bool:
    return bool(model.average_utility(population, 0) > 0)


def borda_family(parameters: Values) -> SearchStrategy[Population]:
    """Random grid populations of which the first alternative is a Borda winner, of positive welfare."""
    from instances.strategies import populations

    m = len(parameters["mu"])
    drawn = populations(alternatives=m, K=parameters["K"])
    return drawn.map(lambda population: _made_a_winner(population, parameters, range(1, m))).filter(_worth_something)


def misordering_family(parameters: Values) -> SearchStrategy[Population]:
    """Random grid populations in which the first alternative scores no less than the second, of positive welfare."""
    from instances.strategies import populations

    drawn = populations(alternatives=len(parameters["mu"]), K=parameters["K"])
    return drawn.map(lambda population: _made_a_winner(population, parameters, (1,))).filter(_worth_something)


def borda_program(
    relation: Relation,
    bound: Callable[[Values], Real],
    settings: Settings,
    argument: str = "",
    rests_on: tuple[str, ...] = (),
) -> LinearProgram:
    """The greatest Borda ratio over all populations on the K-grid, for given μ = (x̂, x*, others)."""
    return LinearProgram(
        build=build_borda,
        family=borda_family,
        relation=relation,
        bound=bound,
        decode=decode,
        quantity=_second_over_first,
        settings=settings,
        argument=argument
        or (
            "The program maximises A(x*)/A(x̂) over all populations with utilities in {0, 1/K, …, 1} of which x̂ is "
            "a Borda winner under μ, at β = K·ln r."
        ),
        rests_on=rests_on,
    )


def misordering_program(relation: Relation, bound: Callable[[Values], Real], argument: str = "") -> LinearProgram:
    """The greatest ratio of two misordered alternatives on the K-grid."""
    return LinearProgram(
        build=build_misordering,
        family=misordering_family,
        relation=relation,
        bound=bound,
        decode=decode,
        quantity=_second_over_first,
        argument=argument,
        settings=grid_settings((2, 4, CORNER), (2, 8, CORNER), standard=((F(3, 2), 10, CORNER),)),
    )


def grid_R(parameters: Values) -> Real:  # noqa: N802
    """R(β)."""
    return model.R(grid_beta(parameters))


def grid_R_squared(parameters: Values) -> Real:  # noqa: N802
    """R(β)²."""
    return grid_R(parameters) ** 2


def grid_C_K(parameters: Values) -> Real:  # noqa: N802
    """C_K."""
    return model.C_K(parameters["r"], parameters["K"])


def grid_rho_K(parameters: Values) -> Real:  # noqa: N802
    """ρ_K."""
    return model.rho_K(parameters["r"], parameters["K"])


def grid_Q_K(parameters: Values) -> Real:  # noqa: N802
    """Q_K."""
    return model.Q_K(parameters["r"], parameters["K"])


BORDA_SETTINGS = grid_settings(
    (2, 4, CORNER),
    (2, 4, UNIFORM_3),
    (2, 8, UNIFORM_3),
    standard=((2, 8, (F(1, 100), F(1, 100), F(49, 50))), (2, 4, (F(1, 4),) * 4)),
)
CORNER_SETTINGS = grid_settings((2, 4, CORNER), (2, 8, CORNER), standard=((F(3, 2), 10, CORNER),))
PAIR_SETTINGS = grid_settings((2, 4, (F(1, 2),) * 2), (2, 8, (F(1, 2),) * 2), (F(3, 2), 10, (F(1, 2),) * 2))


def _pool_ranges(parameters: Values) -> dict[str, list[Fraction]]:
    points = [F(j) for j in range(parameters["K"] + 1)]
    return {"a": points, "c": points, "y": points}


def pool_value(point: Any, parameters: Values) -> Real:
    """f(a, c, y) of the pool certificate for Borda at β = K·ln r, with a, c, y in units of 1/K."""
    r, K = parameters["r"], parameters["K"]

    def excess(k: Real) -> Real:
        power = r**k
        return (power - 1) / (2 * (power + 1))

    certificate = borda_certificate(r, K)
    a, c, y = point["a"], point["c"], point["y"]
    first, second = excess(a - y), excess(c - y)
    return certificate.lam * a / K - c / K - certificate.nu * (first - second) - certificate.kappa * first


POOL_CERTIFICATE = Grid(
    ranges=_pool_ranges,
    quantity=pool_value,
    relation=">=",
    bound=measured.zero,
    settings=Settings(
        quick=({"r": F(2), "K": 4}, {"r": F(2), "K": 8}),
        standard=({"r": F(3, 2), "K": 16},),
        full=({"r": F(6, 5), "K": 60},),
    ),
    argument=(
        "f ≥ 0 at all grid points, with ν = 1/s_K, κ = G_K/s_K, λ = C_K: summed over y ~ μ and the users it gives "
        "A(x*) ≤ C_K·A(x̂) "
        "for all m, all μ and all populations on the K-grid, at β = K·ln r."
    ),
)


def _loss(population: Population, parameters: Values) -> Real:
    """A(x*)/C_K − A(x̂) per unit of the error that makes x̂ a winner of the perturbed scores."""
    response = GridBTModel(parameters["r"], parameters["K"])
    error = reals.maximum(model.borda_difference(response, population, parameters["mu"], z, 0) for z in range(1, 3)) / 2
    return (model.average_utility(population, 1) / grid_C_K(parameters) - model.average_utility(population, 0)) / error


def _build_loss(parameters: Values) -> Problem:
    return borda_loss_worst_case(parameters["r"], parameters["K"], parameters["mu"])


def grid_loss_bound(parameters: Values) -> Real:
    """2/(K·s_1)."""
    return 2 / (parameters["K"] * model.s_grid(parameters["r"], 1))


def stability_program(bound: Callable[[Values], Real] = grid_loss_bound, relation: Relation = "==") -> LinearProgram:
    """The greatest loss A(x*)/C_K − A(x̂) per unit of error in the Borda scores."""
    return LinearProgram(
        build=_build_loss,
        relation=relation,
        bound=bound,
        decode=decode,
        quantity=_loss,
        settings=CORNER_SETTINGS,
        argument=(
            "On the K-grid the same dual gives A(x̂) ≥ A(x*)/C_K − 2e/(K·s_1), and the program, over type masses in "
            "units of e with rows BC*(x̂) − BC*(z) ≥ −2, attains it at μ = (0,0,1)."
        ),
    )


LOTTERIES = ((F(1, 2), F(1, 2), F(0)), UNIFORM_3, (F(1, 2), F(1, 4), F(1, 4)))


def _build_lottery(parameters: Values) -> Problem:
    return maximal_lottery_worst_case(parameters["r"], parameters["K"], parameters["pi"], parameters["best"])


def _decode_lottery(parameters: Values, solution: Solution) -> Population:
    return decode_population(parameters["K"], len(parameters["pi"]), solution)


def _best_over_lottery(population: Population, parameters: Values) -> Real:
    return model.average_utility(population, parameters["best"]) / model.lottery_utility(population, parameters["pi"])


def lottery_program(bound: Callable[[Values], Real] = grid_R) -> LinearProgram:
    """The greatest ratio to a maximal lottery π over all populations on the K-grid for which π is maximal."""
    quick = tuple(
        {"r": F(2), "K": K, "pi": pi, "best": best}
        for K, pi in ((4, LOTTERIES[0]), (4, LOTTERIES[1]), (4, LOTTERIES[2]), (8, LOTTERIES[0]))
        for best in range(3)
    )
    standard = tuple({"r": F(3, 2), "K": 10, "pi": pi, "best": best} for pi in LOTTERIES for best in range(3))
    return LinearProgram(
        build=_build_lottery,
        relation="<=",
        bound=bound,
        decode=_decode_lottery,
        quantity=_best_over_lottery,
        settings=Settings(quick=quick, standard=standard),
        argument=(
            "The program maximises A(best)/A(π) over all populations on the K-grid for which π is a maximal lottery, "
            "one program for each alternative that may be best, at β = K·ln r."
        ),
    )


# Witnesses


def witness(
    build: Callable[[Values], Any],
    quantity: Quantity,
    relation: Relation,
    bound: Quantity,
    *settings: Values,
    standard: tuple[Values, ...] = (),
    argument: str = "",
) -> Witness:
    """``quantity relation bound`` at named instances."""
    return Witness(
        instance=build,
        quantity=quantity,
        relation=relation,
        bound=bound,
        settings=Settings(quick=settings or ({},), standard=standard),
        argument=argument,
    )


def hidden_optimum(parameters: Values) -> HiddenOptimum:
    """Theorem 3's population on the K-grid, with ε = 1/K unless given."""
    response = GridBTModel(parameters["r"], parameters["K"]) if "r" in parameters else BTModel(parameters["beta"])
    return HiddenOptimum(
        response, parameters["m"], parameters.get("eps", F(1, parameters.get("K", 1))), parameters.get("xi", F(1))
    )


HIDDEN = ({"r": F(2), "K": 4, "m": 2}, {"r": F(2), "K": 8, "m": 10})
COINS = witness(
    hidden_optimum,
    measured.fair_coin_excess,
    "==",
    measured.zero,
    *HIDDEN,
    argument="At β = K·ln r, ε = 1/K, in exact rationals.",
)
FORCED = witness(
    hidden_optimum,
    measured.forced_ratio,
    "==",
    measured.hidden_optimum_bound,
    *HIDDEN,
    argument="At β = K·ln r, ε = 1/K, in exact rationals.",
)

LOSERS = (
    {"beta": F(4), "m": 10, "eps": F(1, 10), "xi": F(11, 10)},
    {"beta": F(16), "m": 100, "eps": F(1, 100), "xi": F(101, 100)},
)
LOSER = witness(hidden_optimum, measured.loser_margin, ">", measured.zero, *LOSERS, argument="ε = 1/m, ξ = 1 + 1/m.")
LOSER_RATIO = witness(
    hidden_optimum,
    measured.forced_ratio,
    "==",
    measured.condorcet_loser_bound,
    {"r": F(2), "K": 6, "m": 10, "eps": F(1, 6), "xi": F(2)},
    argument="At β = 6·ln 2, ε = 1/6, ξ = 2, in exact rationals.",
)


def losers_avoided_count(instance: HiddenOptimum, parameters: Values) -> Real:
    """1 if maximal lotteries give the Condorcet loser mass 0 and its Borda score is below 1/2, else 0."""
    margins = model.margins(instance.response, instance)
    dominated = all(margins[0][y] < 0 for y in range(1, instance.m)) and all(
        margins[x][y] == 0 for x in range(1, instance.m) for y in range(1, instance.m)
    )
    mu = [F(1, instance.m)] * instance.m
    return F(int(dominated and model.borda_score(instance.response, instance, mu, 0) < F(1, 2)))


LOSERS_AVOIDED = witness(
    hidden_optimum,
    losers_avoided_count,
    "==",
    measured.one,
    {"r": F(2), "K": 6, "m": 4, "eps": F(1, 6), "xi": F(2)},
    argument=(
        "Against every ordinary alternative x₀ loses, and the ordinary ones tie: so a lottery with mass on x₀ loses "
        "to any ordinary alternative and is not maximal. "
        "The same holds for any strict Condorcet loser, and its Borda score is an average of win rates below 1/2 and "
        "of 1/2 for itself."
    ),
)


def same_order_election(parameters: Values) -> Election:
    """The cyclic population under μ."""
    return Election(BTModel(parameters["beta"]), cyclic_population(), parameters["mu"])


SAME_ORDER = witness(
    same_order_election,
    measured.order_disagreements,
    "==",
    measured.zero,
    {"beta": F(4), "mu": UNIFORM_3},
    {"beta": F(2), "mu": (F(1, 2), F(1, 3), F(1, 6))},
    argument="The MLE is enclosed by Krawczyk's test and its order compared with the Borda scores'.",
)


GAMMA_STAR_4 = F(4535242, 10_000_000)
GAMMA_STAR_16 = F(2125053, 10_000_000)


def borda_lower(parameters: Values) -> BordaLowerBound:
    """Theorem 12's instance."""
    return BordaLowerBound(BTModel(parameters["beta"]), parameters["gamma"], parameters["eps"], parameters.get("eps0"))


BORDA_LOWER = witness(
    borda_lower,
    measured.borda_lower_ratio,
    ">",
    measured.borda_lower_target,
    {"beta": F(4), "gamma": GAMMA_STAR_4, "eps": F(1, 1000), "shortfall": F(1, 500)},
    {"beta": F(16), "gamma": GAMMA_STAR_16, "eps": F(1, 10_000), "shortfall": F(1, 5000)},
    {"beta": F(1), "gamma": F(565, 1000), "eps": F(1, 100), "shortfall": F(1, 50)},
    argument=(
        "At the listed β and γ (close to γ*), for q = (1 − shortfall)·C(β,γ); m = 3, larger m by cloning the pool "
        "alternative. "
        "As ε → 0 the instance's ratio tends to C(β,γ), since A(a) = q_A(1 − γ + s(γ)), q_A/ε → R and A(c)/ε → 1."
    ),
)


def exponential_gap(parameters: Values) -> ExponentialGap:
    """Theorem 6's instance."""
    beta = parameters["beta"]
    return ExponentialGap(
        beta,
        parameters["T"],
        parameters.get("copies", ExponentialGap.default_copies(beta)),
        parameters.get("tau", F(1)),
    )


EXPONENTIAL = witness(
    exponential_gap,
    measured.rlhf_ratio,
    ">=",
    measured.exponential_bound,
    {"beta": F(10), "T": F(1000)},
    {"beta": F(12), "T": F(10**6)},
    standard=({"beta": F(16), "T": F(10**9)},),
    argument=(
        "At the listed β, with the clones of c merged (which leaves the population MLE unchanged), k = ⌈4e^β⌉, ε = "
        "e^−T and τ = 1; the rewards and both KL weights are certified roots. "
        "As T grows the ratio tends to A(a)/A(b) = e^β/(10β) for every β ≥ 10."
    ),
)


def quarter_exponential(instance: Misordering, parameters: Values) -> Real:
    """e^β/4."""
    return reals.exp(instance.response.beta) / 4


def misordering(parameters: Values) -> Misordering:
    """The two-type instance of the sharp factor."""
    share = F(1, 10**9)
    return Misordering(
        BTModel(parameters["beta"]), F(1, 100), F(1, 100), F(1001, 1000), (share, share, 1 - 2 * share), F(10**9)
    )


MISORDERED_RLHF = witness(
    misordering,
    measured.rlhf_ratio,
    ">",
    quarter_exponential,
    {"beta": F(4)},
    {"beta": F(2)},
    argument=(
        "v = w = 1/100, odds 1001/1000, μ = (10⁻⁹, 10⁻⁹, ·), T = 10⁹, τ = 1, at the listed β. As v, w, 1 − μ(y) → 0 "
        "and T grows, the ratio tends to cosh²(β/2) for every β."
    ),
)


def cyclic_problem(parameters: Values) -> AlignmentProblem:
    """The cyclic population with its reference policy and budget τ."""
    return AlignmentProblem(BTModel(F(4)), cyclic_population(), CYCLIC_REFERENCE, parameters.get("tau"))


NLHF_RATIO = witness(
    cyclic_problem,
    measured.nlhf_ratio,
    "<=",
    measured.R_of,
    {"tau": F(1, 100)},
    {"tau": F(3, 10)},
    argument="On the cyclic population, with NLHF's equilibrium enclosed by Krawczyk's test.",
)
REGULARISED_RATIO = witness(
    cyclic_problem,
    measured.regularised_nlhf_ratio,
    "<=",
    measured.R_of,
    {"lam": F(1, 5)},
    argument="On the cyclic population, at λ = 1/5.",
)


def tolerance(instance: Any, parameters: Values) -> Real:
    """10⁻¹²."""
    return F(1, 10**12)


REGULARISED_EXPLOITABILITY = witness(
    cyclic_problem,
    measured.regularised_exploitability,
    "<=",
    tolerance,
    {"lam": F(1, 5)},
    argument="On the cyclic population: nobody in the ball of its own KL gains more than 10⁻¹².",
)
CONSTRAINED_EXPLOITABILITY = witness(
    cyclic_problem,
    measured.constrained_exploitability,
    "<=",
    tolerance,
    {"tau": F(1, 100)},
    {"tau": F(3, 10)},
    argument=(
        "On the cyclic population: the policy with the λ that belongs to τ is not exploitable within the ball, up to "
        "10⁻¹²."
    ),
)


def declining(parameters: Values) -> DecliningSequence:
    """Lemma 15's alternatives."""
    return DecliningSequence(parameters["beta"], parameters["m"])


def root_growth(instance: DecliningSequence, parameters: Values) -> Real:
    """β√m/15."""
    return instance.beta * reals.sqrt(F(instance.m)) / 15


THEOREM_9 = ({"beta": F(8), "m": 14, "eps": F(1, 10_000)}, {"beta": F(2), "m": 10, "eps": F(1, 10_000)})
THEOREM_9_ABOVE = {"beta": F(8), "m": 20, "eps": F(1, 10_000)}
DECLINING = witness(
    declining,
    measured.rlhf_ratio_on_pairs,
    ">=",
    root_growth,
    *THEOREM_9,
    standard=(THEOREM_9_ABOVE, {"beta": F(16), "m": 20, "eps": F(1, 10_000)}),
    argument=(
        "At the listed (β, m, ε), with all m − 1 rewards enclosed by Krawczyk's test. For ε → 0 only adjacent pairs "
        "are compared, so the rewards increase along the sequence by Lemma 15 (C18), and A(a_m) → 0 as m grows."
    ),
)
DECLINING_ABOVE_R = witness(
    declining,
    measured.rlhf_ratio_on_pairs,
    ">",
    measured.R_of,
    THEOREM_9_ABOVE,
    argument="At β = 8, m = 20, ε = 10⁻⁴; NLHF's distortion on the same data is at most R (C14).",
)


# Sampled comparisons. Two alternatives, μ = (1/2, 1/2), win rate p of alternative 0 over 1.

CORRELATIONS = tuple(mode.value for mode in UserCorrelation)
TRIALS = {"quick": 120, "standard": 1_000, "full": 20_000}


def sampling_settings(n: int, d: int) -> Settings:
    """One setting per mode of within-user correlation."""
    return Settings(
        quick=tuple({"n": n, "d": d, "p": F(2, 3), "delta": F(1, 20), "correlation": mode} for mode in CORRELATIONS)
    )


def _tally(parameters: Values, rng: Any) -> Tally:
    return draw_pair_tally(
        parameters["n"], parameters["d"], parameters["p"], UserCorrelation(parameters["correlation"]), rng
    )


def delta(parameters: Values) -> Fraction:
    """The claimed failure probability δ."""
    return Fraction(parameters["delta"])


def _radius_of(radius: Callable[..., Real], parameters: Values) -> Real:
    return radius(2, parameters["n"], parameters["d"], F(1, 2), parameters["delta"])


def _win_rate_fails(parameters: Values, rng: Any) -> bool:
    """Whether p_n is off by more than e₁₀."""
    rate = empirical_win_rates(_tally(parameters, rng))[0][1]
    return bool(abs(rate - parameters["p"]) > _radius_of(win_rate_radius, parameters))


def _borda_fails(parameters: Values, rng: Any) -> bool:
    """Whether a Borda score is off by more than e."""
    scores = borda_scores_of(_tally(parameters, rng))
    limits = (F(1, 4) + parameters["p"] / 2, F(1, 4) + (1 - parameters["p"]) / 2)
    return any(
        abs(score - limit) > _radius_of(borda_radius, parameters) for score, limit in zip(scores, limits, strict=True)
    )


BETA_2 = F(2)
SHARE = F(9, 10)
"""The share of users with utilities (0, 1); the others have (1, 0). β = 2."""


def _second_wins(parameters: Values) -> Fraction:
    """The win rate of alternative 0, rounded down to 30 binary digits: a little less than the model's, for drawing only."""
    rate = reals.ball(F(1, 2) - (2 * SHARE - 1) * model.S(BETA_2)).mid
    return F(int(rate * 2**30), 2**30)


def _welfare(choice: tuple[Fraction, ...]) -> Fraction:
    return choice[0] * (1 - SHARE) + choice[1] * SHARE


def _borda_loses(parameters: Values, rng: Any) -> bool:
    """Whether Borda's welfare falls short of A(x*)/R² − 8e/β."""
    tally = _tally(dict(parameters, p=_second_wins(parameters)), rng)
    return bool(
        _welfare(uniform_on_best(borda_scores_of(tally)))
        < SHARE / model.R(BETA_2) ** 2 - 8 * _radius_of(borda_radius, parameters) / BETA_2
    )


def _nlhf_loses(parameters: Values, rng: Any) -> bool:
    """Whether the maximal lottery's welfare falls short of A(x*)/R − 4e₁₀/β."""
    rate = empirical_win_rates(_tally(dict(parameters, p=_second_wins(parameters)), rng))[0][1]
    choice = uniform_on_best((rate, 1 - rate))
    return bool(_welfare(choice) < SHARE / model.R(BETA_2) - 4 * _radius_of(win_rate_radius, parameters) / BETA_2)


def experiment(event: str, trial: Callable[[Values, Any], bool], n: int, d: int, argument: str) -> Experiment:
    """P(event) <= δ, in each mode of within-user correlation."""
    return Experiment(
        event=event,
        trial=trial,
        relation="<=",
        probability=delta,
        trials=TRIALS,
        settings=sampling_settings(n, d),
        argument=argument,
    )


WELFARE_ARGUMENT = (
    "If the event has probability at most δ, the expectation is at least (1 − δ) times the guarantee, because "
    "welfare is never negative. Simulated with m = 2, β = 2, 9/10 of the users having utilities (0,1) and the rest "
    "(1,0), "
    "at an n for which the guarantee is positive; for smaller n it is vacuous (below 10⁵ users it says nothing here)."
)
BORDA_SAMPLING = experiment("Borda's welfare is below A(x*)/R² − 8e/β", _borda_loses, 10**6, 4, WELFARE_ARGUMENT)
NLHF_SAMPLING = experiment(
    "the maximal lottery's welfare is below A(x*)/R − 4e₁₀/β", _nlhf_loses, 10**6, 4, WELFARE_ARGUMENT
)
CONCENTRATION = experiment(
    "|p_n − p| > e₁₀",
    _win_rate_fails,
    10**4,
    4,
    "Simulated with m = 2, μ = (1/2, 1/2), p = 2/3, one setting per mode of correlation within a user.",
)
BORDA_CONCENTRATION = experiment(
    "a Borda score is off by more than e",
    _borda_fails,
    10**5,
    4,
    "Simulated with m = 2, μ = (1/2, 1/2), p = 2/3, one setting per mode of correlation within a user.",
)


# Growth


def _declining_welfare(size: int, parameters: Values) -> Real:
    return model.average_utility(DecliningSequence(F(2), size), size - 1)


DECLINING_WELFARE = Scaling(
    quantity=_declining_welfare,
    exponent=F(-1, 2),
    band=F(1, 20),
    sizes={
        "quick": (100, 200, 400, 800, 1600),
        "standard": (200, 400, 800, 1600, 3200),
        "full": (250, 500, 1000, 2000, 4000, 8000),
    },
    argument="A_t·β√t → √6 is asserted as growth t^(−1/2), at β = 2.",
)


def _rlhf_growth(size: int, parameters: Values) -> Real:
    return model.average_utility(DecliningSequence(F(8), size), 0) / model.average_utility(
        DecliningSequence(F(8), size), size - 1
    )


DECLINING_RATE = Scaling(
    quantity=_rlhf_growth,
    exponent=F(1, 2),
    band=F(1, 20),
    sizes={
        "quick": (100, 200, 400, 800, 1600),
        "standard": (200, 400, 800, 1600, 3200),
        "full": (250, 500, 1000, 2000, 4000, 8000),
    },
    argument="While RLHF outputs a_m the ratio is (1/3)/A(a_m), at β = 8; its growth in m is fitted.",
)


def _asymptotic_gap(parameters: Any, values: Values) -> Real:
    """|C* − (β − ln(2β)/2 − 1/2)|·β."""
    beta = values["beta"]
    return abs(model.C_star(beta) - (beta - reals.log(2 * beta) / 2 - F(1, 2))) * beta


def _half(parameters: Any, values: Values) -> Real:
    return F(1, 2)


ASYMPTOTIC = Witness(
    instance=lambda parameters: None,
    quantity=_asymptotic_gap,
    relation="<=",
    bound=_half,
    settings=Settings(
        quick=tuple({"beta": F(b)} for b in (8, 16, 32, 64)), standard=({"beta": F(256)}, {"beta": F(1024)})
    ),
    argument="At the listed β, C* differs from β − ln(2β)/2 − 1/2 by at most 1/(2β) (the constant is assay's).",
)


def _plackett_luce_users(parameters: Values) -> list[tuple[Fraction, ...]]:
    grid = [F(j, parameters["K"]) for j in range(parameters["K"] + 1)]
    return [tuple(user) for user in product(grid, repeat=parameters["m"])]


def _marginals_agree(user: tuple[Fraction, ...], parameters: Values) -> bool:
    response = GridBTModel(parameters["r"], parameters["K"])
    marginals = plackett_luce_marginals(response, user)
    return all(
        marginals[x][y] == response.win(user[x] - user[y]) for x in range(len(user)) for y in range(len(user)) if x != y
    )


PLACKETT_LUCE = Enumeration(
    statement="every ranking-based win rate of a Plackett–Luce user equals σ(β(u(x) − u(y)))",
    elements=_plackett_luce_users,
    predicate=_marginals_agree,
    settings=Settings(quick=({"r": F(2), "K": 2, "m": 3}, {"r": F(3), "K": 2, "m": 4})),
    argument=(
        "All users with utilities on the K-grid, all m! rankings of each, at β = K·ln r. That NLHF's population "
        "output is a function of (D, π_ref, τ) alone is its definition: the game of p = p_D on the KL ball, in which "
        "μ and ν do not occur."
    ),
)


# RLHF and DPO as KL-regularised policies

WINS = ((F(0), F(3), F(4)), (F(2), F(0), F(5)), (F(1), F(2), F(0)))
DPO_DATA = {"wins": WINS, "ref": (F(1, 5), F(3, 10), F(1, 2)), "lam": F(7, 10)}
GIBBS_DATA = {"rewards": (F(0), F(1), F(3)), "ref": (F(1, 2), F(3, 10), F(1, 5))}


def gibbs_problem(parameters: Values) -> Any:
    """Rewards (0, 1, 3), reference (1/2, 3/10, 1/5), budget τ."""
    return GIBBS_DATA | {"tau": parameters["tau"]}


GIBBS = witness(
    gibbs_problem,
    measured.gibbs_gap,
    "<=",
    tolerance,
    {"tau": F(1, 10)},
    {"tau": F(2, 5)},
    {"tau": F(1)},
    argument=(
        "For rewards (0, 1, 3): the policy at the multiplier λ that belongs to τ has the value of the dual bound λτ "
        "+ λ·ln Σ π_ref e^{r/λ}, up to 10⁻¹²."
    ),
)


def dpo_data(parameters: Values) -> Any:
    """Wins [[0,3,4],[2,0,5],[1,2,0]], reference (1/5, 3/10, 1/2), λ = 7/10."""
    return DPO_DATA


DPO_POLICY = witness(
    dpo_data,
    measured.dpo_distance,
    "<=",
    tolerance,
    argument=(
        "On wins [[0,3,4],[2,0,5],[1,2,0]]: DPO's minimiser, from its own stationarity, and RLHF's policy from the "
        "reward MLE agree up to 10⁻¹²."
    ),
)


# Random populations: they support, and would refute


def grid_elections(parameters: Values) -> SearchStrategy[Election]:
    """Elections on a K-grid with every edge case of the strategies."""
    from instances.strategies import elections

    return elections(grid=True)


def linearisation_excess(election: Election, parameters: Values) -> Real:
    """The greatest p(x ≻ y) − 1/2 − β(L·A(x) − ℓ·A(y)) over all ordered pairs."""
    response, population = election.response, election.population
    utilities = model.average_utilities(population)
    beta = response.beta
    return reals.maximum(
        model.win_excess(response, population, x, y) - beta * utilities[x] / 4 + model.ell(beta) * beta * utilities[y]
        for x in range(len(utilities))
        for y in range(len(utilities))
    )


def borda_excess_loss(election: Election, parameters: Values) -> Real:
    """max A − R²·A(x̂), for the first Borda winner x̂."""
    winner = model.borda_winners(election.response, election.population, election.mu)[0]
    welfare = model.average_utility(election.population, winner)
    return model.best_average_utility(election.population) - model.R(election.response.beta) ** 2 * welfare


EXAMPLES = {"quick": 60, "standard": 1_000, "full": 10_000}
RANDOM_LINEARISATION = Property(
    family=grid_elections,
    quantity=linearisation_excess,
    relation="<=",
    bound=measured.zero,
    examples=EXAMPLES,
    argument="Random populations on K-grids, all ordered pairs; ties, weights 0, duplicate alternatives and m = 1 among them.",
)
RANDOM_BORDA = Property(
    family=grid_elections,
    quantity=borda_excess_loss,
    relation="<=",
    bound=measured.zero,
    examples=EXAMPLES,
    argument="Random populations and sampling weights on K-grids; ties, weights 0, duplicate alternatives and m = 1 among them.",
)
