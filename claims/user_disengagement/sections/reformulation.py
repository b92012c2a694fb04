"""C1 to C3: the user's time away, summed up in a discount factor that depends on the state."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Enumeration, LinearProgram, Part, Settings
from claims.parameters import Values
from claims.user_disengagement import enumerations as finite
from claims.user_disengagement.named_instances import table_at
from claims.user_disengagement.quantities import optimum_from
from claims.user_disengagement.sections.common import ABSTRACT, DISCOUNT, OURS, PROP_DISCOUNT, WAIT, V, claim, f, formula, g, q, rho, seeds
from exact.linear_programs import Problem
from exact.reals import Real
from instances.decision_processes import DecisionProcess

RETURN = g * rho / WAIT

# C1

REFORMULATION = claim(
    "C1",
    "A modified discount factor",
    "For every finite user, every stationary policy, every γ, f, ρ: the engaged values of the two-status chain solve V(x) = r + f̃(y)V(y) with "
    "f̃ = γf + (1 − f)γ²ρ/(1 − γ + γρ), and V_D = γρ/(1 − γ + γρ)·V_E.",
    ABSTRACT,
    "==",
    1 / (1 - DISCOUNT),
    Part(
        "disengaged",
        "V_D = γρ/(1 − γ + γρ)·V_E in the same state",
        (
            formula(
                g * rho * V + g * (1 - rho) * RETURN * V,
                "==",
                RETURN * V,
                "While the user is away the state is frozen and nothing is decided, so V_D = γρV_E + γ(1 − ρ)V_D. This equation has one "
                "solution because γ(1 − ρ) < 1, and the identity says that γρ/(1 − γ + γρ)·V_E is it.",
            ),
            Enumeration(
                statement="every policy has the same engaged values on the chain and in the reduced problem, and V_D = γρ/(1 − γ + γρ)·V_E",
                elements=finite.random_tables,
                predicate=finite.reduction_is_exact,
                settings=seeds(30, 120, 500),
                argument="Exact solutions of both linear systems, for every policy of each table.",
            ),
        ),
    ),
    Part(
        "engaged",
        "V_E(x) = r + f̃(y)·V_E(y)",
        (
            formula(
                g * f * V + g * (1 - f) * RETURN * V,
                "==",
                DISCOUNT * V,
                "V_E(x) = r + γf(y)V_E(y) + γ(1 − f(y))V_D(y). Put in V_D(y) from the first part: the identity. The reduced system is "
                "regular because f̃ <= γ < 1 (C2), so it determines V_E. Histories add nothing, as there is no decision while the user is away.",
                rests_on=("C2",),
            ),
        ),
    ),
)

# C2

SHAPE = claim(
    "C2",
    "The shape of the modified discount",
    "0 <= f̃ <= γ; f̃ is affine and strictly increasing in f, and increasing in ρ, strictly unless f = 1. Under R-prop it is strictly increasing in f too.",
    OURS,
    "<=",
    g,
    Part("at least 0", "f̃ >= 0", (formula(DISCOUNT, ">=", 0),)),
    Part(
        "at most γ",
        "γ − f̃ = γ(1 − γ)(1 − f)/(1 − γ + γρ) >= 0",
        (formula(DISCOUNT, "<=", g), formula(g - DISCOUNT, "==", g * (1 - g) * (1 - f) / WAIT, "The right side is >= 0, factor by factor.")),
    ),
    Part("derivative in f", "∂f̃/∂f = γ(1 − γ)/(1 − γ + γρ)", (formula(sp.diff(DISCOUNT, f), "==", g * (1 - g) / WAIT),)),
    Part("increasing in f", "that is > 0", (formula(g * (1 - g) / WAIT, ">", 0),)),
    Part(
        "derivative in ρ",
        "∂f̃/∂ρ = (1 − f)γ²(1 − γ)/(1 − γ + γρ)²",
        (
            formula(
                sp.diff(DISCOUNT, rho),
                "==",
                (1 - f) * g**2 * (1 - g) / WAIT**2,
                "Its factors other than 1 − f are positive, so it is 0 exactly where f = 1.",
            ),
        ),
    ),
    Part("increasing in ρ", "that is >= 0", (formula((1 - f) * g**2 * (1 - g) / WAIT**2, ">=", 0),)),
    Part(
        "R-prop",
        "with ρ = qf, φ = 1 − q: df̃/df = γ(1 − γφ)(1 − γ)/(1 − γ + γqf)²",
        (
            formula(
                sp.diff(PROP_DISCOUNT, f),
                "==",
                g * (1 - g * (1 - q)) * (1 - g) / (1 - g + g * q * f) ** 2,
                "The denominator increases in f, so the derivative is largest at f = 0.",
            ),
        ),
    ),
    Part("no return", "ρ = 0: f̃ = γf", (formula(DISCOUNT.subs(rho, 0), "==", g * f),)),
    Part("independent coin", "ρ = f: f̃ = γf/(1 − γ + γf)", (formula(DISCOUNT.subs(rho, f), "==", g * f / (1 - g + g * f)),)),
    Part("certain return", "ρ = 1: f̃ = γ² + γ(1 − γ)f", (formula(DISCOUNT.subs(rho, 1), "==", g**2 + g * (1 - g) * f),)),
)

# C3

M3_TABLES: tuple[Values, ...] = ({"rho": Fraction(1, 2)}, {"rho": Fraction(0)}, {"rho": Fraction(1)}, {"q": Fraction(1, 2)})


def reduced_program(parameters: Values) -> Problem:
    """Minimise Σ V over V(x) >= r + f̃(y)V(y)."""
    process = table_at(parameters).reduced()
    return process.bellman_program([Fraction(1)] * process.states)


def chain_total(parameters: Values) -> Real:
    """Σ V*_E by policy iteration on the two-status chain, recorded with its Bellman certificate."""
    table = table_at({name: value.value if hasattr(value, "value") else value for name, value in parameters.items()})
    process: DecisionProcess = table.chain()
    n = len(table.demand)
    return optimum_from(process, [Fraction(int(s < n)) for s in range(process.states)])


def numbered(low: int, high: int) -> tuple[Values, ...]:
    """Settings that name random tables."""
    return tuple({"seed": seed} for seed in range(low, high))


OPTIMUM = claim(
    "C3",
    "Dynamic programming, linear program and enumeration agree",
    "For every finite user the optimum of the full two-status problem over stationary deterministic policies is the optimum of the reduced "
    "linear program min Σ V, V(x) >= r + f̃(y)V(y), and the value of policy iteration.",
    ABSTRACT,
    "==",
    None,
    Part(
        "value",
        "the reduced program has the value of policy iteration on the chain",
        (
            LinearProgram(
                build=reduced_program,
                relation="==",
                bound=chain_total,
                settings=Settings(M3_TABLES + numbered(0, 16), numbered(16, 80), numbered(80, 300)),
                argument="At the listed tables. The bound is recorded with the value function of the chain as primal and its discounted "
                "occupation measure as dual, so that the kernel checks both optima.",
            ),
        ),
    ),
    Part(
        "policies",
        "it is the best of all stationary deterministic policies, in every state",
        (
            Enumeration(
                statement="policy iteration on the chain = on the reduced problem = the best of all policies; the Bellman equation holds",
                elements=finite.random_tables,
                predicate=finite.optimum_is_best_policy,
                settings=seeds(60, 240, 1_000),
                argument="Each table is solved three ways in exact arithmetic.",
            ),
        ),
    ),
)

CLAIMS = (REFORMULATION, SHAPE, OPTIMUM)
