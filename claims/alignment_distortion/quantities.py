"""The quantities that witnesses measure: pure functions of an instance and parameters, named so that a counterexample can be reproduced."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

from claims.alignment_distortion import model
from claims.alignment_distortion.kl_ball import Reference, dual_value, exploitability, maximise, regularised_policy
from claims.alignment_distortion.nash import nlhf, regularised_nlhf
from claims.alignment_distortion.rewards import (
    Wins,
    dpo_policy,
    maximum_likelihood_rewards,
    pair_law_rewards,
    population_rewards,
    wins_of_table,
)
from claims.parameters import Values
from exact import reals
from exact.reals import Real
from instances import AlignmentProblem, Election, PairLaw
from instances.preference_constructions import (
    BordaLowerBound,
    DecliningSequence,
    ExponentialGap,
    HiddenOptimum,
    Misordering,
    adjacent_pair_law,
)


def zero(instance: Any, parameters: Values) -> Real:
    """0, as a bound."""
    return Fraction(0)


def one(instance: Any, parameters: Values) -> Real:
    """1, as a bound."""
    return Fraction(1)


def R_of(instance: Any, parameters: Values) -> Real:  # noqa: N802 - the paper's name
    """R(β) of the instance's users."""
    return model.R(instance.response.beta)


# Theorem 3


def fair_coin_excess(instance: HiddenOptimum, parameters: Values) -> Real:
    """p(x₀ ≻ y) − 1/2 for an ordinary y."""
    return model.win_excess(instance.response, instance, 0, 1)


def forced_ratio(instance: HiddenOptimum, parameters: Values) -> Real:
    """A(x₀) over the welfare of the uniform lottery: what a rule without information on x₀ cannot beat."""
    uniform = [Fraction(1, instance.m)] * instance.m
    return model.average_utility(instance, 0) / model.lottery_utility(instance, uniform)


def hidden_optimum_bound(instance: HiddenOptimum, parameters: Values) -> Real:
    """mρ/(m − 1 + ρ)."""
    return model.minimax_bound(instance.m, instance.rho)


def condorcet_loser_bound(instance: HiddenOptimum, parameters: Values) -> Real:
    """[1/m + (1 − 1/m)·ξε·S(β)/S(βε)]⁻¹."""
    share = Fraction(1, instance.m)
    return 1 / (share + (1 - share) * instance.xi / instance.rho)


def loser_margin(instance: HiddenOptimum, parameters: Values) -> Real:
    """By how much an ordinary alternative beats x₀."""
    return model.win_excess(instance.response, instance, 1, 0)


# Theorem 12


def borda_lower_ratio(instance: BordaLowerBound, parameters: Values) -> Real:
    """A(a)/A(c) if c is the strict Borda winner under the construction's μ, and 0 otherwise."""
    mu = instance.mu
    strict = all(model.borda_difference(instance.response, instance, mu, 2, x) > 0 for x in (0, 1))
    return model.average_utility(instance, 0) / model.average_utility(instance, 2) if strict else Fraction(0)


def borda_lower_target(instance: BordaLowerBound, parameters: Values) -> Real:
    """q = (1 − shortfall)·C(β, γ)."""
    return (1 - parameters["shortfall"]) * model.C(instance.response.beta, instance.gamma)


# RLHF


def rlhf_ratio(instance: ExponentialGap | Misordering, parameters: Values) -> Real:
    """The benchmark on the KL ball over RLHF's welfare."""
    rewards = population_rewards(instance.response, instance, instance.mu)
    ref = Reference.from_logs(instance.log_ref)
    policy = maximise(rewards, ref, instance.tau).policy
    best = maximise(model.average_utilities(instance), ref, instance.tau)
    return best.value / model.lottery_utility(instance, policy)


def exponential_bound(instance: ExponentialGap, parameters: Values) -> Real:
    """e^β/(44β)."""
    return reals.exp(instance.beta) / (44 * instance.beta)


def pair_law(instance: DecliningSequence, parameters: Values) -> PairLaw:
    """Theorem 9's pair law at the parameter ε, which enters a recording as a constant."""
    eps = reals.plain(parameters["eps"])
    assert isinstance(eps, Fraction)
    return adjacent_pair_law(instance.m, eps)


def rlhf_ratio_on_pairs(instance: DecliningSequence, parameters: Values) -> Real:
    """Theorem 9: the best welfare over that of RLHF's choice, with pairs from the adjacent-pair law, π_ref uniform and τ = ln m."""
    rewards = pair_law_rewards(instance.response, instance, pair_law(instance, parameters))
    winners = reals.argmax(rewards)
    utilities = model.average_utilities(instance)
    return reals.maximum(utilities) / model.lottery_utility(instance, Reference.of([Fraction(1, instance.m)] * instance.m).conditioned(winners))


# Orders of alternatives


