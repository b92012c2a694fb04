"""What `assay evaluate` computes: for every claim its parameters and one function that measures the quantity and the bound there.

Actions, types and signals are numbered from 1. None stands for what is not defined at these parameters. Everything is exact except where a square
root is a ball.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import wraps
from typing import Any

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.parameters import Choices, Integers, Lists, Parameter, Rationals, Values
from claims.room import Measure
from claims.strategic_learning import patterns
from claims.strategic_learning.algorithms import family_scan, feedback, joint_plans, stackelberg
from claims.strategic_learning.algorithms.equilibria import TooManyVertices, extreme_equilibria
from claims.strategic_learning.algorithms.outcome_programs import LEVELS, erasure_gap, mimic_bound
from claims.strategic_learning.algorithms.restricted import MOST_ROUNDS, StrategyClass, restricted_equilibria
from claims.strategic_learning.model import spread
from claims.strategic_learning.named_games import TIED_GAMES
from claims.strategic_learning.parameters import (
    BELOW_ONE,
    CHANNEL,
    COMMITMENT_MATRICES,
    CONCEDE_INSIST,
    FOUR_PRIOR,
    UNIT,
    UNIT_MATRICES,
    bayesian_game,
    channel_of,
    game_of,
    numbers_of,
    precision,
)
from exact import reals
from exact.linear_programs import solve
from instances.bayesian_games import SignalChannel, erasure, resample
from instances.stage_games import BimatrixGame

EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {}


def evaluates(number: str, *parameters: Parameter) -> Callable[[Measure], Measure]:
    """Registers a claim's parameters and measure. What is out of reach becomes a usage error."""

    def register(measure: Measure) -> Measure:
        @wraps(measure)
        def checked(values: Values) -> Measurement:
            try:
                return measure(values)
            except (family_scan.TooManyFamilies, feedback.TooManyPlans) as error:
                raise ParameterError(str(error)) from error

        EVALUATIONS[number] = (parameters, checked)
        return checked

    return register


def _numbered(indices: tuple[int, ...]) -> list[int]:
    return [index + 1 for index in indices]


# One stage game


@evaluates("C1", *COMMITMENT_MATRICES, Parameter("leader", Integers(1, 2), "the player who commits", 1))
def stackelberg_two_ways(values: Values) -> Measurement:
    """The value by A1 and by A2."""
    game = game_of(values) if values["leader"] == 1 else game_of(values).swapped()
    found = stackelberg.commit(game)
    told = {
        "stack": found.value,
        "action": _numbered(found.columns),
        "x": list(found.mixture),
        "per_action": [solution.value for solution in found.per_column],
    }
    return Measurement(found.value, stackelberg.value_of(stackelberg.correlated_program(game)), told)


@evaluates("C2", *COMMITMENT_MATRICES)
def order_of_values(values: Values) -> Measurement:
    """StackVal_1 against F_1, and the values below."""
    game = game_of(values)
    stack, folk = stackelberg.commit(game).value, stackelberg.value_of(stackelberg.folk_program(game))
    try:
        payoffs = [equilibrium.first for equilibrium in extreme_equilibria(game)]
    except TooManyVertices:
        payoffs = []
    told = {
        "v1": stackelberg.security_value(game),
        "v2": stackelberg.security_value(game.swapped()),
        "ne_min": min(payoffs, default=None),
        "ne_max": max(payoffs, default=None),
        "ce": stackelberg.value_of(stackelberg.correlated_equilibrium_program(game)),
        "stack": stack,
        "folk": folk,
    }
    return Measurement(stack, folk, told)


def regret_price(game: BimatrixGame) -> Fraction | None:
    """K = M/min|g_b|; 0 with one column, None if some column has margin 0."""
    found = [g for g in stackelberg.margins(game) if g is not None]
    if not found:
        return Fraction(0)
    least = min(abs(g) for g in found)
    return Fraction(spread(game)) / least if least else None


