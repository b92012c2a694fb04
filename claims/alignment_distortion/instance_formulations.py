"""Formulations on instances: worst-case programs, pool certificates, witnesses and experiments that stand beside the analytic proofs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from claims import Enumeration, Experiment, Grid, LinearProgram, Scaling, Settings, Witness
from claims.alignment_distortion import model, sampling
from claims.alignment_distortion import quantities as measured
from claims.alignment_distortion.voting import plackett_luce_marginals
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
from instances import AlignmentProblem, BTModel, Election, GridBTModel, Population
from instances.preference_constructions import (
    CYCLIC_REFERENCE,
    BordaLowerBound,
    DecliningSequence,
    ExponentialGap,
    HiddenOptimum,
    Misordering,
    cyclic_population,
)

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


def borda_program(relation: Relation, bound: Callable[[Values], Real], settings: Settings, argument: str = "", rests_on: tuple[str, ...] = ()) -> LinearProgram:
    """The greatest Borda ratio over all populations on the K-grid, for given μ = (x̂, x*, others)."""
    return LinearProgram(build=build_borda, relation=relation, bound=bound, decode=decode, quantity=_second_over_first, settings=settings, argument=argument or (
        "The program maximises A(x*)/A(x̂) over all populations with utilities in {0, 1/K, …, 1} of which x̂ is a Borda winner under μ, at β = K·ln r."), rests_on=rests_on)


def misordering_program(relation: Relation, bound: Callable[[Values], Real], argument: str = "") -> LinearProgram:
    """The greatest ratio of two misordered alternatives on the K-grid."""
    return LinearProgram(build=build_misordering, relation=relation, bound=bound, decode=decode, quantity=_second_over_first, argument=argument,
                         settings=grid_settings((2, 4, CORNER), (2, 8, CORNER), standard=((F(3, 2), 10, CORNER),)))


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


BORDA_SETTINGS = grid_settings((2, 4, CORNER), (2, 4, UNIFORM_3), (2, 8, UNIFORM_3), standard=((2, 8, (F(1, 100), F(1, 100), F(49, 50))), (2, 4, (F(1, 4),) * 4)))
CORNER_SETTINGS = grid_settings((2, 4, CORNER), (2, 8, CORNER), standard=((F(3, 2), 10, CORNER),))
PAIR_SETTINGS = grid_settings((2, 4, (F(1, 2),) * 2), (2, 8, (F(1, 2),) * 2), (F(3, 2), 10, (F(1, 2),) * 2))


def _pool_ranges(parameters: Values) -> dict[str, list[Fraction]]:
    points = [F(j) for j in range(parameters["K"] + 1)]
    return {"a": points, "c": points, "y": points}


def pool_value(point: Any, parameters: Values) -> Real:
    """f(a, c, y) of the pool certificate for Borda at β = K·ln r, with a, c, y in units of 1/K."""
    r, K = parameters["r"], parameters["K"]  # noqa: N806

    def excess(k: Real) -> Real:
        power = r**k
        return (power - 1) / (2 * (power + 1))

    certificate = borda_certificate(r, K)
    a, c, y = point["a"], point["c"], point["y"]
    first, second = excess(a - y), excess(c - y)
    return certificate.lam * a / K - c / K - certificate.nu * (first - second) - certificate.kappa * first


POOL_CERTIFICATE = Grid(
    ranges=_pool_ranges, quantity=pool_value, relation=">=", bound=measured.zero,
    settings=Settings(quick=({"r": F(2), "K": 4}, {"r": F(2), "K": 8}), standard=({"r": F(3, 2), "K": 16},), full=({"r": F(6, 5), "K": 60},)),
    argument=("f ≥ 0 at all grid points, with ν = 1/s_K, κ = G_K/s_K, λ = C_K: summed over y ~ μ and the users it gives A(x*) ≤ C_K·A(x̂) "
              "for all m, all μ and all populations on the K-grid, at β = K·ln r."))


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
    return LinearProgram(build=_build_loss, relation=relation, bound=bound, decode=decode, quantity=_loss, settings=CORNER_SETTINGS, argument=(
        "On the K-grid the same dual gives A(x̂) ≥ A(x*)/C_K − 2e/(K·s_1), and the program, over type masses in units of e with rows BC*(x̂) − BC*(z) ≥ −2, attains it at μ = (0,0,1)."))


LOTTERIES = ((F(1, 2), F(1, 2), F(0)), UNIFORM_3, (F(1, 2), F(1, 4), F(1, 4)))


def _build_lottery(parameters: Values) -> Problem:
    return maximal_lottery_worst_case(parameters["r"], parameters["K"], parameters["pi"], parameters["best"])


def _decode_lottery(parameters: Values, solution: Solution) -> Population:
    return decode_population(parameters["K"], len(parameters["pi"]), solution)


def _best_over_lottery(population: Population, parameters: Values) -> Real:
    return model.average_utility(population, parameters["best"]) / model.lottery_utility(population, parameters["pi"])


def lottery_program(bound: Callable[[Values], Real] = grid_R) -> LinearProgram:
    """The greatest ratio to a maximal lottery π over all populations on the K-grid for which π is maximal."""
    quick = tuple({"r": F(2), "K": K, "pi": pi, "best": best} for K, pi in ((4, LOTTERIES[0]), (4, LOTTERIES[1]), (4, LOTTERIES[2]), (8, LOTTERIES[0])) for best in range(3))
    standard = tuple({"r": F(3, 2), "K": 10, "pi": pi, "best": best} for pi in LOTTERIES for best in range(3))
    return LinearProgram(build=_build_lottery, relation="<=", bound=bound, decode=_decode_lottery, quantity=_best_over_lottery,
                         settings=Settings(quick=quick, standard=standard), argument=(
        "The program maximises A(best)/A(π) over all populations on the K-grid for which π is a maximal lottery, one program for each alternative that may be best, at β = K·ln r."))


# Witnesses


def witness(build: Callable[[Values], Any], quantity: Quantity, relation: Relation, bound: Quantity, *settings: Values, standard: tuple[Values, ...] = (), argument: str = "") -> Witness:
    """``quantity relation bound`` at named instances."""
    return Witness(instance=build, quantity=quantity, relation=relation, bound=bound, settings=Settings(quick=settings or ({},), standard=standard), argument=argument)


def hidden_optimum(parameters: Values) -> HiddenOptimum:
    """Theorem 3's population on the K-grid, with ε = 1/K unless given."""
    response = GridBTModel(parameters["r"], parameters["K"]) if "r" in parameters else BTModel(parameters["beta"])
    return HiddenOptimum(response, parameters["m"], parameters.get("eps", F(1, parameters.get("K", 1))), parameters.get("xi", F(1)))


