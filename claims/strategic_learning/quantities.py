"""What formulations and mutants are made of: programs at a setting's parameters, bounds, and quantities that run on recording numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from claims.formulations import Quantity
from claims.parameters import Values
from claims.strategic_learning import patterns
from claims.strategic_learning.algorithms import family_scan, feedback, joint_plans, learners, outcome_programs, stackelberg
from claims.strategic_learning.algorithms.equilibria import extreme_equilibria
from claims.strategic_learning.algorithms.outcome_programs import ConcedeInsist, mimic_bound
from claims.strategic_learning.algorithms.restricted import StrategyClass, restricted_equilibria
from claims.strategic_learning.evaluation import regret_price
from claims.strategic_learning.model import payoff, plain, plain_game, swap_regret
from claims.strategic_learning.named_games import (
    COMMITMENT_UNIT,
    FEEDBACK_PRIOR,
    concede_insist,
    deng_schneider_sivan,
    feedback_games,
    game_at,
)
from claims.strategic_learning.parameters import channel_of
from exact import reals
from exact.linear_programs import Problem, Solution
from exact.reals import Real
from instances.bayesian_games import BayesianGame, SignalChannel
from instances.stage_games import BimatrixGame

F = Fraction


def nothing(instance: Any, parameters: Values) -> Real:
    """0."""
    return F(0)


def one(instance: Any, parameters: Values) -> Real:
    """1."""
    return F(1)


def stated(instance: Any, parameters: Values) -> Real:
    """The number that the setting states."""
    return parameters["stated"]


def stated_bound(parameters: Values) -> Real:
    """The same as a bound."""
    return parameters["stated"]


# Stage games


def correlated(parameters: Values) -> Problem:
    """A2 of the setting's game."""
    return stackelberg.correlated_program(game_at(parameters))


def outcome(parameters: Values, solution: Solution) -> tuple[tuple[Fraction, ...], ...]:
    """The distribution over cells of a solution."""
    return stackelberg.outcome_of(game_at(parameters), solution)


def first_payoff(cells: Any, parameters: Values) -> Real:
    """Player 1's payoff at an outcome."""
    return payoff(cells, game_at(parameters).first)


def stackelberg_value(parameters: Values) -> Real:
    """StackVal_1 by A1, recorded with its programs."""
    return stackelberg.stackelberg_value(game_at(parameters))


def stackelberg_of(game: BimatrixGame, parameters: Values) -> Real:
    """StackVal_1 of a game as instance."""
    return stackelberg.stackelberg_value(plain_game(game))


def cap(parameters: Values) -> Problem:
    """W(ε), at ε = 0 unless the setting says otherwise."""
    return stackelberg.cap_program(game_at(parameters), parameters.get("eps", F(0)))


def external_cap(parameters: Values) -> Problem:
    """W_ext(ε)."""
    return stackelberg.external_cap_program(game_at(parameters), parameters.get("eps", F(0)))


def slope(parameters: Values) -> Problem:
    """The right derivative of W at ε."""
    return stackelberg.slope_program(game_at(parameters), parameters.get("eps", F(0)))


def folk(parameters: Values) -> Problem:
    """F_1."""
    return stackelberg.folk_program(game_at(parameters))


def best_correlated_equilibrium(parameters: Values) -> Problem:
    """max CE of player 1."""
    return stackelberg.correlated_equilibrium_program(game_at(parameters))


def capped(parameters: Values) -> Real:
    """StackVal_1 + Kε."""
    price = regret_price(plain_game(game_at(parameters)))
    if price is None:
        raise ValueError("a column has margin 0")
    return stackelberg_value(parameters) + price * parameters["eps"]


def worst_case(parameters: Values) -> Problem:
    """C4: the worst case of x_λ at ρ."""
    game = plain_game(game_at(parameters))
    return stackelberg.commitment_loss_program(game, stackelberg.mixed_commitment(game, parameters["lam"]).mixture, parameters["rho"])


def guaranteed(parameters: Values) -> Real:
    """StackVal_1 − λ − ρ/(λg)."""
    game = plain_game(game_at(parameters))
    g = stackelberg.mixed_commitment(game, plain(parameters["lam"])).margin
    if g is None:
        raise ValueError("the only column has no margin")
    return stackelberg_value(parameters) - parameters["lam"] - parameters["rho"] / (parameters["lam"] * g)


