"""C31, C32: what commitment is worth, and what it repairs."""

from __future__ import annotations

from claims import Enumeration, Part, Settings, Source
from claims.multi_agent_risks.evaluations.failure_modes import EVALUATIONS
from claims.multi_agent_risks.identities import failure_modes as facts
from claims.multi_agent_risks.mutants.failure_modes import MUTANTS
from claims.multi_agent_risks.quantities import commitment as k
from claims.multi_agent_risks.sections.common import claim
from claims.multi_agent_risks.sections.failure_modes import EVERY_CLASS, census, each_game

OURS = Source("§3.5", "reconstructed")
COMMITTED = {
    "mixed_better": 21, "mixed_better_by_ne": (13, 8, 0), "pure_better": 12, "pure_equal": 120, "pure_worse": 12, "worse_with_pure_ne": 0, "single": 126,
    "signs": (2, 10, 102, 4, 8), "other_signs": 0,
}

VALUE = claim(
    "C31",
    "The value of commitment",
    "A strong Stackelberg leader who may mix gets at least her best Nash value in every two-player game. On the 144 strict classes (ranks "
    "as payoffs, the row player "
    "leads, the interior mixed equilibrium counts) strictly more in 21. Pure commitment earns her more in 12, the same in 120 and less in "
    "12, all without a pure "
    "equilibrium.",
    OURS,
    ">=",
    None,
    (
        Part("theorem", "the strong Stackelberg value is at least the best Nash value", (facts.MEAN_BELOW_MAXIMUM,)),
        each_game(
            "every game",
            "mixed commitment earns either leader no less than her best equilibrium and her best pure commitment",
            k.commitment_never_hurts,
            Settings(({"strict": True},), ({"strict": False},)),
        ),
        census(
            "census",
            "how commitment compares with the best equilibrium, and what pure commitment does to leader and follower in the 126 games with one "
            "equilibrium",
            k.commitment_census,
            Settings(({"games": 144, "stated": COMMITTED},)),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

REPAIR = claim(
    "C32",
    "Commitment repairs six of seven",
    "Of the 7 strict classes whose only equilibrium is dominated, 6 are repaired by one particular player's pure commitment and not by the "
    "other's: the leader gets 3 "
    "and the follower 4. In the Prisoner's Dilemma no commitment of one player, pure or mixed, changes the outcome. Where both commit at "
    "once as if alone, the "
    "outcome is dominated in 28 of 144.",
    OURS,
    "==",
    None,
    (
        Part(
            "repair",
            "exactly one player's pure commitment repairs, with 3 for the leader and 4 for the follower; nothing changes in the Prisoner's Dilemma",
            (
                Enumeration(
                    statement="repaired by exactly one player; the Prisoner's Dilemma by none",
                    elements=k.inevitable_games,
                    predicate=k.repair_is_as_stated,
                    settings=Settings(({"games": 144}, {"games": 78})),
                    argument=EVERY_CLASS,
                ),
            ),
        ),
        census(
            "counts",
            "the games, those repaired, and races that end dominated",
            k.repair_census,
            Settings((
                {"games": 144, "stated": {"inevitable": 7, "repaired": 6, "dilemmas": 1, "race_dominated": 28}},
                {"games": 78, "stated": {"inevitable": 4, "repaired": 3, "dilemmas": 1}},
            )),
        ),
        Part(
            "races",
            "Chicken (1, 1), Leader (1, 1), Hero (2, 2), Battle of the Sexes (2, 2), Prisoner's Dilemma (2, 2), Stag Hunt (4, 4)",
            (
                Enumeration(
                    statement="the race ends as stated",
                    elements=k.named_races,
                    predicate=k.race_is_as_stated,
                    argument="Each game by its payoffs.",
                ),
            ),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (VALUE, REPAIR)
