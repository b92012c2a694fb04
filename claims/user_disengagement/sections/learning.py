"""C22 to C28: learning across users with unknown demand, what cannot be learned, and the simulator."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Enumeration, Experiment, LinearProgram, Part, Property, Scaling, Settings, Witness
from claims.parameters import Values
from claims.user_disengagement import enumerations as finite
from claims.user_disengagement import plotted
from claims.user_disengagement import quantities as qty
from claims.user_disengagement.algorithms import hedge, per_user_game, simulator
from claims.user_disengagement.model import chain_value
from claims.user_disengagement.sections.common import ABSTRACT, DEMAND, OURS, N, T, alpha, beta, claim, eps, eta, f, formula, g, m, rho, x, y
from exact import reals
from exact.linear_programs import Problem
from exact.reals import Real
from instances.loss_sequences import GainSequence

G, E1, E2, n1, n2, s = sp.symbols("G D1 D2 n1 n2 s", real=True)
RATE = Fraction(5, 2)


def games(*sizes: tuple[int, int, str]) -> tuple[Values, ...]:
    """Settings N, T, eta."""
    return tuple({"N": n, "T": t, "eta": Fraction(rate)} for n, t, rate in sizes)


def shapes(*sizes: tuple[int, int]) -> tuple[Values, ...]:
    """Settings N, T."""
    return tuple({"N": n, "T": t} for n, t in sizes)


# C22


def gain_sequences(parameters: Values) -> Any:
    """Random sequences of the setting's size."""
    from hypothesis import strategies as st

    gain = st.fractions(0, 1, max_denominator=8)
    row = st.lists(gain, min_size=parameters["N"], max_size=parameters["N"]).map(tuple)
    return st.lists(row, min_size=1, max_size=parameters["T"]).map(lambda rows: GainSequence(tuple(rows)))


def half_excess(sequence: GainSequence, parameters: Values) -> Real:
    """ALG − OPT/2 at η = 5/2."""
    run = hedge.prod_hedge(sequence, RATE)
    return run.gain - run.benchmark / 2


def half_remainder(sequence: GainSequence, parameters: Values) -> Real:
    """−(2/5)ln N."""
    return -reals.log(Fraction(sequence.choices)) / RATE


HALF = claim(
    "C22",
    "½-competitive Hedge with constant regret",
    "Prod-Hedge against every adaptive adversary, gains in [0, H], η > 0: E[ALG] >= (ln(1 + η)/η)·OPT − H·ln N/η. With η = 5/2: E[ALG] >= ½OPT − (2/5)H·ln N "
    "for all T.",
    ABSTRACT,
    ">=",
    sp.log(1 + eta) / eta * sp.Symbol("OPT") - sp.log(N) / eta,
    Part(
        "chord",
        "ln(1 + ηg) >= g·ln(1 + η) on [0, 1]",
        (
            formula(
                eta**2 / (1 + eta * G) ** 2,
                ">",
                0,
                "−∂²ln(1 + ηg)/∂g² = η²/(1 + ηg)² > 0: concave in g, so it is above its chord between g = 0 and g = 1. (H = 1.) The weight of the best "
                "policy after T users is Π(1 + ηg) >= (1 + η)^OPT. The total weight starts at N and is multiplied by 1 + η⟨p_t, g_t⟩, whatever the "
                "adversary chose after seeing the past. So OPT·ln(1 + η) <= ln N + Σ ln(1 + η⟨p_t, g_t⟩).",
                domains={G: (0, 1)},
            ),
            Enumeration(
                statement="ALG >= (ln(1 + η)/η)·OPT − ln N/η for every vector of wins that binary gains can reach, with the least ALG on the way",
                elements=finite.win_profiles,
                predicate=finite.earns_its_share,
                settings=Settings(
                    games((2, 12, "5/2"), (2, 12, "1"), (2, 12, "1/2"), (3, 6, "5/2"), (3, 6, "1")),
                    games((2, 24, "5/2"), (3, 8, "5/2"), (4, 6, "5/2")),
                ),
                argument="All binary sequences of that length, by dynamic programming over sorted numbers of wins; binary gains only.",
            ),
        ),
    ),
    Part(
        "logarithm",
        "ln(1 + x) <= x for x >= 0",
        (formula(sp.log(1 + eta), "<=", eta, "With x = η⟨p_t, g_t⟩: Σ ln(1 + η⟨p_t, g_t⟩) <= η·ALG, which closes the proof."),),
    ),
    Part(
        "constant",
        "(2/5)·ln(7/2) > ½",
        (
            formula(sp.Rational(2, 5) * sp.log(sp.Rational(7, 2)) + 0 * eta, ">", sp.Rational(1, 2), "ln(1 + η)/η at η = 5/2."),
            Enumeration(
                statement="ALG >= OPT/2 − (2/5)ln N on every sequence of gains 0, ½, 1",
                elements=finite.ternary_sequences,
                predicate=finite.earns_half_on,
                settings=Settings(shapes((2, 3)), shapes((2, 4), (3, 2)), shapes((3, 3))),
                argument="All ternary sequences of that length.",
            ),
            Enumeration(
                statement="the same on long sequences: one winner, winners in turn, an adaptive adversary, drifting thresholds",
                elements=finite.long_sequences,
                predicate=finite.earns_half_in_the_long_run,
                settings=Settings(shapes((2, 200), (8, 200)), shapes((3, 1_000), (20, 500))),
                argument="Expected gains in ball arithmetic.",
            ),
            Property(
                family=gain_sequences,
                quantity=half_excess,
                relation=">=",
                bound=half_remainder,
                examples={"quick": 40, "standard": 300, "full": 3_000},
                settings=Settings(shapes((2, 4), (3, 4))),
                argument="Random sequences with rational gains in [0, 1].",
            ),
        ),
    ),
    plotted.OF_USERS,
)