@evaluates("C3", *UNIT_MATRICES, Parameter("eps", Rationals(lower=0), "swap regret ε", 0))
def regret_cap(values: Values) -> Measurement:
    """W(ε) against StackVal_1 + Kε."""
    game, eps = game_of(values), values["eps"]
    stack, price = stackelberg.commit(game).value, regret_price(game)
    told = {
        "stack": stack,
        "K": price,
        "margins": list(stackelberg.margins(game)),
        "slope": stackelberg.value_of(stackelberg.slope_program(game, eps)),
        "W_ext": stackelberg.value_of(stackelberg.external_cap_program(game, eps)),
    }
    bound = None if price is None else stack + price * eps
    hypothesis = "" if price is not None else "no column has margin 0"
    return Measurement(stackelberg.value_of(stackelberg.cap_program(game, eps)), bound, told, hypothesis=hypothesis)


@evaluates(
    "C4",
    *UNIT_MATRICES,
    Parameter("lam", UNIT, "share λ of the margin maximiser", "1/20"),
    Parameter("rho", Rationals(lower=0), "player 2's external regret per round ρ", "1/100"),
)
def commitment_guarantee(values: Values) -> Measurement:
    """The worst case of x_λ against StackVal_1 − λ − ρ/(λg)."""
    game, lam, rho = game_of(values), values["lam"], values["rho"]
    mixed = stackelberg.mixed_commitment(game, lam)
    stack, g = mixed.commitment.value, mixed.margin
    program = stackelberg.commitment_loss_program(game, mixed.mixture, rho)
    solution = solve(program)
    frequencies = [Fraction(solution.primal.get(b, 0)) for b in range(game.columns)] if solution.primal is not None else None
    positive = g is None or g > 0
    loss = Fraction(0) if g is None else rho / (lam * g) if positive and lam else None
    bound = None if loss is None or not lam else stack - lam - loss
    best = stack if g is None else stack - 2 * reals.sqrt(rho / g) if positive else None
    told = {"stack": stack, "g": g, "x_lam": list(mixed.mixture), "worst": frequencies, "bound_best": best}
    return Measurement(solution.value, bound, told, hypothesis=_guarantee_fails(game, positive, lam))


def _guarantee_fails(game: BimatrixGame, positive: bool, lam: Fraction) -> str:
    if not all(0 <= x <= 1 for row in game.first for x in row):
        return "player 1's payoffs lie in [0, 1]"
    if not positive:
        return "the induced column has a positive margin"
    return "" if lam > 0 else "λ > 0"


# I(γ, β)


def _standing(standing: joint_plans.Standing) -> dict[str, Any]:
    return {
        "is_pne": standing.is_equilibrium,
        "p1": list(standing.first),
        "p1_best": list(standing.first_best),
        "p2": list(standing.second),
        "p2_best": list(standing.second_best),
    }


@evaluates("C5", *CONCEDE_INSIST, *CHANNEL)
def informed_player(values: Values) -> Measurement:
    """Player 1's payoff of "always b, always r" against B_1."""
    found = joint_plans.always_insisting(values["gamma"], values["beta"], values["pi"], channel_of(values)).check()
    return Measurement(found.first_value, Fraction(1), _standing(found), relation=">=")


@evaluates("C6", *CONCEDE_INSIST, *CHANNEL)
def impossibility(values: Values) -> Measurement:
    """R0 against B_2."""
    numbers = numbers_of(values)
    bound, benchmark = mimic_bound(bayesian_game(numbers)), numbers.benchmark
    told = {"certifies": bound < benchmark, "gap": benchmark - bound, "gap_bound": numbers.gap_bound()}
    return Measurement(bound, benchmark, told)


@evaluates("C6e", *CONCEDE_INSIST, precision(default="1/2"))
def erasure_channel(values: Values) -> Measurement:
    """B_2 − R0 under erasure against its closed form."""
    numbers = numbers_of(values, erasure(2, values["p"]))
    game, benchmark = bayesian_game(numbers), numbers.benchmark
    bounds: dict[str, Fraction] = {level: mimic_bound(game, level) for level in LEVELS[:3]}
    gap = erasure_gap(values["gamma"], values["beta"], values["pi"], values["p"])
    return Measurement(benchmark - bounds["R0"], gap, {**bounds, "B2": benchmark, "certifies": bounds["R0"] < benchmark})


@evaluates("C7", *CONCEDE_INSIST, *CHANNEL)
def knapsack(values: Values) -> Measurement:
    """R0 by its program against the knapsack formula."""
    numbers = numbers_of(values)
    bound = mimic_bound(bayesian_game(numbers))
    return Measurement(bound, numbers.knapsack(), {"B2": numbers.benchmark, "gap": numbers.benchmark - bound})


