"""False variants of the claims. Each is refuted by an exact counterexample; "ours" marks those that the paper's notes do not suggest."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from claims import LinearProgram, Mutant, Satisfiability, Settings, Witness
from claims.formulations import Formulation, Quantity, Relation
from claims.parameters import Values
from claims.strategic_learning import identities as facts
from claims.strategic_learning import quantities as q
from claims.strategic_learning.algorithms import joint_plans, outcome_programs, stackelberg
from claims.strategic_learning.named_games import COMMITMENT, COMMON_INTEREST, NAMED, TIED_GAMES, feedback_games
from exact.linear_programs import Problem
from exact.reals import Real
from instances.bayesian_games import BayesianGame, resample
from instances.stage_games import BimatrixGame

F = Fraction


def program(
    build: Callable[[Values], Problem], relation: Relation, bound: Callable[[Values], Real], setting: Values
) -> tuple[Formulation, ...]:
    """A false statement about a linear program's optimum."""
    return (LinearProgram(build=build, relation=relation, bound=bound, settings=Settings((setting,))),)


def witness(
    quantity: Quantity, relation: Relation, bound: Quantity, setting: Values | None = None, instance: Callable[[Values], Any] = q.same
) -> tuple[Formulation, ...]:
    """A false statement about one instance."""
    return (Witness(instance=instance, quantity=quantity, relation=relation, bound=bound, settings=Settings((setting or {},))),)


def impossible(script: str) -> tuple[Formulation, ...]:
    """The false statement that a formula has no solution."""
    return (Satisfiability(script=script, expected="unsat"),)


def named(name: str) -> Callable[[Values], BimatrixGame]:
    """A named game as instance."""
    return lambda parameters: NAMED[name]


I0 = q.at("1/4", "1/2", "1/2")
"""I(1/4, 1/2), π = 1/2, player 2 uninformed."""


# Stage games

TWINS = BimatrixGame(
    ((F(0), F(0), F(0)), (F(1), F(1), F(0)), (F(0), F(0), F(0))),
    ((F(1, 5), F(1, 5), F(1, 10)), (F(0), F(0), F(1, 10)), (F(0), F(0), F(1))),
)
"""Two equal columns, whose margins are therefore 0, and a third of margin 1, which makes K = 1: W(ε) = 1/2 + 5ε near 0, and StackVal_1 = 1/2."""


def cap_with_twins(parameters: Values) -> Problem:
    """W(ε) of a game with two equal columns."""
    return stackelberg.cap_program(TWINS, parameters["eps"])



def best_of_commitment_zero(parameters: Values) -> Problem:
    """The worst case of x* itself (λ = 0) against a follower without regret (ρ = 0)."""
    return q.worst_case({"game": "CS/4", "lam": F(0), "rho": F(0)})


def shallow_loss(parameters: Values) -> Problem:
    """The worst case on CS/4 with U_2 = I/100, at λ = 1/100, ρ = 1/10000."""
    game = NAMED["CS/4"].scaled(F(1), F(1, 100))
    mixture = stackelberg.mixed_commitment(game, F(1, 100)).mixture
    return stackelberg.commitment_loss_program(game, mixture, F(1, 10_000))


def without_margin(parameters: Values) -> Real:
    """7/8 − 2√ρ at ρ = 1/10000."""
    return F(7, 8) - 2 * F(1, 100)


def envied(pair: tuple[BimatrixGame, BimatrixGame], parameters: Values) -> Real:
    """What the commitment of the second game would pay in the first."""
    own, other = pair
    found = stackelberg.commit(other)
    return sum((x * row[found.column] for x, row in zip(found.mixture, own.first, strict=True)), F(0))


def own_value(pair: tuple[BimatrixGame, BimatrixGame], parameters: Values) -> Real:
    """StackVal_1 of the first game."""
    return q.stackelberg_of(pair[0], parameters)


