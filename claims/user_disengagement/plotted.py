"""Points of the paper's plots, as parts beside the grades: `figures` reads them off the evidence of a run.

Each point is measured on the model (the two-status chain by policy iteration with its Bellman certificate, its stationary laws by a linear program,
a derivative of the definition, a learner's run) and compared with the closed form that the claim proves. Effort quick has a few points of each curve.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from claims import LinearProgram, Part, Settings, Witness
from claims.formulations import Formulation, Relation
from claims.parameters import Values
from claims.user_disengagement import quantities as qty
from claims.user_disengagement.algorithms import hedge, ladders
from claims.user_disengagement.algorithms.prices import Churn
from claims.user_disengagement.model import (
    DisengagementMDP,
    LadderUser,
    constant,
    effective_demand,
    free_moves,
    modified_discount,
    nearest_moves,
    steady_index,
)
from claims.user_disengagement.named_instances import g1
from exact import reals
from exact.differentiation import derivative
from exact.linear_programs import Problem, Row
from exact.reals import Real, plain
from instances import loss_sequences

GAMMA = Fraction(9, 10)


def grid(low: Fraction | int, high: Fraction | int, pieces: int) -> list[Fraction]:
    """Equal steps, both ends included."""
    return [Fraction(low) + (Fraction(high) - low) * i / pieces for i in range(pieces + 1)]


def along(name: str, coarse: Iterable[Fraction], fine: Iterable[Fraction] = ()) -> Settings:
    """Settings of one number: the coarse values at effort quick, the fine ones that are not among them at standard."""
    quick = tuple(coarse)
    return Settings(tuple({name: x} for x in quick), tuple({name: x} for x in fine if x not in quick))


def points(name: str, statement: str, quantity: qty.Quantity, relation: Relation, bound: qty.Quantity, settings: Settings, argument: str) -> Part:
    """A part beside the grade: one exact measurement at each setting."""
    return beside(name, statement, Witness(instance=qty.nothing, quantity=quantity, relation=relation, bound=bound, settings=settings, argument=argument))


def beside(name: str, statement: str, formulation: Formulation) -> Part:
    """A part that is no conjunct of the claim."""
    return Part(name, statement, (formulation,), quantifier="exists", beside=True)


def rational(value: Real) -> Fraction:
    """A rational parameter itself, without its record: what instances are made of."""
    exact = plain(value)
    assert isinstance(exact, Fraction | int), "parameters are rational"
    return Fraction(exact)


def given(parameters: Values, name: str) -> Fraction:
    """A parameter by its name."""
    return rational(parameters[name])


def on_chain(gamma: Fraction, f: Fraction, rho: Fraction, reward: Fraction) -> Real:
    """V of one state that pays ``reward`` in each engaged round, on the two-status chain, with its certificate."""
    return qty.best_on_chain(DisengagementMDP(gamma, (f,), (rho,), (((reward, 0),),)), 0)


# The optimum of two arms against friction: C19

ARMS = ((Fraction(3), Fraction(1, 2)), (Fraction(2), Fraction(1)))
SWITCH = Fraction(8, 9)
FRICTION = along("phi", map(Fraction, ("0", "1/10", "1/9", "1/2", "1")), grid(0, 1, 36))


def two_arms(phi: Fraction) -> DisengagementMDP:
    """Both arms can be shown in every round; the state is the arm that was shown last."""
    menu = tuple((reward, arm) for arm, (reward, _) in enumerate(ARMS))
    demand = tuple(stay for _, stay in ARMS)
    return DisengagementMDP(GAMMA, demand, constant(1 - phi, demand), (menu, menu))


def optimal_retention(phi: Fraction) -> Fraction:
    """The largest retention of an optimal arm, by policy iteration on the chain."""
    return max(ARMS[arm][1] for arm in two_arms(phi).chain().optimum().optimal_actions(0))


def predicted_arm(parameters: Values) -> tuple[Fraction, Fraction]:
    """The optimal arm by C15's threshold ρ* = 8/9; at the threshold the one of larger retention."""
    return ARMS[0] if 1 - given(parameters, "phi") > SWITCH else ARMS[1]