def exact_worst_case(parameters: Values) -> Real:
    """139/160 − 10ρ, for CS/4 at λ = 1/20."""
    return F(139, 160) - 10 * parameters["rho"]


def pure_commitment(game: BimatrixGame, parameters: Values) -> Real:
    """The best commitment to a pure row, ties in the leader's favour."""
    values = []
    for own, other in zip(game.first, game.second, strict=True):
        values += [own[b] for b in reals.argmax(other)]
    return reals.maximum(values)


def weak_row_value(game: BimatrixGame, parameters: Values) -> Real:
    """The value of the only row with ties against the leader."""
    return reals.minimum([game.first[0][b] for b in reals.argmax(game.second[0])])


def follower_at_commitment(game: BimatrixGame, parameters: Values) -> Real:
    """Player 2's payoff at player 1's Stackelberg profile."""
    found = stackelberg.commit(game)
    return payoff([[x * int(b == found.column) for b in range(game.columns)] for x in found.mixture], game.second)


def follower_best_equilibrium(game: BimatrixGame, parameters: Values) -> Real:
    """Player 2's greatest equilibrium payoff."""
    return max(equilibrium.second for equilibrium in extreme_equilibria(game))


def three_ways_agree(game: BimatrixGame, parameters: Values) -> bool:
    """A1 = A2 = W(0)."""
    found = {
        stackelberg.commit(game).value,
        stackelberg.value_of(stackelberg.correlated_program(game)),
        stackelberg.value_of(stackelberg.cap_program(game, F(0))),
    }
    return len(found) == 1


def order_holds(game: BimatrixGame, parameters: Values) -> bool:
    """v_1 <= every NE <= max CE <= StackVal_1 <= F_1."""
    payoffs = [equilibrium.first for equilibrium in extreme_equilibria(game)]
    chain = [
        stackelberg.security_value(game),
        min(payoffs),
        max(payoffs),
        stackelberg.value_of(stackelberg.correlated_equilibrium_program(game)),
        stackelberg.commit(game).value,
        stackelberg.value_of(stackelberg.folk_program(game)),
    ]
    return chain == sorted(chain)


def follower_is_safe(game: BimatrixGame, parameters: Values) -> bool:
    """Player 2 gets at least v_2 at the commitments to all optimal columns."""
    secured = stackelberg.security_value(game.swapped())
    found = stackelberg.commit(game)
    for b in found.columns:
        mixture = stackelberg.lexicographically_largest(stackelberg.column_program(game, b), found.value, game.rows)
        if sum((x * row[b] for x, row in zip(mixture, game.second, strict=True)), F(0)) < secured:
            return False
    return True


def menu_holds(pair: tuple[BimatrixGame, BimatrixGame], parameters: Values) -> bool:
    """Neither type envies the other's commitment: U_1^g(x*_h, b*_h) <= StackVal_1(g)."""
    return all(envy(own, other) <= stackelberg.commit(own).value for own, other in (pair, pair[::-1]))


def envy(own: BimatrixGame, other: BimatrixGame) -> Fraction:
    """What the commitment of another type would pay."""
    found = stackelberg.commit(other)
    return sum((x * row[found.column] for x, row in zip(found.mixture, plain_game(own).first, strict=True)), F(0))


# I(γ, β)


def at(gamma: str, beta: str, pi: str, p: Any = 0, **more: Any) -> dict[str, Any]:
    """A setting of I(γ, β) with `resample` at precision p."""
    return {"gamma": F(gamma), "beta": F(beta), "pi": F(pi), "p": F(p), **more}


def numbers(parameters: Values) -> ConcedeInsist:
    """γ, β, π and the channel of a setting."""
    return ConcedeInsist(parameters["gamma"], parameters["beta"], parameters["pi"], channel_of(parameters))


def plain_numbers(parameters: Values) -> ConcedeInsist:
    """The same without recording."""
    return numbers({name: plain(value) if not isinstance(value, str | int | tuple) else value for name, value in parameters.items()})


def bayesian(parameters: Values) -> BayesianGame:
    """I(γ, β) at a setting, without recording."""
    found = plain_numbers(parameters)
    return BayesianGame(concede_insist(found.gamma, found.beta), (found.pi, 1 - found.pi), found.channel)


