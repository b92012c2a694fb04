"""C22–C24: selection pressures."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Claim, Enumeration, Part, Settings, Source
from claims.multi_agent_risks.evaluations.selection import EVALUATIONS
from claims.multi_agent_risks.identities import selection as facts
from claims.multi_agent_risks.models import moran as model_moran
from claims.multi_agent_risks.mutants.selection import MUTANTS
from claims.multi_agent_risks.sections.common import claim

F = Fraction

MEAN_FITNESS = claim(
    "C22",
    "Selection can lower mean fitness",
    "Donation game, b > c > 0: under the replicator equation x' = −cx(1 − x), x(t) = 1/(1 + (1/x_0 − 1)e^(ct)), and the mean payoff (b − c)x falls "
    "strictly. For symmetric payoff matrices it grows at the rate 2·Var; still the worse of two conventions (payoffs 2 and 1) fixates iff x_0 < 1/3.",
    Source("§3.3, dispositions from competition; Fisher's fundamental theorem", "reconstructed"),
    "<",
    Bound(sp.Integer(0)),
    (
        Part("field", "x' = −cx(1 − x)", (facts.cooperation_dies(),)),
        Part("mean payoff", "it is (b − c)x", (facts.mean_payoff(),)),
        Part("solution", "x(t) = 1/(1 + (1/x_0 − 1)e^(ct))", (facts.share_solves(),)),
        Part("falls", "the mean payoff falls strictly for 0 < x < 1", (facts.mean_falls(),)),
        Part("symmetric payoffs", "d/dt xᵀAx = 2·Var >= 0 for symmetric A and any number of strategies", (facts.fundamental_step(),)),
        *(
            Part(f"symmetric payoffs, {strategies} strategies", "the whole identity", (facts.fundamental_theorem(strategies),), beside=True)
            for strategies in (2, 3)
        ),
        Part("worse convention", "from x_0 < 1/3 the better convention dies out", (facts.bad_convention_wins(),)),
        Part("better convention", "from x_0 > 1/3 it takes over", (facts.good_convention_wins(),)),
    ),
    MUTANTS,
    EVALUATIONS,
)

FIXATION = claim(
    "C23",
    "Fixation in finite populations",
    "Moran process, donation game, any N >= 2 and w > 0 with positive fitness: ρ_C < 1/N < ρ_D. In every state the fitness of a cooperator less that of a "
    "defector is −w(c + b/(N − 1)).",
    Source("§3.3, selection pressures; Nowak, Sasaki, Taylor and Fudenberg 2004", "reconstructed"),
    "<",
    Bound(1 / facts.N),
    (
        Part("gap", "f_i − g_i = −w(c + b/(N − 1)) in every state i", (facts.fitness_gap(),)),
        Part("sign of the gap", "it is negative", (facts.gap_is_negative(),)),
        Part("steps", "down and up steps are in the ratio g_i : f_i, which gives the fixation probabilities", (facts.step_ratio(),)),
        Part("fixation", "ρ_C < 1/N < ρ_D", (facts.ratio_above_one(),)),
        Part(
            "at numbers",
            "the closed form is the absorption probability of the process",
            (
                Enumeration(
                    statement="closed form = solution of the first-step equations for both strategies, and ρ_C < 1/N < ρ_D",
                    elements=model_moran.processes,
                    predicate=model_moran.formula_holds,
                    settings=Settings(({"largest": 10},), ({"largest": 30},)),
                    argument="Both are computed exactly for four donation games in each population size.",
                ),
            ),
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

RED_QUEEN = claim(
    "C24",
    "The Red Queen",
    "Rock–paper–scissors with win w and loss 1: d/dt ln(x_1x_2x_3) = (w − 1)(1 − 3(x_1x_2 + x_2x_3 + x_3x_1)). The product is conserved at w = 1, "
    "grows to the centre for w > 1 and falls to the boundary for w < 1.",
    Source("§3.3, §3.4 cyclic behaviour; Hofbauer and Sigmund 1998", "reconstructed"),
    "==",
    Bound((facts.w - 1) * (1 - 3 * sp.Symbol("q")), "(w − 1)(1 − 3(x_1x_2 + x_2x_3 + x_3x_1))"),
    (
        Part("derivative", "the identity on the simplex", (facts.red_queen(),)),
        Part("conserved", "at w = 1", (facts.conserved(),)),
        Part("sign", "1 − 3(x_1x_2 + x_2x_3 + x_3x_1) is half the sum of the squared differences, so >= 0 and 0 only at the centre", (facts.distance(),)),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS: tuple[Claim, ...] = (MEAN_FITNESS, FIXATION, RED_QUEEN)