ONE_GAME: dict[str, tuple[Mutant, ...]] = {
    "C1": (
        Mutant("pure commitments suffice", witness(q.pure_commitment, "==", q.stackelberg_of, instance=named("CS"))),
        Mutant(
            "ties broken against the leader give the same value",
            witness(q.weak_row_value, "==", q.stackelberg_of, instance=named("one row, tie")),
        ),
        Mutant("external regret in place of swap regret", program(q.external_cap, "==", q.stackelberg_value, {"game": "DSS(1/10)"})),
    ),
    "C2": (
        Mutant("F_1 = StackVal_1", program(q.folk, "==", q.stackelberg_value, {"game": "DSS(1/10)"})),
        Mutant(
            "the follower gets at least her best equilibrium payoff",
            witness(q.follower_at_commitment, ">=", q.follower_best_equilibrium, instance=named("I1")),
        ),
        Mutant(
            "ours: commitment never pays more than the best correlated equilibrium",
            program(q.best_correlated_equilibrium, ">=", q.stackelberg_value, {"game": "CS"}),
        ),
    ),
    "C3": (
        Mutant("no external regret suffices", program(q.external_cap, "<=", q.stackelberg_value, {"game": "DSS(1/10)"})),
        Mutant("W(ε) <= StackVal_1", program(q.cap, "<=", q.stackelberg_value, {"game": "CS/4", "eps": F(1, 10)})),
        Mutant(
            "ours: with two columns W_ext(ε) <= StackVal_1 for ε > 0",
            program(q.external_cap, "<=", q.stackelberg_value, {"game": "CS/4", "eps": F(1, 10)}),
        ),
        Mutant(
            "margins of 0 are allowed, and K is M over the least other one",
            program(cap_with_twins, "<=", lambda p: stackelberg.stackelberg_value(TWINS) + p["eps"], {"eps": F(1, 100)}),
        ),
    ),
    "C4": (
        Mutant("λ = 0: the optimal mixture itself keeps StackVal_1", program(best_of_commitment_zero, ">=", lambda p: F(7, 8), {})),
        Mutant("StackVal_1 − 2√ρ, without the margin", program(shallow_loss, ">=", without_margin, {})),
        Mutant(
            "ours: StackVal_1 − λ − ρ at λ = 1/20",
            program(q.worst_case, ">=", lambda p: F(7, 8) - p["lam"] - p["rho"], {"game": "CS/4", "lam": F(1, 20), "rho": F(1, 100)}),
        ),
    ),
}


# I(γ, β)


def pooled(parameters: Values) -> Problem:
    """R0 with U_2(b, r) = 1."""
    return q.level("R0")({**parameters, "beta": F(1)})


def first_entry(parameters: Values) -> Real:
    """B_2 − (1 − p − γ)(1 − π)β."""
    missing = 1 - parameters["p"] - parameters["gamma"]
    return q.benchmark(parameters) - missing * (1 - parameters["pi"]) * parameters["beta"]


def without_q(parameters: Values) -> Real:
    """B_2 − (1 − π)β(1 − q)(1 − γ)."""
    q_ = parameters["q"]
    return q.benchmark(parameters) - (1 - parameters["pi"]) * parameters["beta"] * (1 - q_) * (1 - parameters["gamma"])


TELLING = ((F(1), F(0)), (F(0), F(1, 4)))
"""U_2 in G_1, changed at (b, r) from 1/2 to 1/4."""


def told_by_payoffs(instance: Any, parameters: Values) -> Real:
    """Player 2's payoff when (a, l) is played in G_1 with the changed payoffs, and (b, r) in G_2: she tries r, keeps it while it pays 1/2, else plays l."""
    return parameters["pi"] * TELLING[0][0] + (1 - parameters["pi"]) * parameters["beta"]


def nearly_benchmark(parameters: Values) -> Real:
    """B_2 − 1/100."""
    return q.benchmark(parameters) - F(1, 100)


def floor_at_gamma(parameters: Values) -> Real:
    """The closed form with z_0 = γ (w = 0)."""
    found = q.numbers(parameters)
    total: Real = F(0)
    for soft, tough in zip(*found.channel.rows, strict=True):
        low = found.pi * soft + (1 - found.pi) * tough * found.beta * found.gamma
        high = found.pi * soft * found.beta + (1 - found.pi) * tough * found.beta
        total = total + (low if low > high else high)
    return total


def without_budget(parameters: Values) -> Real:
    """Every z = 0: nothing is spent, R0 = π."""
    return parameters["pi"]


def probe(insist: bool) -> Quantity:
    """Player 2's average of probe-then-commit against a type 1 who insists, or concedes."""

    def value(instance: Any, parameters: Values) -> Real:
        return joint_plans.probing(insist, parameters["gamma"], parameters["beta"], parameters["pi"], parameters["T"])

    return value


def finite_equilibrium_at_most(parameters: Values) -> Problem:
    """The best correlated equilibrium of the stage game, above every equilibrium at T = 1."""
    return stackelberg.correlated_equilibrium_program(COMMITMENT)


