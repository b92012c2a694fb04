"""Evaluations of the claims about RLHF and DPO: exponential and unbounded ratios, Gibbs policies, DPO, footnote 10."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from claims.alignment_distortion import model
from claims.alignment_distortion.kl_ball import Reference, Tilt, dual_value, maximise, regularised_policy
from claims.alignment_distortion.maximal_lotteries import maximal_lottery
from claims.alignment_distortion.measuring import (
    BUDGET,
    OPEN_UNIT,
    REF,
    TAU,
    UTILITIES,
    WEIGHTS,
    Evaluation,
    as_ball,
    benchmark,
    compared,
    is_grid,
    noise,
    population_of,
    real_response_of,
    reference_of,
    response_of,
    sharpened,
    welfare_ratio,
)
from claims.alignment_distortion.pair_threshold import largest_eps_with_last_winner
from claims.alignment_distortion.rewards import (
    Wins,
    dpo_policy,
    implicit_reward_shift,
    maximum_likelihood_rewards,
    negative_log_likelihood,
    pair_law_rewards,
    population_rewards,
    wins_of_table,
)
from claims.claim import Measurement
from claims.errors import ParameterError
from claims.parameters import FULL_SUPPORT, POSITIVE, Integers, Lists, Matrices, Parameter, Rationals, Values
from exact import reals
from exact.reals import Real
from instances import PopulationView
from instances.preference_constructions import DecliningSequence, ExponentialGap, adjacent_pair_law


@sharpened
def exponential_gap(values: Values) -> Measurement:
    """C12: the ratio of RLHF on the construction of Theorem 6 with its clones merged, against e^β/(44β)."""
    beta = response_of(values).beta
    copies = values.get("copies") or (ceil(4 * values["r"] ** values["K"]) if is_grid(values) else ExponentialGap.default_copies(beta))
    instance = ExponentialGap(beta, values["T"], copies)
    rewards = population_rewards(instance.response, instance, instance.mu)
    ref = Reference.from_logs(instance.log_ref)
    found = maximise(rewards, ref, values["tau"])
    best = benchmark(instance, ref, values["tau"])
    averages = model.average_utilities(instance)
    shown = {
        "rewards": as_ball([rewards[0] - rewards[2], rewards[1] - rewards[2], Fraction(0)]),
        "avg_utils": as_ball(averages),
        "policy": as_ball(found.policy),
        "best_policy": as_ball(best.policy),
        "limit_ratio": as_ball(averages[0] / averages[1]),
        "delta": as_ball(instance.weights[0]),
    }
    ratio, _ = welfare_ratio(best.value, instance, found.policy)
    return compared(as_ball(ratio), ">=", as_ball(reals.exp(beta) / (44 * beta)), shown)


@sharpened
def adjacent_pairs(values: Values) -> Measurement:
    """C17: the ratio of RLHF when adjacent pairs of the declining sequence are compared, against that of the last alternative."""
    response, m = real_response_of(values), values["m"]
    sequence = DecliningSequence(response.beta, m)
    population = PopulationView(sequence.utilities, sequence.weights)
    averages = model.average_utilities(population)
    rewards = pair_law_rewards(response, population, adjacent_pair_law(m, values["eps"]))
    winners = reals.argmax(rewards)
    chosen = model.total(averages[x] for x in winners) / len(winners)
    margins = model.margins(response, population)
    nash = model.dot(maximal_lottery(margins), averages)
    best = reals.maximum(averages)
    shown = {
        "winner": winners[0] + 1,
        "rewards": as_ball(rewards),
        "R": as_ball(model.R(response.beta)),
        "ml_ratio": as_ball(best / nash),
        "eps_max": largest_eps_with_last_winner(margins),
    }
    found = compared(as_ball(best / chosen), "==", as_ball(Fraction(1, 3) / averages[-1]), shown)
    return Measurement(found.measured, found.bound, shown, "==", holds=winners == (m - 1,))


@sharpened
def gibbs_policy(values: Values) -> Measurement:
    """C22: the primal value of the best policy in the ball, against the dual value."""
    rewards: tuple[Fraction, ...] = values["rewards"]
    ref, tau = reference_of(values, len(rewards)), values["tau"]
    found = maximise(rewards, ref, tau)
    shown = {"value": as_ball(found.value), "lam": as_ball(found.lam), "policy": as_ball(found.policy), "kl": as_ball(found.kl)}
    primal, dual = model.dot(found.policy, rewards), dual_value(found, ref, rewards, tau)
    return compared(as_ball(primal), "==", as_ball(dual), shown)


@sharpened
def direct_preference_optimisation(values: Values) -> Measurement:
    """C23: the greatest difference between DPO's policy and regularised RLHF's."""
    wins = _wins_of(values)
    ref = reference_of(values, len(values["wins"]))
    rewards, found = _regularised_rlhf(wins, ref, values["lam"])
    direct = dpo_policy(wins, ref, values["lam"])
    difference = reals.maximum([abs(a - b) for a, b in zip(direct, found.policy, strict=True)])
    shown = {
        "rewards": as_ball(rewards),
        "policy": as_ball(found.policy),
        "loss": as_ball(negative_log_likelihood(wins, rewards)),
        "shift": as_ball(implicit_reward_shift(found.log_normaliser, values["lam"])),
    }
    return compared(as_ball(difference), "==", Fraction(0), shown)


@sharpened
def missing_normaliser(values: Values) -> Measurement:
    """P2: Σ π_ref e^{r/λ}, which the printed closed form of DPO's policy takes for 1."""
    if "rewards" in values:
        rewards: Sequence[Real] = values["rewards"]
        ref = reference_of(values, len(rewards))
    else:
        ref = reference_of(values, len(values["wins"]))
        rewards = maximum_likelihood_rewards(len(ref), _wins_of(values))
    mass = model.total(weight * reals.exp(reward / values["lam"]) for weight, reward in zip(ref.weights, rewards, strict=True))
    return compared(as_ball(mass), "==", Fraction(1), {"rewards": as_ball(rewards)})