def level(name: outcome_programs.Level, *without: str) -> Callable[[Values], Problem]:
    """The program of a level at a setting."""

    def build(parameters: Values) -> Problem:
        return outcome_programs.mimic_program(bayesian(parameters), name, frozenset(without))

    return build


def outcomes(parameters: Values, solution: Solution) -> outcome_programs.Outcomes:
    """The outcomes of a solution."""
    return outcome_programs.outcomes_of(bayesian(parameters), solution)


def second_payoff(found: outcome_programs.Outcomes, parameters: Values) -> Real:
    """Player 2's payoff at outcomes of I(γ, β)."""
    setting = numbers(parameters)
    games = concede_insist(setting.gamma, setting.beta)
    weights = [[p * q for q in row] for p, row in zip((setting.pi, 1 - setting.pi), setting.channel.rows, strict=True)]
    terms = [weights[g][s] * payoff(found[g][s], games[g].second) for g in (0, 1) for s in range(setting.channel.signals)]
    return sum(terms[1:], terms[0])


def benchmark(parameters: Values) -> Real:
    """B_2."""
    return numbers(parameters).benchmark


def knapsack(parameters: Values) -> Real:
    """The knapsack formula of R0."""
    return numbers(parameters).knapsack()


def best_value(parameters: Values) -> Real:
    """V*."""
    return numbers(parameters).best_value()


def random_numbers(parameters: Values) -> Iterator[ConcedeInsist]:
    """The first ``games`` random instances of a ``seed``: γ, β, π in twelfths, and one to four signals, all of positive probability."""
    rng = Random(parameters["seed"])
    for _ in range(parameters["games"]):
        signals = rng.randint(1, 4)
        weights = [[rng.randint(1, 6) for _ in range(signals)] for _ in range(2)]
        channel = SignalChannel(tuple(tuple(F(w, sum(row)) for w in row) for row in weights))
        gamma, beta, pi = (F(rng.randint(1, 11), 12) for _ in range(3))
        yield ConcedeInsist(gamma, beta, pi, channel)


def _game(found: ConcedeInsist) -> BayesianGame:
    return BayesianGame(concede_insist(found.gamma, found.beta), (found.pi, 1 - found.pi), found.channel)


def is_knapsack(found: ConcedeInsist, parameters: Values) -> bool:
    """R0 is the knapsack value, and the gap is no less than its bound."""
    bound = mimic_bound(_game(found))
    return bool(bound == found.knapsack() and found.benchmark - bound >= found.gap_bound() > 0)


def best_is_attained(found: ConcedeInsist, parameters: Values) -> bool:
    """R2 = V*, and the joint plan is an equilibrium that pays it."""
    plan = joint_plans.menu_plan(found.gamma, found.beta, found.channel, found.announcements())
    standing = joint_plans.plan_standing(found.gamma, found.beta, found.pi, found.channel, plan)
    return bool(mimic_bound(_game(found), "R2") == found.best_value() == standing.second_value and standing.is_equilibrium)


def after_erasure(parameters: Values) -> Real:
    """B_2 minus the closed form of the gap under erasure."""
    gap = outcome_programs.erasure_gap(parameters["gamma"], parameters["beta"], parameters["pi"], parameters["p"])
    return benchmark(parameters) - gap


def erased_value(parameters: Values) -> Real:
    """p·B_2 + (1 − p)·V*(0) for the uninformed V*."""
    p = parameters["p"]
    blind = ConcedeInsist(parameters["gamma"], parameters["beta"], parameters["pi"], SignalChannel(((F(1),), (F(1),))))
    return p * blind.benchmark + (1 - p) * blind.best_value()


def symmetric_value(parameters: Values) -> Real:
    """B_2 − (1 − π)β(1 − q)(1 − γ)/q."""
    q = parameters["q"]
    return benchmark(parameters) - (1 - parameters["pi"]) * parameters["beta"] * (1 - q) * (1 - parameters["gamma"]) / q


# Profiles of automata


def insisting_profile(parameters: Values) -> joint_plans.Profile:
    """Always b, always r."""
    found = numbers(parameters)
    return joint_plans.always_insisting(found.gamma, found.beta, found.pi, found.channel)


def informed_profile(parameters: Values) -> joint_plans.Profile:
    """The profile of p_1 = p_2 = 1."""
    return joint_plans.full_information(parameters["gamma"], parameters["beta"], parameters["pi"])