# C23


def tuned_regret(users: int, parameters: Values) -> Real:
    """The regret of Prod-Hedge with η = sqrt(2 ln 2/T) when two policies win in turn."""
    return hedge.alternating_regret(users, reals.sqrt(2 * reals.log(Fraction(2)) / users))


LOG_GAP = sp.log(1 + eta) - eta + eta**2 / 2

REGRET = claim(
    "C23",
    "No regret",
    "OPT − E[ALG] <= (η/2)HT + H·ln N/η; at η = √(2 ln N/T) it is at most H√(2T ln N).",
    ABSTRACT,
    "<=",
    eta / 2 * T + sp.log(N) / eta,
    Part(
        "derivative",
        "d/dη (ln(1 + η) − η + η²/2) = η²/(1 + η)",
        (
            formula(
                sp.diff(LOG_GAP, eta),
                "==",
                eta**2 / (1 + eta),
                "It is >= 0, and the function is 0 at η = 0: ln(1 + η) >= η − η²/2. By C22 E[ALG] >= (1 − η/2)OPT − H·ln N/η, and OPT <= HT.",
                rests_on=("C22",),
            ),
            Enumeration(
                statement="OPT − ALG <= ηT/2 + ln N/η for every vector of wins",
                elements=finite.win_profiles,
                predicate=finite.regrets_little,
                settings=Settings(
                    games((2, 4, "1/2"), (2, 8, "2/5"), (2, 12, "1/4"), (3, 6, "1/2")), games((2, 16, "1/4"), (2, 24, "1/5"), (3, 8, "1/2"))
                ),
                argument="All binary sequences of that length.",
            ),
        ),
    ),
    Part("derivative >= 0", "η²/(1 + η) >= 0", (formula(eta**2 / (1 + eta), ">=", 0),)),
    Part(
        "tuned",
        "at η = s with ln N = s²T/2 the bound is sT, and (sT)² = 2T·ln N",
        (formula(s / 2 * T + (s**2 * T / 2) / s, "==", s * T, "η = √(2 ln N/T) = s.", where=((s, ">"),)),),
    ),
    Part(
        "rate",
        "regret grows as T^½ on two policies that win in turn",
        (
            Scaling(
                quantity=tuned_regret,
                exponent=Fraction(1, 2),
                band=Fraction(1, 20),
                sizes={"quick": (100, 316, 1_000, 3_162), "standard": (100, 316, 1_000, 3_162, 10_000), "full": (100, 1_000, 10_000, 100_000)},
                argument="Exact regret at the tuned rate; the band .45 to .55 was fixed beforehand.",
            ),
        ),
        beside=True,
    ),
    plotted.OF_TURNS,
)

# C24

CONTINUUM = claim(
    "C24",
    "A continuum of targets",
    "δ = 1, free moves, α >= 0, demand monotone: J(y + ε) >= J(y) − βε. So Hedge on a grid of mesh ε (targets rounded up) has regret at most its grid regret + "
    "Tβε against the best real target, whatever the smoothness of the demands.",
    OURS,
    "<=",
    beta * eps,
    Part(
        "identity",
        "J(y + ε) − J(y) + βε = α(D̃(y + ε) − D̃(y))",
        (
            formula(
                (alpha * E2 - beta * (y + eps)) - (alpha * E1 - beta * y) + beta * eps, "==", alpha * (E2 - E1), "D1 and D2 are D̃ at y and y + ε."
            ),
        ),
    ),
    Part(
        "sign",
        "that is >= 0",
        (
            formula(
                alpha * (E2 - E1),
                ">=",
                0,
                "D̃ = 1/(1 − f̃) increases with f and ρ (C2), hence with satisfaction. Rounding a target up to the grid moves it by at most ε, so it loses at "
                "most βε per user.",
                where=((alpha, ">="), (E2 - E1, ">=")),
                rests_on=("C2",),
            ),
        ),
    ),
)

