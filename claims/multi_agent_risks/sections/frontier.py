"""C6, C8: what cannot be improved on. The frontier of the hull, and opposed games."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from claims import Bound, Enumeration, Part, Settings, Source
from claims.formulations import Relation
from claims.multi_agent_risks.evaluations.frontier import EVALUATIONS
from claims.multi_agent_risks.identities import frontier as facts
from claims.multi_agent_risks.identities.parts import figures
from claims.multi_agent_risks.mutants.frontier import MUTANTS, OPPOSED
from claims.multi_agent_risks.quantities import frontier as q
from claims.multi_agent_risks.sections.common import claim, program
from claims.parameters import Values

F = Fraction
HULL = "The program ranges over the convex hull of the outcomes; its optimum is what all agents together can gain over the point without anybody losing."


def ranked(games: str) -> tuple[Values, ...]:
    """Settings of games written as the row player's and the column player's ranks over CC, CD, DC, DD."""
    return tuple({"u": tuple(map(F, row)), "v": tuple(map(F, column))} for row, column in (game.split("/") for game in games.split()))


CYCLIC = ranked(
    "1342/2134 1342/3124 1342/3214 1342/4123 1342/4312 1423/2134 1423/3124 1423/3214 1423/4123 1423/4213 1423/4312 1432/2134 1432/3124 1432/3214 1432/4213 "
    "1432/4312"
)
CYCLIC_OPPOSED = ranked("1342/4213 1432/4123")
"""The strict classes without a pure equilibrium: mixed-motive, and opposed."""


def hull_program(name: str, statement: str, relation: Relation, settings: tuple[Values, ...]) -> Part:
    """The largest total gain over the interior mixed equilibrium against 0."""
    return Part(
        name,
        statement,
        (
            program(
                q.domination, relation, q.nothing, Settings(settings), HULL,
                decode=q.dominating_law, quantity=q.total_gain, family=q.gain_family,
            ),
        ),
        beside=True,
    )


FULL_SUPPORT = claim(
    "C6",
    "Outcomes of full support are hardly ever efficient",
    "A law that gives every outcome positive probability is on the frontier of the convex hull iff Σ λ_i u_i is constant for some λ ≫ 0. So in two-player "
    "mixed-motive games every outcome of full support is dominated in the hull; the interior mixed equilibria of the cyclic mixed-motive games (16 strict "
    "classes, counted in C4) are, those of the cyclic opposed games (2 classes) are efficient iff the payoffs are affinely zero-sum.",
    Source("§2.2, conflict: outcomes off the Pareto frontier", "reconstructed"),
    "iff",
    None,
    (
        *facts.weight_parts(),
        hull_program("(c) cyclic mixed-motive games", "the 16 interior mixed equilibria are dominated in the hull, with ranks as payoffs", ">", CYCLIC),
        hull_program("(c) cyclic opposed games", "the 2 interior mixed equilibria are not, with ranks as payoffs: the sum is constant", "==", CYCLIC_OPPOSED),
        hull_program("(c) another opposed game", "(6, 20, 33, 19; 39, 14, 5, 25) is opposed, not affinely zero-sum, and dominated", ">", (OPPOSED,)),
        Part(
            "(d) all strict games",
            "uniform play in the 144 strict games is efficient exactly where weights exist, and never in a mixed-motive game",
            (
                Enumeration(
                    statement="the program's optimum is 0 iff weights make the weighted sum constant, and positive unless the game is opposed",
                    elements=q.strict_games,
                    predicate=q.weights_decide,
                    argument="Game by game, each program with its proof.",
                ),
            ),
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

GAMES: tuple[Values, ...] = tuple({"game": name} for name in q.MATRIX_GAMES)
CENSUS: tuple[Values, ...] = ({"m": 3, "levels": 3},)
CONVENTIONS = tuple({"m": m} for m in range(2, 7))

OPPOSED_GAMES = claim(
    "C8",
    "In opposed games equilibrium play is safe, in common-interest games it is not",
    "Constant-sum: no outcome is dominated. Zero-sum: an equilibrium strategy guarantees the value, and saddle points are interchangeable: of the 19683 3×3 "
    "matrices over {0, 1, 2}, 11463 have a saddle point, none violates this. In common-interest games both fail: in the m-convention game an equilibrium "
    "strategy guarantees 0.",
    Source("§2, p. 11: opposed incentives", "restated"),
    "==",
    Bound(sp.Symbol("value"), "the value of the game"),
    (
        *facts.opposed_parts(),
        Part(
            "(b) duality",
            "what the row player can guarantee is what the column player can hold her to",
            (
                program(
                    q.row_program, "==", q.column_value, Settings(GAMES), "The optimal mixed row of this game against the optimal mixed column, each a "
                    "program.", decode=q.mixture_of, quantity=q.guarantee, family=q.mixture_family,
                ),
            ),
        ),
        Part(
            "(c) matrices",
            "no 3×3 matrix over {0, 1, 2} has saddle points that are not interchangeable",
            (
                Enumeration(
                    statement="the row of a saddle point and the column of another meet in a saddle point",
                    elements=q.matrices,
                    predicate=q.interchangeable,
                    settings=Settings(CENSUS),
                    argument="Matrix by matrix.",
                ),
            ),
        ),
        Part(
            "(c) census",
            "19683 matrices, 11463 with a saddle point",
            (
                Enumeration(
                    statement="the numbers of matrices, of those with a saddle point, and of violations are as printed",
                    elements=q.census_of,
                    predicate=q.is_printed_census,
                    settings=Settings(tuple({**setting, "matrices": 19683, "with_saddle": 11463, "violations": 0} for setting in CENSUS)),
                    argument="Matrix by matrix.",
                ),
            ),
        ),
        figures(
            "(d) no guarantee", "an equilibrium strategy of the m-convention game guarantees 0", q.equilibrium_guarantee,
            tuple({**setting, "stated": F(0)} for setting in CONVENTIONS), q.convention_of,
        ),
        figures(
            "(d) equilibrium", "though the equilibrium pays 1", q.equilibrium_payoff,
            tuple({**setting, "stated": F(1)} for setting in CONVENTIONS), q.convention_of,
        ),
        figures(
            "(d) not interchangeable", "the row of one equilibrium and the column of another pay 0", q.cross_play,
            tuple({**setting, "stated": F(0)} for setting in CONVENTIONS), q.convention_of,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (FULL_SUPPORT, OPPOSED_GAMES)