def engaged_program(parameters: Values) -> Problem:
    """The largest share of engaged rounds in a stationary law of the two-status chain of the optimal arm. Columns: engaged, away."""
    phi = given(parameters, "phi")
    balance = Row({0: 1 - optimal_retention(phi), 1: phi - 1}, lower=0, upper=0)
    whole = Row({0: Fraction(1), 1: Fraction(1)}, lower=1, upper=1)
    return Problem(sense="maximise", columns=2, objective={0: Fraction(1)}, rows=[balance, whole], column_bounds=[(0, None)] * 2)


def engaged_share(parameters: Values) -> Real:
    """ρ/(ρ + 1 − f), and 1 where f = 1."""
    rho, stay = 1 - parameters["phi"], predicted_arm(parameters)[1]
    return Fraction(1) if stay == 1 else rho / (rho + 1 - stay)


OF_FRICTION = (
    points("V* over friction", "the optimum of two arms at ρ = 1 − φ", lambda _, p: qty.best_on_chain(two_arms(given(p, "phi")), 0), "==",
           lambda _, p: reals.maximum([reward * effective_demand(GAMMA, stay, 1 - p["phi"]) for reward, stay in ARMS]), FRICTION,
           "Policy iteration on the two-status chain against the larger of the two closed forms rD̃."),
    points("retention over friction", "the retention of the optimal arm at ρ = 1 − φ", lambda _, p: optimal_retention(given(p, "phi")), "==",
           lambda _, p: predicted_arm(p)[1], FRICTION, "The optimal arm on the chain against the threshold ρ* = 8/9 of C15."),
    points("D̃ over friction", "D̃ of the optimal arm at ρ = 1 − φ",
           lambda _, p: on_chain(GAMMA, optimal_retention(given(p, "phi")), 1 - given(p, "phi"), Fraction(1)), "==",
           lambda _, p: effective_demand(GAMMA, predicted_arm(p)[1], 1 - p["phi"]), FRICTION,
           "The value of that arm with reward 1, on the chain, against 1/(1 − f̃)."),
    beside("e3 over friction", "the long-run engaged fraction of the optimal arm at ρ = 1 − φ",
           LinearProgram(build=engaged_program, relation="==", bound=engaged_share, settings=FRICTION,
                         argument="The stationary law of the two-status chain (the largest share, where there are several) against ρ/(ρ + 1 − f).")),
)

# Where friction raises the effect of retention: C17 and C18

SIGMAS = (Fraction(1, 10), Fraction(1, 3), Fraction(1, 2))
MESH = Fraction(1, 100)


def threshold(gamma: Fraction, sigma: Fraction, phi: Fraction) -> Fraction:
    """C17's f* at q = 1 − φ."""
    return sigma / ((1 + sigma) * (1 - phi + phi * sigma))


def full_memory_boundary(gamma: Fraction, sigma: Fraction, phi: Fraction) -> Fraction:
    """C18's 1/(2 − γφ)."""
    return 1 / (2 - gamma * phi)


def on_boundary(boundary: Any) -> Settings:
    """Points of the boundary, and of the boundary a mesh of friction further on."""
    def at(phis: Sequence[Fraction]) -> tuple[Values, ...]:
        return tuple(
            {"gamma": gamma, "phi": phi, "f": boundary(gamma, sigma, phi), "f_next": boundary(gamma, sigma, phi + MESH)}
            for sigma in SIGMAS for gamma in (1 - sigma**2,) for phi in phis
        )
    coarse = [Fraction(0), Fraction(1, 2), Fraction(19, 20)]
    return Settings(at(coarse), at([phi for phi in grid(0, Fraction(19, 20), 19) if phi not in coarse]))