def _regularised_rlhf(wins: Wins, ref: Reference, lam: Fraction) -> tuple[tuple[Real, ...], Tilt]:
    rewards = maximum_likelihood_rewards(len(ref), wins)
    return rewards, regularised_policy(rewards, ref, lam)


def _wins_of(values: Values) -> Wins:
    table = values["wins"]
    for x, row in enumerate(table):
        if row[x] != 0:
            raise ParameterError(f"wins: entry {x + 1} of row {x + 1} is {row[x]}; an alternative cannot beat itself, so the diagonal is 0")
    return wins_of_table(table)


@sharpened
def changed_benchmark(values: Values) -> Measurement:
    """C25: the ratio of "always return π_ref" when the benchmark is the ball of the output's own divergence, which is 0; and the real ratio."""
    population = population_of(values)
    ref = reference_of(values, population.alternatives)
    own = benchmark(population, ref, Fraction(0)).value
    ratio, _ = welfare_ratio(own, population, ref.policy())
    real, _ = welfare_ratio(benchmark(population, ref, values["tau"]).value, population, ref.policy())
    return compared(ratio, "==", Fraction(1), {"ratio": as_ball(real)})


_WINS = Parameter("wins", Matrices(Rationals(lower=0), square=True), "wins[x][y]: how often x beat y", ((0, 3, 4), (2, 0, 5), (1, 2, 0)))
_WINS_REF = Parameter("ref", FULL_SUPPORT, "the reference policy", (Fraction(1, 5), Fraction(3, 10), Fraction(1, 2)))
_WINS_LAM = Parameter("lam", POSITIVE, "KL weight λ", Fraction(7, 10))

EVALUATIONS: dict[str, Evaluation] = {
    "C12": ((
        *noise(beta=Fraction(10)),
        Parameter("T", POSITIVE, "ln(1/ε), ε the reference mass of the clones of c", Fraction(1000)),
        Parameter("copies", Integers(lower=1), "how many clones of c (unset: ⌈4e^β⌉)"),
        Parameter("tau", BUDGET, TAU.meaning, Fraction(1)),
    ), exponential_gap),
    "C17": ((
        *noise(beta=Fraction(8)),
        Parameter("m", Integers(lower=3, upper=200), "how many alternatives", 20),
        Parameter("eps", OPEN_UNIT, "ε, the share of pairs that are not adjacent", Fraction(1, 10_000)),
    ), adjacent_pairs),
    "C22": ((
        Parameter("rewards", Lists(Rationals()), "one reward per alternative", (0, 1, 3)),
        Parameter("ref", FULL_SUPPORT, REF.meaning, (Fraction(1, 2), Fraction(3, 10), Fraction(1, 5))),
        TAU,
    ), gibbs_policy),
    "C23": ((_WINS, _WINS_REF, _WINS_LAM), direct_preference_optimisation),
    "C25": ((UTILITIES, WEIGHTS, REF, Parameter("tau", BUDGET, TAU.meaning, "inf")), changed_benchmark),
    "P2": ((
        Parameter("wins", _WINS.domain, _WINS.meaning, _WINS.default, excludes=("rewards",)),
        Parameter("rewards", Lists(Rationals()), "one reward per alternative, in place of wins", excludes=("wins",)),
        _WINS_REF, _WINS_LAM,
    ), missing_normaliser),
}