def menu_profile(parameters: Values) -> joint_plans.Profile:
    """The joint plan of C8."""
    found = numbers(parameters)
    plan = joint_plans.menu_plan(found.gamma, found.beta, found.channel, found.announcements())
    return joint_plans.plan_profile(found.gamma, found.beta, found.pi, found.channel, plan)


def single_item_profile(parameters: Values) -> joint_plans.Profile:
    """The joint plan with the one item (w, z)."""
    found = numbers(parameters)
    plan = joint_plans.JointPlan(((plain(parameters["w"]), plain(parameters["z"])),), (0,) * found.channel.signals)
    return joint_plans.plan_profile(found.gamma, found.beta, found.pi, found.channel, plan)


def same(parameters: Values) -> Values:
    """The setting itself as instance: profiles are built from it inside the recording."""
    return dict(parameters)


def measured(
    profile: Callable[[Values], joint_plans.Profile], quantity: Callable[[joint_plans.Standing], Real]
) -> Callable[[Any, Values], Real]:
    """A quantity of the standing of a profile, recorded."""

    def value(instance: Any, parameters: Values) -> Real:
        return quantity(profile(parameters).check())

    return value


def temptation(standing: joint_plans.Standing) -> Real:
    """The gains from best deviations, added up."""
    return standing.temptation


def value_of_first(standing: joint_plans.Standing) -> Real:
    """Ū_1."""
    return standing.first_value


def value_of_second(standing: joint_plans.Standing) -> Real:
    """Ū_2."""
    return standing.second_value


def benchmark_of(instance: Any, parameters: Values) -> Real:
    """B_2 as a quantity."""
    return benchmark(parameters)


def probed(first: str) -> Quantity:
    """Player 2's average of `probe_then_commit` over T rounds in I(γ, β), played round by round. Type 2 insists; a ``myopic`` type 1 answers the current
    column best, a ``strategic`` one insists."""

    def value(instance: Any, parameters: Values) -> Real:
        paid = ((F(1), F(0)), (F(0), parameters["beta"]))
        plan, rounds = joint_plans.probe_then_commit(), parameters["T"]
        average: Real = F(0)
        for weight, yields in ((parameters["pi"], first == "myopic"), (1 - parameters["pi"], False)):
            state = 0
            for _ in range(rounds):
                column = plan.outputs[state]
                assert isinstance(column, int)
                row = joint_plans.A if yields and column == joint_plans.L else joint_plans.B
                average += weight * paid[row][column] * F(1, rounds)
                state = plan.moves[state][row]
        return average

    return value


def myopic_average(instance: Any, parameters: Values) -> Real:
    """B_2 − (1 − π)β/T."""
    return benchmark(parameters) - (1 - parameters["pi"]) * parameters["beta"] * F(1, parameters["T"])


def insisted_average(instance: Any, parameters: Values) -> Real:
    """β(T − 1)/T."""
    return parameters["beta"] * F(parameters["T"] - 1, parameters["T"])


def best_value_of(instance: Any, parameters: Values) -> Real:
    """V* as a quantity."""
    return best_value(parameters)


Stand = tuple[str, Fraction, Fraction]


def stands(parameters: Values) -> Iterator[Stand]:
    """For the joint plan of C8: every type and signal with her payoff and her best response's, then player 2's total with V*."""
    found = menu_profile(parameters).check()
    for kind, (own, best) in enumerate(zip(found.first, found.first_best, strict=True), 1):
        yield f"type {kind}", own, best
    for signal, (own, best) in enumerate(zip(found.second, found.second_best, strict=True), 1):
        yield f"signal {signal}", own, best
    yield "player 2 and V*", found.second_value, best_value(parameters)


def stands_still(element: Stand, parameters: Values) -> bool:
    """The two numbers are equal."""
    return element[1] == element[2]


# Both players partially informed


def averaged(instance: Any, parameters: Values) -> Real:
    """The averaged bound of C11(a)."""
    names = ("gamma", "beta", "pi", "p1", "p2")
    return patterns.averaged_bound(*(parameters[name] for name in names))


def two_sided_benchmark(instance: Any, parameters: Values) -> Real:
    """B_2 of I(γ, β) without a channel."""
    return parameters["pi"] + (1 - parameters["pi"]) * parameters["beta"]