def _full_support(channel: SignalChannel) -> SignalChannel:
    if not channel.has_full_support:
        raise ParameterError(
            "C8 needs a channel of full support: every signal has positive probability in both games (resample with p < 1)"
        )
    return channel


@evaluates("C8", *CONCEDE_INSIST, *CHANNEL)
def best_equilibrium(values: Values) -> Measurement:
    """R2 against V*, and the joint plan that attains it."""
    numbers = numbers_of(values, _full_support(channel_of(values)))
    game, announced = bayesian_game(numbers), numbers.announcements()
    bounds: dict[str, Fraction] = {level: mimic_bound(game, level) for level in LEVELS}
    plan = joint_plans.menu_plan(numbers.gamma, numbers.beta, numbers.channel, announced)
    found = joint_plans.plan_standing(numbers.gamma, numbers.beta, numbers.pi, numbers.channel, plan)
    told = {
        "V": numbers.best_value(),
        **bounds,
        "B2": numbers.benchmark,
        "z0": numbers.least_share,
        "announce": list(announced),
        "plan": found.second_value,
        "is_pne": found.is_equilibrium,
        "gap_bound": numbers.uniform_gap(),
        "limit": numbers.benchmark - numbers.uniform_gap(),
    }
    return Measurement(bounds["R2"], numbers.best_value(), told)


@evaluates(
    "C9",
    *CONCEDE_INSIST,
    precision(domain=BELOW_ONE),
    Parameter("w", UNIT, "how often type 1 insists", "5/9"),
    Parameter("z", UNIT, "how often type 2 is answered r", "2/3"),
    Parameter("T", Integers(1), "rounds of probe-then-commit", 100),
)
def knowing_is_not_enough(values: Values) -> Measurement:
    """Player 2's payoff in the joint plan with one item against V*."""
    gamma, beta, pi, rounds = values["gamma"], values["beta"], values["pi"], values["T"]
    numbers = numbers_of(values, resample((pi, 1 - pi), values["p"]))
    plan = joint_plans.JointPlan(((values["w"], values["z"]),), (0, 0))
    found = joint_plans.plan_standing(gamma, beta, pi, numbers.channel, plan)
    gain = joint_plans.insisting_gain(gamma, rounds)
    told = {
        **_standing(found),
        "B2": numbers.benchmark,
        "probe_myopic": joint_plans.probing(False, gamma, beta, pi, rounds),
        "probe_strategic": joint_plans.probing(gain > 0, gamma, beta, pi, rounds),
        "insist_gain": gain,
    }
    hypothesis = "" if found.is_equilibrium else "the joint plan is an equilibrium"
    return Measurement(found.second_value, numbers.best_value(), told, relation="<=", hypothesis=hypothesis)


@evaluates("C10", *CONCEDE_INSIST)
def both_informed(values: Values) -> Measurement:
    """Player 2's payoff in the equilibrium at p_1 = p_2 = 1 against B_2."""
    gamma, beta, pi = values["gamma"], values["beta"], values["pi"]
    found = joint_plans.full_information(gamma, beta, pi).check()
    told = {"is_pne": found.is_equilibrium, "p1": list(found.first), "p1_best": list(found.first_best), "B1": Fraction(1)}
    return Measurement(found.second_value, pi + (1 - pi) * beta, told, relation=">=")


@evaluates(
    "C11",
    Parameter("game", Choices(("I", "I_T", "C", "N")), "the family of games", "I"),
    Parameter("player", Integers(1, 2), "the player whose benchmark is asked for", 2),
    Parameter("p1", BELOW_ONE, "precision of player 1's signal", "1/2"),
    Parameter("p2", BELOW_ONE, "precision of player 2's signal", "1/2"),
    *CONCEDE_INSIST,
    FOUR_PRIOR,
)
def two_partially_informed(values: Values) -> Measurement:
    """The player's payoff in the equilibrium found, or the bound on it, against her benchmark."""
    found = standing_of(values)
    told = {"achieves": found.achieves, "gap": found.benchmark - found.value}
    return Measurement(found.value, found.benchmark, told, relation=">=" if found.achieves else "<")