# C25


@qty.of
def deterministic_ratio(p_: Values) -> Real:
    """ALG/OPT at n_1 = m·n_2."""
    first, second, ratio = p_["n1"], p_["n2"], p_["m"]
    return (first + ratio * second) / reals.maximum([first + ratio**2 * second, ratio * (first + second)])


DETERMINISTIC = claim(
    "C25",
    "Deterministic algorithms",
    "m = √(1/(1 − γ)), two targets (δ = 0) with rewards 1 and 1/m, ρ = 0; users of type B (f = (0, 1)) and C (f = (1, 1)). The adversary sends B when the "
    "algorithm plays target 1, C when it plays 2. Then ALG <= 2/(1 + m)·OPT for every deterministic algorithm and every T: below ½ once γ > 8/9.",
    OURS,
    "<=",
    2 / (1 + m),
    Part(
        "values",
        "a target with f = 1 and reward r is worth r/(1 − γ) = r·m², one with f = 0 is worth r",
        (formula(DEMAND.subs({rho: 0, f: 1}) * (1 - g), "==", 1, "So type B has the values (1, m) and type C the values (m², m)."),),
    ),
    Part(
        "ceiling",
        "(1 + m)·ALG = OPT_1 + OPT_2 <= 2·OPT",
        (
            formula(
                (1 + m) * (n1 + m * n2),
                "==",
                (n1 + m**2 * n2) + m * (n1 + n2),
                "If the algorithm plays target 1 n_1 times and target 2 n_2 times, ALG = n_1 + m·n_2. In hindsight target 1 earns n_1 + m²n_2 and target 2 "
                "earns m(n_1 + n_2). The multipliers ½, ½ combine them.",
            ),
        ),
    ),
    Part(
        "attained",
        "γ = 3/4, n_1 = 2, n_2 = 1: ALG/OPT = 2/3",
        (
            Witness(
                instance=qty.nothing,
                quantity=deterministic_ratio,
                relation="==",
                bound=qty.fixed(Fraction(2, 3)),
                settings=Settings(({"n1": Fraction(2), "n2": Fraction(1), "m": Fraction(2)},)),
                argument="n_1 = m·n_2 makes both targets equally good.",
            ),
        ),
        quantifier="exists",
        beside=True,
    ),
    plotted.OF_PATIENCE,
)

# C26


def ratio_game(parameters: Values) -> Problem:
    """The per-user game at N and ε."""
    return per_user_game.program(parameters["N"], parameters["eps"])


def ratio_value(parameters: Values) -> Real:
    """(1 − ε^N)/(N(1 − ε))."""
    value: Real = per_user_game.closed_form(parameters["N"], parameters["eps"])
    return value


def ratio_games(*pairs: tuple[int, str]) -> tuple[Values, ...]:
    """Settings N, eps."""
    return tuple({"N": n, "eps": Fraction(e)} for n, e in pairs)


BENCHMARK = claim(
    "C26",
    "The benchmark must be a fixed policy",
    "Against the per-user optimum Σ_t max_i g_t(i): N targets, ρ = 0, 1/(1 − γ) = ε^−N, rewards ε^i, user type j stays for targets >= j only. The ratio matrix "
    "is the circulant ε^((i−j) mod N), with game value (1 − ε^N)/(N(1 − ε)) → 1/N.",
    OURS,
    "==",
    (1 - eps**N) / (N * (1 - eps)),
    Part(
        "value",
        "the game's value is (1 − ε^N)/(N(1 − ε))",
        (
            LinearProgram(
                build=ratio_game,
                relation="==",
                bound=ratio_value,
                settings=Settings(
                    ratio_games((2, "1/2"), (2, "1/10"), (3, "1/2"), (3, "1/10"), (4, "1/10"), (5, "1/3")),
                    ratio_games((6, "1/2"), (8, "1/3"), (12, "1/2"), (20, "2/3")),
                ),
                argument="Primal and dual are the uniform mixtures of targets and of types. For T users, types drawn independently in proportion to "
                "1/max_i g_j(i) leave nothing to learn, so the value is the same.",
            ),
        ),
    ),
)

# C27