KNOWLEDGE: dict[str, tuple[Mutant, ...]] = {
    "C5": (
        Mutant("at T = 1 too", program(finite_equilibrium_at_most, ">=", lambda p: stackelberg.stackelberg_value(COMMITMENT), {})),
        Mutant(
            "player 2 need not see her payoffs",
            witness(q.feedback_best, ">=", q.feedback_benchmark, {"T": 2, "rows": 2, "feedback": "actions"}),
        ),
        Mutant("for both players", program(q.level("R0"), ">=", q.benchmark, I0)),
        Mutant("the menu property without a common U_2", witness(envied, "<=", own_value, instance=lambda p: feedback_games())),
    ),
    "C6": (
        Mutant("a channel that tells the game (p_2 = 1)", impossible(facts.two_signals(degenerate=True))),
        Mutant("without the mimic constraint", impossible(facts.two_signals(mimic=False))),
        Mutant("without the tough type's security", impossible(facts.two_signals(security=False))),
        Mutant("player 2 does not even reach β", impossible(facts.two_signals(demand="beta"))),
        Mutant("U_2(b, r) = 1 (pooling on (b, r))", program(pooled, "<", lambda p: F(1), I0)),
        Mutant(
            "for every family of games (C, where both get 1 = B_2)",
            witness(q.common_interest_learned, "<", q.one, instance=lambda p: COMMON_INTEREST),
        ),
        Mutant("ours: R0 without the mimic constraint", program(q.level("R0", "mimic"), "<", q.benchmark, I0)),
    ),
    "C6e": (
        Mutant(
            "the minimum is always its first entry",
            program(
                q.level("R0"), "==", first_entry, {"gamma": F(1, 10), "beta": F(9, 10), "pi": F(1, 3), "channel": "erasure", "p": F(1, 2)}
            ),
        ),
        Mutant(
            "the fallback never helps: R1 >= R0",
            program(
                q.level("R1"), ">=", q.after_erasure, {"gamma": F(1, 4), "beta": F(1, 2), "pi": F(1, 2), "channel": "erasure", "p": F(1, 2)}
            ),
        ),
        Mutant(
            "ours: R0 < B_2 for every p < 1",
            program(
                q.level("R0"), "<", q.benchmark, {"gamma": F(1, 4), "beta": F(1, 2), "pi": F(1, 2), "channel": "erasure", "p": F(9, 10)}
            ),
        ),
    ),
    "C7": (
        Mutant(
            "R0 also holds when U_2 differs and player 2 sees her payoffs", witness(told_by_payoffs, "<=", lambda i, p: q.knapsack(p), I0)
        ),
        Mutant(
            "the symmetric gap without 1/q",
            program(
                q.level("R0"), "==", without_q, {"gamma": F(1, 4), "beta": F(1, 2), "pi": F(1, 2), "channel": "symmetric", "q": F(3, 4)}
            ),
        ),
        Mutant("ours: there is no free budget, R0 = π", program(q.level("R0"), "==", without_budget, I0)),
    ),
    "C8": (
        Mutant("V* tends to B_2 as p tends to 1", program(q.level("R2"), ">=", nearly_benchmark, q.at("1/4", "1/2", "1/2", "9999/10000"))),
        Mutant(
            "V* bounds equilibria of restricted classes",
            witness(q.restricted_second, "<=", q.best_value_of, q.at("1/4", "1/2", "1/2", "9/10", strategies="moore2")),
        ),
        Mutant("z_0 = γ", program(q.level("R2"), "==", floor_at_gamma, I0)),
        Mutant(
            "ours: player 2's security does not matter, R1 = V*",
            program(q.level("R1"), "==", q.best_value, q.at("1/4", "1/2", "1/2", "1/2")),
        ),
    ),
    "C9": (
        Mutant(
            "knowing the game for certain gives the Stackelberg value",
            witness(q.measured(q.single_item_profile, q.value_of_second), ">=", q.benchmark_of, {**I0, "w": F(5, 9), "z": F(2, 3)}),
        ),
        Mutant(
            "a strategic player 1 is as good as a myopic one for large T", witness(probe(True), ">=", probe(False), {**I0, "T": 1_000_000})
        ),
        Mutant(
            "ours: the item (1/9, 2/3) is an equilibrium",
            witness(q.measured(q.single_item_profile, q.temptation), "==", q.nothing, {**I0, "w": F(1, 9), "z": F(2, 3)}),
        ),
        Mutant(
            "ours: the item (1/3, 1/2) is an equilibrium",
            witness(q.measured(q.single_item_profile, q.temptation), "==", q.nothing, {**I0, "w": F(1, 3), "z": F(1, 2)}),
        ),
    ),
    "C10": (
        Mutant("C6 with p_2 <= 1", program(q.level("R0"), "<", q.benchmark, q.at("1/4", "1/2", "1/2", 1))),
        Mutant(
            "the same equilibrium gives both players their benchmarks",
            witness(q.measured(q.informed_profile, q.value_of_first), ">=", q.one, I0),
        ),
        Mutant(
            "ours: it pays both players the same",
            witness(q.measured(q.informed_profile, q.value_of_first), "==", q.measured(q.informed_profile, q.value_of_second), I0),
        ),
    ),
}