HIDDEN = ({"r": F(2), "K": 4, "m": 2}, {"r": F(2), "K": 8, "m": 10})
COINS = witness(hidden_optimum, measured.fair_coin_excess, "==", measured.zero, *HIDDEN, argument="At β = K·ln r, ε = 1/K, in exact rationals.")
FORCED = witness(hidden_optimum, measured.forced_ratio, "==", measured.hidden_optimum_bound, *HIDDEN, argument="At β = K·ln r, ε = 1/K, in exact rationals.")

LOSERS = ({"beta": F(4), "m": 10, "eps": F(1, 10), "xi": F(11, 10)}, {"beta": F(16), "m": 100, "eps": F(1, 100), "xi": F(101, 100)})
LOSER = witness(hidden_optimum, measured.loser_margin, ">", measured.zero, *LOSERS, argument="ε = 1/m, ξ = 1 + 1/m.")
LOSER_RATIO = witness(hidden_optimum, measured.forced_ratio, ">=", measured.condorcet_loser_bound, LOSERS[0] | {"beta": F(8)}, argument="ε = 1/m, ξ = 1 + 1/m.")


def losers_avoided_count(instance: HiddenOptimum, parameters: Values) -> Real:
    """1 if maximal lotteries give the Condorcet loser mass 0 and its Borda score is below 1/2, else 0."""
    margins = model.margins(instance.response, instance)
    dominated = all(margins[0][y] < 0 for y in range(1, instance.m)) and all(margins[x][y] == 0 for x in range(1, instance.m) for y in range(1, instance.m))
    mu = [F(1, instance.m)] * instance.m
    return F(int(dominated and model.borda_score(instance.response, instance, mu, 0) < F(1, 2)))