def common_interest_learned(games: tuple[BimatrixGame, ...], parameters: Values) -> Real:
    """C: the least limit payoff, over games and players, of "try the first cell; keep it if it pays 1, else play the other one for ever"."""
    values = []
    for game in games:
        for payoffs in (game.first, game.second):
            values.append(payoffs[0][0] if game.first[0][0] == 1 and game.second[0][0] == 1 else payoffs[1][1])
    return reals.minimum(values)


def stubborn_value(instance: Any, parameters: Values) -> Real:
    """The certified bound on a player's payoff in N(γ)."""
    names = ("gamma", "prior", "p1", "p2", "player")
    return patterns.stubborn_bound(*(parameters[name] for name in names))


def stubborn_benchmark(instance: Any, parameters: Values) -> Real:
    """B_i in N(γ)."""
    return patterns.stubborn_benchmark(parameters["gamma"], parameters["prior"], parameters["player"])


# Finite classes


Row = tuple[str, int, Fraction, int, Fraction, Fraction, Fraction, Fraction]


def restricted_summary(parameters: Values) -> Iterator[Row]:
    """(class, rounds, p, number of equilibria, min Ū_2, max Ū_2, min Ū_1, max Ū_1)."""
    strategies = StrategyClass(parameters["strategies"], parameters.get("T", 0))
    found = restricted_equilibria(bayesian(parameters), strategies)
    yield (strategies.name, strategies.rounds, parameters["p"], found.count, *found.second, *found.first)


def is_as_printed(element: Row, parameters: Values) -> bool:
    """The row of the table that the setting states."""
    return element[3:] == (parameters["count"], F(1, 2), parameters["u2_max"], parameters["u1_min"], F(1))


def obeys_the_bound(element: Row, parameters: Values) -> bool:
    """max Ū_2 <= R0 < B_2 for p < 1, = B_2 for p = 1; some equilibrium pays player 1 her benchmark 1."""
    bound, wanted = mimic_bound(bayesian(parameters)), benchmark(parameters)
    best = element[5]
    return element[7] == 1 and (best == wanted if parameters["p"] == 1 else best <= bound < wanted)


def restricted_second(instance: Any, parameters: Values) -> Real:
    """max Ū_2 over the equilibria of the restricted class."""
    return restricted_equilibria(bayesian(parameters), StrategyClass(parameters["strategies"], parameters.get("T", 0))).second[1]


def restricted_first(instance: Any, parameters: Values) -> Real:
    """min Ū_1 over the equilibria of the restricted class."""
    return restricted_equilibria(bayesian(parameters), StrategyClass(parameters["strategies"], parameters.get("T", 0))).first[0]


FeedbackRow = tuple[int, int, str, tuple[Fraction, ...], int]


def feedback_summary(parameters: Values) -> Iterator[FeedbackRow]:
    """(rounds, rows, feedback, payoffs of player 1, number of equilibria)."""
    key = parameters["T"], parameters["rows"], parameters["feedback"]
    found = feedback.feedback_equilibria(*key)
    yield (*key, found.payoffs, found.count)


def feedback_as_printed(element: FeedbackRow, parameters: Values) -> bool:
    """The payoffs and the count that the setting states; all payoffs miss 1/10."""
    return element[3:] == (tuple(parameters["payoffs"]), parameters["count"]) and element[3][-1] < F(1, 10)


def feedback_best(instance: Any, parameters: Values) -> Real:
    """max Ū_1 over all equilibria of E."""
    return feedback.feedback_equilibria(parameters["T"], parameters["rows"], parameters["feedback"]).payoffs[-1]


def feedback_benchmark(instance: Any, parameters: Values) -> Real:
    """B_1 of E: Σ D(g)·StackVal_1(g)."""
    return sum((p * stackelberg.commit(game).value for p, game in zip(FEEDBACK_PRIOR, feedback_games(), strict=True)), F(0))


ScanRow = tuple[int, tuple[tuple[Fraction, Fraction, int], ...]]


def scan_summary(parameters: Values) -> Iterator[ScanRow]:
    """(number of families, the values with R0 < B_2 and their numbers)."""
    found = family_scan.scan(tuple(parameters["levels1"]), tuple(parameters["levels2"]))
    yield found.scanned, found.found


