"""Measures of C1 to C11: the reformulation and offline optimisation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.parameters import Integers, Lists, Parameter, Values
from claims.user_disengagement import model
from claims.user_disengagement.algorithms import ladders
from claims.user_disengagement.algorithms.baselines import myopic
from claims.user_disengagement.evaluation import evaluates, from_one
from claims.user_disengagement.model import LadderUser, WindowMoves
from claims.user_disengagement.parameters import (
    ANY,
    OPEN_UNIT,
    UNIT,
    MenuTable,
    OneOrEach,
    gamma,
    ladder_of,
    ladder_parameters,
    rate_of,
    rates,
    rates_of,
    refuse,
    scalar,
    table_of,
    table_parameters,
)
from exact.linear_programs import Solution
from instances.decision_processes import DecisionProcess, Optimum


def chain_optimum(process: DecisionProcess, states: int) -> tuple[Optimum, tuple[Fraction, ...]]:
    """The optimum of a two-status chain, and its engaged part."""
    found = process.optimum()
    return found, found.values[:states]


def program_value(process: DecisionProcess) -> Fraction:
    """Σ V* as the optimum of the Bellman program, by the exact linear programming engine."""
    from exact import linear_programs

    solution: Solution = linear_programs.solve(process.bellman_program([Fraction(1)] * process.states))
    assert solution.value is not None, "the Bellman program of a discounted process has an optimum"
    return solution.value


# Reformulation


@evaluates("C1", gamma(), scalar("f", "probability to stay", "3/5"), *rates("1/4"))
def modified_discount(values: Values) -> Measurement:
    """V_E of the two-status chain against 1/(1 − f̃)."""
    g, f, rho = values["gamma"], values["f"], rate_of(values)
    engaged, away = model.chain_value(g, f, rho)
    told = {
        "f_tilde": model.modified_discount(g, f, rho),
        "D_tilde": model.effective_demand(g, f, rho),
        "N_tilde": model.door_demand(g, f, rho),
        "engaged_fraction": model.engaged_fraction(f, rho),
        "V_D": away,
    }
    return Measurement(engaged, told["D_tilde"], told)


@evaluates("C2", gamma(), scalar("f", "probability to stay", "3/5"), scalar("rho", "re-engagement", 0))
def shape(values: Values) -> Measurement:
    """f̃ against γ, with its partial derivatives."""
    g, f, rho = values["gamma"], values["f"], values["rho"]
    waiting = 1 - g + g * rho
    discount = model.modified_discount(g, f, rho)
    told = {"f_tilde": discount, "d_f": g * (1 - g) / waiting, "d_rho": (1 - f) * g**2 * (1 - g) / waiting**2}
    return Measurement(discount, g, told)


@evaluates("C3", *table_parameters())
def table_optimum(values: Values) -> Measurement:
    """Σ V* by policy iteration on the chain against the reduced program."""
    table = table_of(values)
    states = len(table.demand)
    found, engaged = chain_optimum(table.chain(), states)
    following = [min(table.moves[x][a][1] for a in found.optimal_actions(x)) + 1 for x in range(states)]
    told = {
        "V": engaged,
        "V_D": found.values[states:],
        "next": following,
        "V_myopic": table.reduced().value_of(myopic(table.moves)),
        "f_tilde": table.discounts,
        "policies": table.reduced().policy_count,
    }
    return Measurement(sum(engaged, Fraction(0)), program_value(table.reduced()), told)


# Ladders


@evaluates("C4", *ladder_parameters(alpha=6, delta=0))
def target_rule(values: Values) -> Measurement:
    """V*(b_1) − βδb_1 on the chain against max J."""
    ladder = ladder_of(values)
    _, engaged = chain_optimum(ladder.table().chain(), ladder.count)
    told = {"J": ladder.indices, "V": engaged, "target": ladders.best_targets(ladder)[0] + 1}
    return Measurement(engaged[0] - ladder.base(0), max(ladder.indices), told)


@evaluates("C5", *ladder_parameters(reach=True), Parameter("policy", Lists(Integers(lower=1)), "next level for each level; the optimal one if not given"))
def killing(values: Values) -> Measurement:
    """The most that a policy earns beyond βδx, against max J."""
    ladder = ladder_of(values)
    policy = _policy(ladder, values)
    worth, killed = ladders.policy_values(ladder, policy), ladders.killing_sum(ladder, policy)
    excess = max(v - ladder.base(i) for i, v in enumerate(worth))
    if any(v - ladder.base(i) != w for i, (v, w) in enumerate(zip(worth, killed, strict=True))):
        raise AssertionError("the killing sum is not the value on the chain")
    return Measurement(excess, max(ladder.indices), {"V": worth, "W": killed, "J": ladder.indices, "policy": from_one(policy)})


def _policy(ladder: LadderUser, values: Values) -> tuple[int, ...]:
    if "policy" not in values:
        table = ladder.table()
        found = table.chain().optimum()
        optimal = [[table.moves[i][a][1] for a in found.optimal_actions(i)] for i in range(ladder.count)]
        return tuple(i if i in levels else min(levels) for i, levels in enumerate(optimal))
    policy = tuple(j - 1 for j in values["policy"])
    refuse(len(policy) != ladder.count, f"policy: {len(policy)} entries for {ladder.count} levels")
    for i, j in enumerate(policy):
        refuse(j >= ladder.count or j not in ladder.moves.reach(i), f"policy: level {j + 1} is not reachable from level {i + 1}")
    return policy


@evaluates("C6", *ladder_parameters())
def endpoints(values: Values) -> Measurement:
    """sup J over all satisfactions from b_1 on, against the largest J of a lower endpoint."""
    ladder = ladder_of(values)
    refuse(ladder.beta <= 0, "beta: the claim needs beta > 0")
    slopes = [-ladder.beta * (ladder.delta + (1 - ladder.delta) / (1 - d)) for d in ladder.discounts]
    right = [index + slope * (high - low) for index, slope, low, high
             in zip(ladder.indices, slopes, ladder.levels, ladder.levels[1:], strict=False)]
    supremum = max([*ladder.indices, *right])
    return Measurement(supremum, max(ladder.indices), {"J": ladder.indices, "slope": slopes, "J_right": right})


def _reflexive(values: Values) -> LadderUser:
    ladder = ladder_of(values)
    refuse(not ladder.is_reflexive, "reach: a level cannot be kept; the claim needs neutral content at every level")
    return ladder


@evaluates("C7", *ladder_parameters(reach=True))
def label_setting(values: Values) -> Measurement:
    """The steps of label setting against k²; holds only if its value is optimal too."""
    ladder = _reflexive(values)
    found = ladders.label_setting(ladder)
    exact = ladders.is_optimal(ladder, found.values, found.successors)
    told = {"V": found.values, "W": found.labels, "J": ladder.indices, "next": from_one(found.successors), "f_tilde": ladder.discounts}
    return Measurement(found.steps, ladder.count**2, told, holds=exact and found.steps <= ladder.count**2)


@evaluates("C8", *ladder_parameters(reach=True))
def settling(values: Values) -> Measurement:
    """The longest optimal way to a level that is kept, against k − 1."""
    ladder = _reflexive(values)
    found = ladders.label_setting(ladder)
    paths = [found.path(i) for i in range(ladder.count)]
    hops = [len(path) - 1 for path in paths]
    told = {"sinks": from_one(found.sinks), "sink": [path[-1] + 1 for path in paths], "hops": hops, "next": from_one(found.successors)}
    return Measurement(max(hops), ladder.count - 1, told)


# Limits


@evaluates("C9", gamma(), scalar("stay", "reward of staying", 1, ANY), scalar("up", "reward of going up", "1/2", ANY),
           scalar("down", "reward of going down", 2, ANY))
def cycling(values: Values) -> Measurement:
    """V*(1) against the best settling value, with two levels and f ≡ 1."""
    g, stay, up, down = (values[name] for name in ("gamma", "stay", "up", "down"))
    one = Fraction(1)
    table = model.DisengagementMDP(g, (one, one), (Fraction(0),) * 2, (((stay, 0), (up, 1)), ((stay, 1), (down, 0))))
    engaged = table.reduced().optimum().values
    staying = stay / (1 - g)
    settling_values = [max(staying, up + g * staying), max(staying, down + g * staying)]
    told = {"V": engaged, "V_settling": settling_values, "V_stay": staying}
    return Measurement(engaged[0], settling_values[0], told, holds=True if engaged[0] > settling_values[0] else None)


def lattice(g: Fraction, demand: Sequence[Fraction], rho: Sequence[Fraction], alpha: Fraction, beta: Fraction, down: int, up: int) -> LadderUser:
    """Positions 0 … n as levels with full memory; a round moves at most ``down`` down and ``up`` up. Each move is charged as it is made."""
    size = len(demand)
    return LadderUser(g, tuple(Fraction(i) for i in range(size)), tuple(demand), tuple(rho), alpha, beta, Fraction(1), WindowMoves(size, down, up))


def breakpoints_of(ladder: LadderUser) -> tuple[int, ...]:
    """Position 0 and every position at which the demand changes."""
    return tuple(i for i in range(ladder.count) if i == 0 or ladder.demand[i] != ladder.demand[i - 1])


def on_breakpoints(ladder: LadderUser) -> LadderUser:
    """The ladder with its breakpoints only: moves among them within the step limits."""
    kept = breakpoints_of(ladder)
    table = model.TableMoves(tuple(tuple(n for n, j in enumerate(kept) if j in ladder.moves.reach(i)) for i in kept))
    return LadderUser(ladder.gamma, tuple(ladder.levels[i] for i in kept), tuple(ladder.demand[i] for i in kept), tuple(ladder.rho[i] for i in kept),
                      ladder.alpha, ladder.beta, ladder.delta, table)


@evaluates(
    "C10", gamma("3/4"), *rates(each=True), scalar("alpha", "reward of neutral content", 4, ANY), scalar("beta", "exchange rate", 1, ANY),
    Parameter("f", Lists(UNIT), "demand at positions 0, 1, …", ("3/4", "3/4", "3/4", 1)),
    Parameter("down", Integers(lower=0), "longest step down", 1), Parameter("up", Integers(lower=0), "longest step up", 2),
)
def bounded_steps(values: Values) -> Measurement:
    """V*(0) on the lattice against the program on breakpoints only."""
    demand = values["f"]
    ladder = lattice(values["gamma"], demand, rates_of(values, demand), values["alpha"], values["beta"], values["down"], values["up"])
    full, coarse = ladders.label_setting(ladder), ladders.label_setting(on_breakpoints(ladder))
    told = {"V": full.values, "W": full.labels, "J": ladder.indices, "next": list(full.successors), "sinks": list(full.sinks),
            "breakpoints": list(breakpoints_of(ladder)), "V_breakpoints": coarse.values}
    better = full.values[0] > coarse.values[0]
    return Measurement(full.values[0], coarse.values[0], told, holds=True if better else None)


@evaluates(
    "C11", Parameter("gamma", OPEN_UNIT, "discount factor", "9/10"), Parameter("rho", OneOrEach(), "re-engagement (R-const)", 0),
    Parameter("f", Lists(UNIT), "demand of each state", (1,)), Parameter("f_hat", Lists(UNIT), "its approximation", ("9/10",)),
    Parameter("moves", MenuTable(), "the moves of each state; one state paying 1 per entry of f if not given",
              lambda values: tuple(((1, x + 1),) for x in range(len(values["f"])))),
)
def approximation(values: Values) -> Measurement:
    """max |V*_f − V*_f̂| against Rγε/((1 − γ)(1 − γ + γρ))."""
    if len(values["f"]) != len(values["f_hat"]):
        raise ParameterError(f"f_hat: {len(values['f_hat'])} entries, where f has {len(values['f'])}")
    table, other = table_of(values), table_of(values, demand="f_hat")
    largest = max(reward for menu in table.moves for reward, _ in menu)
    refuse(any(reward < 0 for menu in table.moves for reward, _ in menu), "moves: a reward is negative; the claim needs rewards in [0, R]")
    worth, approximate = table.reduced().optimum().values, other.reduced().optimum().values
    eps = max(abs(a - b) for a, b in zip(table.demand, other.demand, strict=True))
    g = table.gamma
    bound = largest * g * eps / ((1 - g) * (1 - g + g * min(table.rho)))
    gap = max(abs(a - b) for a, b in zip(worth, approximate, strict=True))
    return Measurement(gap, bound, {"V": worth, "V_hat": approximate, "eps": eps, "ratio": gap / bound if bound else None})
