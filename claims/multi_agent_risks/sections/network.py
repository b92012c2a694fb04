"""C17–C21: network effects."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Claim, Enumeration, Part, Root, Settings, Source
from claims.multi_agent_risks.evaluations.network import EVALUATIONS
from claims.multi_agent_risks.identities import network as facts
from claims.multi_agent_risks.models import cascades as model_cascades
from claims.multi_agent_risks.models import contagion as model_contagion
from claims.multi_agent_risks.models import errors as model_errors
from claims.multi_agent_risks.mutants import network as m
from claims.multi_agent_risks.sections.common import claim, program, witness

F = Fraction
HALF, THIRD = F(1, 2), F(1, 3)

CENSUS = Settings(
    (
        {"n": 5, "phi": HALF, "grows": 156, "shrinks": 396},
        {"n": 5, "phi": THIRD, "grows": 204, "shrinks": 162},
        {"n": 4, "phi": HALF, "grows": 12, "shrinks": 18},
        {"n": 4, "phi": THIRD, "grows": 12, "shrinks": 0},
    )
)

CASCADES = claim(
    "C17",
    "Threshold cascades and one edge more",
    "The final active set does not depend on the order of updates and grows with the seeds. With absolute thresholds it grows with the edges; with a "
    "fractional threshold φ it does not: one new edge can take a cascade from 1 node to all, or from all to 1.",
    Source("§3.2, network rewiring; cascades after Granovetter and Watts", "reconstructed"),
    "exists",
    None,
    (
        Part(
            "order and seeds",
            "the final set is the same for every order of updates, and grows with the seeds",
            (
                Enumeration(
                    statement="on every graph on 4 nodes, with each of 81 thresholds, three orders agree for each of three growing seed sets, and "
                    "the final sets grow",
                    elements=model_cascades.threshold_graphs,
                    predicate=model_cascades.is_confluent_and_monotone,
                    argument="46,656 runs. In general: activation is monotone in the active set, so the final set is the least fixed point above the "
                    "seeds.",
                    rests_on=("Knaster–Tarski fixed point theorem",),
                ),
            ),
        ),
        Part(
            "absolute thresholds",
            "with absolute thresholds the final set grows with the edges",
            (
                Enumeration(
                    statement="on every graph on 4 nodes, with each of 81 thresholds and seed 0, no new edge makes the final set lose a node",
                    elements=model_cascades.threshold_graphs,
                    predicate=model_cascades.grows_with_edges,
                    argument="In general: an edge more adds active neighbours and changes no threshold, so the operator grows, and its least fixed "
                    "point with it.",
                ),
            ),
        ),
        Part(
            "fractional thresholds",
            "with a fractional threshold a new edge takes the cascade from seed 0 from 1 node to all in `grows` pairs and from all to 1 in `shrinks`",
            (
                Enumeration(
                    statement="the census of all graphs on n nodes and all their missing edges gives these two counts",
                    elements=model_cascades.counted,
                    predicate=model_cascades.is_as_stated,
                    settings=CENSUS,
                    argument="All 2^(n(n−1)/2) graphs are run, isolated nodes stay inactive, and the ends of every (graph, new edge) pair are compared.",
                ),
            ),
        ),
        Part(
            "path",
            "φ = 1/2, path 1-2-3-4 and isolated seed 0: size 1; with 0-1: 5; with 1-3 as well: 1",
            (
                witness(
                    model_cascades.cascade_size,
                    "==",
                    lambda graph, parameters: F(parameters["size"]),
                    Settings(
                        (
                            {"graph": "path", "phi": HALF, "size": 1},
                            {"graph": "with 0-1", "phi": HALF, "size": 5},
                            {"graph": "with 0-1 and 1-3", "phi": HALF, "size": 1},
                        )
                    ),
                    model_cascades.stage,
                ),
            ),
            quantifier="exists",
            beside=True,
        ),
    ),
    m.MUTANTS,
    EVALUATIONS,
)


def _window_parts() -> tuple[Part, ...]:
    parts = []
    for degree, (lower, upper) in facts.ENDS.items():
        parts += [
            Part(f"K = {degree}, below", f"f_{degree} < 1 on [0, {lower} − 10⁻¹³]", (facts.below(degree),)),
            Part(f"K = {degree}, window", f"f_{degree} > 1 on [{lower} + 10⁻¹³, {upper} − 10⁻¹³]", (facts.inside(degree),)),
            Part(f"K = {degree}, above", f"f_{degree} < 1 at {upper} + 10⁻¹³, and so from there on", (facts.above(degree),)),
        ]
    return tuple(parts)


DEGREES = tuple({"K": degree} for degree in range(4, 11))

WATTS = claim(
    "C18",
    "Watts's cascade window",
    "Poisson(z) random graph, threshold φ, K = ⌊1/φ⌋: the condition f_K(z) = z·e^(−z)·Σ z^j/j! (j <= K − 2) > 1 for global cascades from vanishing "
    "seeds holds on one open interval of z if K >= 4, and nowhere if K <= 3.",
    Source("§3.2, cascades; Watts 2002", "reconstructed"),
    "iff",
    Bound(sp.Integer(1)),
    (
        Part("one interval", "for every K >= 2, f_K rises to one maximum and falls to 0: it exceeds 1 on one open interval or nowhere", (facts.one_peak(),)),
        Part("K >= 4", "there is a window", (facts.some_window(),)),
        Part("K <= 3", "there is none: f_K(z) < 21/25 for all z >= 0", (facts.no_window(),)),
        Part("K = 2", "f_2(z) <= 1/e for all z >= 0", (facts.no_window_at_two(),)),
        *_window_parts(),
        *(
            Part(
                f"{place} end",
                f"the {place} end of the window is a root of f_K = 1, and above 1",
                (
                    Root(
                        equations=m.unit_equation,
                        guess=m.end(place),
                        quantity=m.first_unknown,
                        relation=">",
                        bound=m.constant(1),
                        settings=Settings(DEGREES),
                    ),
                ),
                quantifier="exists",
                beside=True,
            )
            for place in ("lower", "upper")
        ),
    ),
    m.MUTANTS,
    EVALUATIONS,
)

VOTERS = tuple({"n": n, "epsilon": F(1, 10), "rho": F(1, 5)} for n in (1, 3, 5, 7, 9, 11, 15, 21, 31, 51))

ERRORS = claim(
    "C19",
    "Error propagation and homogeneity",
    "A bit relayed n times, each flipping it with probability ε, arrives right with probability ½(1 + (1 − 2ε)^n). A majority of odd n voters that "
    "share one draw with probability ρ errs with probability ρε + (1 − ρ)B(n, ε) >= ρε, however large n: redundancy does not remove the floor.",
    Source("§3.2, error propagation; homogeneity and correlated failures", "reconstructed"),
    ">=",
    Bound(facts.rho * facts.epsilon),
    (
        Part("chain", "the accuracy of the chain is ½(1 + (1 − 2ε)^n) for every n", (facts.chain_step(),)),
        Part("floor", "the correlated majority's error is at least ρε for every n", (facts.floor_holds(),)),
        Part("redundancy", "two voters more change B by −binom(n, k)(ε(1 − ε))^(k+1)(1 − 2ε), where n = 2k + 1", (facts.two_voters_more(),)),
        Part(
            "majority",
            "B(n, ε) is the probability that most of n independent voters err",
            (
                Enumeration(
                    statement="the sum over all 2^n patterns of errors is B(n, ε)",
                    elements=model_errors.voting_cases,
                    predicate=model_errors.patterns_agree,
                    quantity=model_errors.majority_by_patterns,
                    relation="==",
                    bound=model_errors.majority_of,
                    settings=Settings(({"voters": 9},), ({"voters": 13},)),
                    argument="binom(n, k) patterns have k errors; this is the definition of B, counted out.",
                ),
            ),
            beside=True,
        ),
        Part(
            "at numbers",
            "ε = 1/10, ρ = 1/5: the error stays above 1/50",
            (witness(model_errors.correlated_at, ">=", model_errors.floor_at, Settings(VOTERS)),),
            quantifier="exists",
            beside=True,
        ),
    ),
    m.MUTANTS,
    EVALUATIONS,
)

_before, _after = facts.before_shortcut(), facts.after_shortcut()

BRAESS = claim(
    "C20",
    "Braess's paradox and the price of anarchy of affine costs",
    "One unit of traffic over two paths of links with costs x and 1: the equilibrium costs 3/2. A free shortcut raises it to 2. The ratio 4/3 is the "
    "worst that affine costs allow, since xy <= x² + y²/4.",
    Source("§3.2, network effects; Braess 1968, Roughgarden and Tardos 2002", "reconstructed"),
    "==",
    Bound(sp.Rational(4, 3)),
    (
        Part("before, first path", "without the shortcut the first path costs 3/2 + (f − 1/2)", (_before[0],)),
        Part("before, second path", "and the second 3/2 − (f − 1/2), so that the equilibrium is f = 1/2 and costs 3/2", (_before[1],)),
        Part("after, first path", "with the shortcut the first path costs more by the flow on it", (_after[0],)),
        Part("after, second path", "and so does the second, so that nobody takes them", (_after[1],)),
        Part("after, shortcut", "the shortcut costs 2 less the flow on the others: 2 in equilibrium", (_after[2],)),
        Part("product", "xy <= x² + y²/4", (facts.product_bound(),)),
        Part("anarchy", "with affine costs an equilibrium costs at most 4/3 of the optimum", (facts.anarchy_step(),)),
        Part(
            "computed",
            "the equilibria computed from Wardrop's conditions cost the same",
            (
                witness(
                    model_contagion.routed_cost,
                    "==",
                    lambda instance, parameters: parameters["cost"],
                    Settings(({"network": "before", "cost": F(3, 2)}, {"network": "after", "cost": F(2)})),
                    model_contagion.routed,
                ),
            ),
            quantifier="exists",
            beside=True,
        ),
    ),
    m.MUTANTS,
    EVALUATIONS,
)

LIMIT_OF_DEBTS = (
    "Two feasible payments have a feasible maximum, entry by entry, so the feasible set has a greatest point, the only optimum; settling it gives a "
    "feasible point that is no smaller, so it clears the network, and all clearing payments are feasible. The program is of the one network that is "
    "the parameter."
)


def _giant_parts() -> tuple[Part, ...]:
    parts = []
    for degree, share in facts.GIANT.items():
        parts += [
            Part(f"S({degree}), below", f"1 − e^(−zS) > S for 0 < S <= {share} − 10⁻¹⁴ at z = {degree}", (facts.giant_below(degree),)),
            Part(f"S({degree}), above", f"1 − e^(−zS) < S for S >= {share} + 10⁻¹⁴ at z = {degree}", (facts.giant_above(degree),)),
        ]
    return tuple(parts)


CONTAGION = claim(
    "C21",
    "Contagion and phase transitions",
    "(a) ṗ = (β/2)p(1 − p) − γp tends to max(0, 1 − 2γ/β) from every p_0 > 0. (b) S = 1 − e^(−zS) has a positive root iff z > 1, and only one. (c) The "
    "greatest clearing payments of a network of debts are the optimum of a linear program.",
    Source("§3.2, §3.4 phase transitions; Eisenberg and Noe 2001", "reconstructed"),
    "==",
    Bound(sp.Max(0, facts.LIMIT), "max(0, 1 − 2γ/β)"),
    (
        Part("(a) field", "the field is logistic with rate β/2 − γ and rest points 0 and 1 − 2γ/β", (facts.field(),)),
        Part("(a) limit, β ≠ 2γ", "the limit is 1 − 2γ/β for β > 2γ and 0 for β < 2γ", (facts.logistic_solution(),)),
        Part("(a) limit, β = 2γ", "the limit is 0", (facts.critical_solution(),)),
        Part("(b) z <= 1", "no positive root", (facts.no_giant(),)),
        Part("(b) z > 1", "exactly one positive root", (facts.one_giant(),)),
        *_giant_parts(),
        Part(
            "(c) program",
            "the greatest clearing payments of the chain and of the triangle are the optimum",
            (
                program(
                    model_contagion.debts_program,
                    "==",
                    model_contagion.greatest_total,
                    Settings(({"network": "chain"}, {"network": "triangle"}, {"network": "mutual"})),
                    LIMIT_OF_DEBTS,
                    decode=model_contagion.paid,
                    quantity=model_contagion.total,
                ),
            ),
        ),
        Part(
            "(c) all small networks",
            "greatest and least clearing payments clear, in order, and the greatest are the optimum",
            (
                Enumeration(
                    statement="on every network of banks with liabilities 0 or 2 and outside assets 0 or 1, both algorithms clear and the program "
                    "has the greatest",
                    elements=model_contagion.small_networks,
                    predicate=model_contagion.clears,
                    settings=Settings(({"banks": 2},), ({"banks": 3},)),
                    argument=LIMIT_OF_DEBTS,
                ),
            ),
        ),
    ),
    m.MUTANTS,
    EVALUATIONS,
)

CLAIMS: tuple[Claim, ...] = (CASCADES, WATTS, ERRORS, BRAESS, CONTAGION)