def scan_as_printed(element: ScanRow, parameters: Values) -> bool:
    """The numbers that the setting states."""
    return element == (parameters["scanned"], tuple(tuple(row) for row in parameters["found"]))


def scan_count(instance: Any, parameters: Values) -> Real:
    """The number of families with R0 < B_2."""
    return F(family_scan.scan(tuple(map(plain, parameters["levels1"])), tuple(map(plain, parameters["levels2"]))).count)


def scan_kinds(instance: Any, parameters: Values) -> Real:
    """The number of different pairs (B_2, R0)."""
    return F(len(family_scan.scan(tuple(map(plain, parameters["levels1"])), tuple(map(plain, parameters["levels2"]))).found))


def tied_value(instance: Mapping[str, Fraction], parameters: Values) -> Real:
    """C14: player 1's payoff when player 2 plays l with the setting's frequency."""
    frequency = parameters["frequency"]
    return (frequency + (1 - frequency)) / 2


# Simulated runs


def run_on_three_columns(parameters: Values) -> learners.Counts:
    """The counts of a run on DSS(1/10), Up for half of T rounds and then Down, against the setting's learner; seeded by the setting."""
    import numpy

    kind = {"Hedge": learners.Hedge, "Blum-Mansour": learners.BlumMansour}[parameters["learner"]]
    rounds, rng = parameters["T"], numpy.random.default_rng(parameters["seed"])
    return learners.play(deng_schneider_sivan(F(1, 10)), learners.first_half_then(0, 1, rounds), kind(3, rounds), rounds, rng)


def paid_on_the_run(counts: learners.Counts, parameters: Values) -> Real:
    """Player 1's average payoff on the run."""
    return payoff(_frequencies(counts, parameters), deng_schneider_sivan(F(1, 10)).first)


def cap_of_the_run(counts: learners.Counts, parameters: Values) -> Real:
    """StackVal_1 + W'(0)·SR = 2·SR of the run."""
    return 2 * swap_regret(deng_schneider_sivan(F(1, 10)), _frequencies(counts, parameters))


def _frequencies(counts: learners.Counts, parameters: Values) -> list[list[Real]]:
    return [[n * F(1, parameters["T"]) for n in row] for row in counts]


def hedge_is_exploited(parameters: Values, rng: Any) -> bool:
    """Against Hedge, Up for half of the rounds and then Down pays more than 1/2, with StackVal 0."""
    game, rounds = deng_schneider_sivan(F(1, 10)), parameters["T"]
    counts = learners.play(game, learners.first_half_then(0, 1, rounds), learners.Hedge(3, rounds), rounds, rng)
    return bool(payoff(learners.empirical(counts), game.first) > F(1, 2))


def cap_holds_on_the_run(parameters: Values, rng: Any) -> bool:
    """Against Blum–Mansour the same play pays less than StackVal 0, and never more than StackVal + 2·SR of the run itself.

    Raises AssertionError when the run breaks the cap, which is a theorem about every outcome.
    """
    game, rounds = deng_schneider_sivan(F(1, 10)), parameters["T"]
    counts = learners.play(game, learners.first_half_then(0, 1, rounds), learners.BlumMansour(3, rounds), rounds, rng)
    run = learners.empirical(counts)
    value = payoff(run, game.first)
    if value > 2 * swap_regret(game, run):
        raise AssertionError(f"the run {counts} pays {value}, more than the cap allows")
    return bool(value < 0)


def commitment_pays(parameters: Values, rng: Any) -> bool:
    """x_λ of CS/4 at λ = 1/20 against Blum–Mansour pays more than 1/2, and on every run at most 7/8 + SR/8 (else AssertionError).

    With ``feedback`` = bandit the learner hears its own payoffs only.
    """
    game, rounds, bandit = COMMITMENT_UNIT, parameters["T"], parameters.get("feedback") == "bandit"
    mixture = stackelberg.mixed_commitment(game, F(1, 20)).mixture
    counts = learners.play(game, learners.mixed_rows(mixture, rounds, rng), learners.BlumMansour(2, rounds, bandit), rounds, rng)
    run = learners.empirical(counts)
    value = payoff(run, game.first)
    if value > F(7, 8) + swap_regret(game, run) / 8:
        raise AssertionError(f"the run {counts} pays {value}, more than the cap allows")
    return bool(value > F(1, 2))