def demands(gamma: Fraction, phi: Fraction, f: Fraction) -> tuple[Real, Real, Real, Real]:
    """D̃ on the chain with ρ = (1 − φ)f at (f, φ), (f + h, φ), (f, φ + h), (f + h, φ + h), h = 1/100."""
    first, second, third, fourth = (
        on_chain(gamma, stay, (1 - friction) * stay, Fraction(1)) for friction in (phi, phi + MESH) for stay in (f, f + MESH))
    return first, second, third, fourth


def ratio_change(d: tuple[Real, Real, Real, Real]) -> Real:
    """How far friction raises D̃(f + h)/D̃(f)."""
    return d[3] / d[2] - d[1] / d[0]


def difference_change(d: tuple[Real, Real, Real, Real]) -> Real:
    """How far friction raises D̃(f + h) − D̃(f)."""
    return d[3] - d[2] - d[1] + d[0]


def bracketed(change: Any) -> qty.Quantity:
    """The lesser of: what friction adds right above the boundary, what it takes away right below it."""
    def quantity(_: Any, p: Values) -> Real:
        gamma, phi, f, following = (given(p, name) for name in ("gamma", "phi", "f", "f_next"))
        return reals.minimum([change(demands(gamma, phi, following)), -change(demands(gamma, phi, f - MESH))])
    return quantity


_BRACKET = "The boundary rises with φ. So the square of side 1/100 that starts on it at φ + 1/100 lies above it, and the one that ends on it at φ below."
OF_RATIO = points("boundary", "friction raises D̃(f + h)/D̃(f) above f*, and lowers it below", bracketed(ratio_change), ">", qty.fixed(Fraction(0)),
                  on_boundary(threshold), _BRACKET)
OF_DIFFERENCE = points("boundary", "R-prop: friction raises D̃(f + h) − D̃(f) above 1/(2 − γφ), and lowers it below", bracketed(difference_change), ">",
                       qty.fixed(Fraction(0)), on_boundary(full_memory_boundary), _BRACKET)

# Elasticity over the price: C13

CHURN, RHO = Churn(Fraction(1), 2, -1), Fraction(11, 225)
PRICES = along("p", map(Fraction, ("1/5", "2/5", "2/3", "4/5", "1")), grid(Fraction(1, 20), 1, 19))


def elasticity_of(demand: Any) -> qty.Quantity:
    """−p·demand'(p)/demand(p), by differentiating its definition."""
    return lambda _, p: -p["p"] * derivative(demand, p["p"]) / demand(p["p"])


OF_PRICE = (
    points("modified over price", "ε̃_D for f = 1 − p²/(1 + p), ρ = 11/225", elasticity_of(lambda x: effective_demand(GAMMA, 1 - CHURN.at(x), RHO)), "==",
           lambda _, p: p["p"] * CHURN.slope(p["p"]) / (1 / GAMMA + RHO - 1 + CHURN.at(p["p"])), PRICES, "The derivative of D̃(p) against the closed form."),
    points("classical over price", "ε for the same demand", elasticity_of(lambda x: 1 - CHURN.at(x)), "==",
           lambda _, p: p["p"] * CHURN.slope(p["p"]) / (1 - CHURN.at(p["p"])), PRICES, "The derivative of f(p) against −pf'/f."),
)

# The steady-state index over satisfaction: C4

MEMORIES = tuple(map(Fraction, ("0", "1/2", "1")))
G1 = g1("6", "0")
WITHIN = tuple(map(Fraction, ("1/2", "19/20")))
STAYS = Settings(
    tuple({"delta": delta, "y": y} for delta in MEMORIES for y in G1.levels),
    tuple({"delta": delta, "y": y + part} for delta in MEMORIES for y in G1.levels for part in WITHIN),
)


def demand_at(y: Fraction) -> Fraction:
    """Ladder G1's demand at any satisfaction from its first level on."""
    return G1.demand[bisect_right(G1.levels, y) - 1]