def standing_of(values: Values) -> patterns.Standing:
    """The standing of the player in the family. Raises ParameterError for a prior of N that does not have four entries."""
    gamma, first, second, player = values["gamma"], values["p1"], values["p2"], values["player"]
    match values["game"]:
        case "C":
            return patterns.common_interest_standing()
        case "N":
            if len(values["prior"]) != 4:
                raise ParameterError(f"prior: {len(values['prior'])} entries, where the game N has four games")
            return patterns.stubborn_standing(gamma, values["prior"], first, second, player)
    insists = 1 if values["game"] == "I" else 2
    if player == insists:
        return patterns.insisting_standing()
    informed, answering = (first, second) if insists == 1 else (second, first)
    return patterns.answering_standing(gamma, values["beta"], values["pi"], informed, answering)


# Finite classes


@evaluates(
    "C12",
    Parameter("strategies", Choices(("moore2", "memory1", "tree")), "the class of strategies", "moore2"),
    Parameter("T", Integers(1, MOST_ROUNDS), "rounds (tree)", 2),
    *CONCEDE_INSIST,
    precision(),
)
def restricted_class(values: Values) -> Measurement:
    """The largest payoff of player 2 over all equilibria of the restricted meta-game against R0."""
    numbers = numbers_of(values, resample((values["pi"], 1 - values["pi"]), values["p"]))
    name = values["strategies"]
    found = restricted_equilibria(bayesian_game(numbers), StrategyClass(name, values["T"] if name == "tree" else 0))
    told = {
        "size": found.size,
        "count": found.count,
        "u1_min": found.first[0],
        "u1_max": found.first[1],
        "u2_min": found.second[0],
        "u2_max": found.second[1],
        "B1": Fraction(1),
        "B2": numbers.benchmark,
    }
    return Measurement(found.second[1], mimic_bound(bayesian_game(numbers)), told, relation="<=")


@evaluates(
    "C13",
    Parameter("T", Integers(1), "rounds", 2),
    Parameter("rows", Integers(1, 2), "rows of the game (all alike)", 2),
    Parameter("feedback", Choices(("actions", "own_payoff")), "what player 2 sees", "actions"),
)
def feedback_matters(values: Values) -> Measurement:
    """The largest payoff of player 1 over all equilibria of T rounds against B_1."""
    found = feedback.feedback_equilibria(values["T"], values["rows"], values["feedback"])
    return Measurement(found.payoffs[-1], Fraction(1, 10), {"payoffs": list(found.payoffs), "count": found.count})


@evaluates("C14")
def one_row(values: Values) -> Measurement:
    """Player 1's payoff, the same at every frequency of column l, against B_1."""
    benchmark = sum((stackelberg.commit(game).value for game in TIED_GAMES), Fraction(0)) / len(TIED_GAMES)
    return Measurement(tied_payoff(Fraction(1, 2)), benchmark, {"B1": benchmark, "weak": tied_weak_benchmark()})


def tied_payoff(frequency: Fraction) -> Fraction:
    """Player 1's expected payoff in C14 when player 2 plays l with this frequency; she cannot tell the games apart."""
    columns = (frequency, 1 - frequency)
    return sum((y * Fraction(game.first[0][b]) for game in TIED_GAMES for b, y in enumerate(columns)), Fraction(0)) / len(TIED_GAMES)


def tied_weak_benchmark() -> Fraction:
    """The benchmark of C14 with ties broken against player 1: the least payoff of her only row."""
    return sum((min(Fraction(x) for x in game.first[0]) for game in TIED_GAMES), Fraction(0)) / len(TIED_GAMES)


@evaluates(
    "C15",
    Parameter("levels1", Lists(Rationals()), "payoff levels of player 1", (0, 1)),
    Parameter("levels2", Lists(Rationals()), "payoff levels of player 2", (0, 1, 2)),
    Parameter("top_first", Choices(("false", "true")), "keep only families whose first cell of U_2 has the highest level", "false"),
)
def minimal_families(values: Values) -> Measurement:
    """The number of families with R0 < B_2 against the number of families."""
    found = family_scan.scan(values["levels1"], values["levels2"], values["top_first"] == "true")
    rows = [list(row) for row in found.found]
    return Measurement(Fraction(found.count), Fraction(found.scanned), {"by_value": rows}, relation="<=")
