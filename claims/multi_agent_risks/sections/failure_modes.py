"""C2–C10: the failure modes of ordinal games."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Bound, Enumeration, Part, Settings, Source
from claims.multi_agent_risks.evaluations.failure_modes import EVALUATIONS
from claims.multi_agent_risks.identities import failure_modes as facts
from claims.multi_agent_risks.mutants.failure_modes import MUTANTS
from claims.multi_agent_risks.quantities import conventions
from claims.multi_agent_risks.quantities import failure_modes as q
from claims.multi_agent_risks.sections.common import claim
from claims.parameters import Values
from instances.ordinal_games import ACTION_SYMMETRIES, NAMED, representative

F = Fraction
OURS = Source("added", "reconstructed")
EVERY_CLASS = "One game of each class under the named symmetries, the lexicographically least; what is counted does not depend on the choice."
EVERY_GAME = "All games, by orbits under row swap, column swap and player exchange."
SMALL, WEAK = ({"strict": True},), ({"strict": False},)


def census(
    name: str, statement: str, count: Callable[[Values], q.Figures], settings: Settings, beside: bool = False, argument: str = EVERY_CLASS
) -> Part:
    """A part that counts classes and compares with the stated figures."""
    return Part(
        name,
        statement,
        (
            Enumeration(
                statement="a figure of the census is the stated one",
                elements=q.lines(count),
                predicate=q.is_as_stated,
                settings=settings,
                argument=argument,
            ),
        ),
        beside=beside,
    )


def each_game(
    name: str, statement: str, predicate: Any, settings: Settings, argument: str = EVERY_GAME, rests_on: tuple[str, ...] = ()
) -> Part:
    """A part that asks something of every game of a set that is closed under the symmetries."""
    return Part(
        name,
        statement,
        (
            Enumeration(
                statement=statement, elements=q.every_game, predicate=predicate, symmetries=q.symmetries, settings=settings, argument=argument,
                rests_on=rests_on,
            ),
        ),
    )


def _at(games: int, stated: Mapping[str, Any], **more: Any) -> Values:
    return {"games": games, **more, "stated": stated}


def _labels(none: int, conflict: int, miscoordination: int, collusion: int) -> Mapping[str, int]:
    return {"none": none, "conflict": conflict, "miscoordination": miscoordination, "collusion": collusion}


TOTALITY = claim(
    "C2",
    "Every outcome has exactly one label, and names do not matter",
    "At every pure outcome of every strict or weak ordinal 2×2 game, for both intents, exactly one label applies. Labels move along under "
    "row swap, column swap and "
    "player exchange, and for strict games they are the same after any strictly increasing transformation of a player's payoffs.",
    Source("§2, definitions", "restated"),
    "==",
    Bound(sp.Symbol("outcomes"), "four outcomes for each game"),
    (
        each_game(
            "one label", "exactly one definition applies at each pure outcome, and the algorithm gives that label", q.has_one_label, Settings(SMALL + WEAK)
        ),
        each_game("renaming", "renaming actions or players moves the labels along", q.labels_move_along, Settings(SMALL + WEAK)),
        Part(
            "ordinal",
            "the labels of pure outcomes and of the interior mixed equilibrium depend on the ranks alone (strict games, pure frontier)",
            (
                Enumeration(
                    statement="the labels are the same for all pairs of ladders of payoffs",
                    elements=q.games_of,
                    predicate=q.labels_are_ordinal,
                    settings=Settings(({"games": 78, "ladders": 2},), ({"games": 144, "ladders": 3},)),
                    argument="Incentive class, domination by pure outcomes and pure equilibria compare payoffs of one player with each other, so a strictly "
                    "increasing transformation changes nothing; whether an outcome dominates the mixed equilibrium, or beats it strictly, depends on ranks "
                    "by C5. "
                    "The ladders try that on payoffs with very different steps.",
                    rests_on=("multi_agent_risks/C5",),
                ),
            ),
        ),
        census(
            "counts",
            "how often each label occurs at the pure outcomes of 144 (78) classes",
            q.label_census,
            Settings((
                _at(144, _labels(300, 258, 18, 0), intent="cooperate"),
                _at(144, _labels(559, 0, 0, 17), intent="compete"),
                _at(78, _labels(161, 142, 9, 0), intent="cooperate"),
                _at(78, _labels(303, 0, 0, 9), intent="compete"),
            )),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)


def _incentives(classes: int, shared: int, opposed: int, mixed: int, symmetric: int, both: int) -> Mapping[str, int]:
    return {
        "classes": classes, "common_interest": shared, "opposed": opposed, "mixed_motive": mixed, "symmetric": symmetric, "symmetric_common_interest": both,
    }


INCENTIVES = claim(
    "C3",
    "Incentive classes; symmetric games are not common-interest",
    "Of the 144 (78, 1413, 726) classes, 6 (3, 21, 14) are common-interest, 6 (3, 20, 11) opposed and the others mixed-motive; 12 (12, 38, "
    "38) are symmetric, of "
    "which 0 (0, 7, 7) are common-interest. The 144 strict games have 144 pure equilibria. No strict symmetric game of any size is common-interest.",
    Source("p. 10", "restated"),
    "==",
    Bound(sp.S.Zero, "symmetric strict games with common interest"),
    (
        census(
            "census",
            "the numbers of classes",
            q.incentive_census,
            Settings(
                (
                    _at(144, {**_incentives(144, 6, 6, 132, 12, 0), "pure_ne": (18, 108, 18, 0, 0), "pure_equilibria": 144}),
                    _at(78, {**_incentives(78, 3, 3, 72, 12, 0), "pure_ne": (9, 57, 12, 0, 0)}),
                    _at(1413, {**_incentives(1413, 21, 20, 1372, 38, 7), "pure_ne": (85, 767, 502, 55, 4)}),
                    _at(726, {**_incentives(726, 14, 11, 701, 38, 7), "pure_ne": (43, 390, 260, 30, 3)}),
                ),
            ),
        ),
        Part("any size", "no strict symmetric m×m game, m >= 2, is common-interest", (facts.SYMMETRIC_IS_NOT_SHARED,)),
    ),
    MUTANTS,
    EVALUATIONS,
)

_HULL = {144: {"mm_unique_dominated": 11, "mm_unique_efficient": 89}, 78: {"mm_unique_dominated": 6, "mm_unique_efficient": 47}}
_VERDICTS = {
    144: {
        "ci_unique_efficient": 4, "ci_two_one_dominated": 2, "op_unique_efficient": 4, "op_none": 2, "mm_unique_efficient": 93, "mm_unique_dominated": 7,
        "mm_two": (9, 7, 0), "mm_none": 16, "efficient_outcomes": (36, 66, 36, 6), "win_win": 36,
    },
    78: {
        "ci_unique_efficient": 2, "ci_two_one_dominated": 1, "op_unique_efficient": 2, "op_none": 1, "mm_unique_efficient": 49, "mm_unique_dominated": 4,
        "mm_two": (6, 5, 0), "mm_none": 8, "efficient_outcomes": (21, 34, 20, 3), "win_win": 21,
    },
}

VERDICTS = claim(
    "C4",
    "How often equilibrium play fails",
    "Among the 132 (72) strict mixed-motive classes, the unique pure equilibrium is efficient in 93 (49) and dominated in 7 (4), 11 (6) "
    "with the convex hull as "
    "frontier and ranks as payoffs; two equilibria are both efficient in 9 (6), one of two is dominated in 7 (5), and 16 (8) have none.",
    OURS,
    "==",
    Bound(sp.Integer(7), "mixed-motive classes whose unique pure equilibrium is dominated"),
    (
        census("pure frontier", "the census", q.verdict_census, Settings(tuple(_at(number, stated) for number, stated in _VERDICTS.items()))),
        census("hull frontier", "the same with the hull", q.verdict_census, Settings(tuple(_at(n, stated, frontier="hull") for n, stated in _HULL.items()))),
        Part(
            "the four of 78",
            "the classes whose unique pure equilibrium is dominated, the Prisoner's Dilemma among them",
            (
                Enumeration(
                    statement="the dominated class is one of the four",
                    elements=q.unique_dominated_classes,
                    predicate=q.is_one_of_the_four,
                    settings=Settings(({"games": 78},)),
                    argument=EVERY_CLASS,
                ),
            ),
        ),
        Part(
            "named games",
            "pure equilibria, verdict, maximin play and alignment of the twelve symmetric games and the Battle of the Sexes",
            (
                Enumeration(
                    statement="the named game is as stated",
                    elements=q.named_games,
                    predicate=q.named_game_is_as_stated,
                    argument="Each game by its payoffs.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

MIXED = claim(
    "C5",
    "What the interior mixed equilibrium pays",
    "With distinct payoffs, the interior mixed equilibrium of a 2×2 game pays each player strictly between her 2nd and 3rd best payoffs, "
    "and with two pure equilibria "
    "less than the better of them for her. So whether a pure outcome dominates it depends on ranks: dominated exactly when some outcome has "
    "both ranks >= 3.",
    OURS,
    "==",
    None,
    (
        Part("between", "strictly between the 2nd and 3rd best payoffs", (facts.BETWEEN, facts.BETWEEN_BY_SOLVERS)),
        Part("below", "below the better pure-equilibrium payoff, where there are two", (facts.BELOW_BETTER_EQUILIBRIUM, facts.BELOW_BY_SOLVERS)),
        census(
            "census",
            "of 144 (78) strict classes, with ranks as payoffs: every interior mixed equilibrium pays 5/2 to both; dominated or not by kind of game",
            q.mixed_census,
            Settings((
                _at(144, {"interior": 36, "middling": 36, "two_ne": (18, 0), "cyclic_mm": (10, 6), "cyclic_op": (0, 2), "predicted": 28}),
                _at(78, {"interior": 21, "middling": 21, "two_ne": (12, 0), "cyclic_mm": (5, 3), "cyclic_op": (0, 1), "predicted": 17}),
            )),
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

DUALITY = claim(
    "C7",
    "Conflict and collusion are the same games",
    "A strict 2×2 game has only dominated equilibria (pure and interior mixed) exactly when it has a collusive outcome: 17 of 144, 9 of 78. "
    "So payoffs do not "
    "determine the failure mode; the designer's intent does. With a third party's strict ranking, 84 of 2592 pairs of a game with a unique "
    "equilibrium and a ranking "
    "admit a collusion (48 of 1368).",
    OURS,
    "iff",
    None,
    (
        each_game(
            "duality", "every equilibrium is dominated exactly when a collusion is possible", q.modes_are_dual, Settings(SMALL),
            f"{EVERY_GAME} Other payoffs in the same order change nothing: which outcomes dominate a pure equilibrium, or are strictly better, depends on "
            "ranks, and so it does for the mixed equilibrium, to which by C5 no outcome is equally good for a player.",
            rests_on=("multi_agent_risks/C5",),
        ),
        census(
            "counts",
            "how many games, and how many with a third party",
            q.duality_census,
            Settings((
                _at(144, {
                    "doomed": 17, "collusive": 17, "via_pure": 7, "via_mixed": 10, "third_party_pairs": 2592, "third_party_collusive": 84, "beats_some": 35,
                    "beats_some_pure": 16,
                }),
                _at(78, {"doomed": 9, "collusive": 9, "via_pure": 4, "via_mixed": 5, "third_party_pairs": 1368, "third_party_collusive": 48}),
            )),
        ),
        Part(
            "Bertrand",
            "two firms and a consumer: low prices are a conflict where firms should cooperate, high prices a collusion where they should compete; "
            "with the "
            "consumer as a stakeholder low prices are efficient; the total is always 10",
            (
                Enumeration(
                    statement="the outcome is labelled as stated",
                    elements=conventions.bertrand_outcomes,
                    predicate=conventions.bertrand_is_as_stated,
                    argument="The four pairs of prices.",
                ),
            ),
        ),
        census(
            "with ties",
            "the duality fails per equilibrium where strict gains are asked of weak games: 1512 of 7744 pairs",
            q.weak_pair_census,
            Settings(({"strict": False, "stated": {"pairs": 7744, "failing": 1512}},)),
            argument="All 5625 games with ties, each with every pure equilibrium.",
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CONVENTIONS = claim(
    "C9",
    "Independent equilibrium play miscoordinates",
    "n agents who each pick one of m equally good conventions uniformly agree with probability m^(1 − n): loss 1 − m^(1 − n); uniform play "
    "is an equilibrium. In the "
    "18 strict classes with two pure equilibria, the row of one with the column of the other gives dominated outcomes; only in Chicken one "
    "of them, (3, 3), is not.",
    OURS,
    "==",
    Bound(1 - sp.Symbol("m") ** (1 - sp.Symbol("n")), "1 − m^(1 − n)"),
    (
        Part("formula", "the loss is 1 − m^(1 − n)", (facts.NEWCOMER,)),
        Part(
            "counted",
            "the loss, summed over all profiles, and that uniform play is an equilibrium",
            (
                Enumeration(
                    statement="uniform play is an equilibrium that loses 1 − m^(1 − n)",
                    elements=conventions.small_convention_games,
                    predicate=conventions.loses_as_stated,
                    settings=Settings(({"profiles": 100},), ({"profiles": 1300},)),
                    argument="All profiles of the game of each small size.",
                ),
            ),
        ),
        Part(
            "crossed equilibria",
            "both crossings are dominated in 17 of 18 classes, one in Chicken",
            (
                Enumeration(
                    statement="both crossings are dominated; in Chicken the one that is not pays (3, 3)",
                    elements=q.two_equilibrium_games,
                    predicate=conventions.fails_unless_chicken,
                    settings=Settings(({"games": 144, "chicken": representative(NAMED["Chicken"], ACTION_SYMMETRIES)},)),
                    argument=EVERY_CLASS,
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

PRINCIPALS = claim(
    "C10",
    "Aligning each agent with its principal does not suffice",
    "With each agent's payoff equal to its principal's, no equilibrium is efficient for the principals in 17 of 144 (9 of 78) strict "
    "classes, 7 (4) if only pure "
    "equilibria count. The alignment ρ does not decide it: dominated unique equilibria occur at ρ = 1/10, 3/10, 2/5, 7/10, and Chicken and "
    "Stag Hunt share ρ = 3/5 "
    "with different verdicts.",
    Source("§4.1", "restated"),
    "==",
    None,
    (
        census(
            "census",
            "classes without an efficient equilibrium, and ρ where the unique equilibrium is dominated",
            q.principals_census,
            Settings((
                _at(144, {"without": 17, "pure_only": 7, "rho": (F(1, 10), F(3, 10), F(2, 5), F(7, 10))}),
                _at(78, {"without": 9, "pure_only": 4, "rho": (F(1, 10), F(3, 10), F(2, 5), F(7, 10))}),
            )),
        ),
        Part(
            "same ρ",
            "Chicken and Stag Hunt have the same ρ, and only Stag Hunt has a dominated pure equilibrium",
            (
                Enumeration(
                    statement="ρ = 3/5, and the verdict is the stated one",
                    elements=lambda parameters: parameters["verdicts"].items(),
                    predicate=q.shares_alignment,
                    settings=Settings(({"rho": F(3, 5), "verdicts": {"Chicken": "robust", "Stag Hunt": "conflict-possible"}},)),
                    argument="The two games by their payoffs.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (TOTALITY, INCENTIVES, VERDICTS, MIXED, DUALITY, CONVENTIONS, PRINCIPALS)