# Two partially informed players, finite classes

TWO = {"gamma": F(1, 4), "beta": F(1, 2), "pi": F(1, 2)}
STUBBORN = {"gamma": F(1, 4), "prior": (F(1, 4),) * 4, "p1": F(1, 2), "p2": F(1, 2), "player": 2}
TREE = q.at("1/4", "1/2", "1/2", "1/2", strategies="tree")


def longer(instance: Any, parameters: Values) -> Real:
    """max Ū_2 with plans of three rounds."""
    return q.restricted_second(instance, {**parameters, "T": 3})


def shorter(instance: Any, parameters: Values) -> Real:
    """max Ū_2 with plans of two rounds."""
    return q.restricted_second(instance, {**parameters, "T": 2})


def tied_weak(games: tuple[BimatrixGame, ...], parameters: Values) -> Real:
    """C14's benchmark with ties against player 1."""
    values = [q.weak_row_value(game, parameters) for game in games]
    return (values[0] + values[1]) / 2


def two_tough_games(parameters: Values) -> Problem:
    """R0 of two tough games: player 2 gets β in both."""
    game = NAMED["I2"]
    prior = (F(1, 2), F(1, 2))
    return outcome_programs.mimic_program(BayesianGame((game, game), prior, resample(prior, F(0))))


LEVELS = {"levels1": (F(0), F(1)), "levels2": (F(0), F(1), F(2))}

CLASSES: dict[str, tuple[Mutant, ...]] = {
    "C11": (
        Mutant(
            "the better informed player achieves her value",
            witness(q.averaged, ">=", q.two_sided_benchmark, {**TWO, "p1": F(0), "p2": F(9, 10)}),
        ),
        Mutant(
            "the worse informed player achieves hers",
            witness(q.averaged, ">=", q.two_sided_benchmark, {**TWO, "p1": F(9, 10), "p2": F(1, 2)}),
        ),
        Mutant("in N without the fallback", impossible(facts.stubborn(fallback=False))),
        Mutant("in N without the mimic", impossible(facts.stubborn(mimic=False))),
        Mutant("ours: in N player 2 achieves B_2", witness(q.stubborn_value, ">=", q.stubborn_benchmark, STUBBORN)),
    ),
    "C12": (
        Mutant(
            "every equilibrium pays player 1 her benchmark",
            witness(q.restricted_first, ">=", q.one, q.at("1/4", "1/2", "1/2", 0, strategies="tree", T=1)),
        ),
        Mutant("a longer horizon never hurts player 2", witness(longer, ">=", shorter, TREE)),
        Mutant(
            "ours: memory helps an uninformed player 2 beyond 1/2",
            witness(q.restricted_second, ">", lambda i, p: F(1, 2), q.at("1/4", "1/2", "1/2", 0, strategies="memory1")),
        ),
    ),
    "C13": (
        Mutant(
            "C5 with actions only",
            witness(q.feedback_best, ">=", q.feedback_benchmark, {"T": 2, "rows": 2, "feedback": "actions"}),
        ),
        Mutant(
            "own payoffs suffice at every finite T",
            witness(q.feedback_best, ">=", q.feedback_benchmark, {"T": 2, "rows": 2, "feedback": "own_payoff"}),
        ),
        Mutant(
            "ours: three rounds of actions suffice with one row",
            witness(q.feedback_best, ">", q.nothing, {"T": 3, "rows": 1, "feedback": "actions"}),
        ),
    ),
    "C14": (
        Mutant("some frequency of l gives player 1 her benchmark", witness(q.tied_value, ">=", q.one, {"frequency": F(1, 3)})),
        Mutant(
            "the weak benchmark fails here too",
            witness(tied_weak, ">", lambda i, p: F(1, 2), instance=lambda p: TIED_GAMES),
        ),
        Mutant("ours: always l is better than a coin", witness(q.tied_value, ">", lambda i, p: F(1, 2), {"frequency": F(1)})),
    ),
    "C15": (
        Mutant("two payoff levels are enough", witness(q.scan_count, ">=", q.one, {"levels1": (F(0), F(1)), "levels2": (F(0), F(1))})),
        Mutant("the 72 are relabelled copies of one family", witness(q.scan_kinds, "<=", q.one, LEVELS)),
        Mutant("ours: two tough games are enough", program(two_tough_games, "<", lambda p: F(1, 2), {})),
    ),
}

MUTANTS: dict[str, tuple[Mutant, ...]] = {**ONE_GAME, **KNOWLEDGE, **CLASSES}