LOSERS_AVOIDED = witness(
    hidden_optimum, losers_avoided_count, "==", measured.one, {"r": F(2), "K": 6, "m": 4, "eps": F(1, 6), "xi": F(2)},
    argument=("Against every ordinary alternative x₀ loses, and the ordinary ones tie: so a lottery with mass on x₀ loses to any ordinary alternative and is not maximal. "
              "The same holds for any strict Condorcet loser, and its Borda score is an average of win rates below 1/2 and of 1/2 for itself."))


def same_order_election(parameters: Values) -> Election:
    """The cyclic population under μ."""
    return Election(BTModel(parameters["beta"]), cyclic_population(), parameters["mu"])


SAME_ORDER = witness(same_order_election, measured.order_disagreements, "==", measured.zero, {"beta": F(4), "mu": UNIFORM_3}, {"beta": F(2), "mu": (F(1, 2), F(1, 3), F(1, 6))},
                     argument="The MLE is enclosed by Krawczyk's test and its order compared with the Borda scores'.")


GAMMA_STAR_4 = F(4535242, 10_000_000)
GAMMA_STAR_16 = F(2125053, 10_000_000)


def borda_lower(parameters: Values) -> BordaLowerBound:
    """Theorem 12's instance."""
    return BordaLowerBound(BTModel(parameters["beta"]), parameters["gamma"], parameters["eps"], parameters.get("eps0"))


BORDA_LOWER = witness(
    borda_lower, measured.borda_lower_ratio, ">", measured.borda_lower_target,
    {"beta": F(4), "gamma": GAMMA_STAR_4, "eps": F(1, 1000), "shortfall": F(1, 500)},
    {"beta": F(16), "gamma": GAMMA_STAR_16, "eps": F(1, 10_000), "shortfall": F(1, 5000)},
    {"beta": F(1), "gamma": F(565, 1000), "eps": F(1, 100), "shortfall": F(1, 50)},
    argument=("At the listed β and γ (close to γ*), for q = (1 − shortfall)·C(β,γ); m = 3, larger m by cloning the pool alternative. "
              "As ε → 0 the instance's ratio tends to C(β,γ), since A(a) = q_A(1 − γ + s(γ)), q_A/ε → R and A(c)/ε → 1."))


def excess_deficit(beta: Real) -> Real:
    """β − C*(β)."""
    return beta - model.C_star(beta)


def exponential_gap(parameters: Values) -> ExponentialGap:
    """Theorem 6's instance."""
    beta = parameters["beta"]
    return ExponentialGap(beta, parameters["T"], parameters.get("copies", ExponentialGap.default_copies(beta)), parameters.get("tau", F(1)))


EXPONENTIAL = witness(
    exponential_gap, measured.rlhf_ratio, ">=", measured.exponential_bound, {"beta": F(10), "T": F(1000)}, {"beta": F(12), "T": F(10**6)}, standard=({"beta": F(16), "T": F(10**9)},),
    argument=("At the listed β, with the clones of c merged (which leaves the population MLE unchanged), k = ⌈4e^β⌉, ε = e^−T and τ = 1; the rewards and both KL weights are certified roots. "
              "As T grows the ratio tends to A(a)/A(b) = e^β/(10β) for every β ≥ 10."))