def staying_at(_: Any, p: Values) -> Real:
    """V, on the chain, of going from satisfaction 0 to y and staying; state 0 is the start."""
    delta, y = given(p, "delta"), given(p, "y")
    moves = (((G1.alpha - G1.beta * y, 1),), ((G1.alpha - G1.beta * y * (1 - delta), 1),))
    return qty.best_on_chain(DisengagementMDP(G1.gamma, (G1.demand[0], demand_at(y)), (Fraction(0), Fraction(0)), moves), 0)


def index_at(_: Any, p: Values) -> Real:
    """J_δ(y)."""
    discount = modified_discount(G1.gamma, demand_at(given(p, "y")), Fraction(0))
    return steady_index(G1.alpha, G1.beta, p["delta"], p["y"], discount)


OF_SATISFACTION = points("index over satisfaction", "going from 0 to y and staying is worth J_δ(y) on ladder G1, α = 6, ρ = 0", staying_at, "==", index_at,
                         STAYS, "The value on the two-status chain against the closed form.")

# Ways and steps on ladders: C8 and C7


def ways(*rates: str) -> tuple[Values, ...]:
    """For each ρ the next levels (from 1) that label setting finds on G1 with nearest-neighbour moves."""
    return tuple({"rho": Fraction(rate), "next": tuple(j + 1 for j in ladders.label_setting(g1(rho=rate)).successors)} for rate in rates)


def _from_every_level(table: DisengagementMDP) -> Real:
    n = len(table.demand)
    return qty.optimum_from(table.chain(), [Fraction(int(s < n)) for s in range(2 * n)])


def followed(_: Any, p: Values) -> Real:
    """Σ_x V(x) of following the ways, on the chain."""
    ladder = g1(rho=str(given(p, "rho")))
    moves = tuple(((ladder.reward(i, j), j),) for i, j in enumerate(int(rational(number)) - 1 for number in p["next"]))
    return _from_every_level(DisengagementMDP(ladder.gamma, ladder.demand, ladder.rho, moves))


OF_ROUND = points("ways", "on ladder G1, nearest neighbours, the named next levels are optimal from every level", followed, "==",
                  lambda _, p: _from_every_level(g1(rho=str(given(p, "rho"))).table()), Settings(ways("0", "1")),
                  "Σ_x V(x) of following them against Σ_x V*(x) by policy iteration, both on the two-status chain.")

MOVES = {"free": free_moves, "nearest": nearest_moves}


def sizes(*levels: int) -> tuple[Values, ...]:
    """Settings moves, k."""
    return tuple({"moves": moves, "k": k} for moves in MOVES for k in levels)


def counted(_: Any, p: Values) -> Fraction:
    """The steps of label setting on k levels with demand i/(k + 1)."""
    k = int(given(p, "k"))
    demand = tuple(Fraction(i + 1, k + 1) for i in range(k))
    rho, moves = constant(Fraction(0), demand), MOVES[p["moves"]](k)
    ladder = LadderUser(GAMMA, tuple(map(Fraction, range(k))), demand, rho, Fraction(2), Fraction(1, 10), Fraction(1), moves)
    return Fraction(ladders.label_setting(ladder).steps)


OF_SIZE = points("counted steps", "label setting takes at most k² steps on k levels", counted, "<=", lambda _, p: p["k"] ** 2,
                 Settings(sizes(2, 4, 8, 16), sizes(32, 64)), "The steps of a run, counted.")

# Learning across users: C22, C23, C27, C25

RATE = Fraction(5, 2)


def shapes(*pairs: tuple[int, int]) -> tuple[Values, ...]:
    """Settings N, T."""
    return tuple({"N": n, "T": t} for n, t in pairs)


def shape(p: Values) -> tuple[int, int]:
    """N and T."""
    return int(given(p, "N")), int(given(p, "T"))