def order_disagreements(election: Election, parameters: Values) -> Real:
    """How many pairs the population MLE and the Borda score order differently."""
    rewards = population_rewards(election.response, election.population, election.mu)
    scores = [model.borda_excess(election.response, election.population, election.mu, x) for x in range(len(election.mu))]
    return Fraction(sum((rewards[x] > rewards[y], rewards[x] < rewards[y]) != (scores[x] > scores[y], scores[x] < scores[y])
                        for x, y in combinations(range(len(scores)), 2)))


# Nash learning from human feedback


def budget(problem: AlignmentProblem) -> Real:
    """τ, or INFINITE."""
    return model.INFINITE if problem.tau is None else problem.tau


def nlhf_ratio(problem: AlignmentProblem, parameters: Values) -> Real:
    """The benchmark on the KL ball over the welfare of NLHF(τ)."""
    ref = Reference.of(problem.ref)
    policy = nlhf(model.margins(problem.response, problem.population), ref, budget(problem)).policy
    best = maximise(model.average_utilities(problem.population), ref, budget(problem))
    return best.value / model.lottery_utility(problem.population, policy)


def regularised_nlhf_ratio(problem: AlignmentProblem, parameters: Values) -> Real:
    """The benchmark on the ball of the output's own KL, over the welfare of regularised NLHF(λ)."""
    ref = Reference.of(problem.ref)
    found = regularised_nlhf(model.margins(problem.response, problem.population), ref, parameters["lam"])
    best = maximise(model.average_utilities(problem.population), ref, found.kl)
    return best.value / model.lottery_utility(problem.population, found.policy)


def regularised_exploitability(problem: AlignmentProblem, parameters: Values) -> Real:
    """An upper bound of what an opponent in the ball of its own KL gains against regularised NLHF(λ)."""
    ref, margins = Reference.of(problem.ref), model.margins(problem.response, problem.population)
    found = regularised_nlhf(margins, ref, parameters["lam"])
    return exploitability(found.policy, margins, ref, found.kl, found.lam)


def constrained_exploitability(problem: AlignmentProblem, parameters: Values) -> Real:
    """An upper bound of what an opponent in the KL ball gains against NLHF(τ)."""
    ref, margins = Reference.of(problem.ref), model.margins(problem.response, problem.population)
    found = nlhf(margins, ref, budget(problem))
    return exploitability(found.policy, margins, ref, budget(problem), found.lam)


def nlhf_lottery_ratio_on_pairs(instance: DecliningSequence, parameters: Values) -> Real:
    """The best welfare over that of a maximal lottery, which is what NLHF outputs at τ = ln m and π_ref uniform."""
    ref = Reference.of([Fraction(1, instance.m)] * instance.m)
    policy = nlhf(model.margins(instance.response, instance), ref, model.INFINITE).policy
    utilities = model.average_utilities(instance)
    return reals.maximum(utilities) / model.dot(policy, utilities)


def exploitation(policy: model.Vector, margins: model.Matrix, ref: Reference, tau: Real) -> Real:
    """What the best opponent in the ball, a policy that is found, gains against ``policy``: an attained value."""
    return maximise([model.dot(row, policy) for row in margins], ref, tau).value


# Direct preference optimisation and the Gibbs policy. The instance is a mapping with wins or rewards, ref, lam or tau.


def gibbs_gap(instance: Any, parameters: Values) -> Real:
    """The dual value of the KL-constrained linear problem minus the value of its policy."""
    ref = Reference.of(instance["ref"])
    found = maximise(instance["rewards"], ref, instance["tau"])
    return dual_value(found, ref, instance["rewards"], instance["tau"]) - found.value


def regularised_value(instance: Any, parameters: Values) -> Real:
    """The mean reward of the λ-regularised policy."""
    return regularised_policy(instance["rewards"], Reference.of(instance["ref"]), instance["lam"]).value


def constrained_value(instance: Any, parameters: Values) -> Real:
    """The greatest mean reward on the ball of radius τ = λ."""
    return maximise(instance["rewards"], Reference.of(instance["ref"]), instance["lam"]).value


def wins_of(instance: Any) -> Wins:
    """The table of wins."""
    return wins_of_table(instance["wins"])


def dpo_distance(instance: Any, parameters: Values) -> Real:
    """max over x of |π_DPO − π_RLHF|, DPO at weight λ and RLHF at weight ``rlhf_lam`` (λ unless given)."""
    ref, wins = Reference.of(instance["ref"]), wins_of(instance)
    direct = dpo_policy(wins, ref, instance["lam"])
    rewards = maximum_likelihood_rewards(len(ref), wins)
    through_rewards = regularised_policy(rewards, ref, instance.get("rlhf_lam", instance["lam"])).policy
    return reals.maximum(abs(x - y) for x, y in zip(direct, through_rewards, strict=True))


def unnormalised_mass(instance: Any, parameters: Values) -> Real:
    """Σ π_ref(x)·e^{r(x)/λ}, for rewards ln(odds)."""
    return model.total(weight * odds for weight, odds in zip(instance["ref"], instance["odds"], strict=True))