def quarter_exponential(instance: Misordering, parameters: Values) -> Real:
    """e^β/4."""
    return reals.exp(instance.response.beta) / 4


def misordering(parameters: Values) -> Misordering:
    """The two-type instance of the sharp factor."""
    share = F(1, 10**9)
    return Misordering(BTModel(parameters["beta"]), F(1, 100), F(1, 100), F(1001, 1000), (share, share, 1 - 2 * share), F(10**9))


MISORDERED_RLHF = witness(misordering, measured.rlhf_ratio, ">", quarter_exponential, {"beta": F(4)}, {"beta": F(5)}, argument=(
    "v = w = 1/100, odds 1001/1000, μ = (10⁻⁹, 10⁻⁹, ·), T = 10⁹, τ = 1, at the listed β. As v, w, 1 − μ(y) → 0 and T grows, the ratio tends to cosh²(β/2) for every β."))


def cyclic_problem(parameters: Values) -> AlignmentProblem:
    """The cyclic population with its reference policy and budget τ."""
    return AlignmentProblem(BTModel(F(4)), cyclic_population(), CYCLIC_REFERENCE, parameters.get("tau"))


NLHF_RATIO = witness(cyclic_problem, measured.nlhf_ratio, "<=", measured.R_of, {"tau": F(1, 100)}, {"tau": F(3, 10)}, argument="On the cyclic population, with NLHF's equilibrium enclosed by Krawczyk's test.")
REGULARISED_RATIO = witness(cyclic_problem, measured.regularised_nlhf_ratio, "<=", measured.R_of, {"lam": F(1, 5)}, argument="On the cyclic population, at λ = 1/5.")


def tolerance(instance: Any, parameters: Values) -> Real:
    """10⁻¹²."""
    return F(1, 10**12)


REGULARISED_EXPLOITABILITY = witness(cyclic_problem, measured.regularised_exploitability, "<=", tolerance, {"lam": F(1, 5)}, argument="On the cyclic population: nobody in the ball of its own KL gains more than 10⁻¹².")
CONSTRAINED_EXPLOITABILITY = witness(cyclic_problem, measured.constrained_exploitability, "<=", tolerance, {"tau": F(1, 100)}, {"tau": F(3, 10)}, argument=(
    "On the cyclic population: the policy with the λ that belongs to τ is not exploitable within the ball, up to 10⁻¹²."))


def declining(parameters: Values) -> DecliningSequence:
    """Lemma 15's alternatives."""
    return DecliningSequence(parameters["beta"], parameters["m"])


def root_growth(instance: DecliningSequence, parameters: Values) -> Real:
    """β√m/15."""
    return instance.beta * reals.sqrt(F(instance.m)) / 15


THEOREM_9 = ({"beta": F(8), "m": 14, "eps": F(1, 10_000)}, {"beta": F(2), "m": 10, "eps": F(1, 10_000)})
THEOREM_9_ABOVE = {"beta": F(8), "m": 20, "eps": F(1, 10_000)}
DECLINING = witness(declining, measured.rlhf_ratio_on_pairs, ">=", root_growth, *THEOREM_9, standard=(THEOREM_9_ABOVE, {"beta": F(16), "m": 20, "eps": F(1, 10_000)}), argument=(
    "At the listed (β, m, ε), with all m − 1 rewards enclosed by Krawczyk's test. For ε → 0 only adjacent pairs are compared, so the rewards increase along the sequence by Lemma 15 (C18), and A(a_m) → 0 as m grows."))
DECLINING_ABOVE_R = witness(declining, measured.rlhf_ratio_on_pairs, ">", measured.R_of, THEOREM_9_ABOVE, argument="At β = 8, m = 20, ε = 10⁻⁴; NLHF's distortion on the same data is at most R (C14).")