def winner_ratio(_: Any, p: Values) -> Real:
    """ALG/OPT of Prod-Hedge at η = 5/2 when the same choice wins every round."""
    run = hedge.prod_hedge(loss_sequences.single_winner(*shape(p)), RATE)
    return run.gain / run.benchmark


def tuned_ratio(_: Any, p: Values) -> Real:
    """The regret over √T of Prod-Hedge at η = √(2 ln 2/T) when two choices win in turn."""
    users = shape({**p, "N": 2})[1]
    run = hedge.prod_hedge(loss_sequences.round_robin(2, users), reals.sqrt(2 * reals.log(Fraction(2)) / p["T"]))
    return (run.benchmark - run.gain) / reals.sqrt(p["T"])


def explored_ratio(_: Any, p: Values) -> Real:
    """E[ALG]/OPT of explore-half Hedge when the same choice wins every round."""
    run = hedge.explore_half(loss_sequences.single_winner(*shape(p)))
    return run.gain / run.benchmark


OF_USERS = points("one winner", "ALG/OPT at η = 5/2 is at least ½ − (2/5)ln N/T", winner_ratio, ">=",
                  lambda _, p: Fraction(1, 2) - reals.log(p["N"]) / RATE / p["T"],
                  Settings(shapes(*((n, t) for n in (2, 8) for t in (2, 4, 8, 16))),
                           shapes(*((n, t) for n in (2, 8) for t in (32, 64)), *((100, t) for t in (2, 4, 8, 16)))),
                  "The run of Prod-Hedge with one winner of N; OPT = T.")
OF_TURNS = points("winners in turn", "the regret over √T at the tuned rate is at most √(2 ln 2)", tuned_ratio, "<=",
                  lambda _, p: reals.sqrt(2 * reals.log(Fraction(2))),
                  along("T", map(Fraction, (2, 8, 32)), map(Fraction, (4, 16, 64))), "The run of Prod-Hedge on two choices.")
OF_EXPLORERS = points("one winner", "E[ALG]/OPT is at least ½ − √(2N ln N/T)", explored_ratio, ">=",
                      lambda _, p: Fraction(1, 2) - reals.sqrt(2 * p["N"] * reals.log(p["N"]) / p["T"]),
                      Settings(shapes((2, 4)), shapes((2, 3), (2, 6), (2, 8))), "The expectation over all paths of actions, in balls; OPT = T.")


def played_out(_: Any, p: Values) -> Real:
    """ALG/OPT where target 1 is played m times as often as target 2, with the values of both types of users on the chain."""
    m = given(p, "m")
    gamma = 1 - 1 / m**2
    first, second = m.numerator, m.denominator
    worth = {(target, f): on_chain(gamma, Fraction(f), Fraction(0), Fraction(1) / m ** (target - 1)) for target, f in ((1, 0), (1, 1), (2, 1))}
    gain = first * worth[1, 0] + second * worth[2, 1]
    return gain / reals.maximum([first * worth[1, 0] + second * worth[1, 1], (first + second) * worth[2, 1]])


OF_PATIENCE = points("played out", "n_1 = m·n_2: ALG/OPT = 2/(1 + m), γ = 1 − 1/m²", played_out, "==", lambda _, p: 2 / (1 + p["m"]),
                     along("m", map(Fraction, ("3/2", "2", "3", "5", "10")), (Fraction(i, 2) for i in range(3, 21))),
                     "Users of type B meet target 1, of type C target 2; each value is solved on the two-status chain.")

PARTS: tuple[Part, ...] = (
    *OF_FRICTION, OF_RATIO, OF_DIFFERENCE, *OF_PRICE, OF_SATISFACTION, OF_ROUND, OF_SIZE, OF_USERS, OF_TURNS, OF_EXPLORERS, OF_PATIENCE,
)
"""All of them; the sections put each beside the claim that it belongs to."""