EXP_GAP = 1 + x + x**2 - sp.exp(x)
L = sp.Symbol("L", real=True)

BANDIT = claim(
    "C27",
    "Bandit feedback: explore-half Hedge",
    "Oblivious adversary, T >= 2N ln N: E[ALG] >= ½OPT − H√(2NT ln N).",
    ABSTRACT,
    ">=",
    sp.Symbol("OPT") / 2 - sp.sqrt(2 * N * T * sp.log(N)),
    Part(
        "exponential",
        "e^x <= 1 + x + x² for 0 <= x <= 1",
        (
            formula(
                EXP_GAP,
                ">=",
                0,
                "H = 1, ĝ(i) = 1[i played]·g(i)/p_i >= 0, p_i >= 1/(2N), so ηĝ <= 2Nη <= 1 by the condition on T. Hence Σ_i w_i e^{ηĝ_i} <= exp(η⟨w, ĝ⟩ + "
                "η²Σ w_iĝ_i²), and summed over users Σ⟨w, ĝ⟩ >= Ĝ_i − ln N/η − ηΣΣ w_iĝ_i² for each i. In expectation E ĝ = g, and w_i <= 2p_i gives "
                "E Σ_i w_iĝ_i² <= 2Σ g_i² <= 2N.",
                domains={x: (0, 1)},
            ),
            Enumeration(
                statement="E[ALG] >= OPT/2 − sqrt(2NT ln N) on every binary sequence",
                elements=finite.binary_sequences,
                predicate=finite.explores_enough,
                settings=Settings(shapes((2, 3)), shapes((2, 4)), shapes((2, 5))),
                argument="The expectation over all paths of actions, in balls.",
            ),
            Enumeration(
                statement="the same with one winner and with winners in turn",
                elements=finite.named_sequences,
                predicate=finite.explores_enough,
                settings=Settings(shapes((2, 6), (3, 7)), shapes((2, 9))),
                argument="The expectation over all paths of actions, in balls.",
            ),
        ),
    ),
    Part(
        "condition",
        "2Nη <= 1: 4N²·ln N/(2NT) <= 1 when T >= 2N ln N",
        (formula(4 * N**2 * L / (2 * N * T), "<=", 1, "L = ln N, η² = L/(2NT).", where=((N, ">"), (L, ">="), (T - 2 * N * L, ">="), (T, ">"))),),
    ),
    Part(
        "remainder",
        "with ln N = 2NTη²: ½(ln N/η + 2ηNT) = 2NTη, whose square is 2NT·ln N",
        (
            formula(
                (2 * N * T * eta**2 / eta + 2 * eta * N * T) / 2,
                "==",
                2 * N * T * eta,
                "p >= w/2, so E[ALG] >= ½ΣE⟨w, g⟩ >= ½(OPT − ln N/η − 2ηNT). And (2NTη)² = 2NT·(2NTη²) = 2NT·ln N.",
            ),
        ),
    ),
    plotted.OF_EXPLORERS,
)

# C28

CASE: Values = {"gamma": Fraction(9, 10), "f": Fraction(3, 5), "rho": Fraction(1, 4), "r": Fraction(1), "users": 500}


def batch_is_near(parameters: Values, rng: Any) -> bool:
    """The mean revenue of a batch of simulated users is within ¼ of V."""
    g_, stay, back, reward = (parameters[name] for name in ("gamma", "f", "rho", "r"))
    revenue = simulator.discounted_revenues(float(g_), float(stay), float(back), float(reward), parameters["users"], rng)
    exact = chain_value(g_, stay, back, reward)[0]
    return abs(Fraction(float(revenue.mean())) - exact) <= Fraction(1, 4)


SIMULATION = claim(
    "C28",
    "Simulation agrees",
    "The mean discounted revenue of the simulator is V = r/(1 − f̃): γ = 9/10, f = 3/5, ρ = 1/4, r = 1: 650/137.",
    OURS,
    "==",
    DEMAND,
    Part(
        "mean",
        "the mean of 500 simulated users is within ¼ of V with probability at least 19/20",
        (
            Experiment(
                event="the mean revenue of 500 users is within 1/4 of V",
                trial=batch_is_near,
                relation=">=",
                probability=lambda p_: Fraction(19, 20),
                trials={"quick": 400, "standard": 1_000, "full": 4_000},
                settings=Settings((CASE,)),
                argument="¼ is about four standard errors of a batch. A simulator of another model (C28's mutants) is off by more than ½.",
            ),
        ),
    ),
)

CLAIMS = (HALF, REGRET, CONTINUUM, DETERMINISTIC, BENCHMARK, BANDIT, SIMULATION)
