"""C45 and C46: what learners end up doing. Experiments, with everything but the outcomes fixed beforehand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp

from claims import Bound, Experiment, Family, MeanExperiment, Part, Settings, Source
from claims.multi_agent_risks.evaluations.learning import EVALUATIONS
from claims.multi_agent_risks.mutants.learning import GAME, MUTANTS, ROW
from claims.multi_agent_risks.quantities import learning as q
from claims.multi_agent_risks.sections.common import claim
from claims.parameters import Values

F = Fraction

FAMILY = Family("learning experiments of multi_agent_risks", 41, F(999, 1000))
"""Every experiment of C45 and C46 at effort full, one for each setting: all their intervals are right at once with confidence 99.9 %."""

SLOW: dict[str, Any] = {**ROW, "beta": F(1, 10_000), "patience": 100_000}
SEVEN: dict[str, Any] = {**ROW, "m": 7, "beta": F(1, 50_000), "patience": 100_000}
FIFTEEN: dict[str, Any] = {**ROW, "m": 15, "beta": F(1, 250_000), "patience": 100_000}
NO_MEMORY: dict[str, Any] = {**ROW, "memory": 0}

ROWS = Settings((ROW,), (SLOW,), (SEVEN, FIFTEEN))
COUNTS = {"quick": 300, "standard": 300, "full": 300}
SUPRACOMPETITIVE = (
    "Each trial is one session from its own seed; Δ is that of the final greedy cycle. The claim is about the mean over sessions, and a sample supports it."
)


def mean_gain(relation: Any, bound: Callable[[Values], Any], settings: Settings, counts: dict[str, int], argument: str = SUPRACOMPETITIVE) -> MeanExperiment:
    """Mean Δ against a number."""
    return MeanExperiment(
        outcome="Δ of a session", batch=q.gains, outcome_range=q.gain_range, relation=relation, bound=bound, trials=counts, family=FAMILY,
        settings=settings, argument=argument,
    )


def more_patient(pairs: tuple[Values, ...], counts: dict[str, int]) -> MeanExperiment:
    """Mean Δ at δ against mean Δ at a lower δ."""
    return MeanExperiment(
        outcome="Δ of a session", batch=q.gains, versus=q.gains_with_less_patience, outcome_range=q.gain_range, relation=">=", bound=lambda values: F(0),
        trials=counts, family=FAMILY, settings=Settings(pairs), argument="Two arms of independent sessions, at δ and at the next lower discount factor.",
    )


def audited(event: str, batch: q.BatchOfEvents, settings: Settings, counts: dict[str, int]) -> Experiment:
    """The share of audited sessions in which something happens, against the setting's ``least``."""
    return Experiment(
        event=event, batch=batch, relation=">=", probability=lambda values: values["least"], trials=counts, family=FAMILY, settings=settings,
        argument="A trial is a session in which firm 1's static best reply differs from its price; greedy policies are replayed in exact arithmetic.",
    )


AUDITED = Settings(({**ROW, "least": F(1, 3)},), ({**SLOW, "least": F(13, 20)},), ({**SEVEN, "least": F(3, 4)}, {**FIFTEEN, "least": F(3, 4)}))

TABLE = Settings(
    ({**ROW, "stated": F("0.706")}, {**NO_MEMORY, "stated": F("0.861")}), (), ({**SEVEN, "stated": F("0.7485")}, {**FIFTEEN, "stated": F("0.858")}),
)
"""Rows of the table of mean Δ, with the figure that is stated."""

PRICES = claim(
    "C45",
    "Learned prices, and what they prove",
    "At δ = 0.95 Q-learners with memory 1 price above the largest equilibrium of the one-shot game on the grid, consumers lose, and Δ increases in δ. Rivals "
    "with memory punish a deviation: in at least a third of the sessions where learning is fast, in most where it is slow. Learners without memory price "
    "higher still, although no deviation is ever punished: a large Δ alone is no proof of collusion.",
    Source("§2.3, collusion in markets; algorithm of Calvano et al. 2020", "restated"),
    ">=",
    Bound(sp.Symbol("Delta_N"), "the largest Δ of an equilibrium on the price grid"),
    (
        Part("supra-competitive", "mean Δ >= the largest Δ of a grid equilibrium (δ = 0.95, memory 1)", (mean_gain(">=", q.largest_grid_gain, ROWS, COUNTS),)),
        Part(
            "consumers lose",
            "mean consumer surplus <= that at the Nash price",
            (
                MeanExperiment(
                    outcome="consumer surplus of a session", batch=q.surpluses, outcome_range=q.surplus_range, relation="<=", bound=q.nash_surplus,
                    trials=COUNTS, family=FAMILY, settings=ROWS, argument="The same sessions; the surplus is the mean over the final cycle.",
                ),
            ),
        ),
        Part(
            "patience, 0.95 against 0.8",
            "mean Δ at δ = 0.95 >= mean Δ at δ = 0.8",
            (more_patient(({**ROW, "delta_below": F(4, 5)},), {"quick": 1000, "standard": 1000, "full": 3000}),),
        ),
        Part(
            "patience, below",
            "mean Δ at δ = 0.8 >= at 0.5 >= at 0",
            (more_patient(({**ROW, "delta": F(4, 5), "delta_below": F(1, 2)}, {**ROW, "delta": F(1, 2), "delta_below": F(0)}), {"quick": 600, "full": 3000}),),
        ),
        Part(
            "rivals cut",
            "with memory, the rival charges less after a deviation",
            (audited("the rival charges less", q.rival_cuts, AUDITED, {"quick": 500}),),
        ),
        Part(
            "deviation does not pay",
            "with memory, the deviation does not raise discounted profit",
            (audited("the deviation does not raise discounted profit", q.deviation_is_unprofitable, AUDITED, {"quick": 500}),),
        ),
        Part(
            "no memory, high prices",
            "mean Δ >= the largest Δ of a grid equilibrium, without memory",
            (mean_gain(">=", q.largest_grid_gain, Settings((NO_MEMORY,), (), ({**FIFTEEN, "memory": 0},)), COUNTS),),
        ),
        Part(
            "no memory, higher still",
            "mean Δ without memory >= mean Δ with memory 1",
            (
                MeanExperiment(
                    outcome="Δ of a session", batch=q.gains, versus=q.gains_with_memory, outcome_range=q.gain_range, relation=">=", bound=lambda values: F(0),
                    trials={"quick": 600}, family=FAMILY, settings=Settings((NO_MEMORY,)),
                    argument="Two arms of independent sessions, without memory and with memory 1, alike in everything else.",
                ),
            ),
        ),
        Part(
            "no memory, no punishment",
            "without memory, the deviation pays and the rival does not charge less",
            (
                audited(
                    "the deviation pays, and the rival does not charge less", q.deviation_goes_unpunished,
                    Settings(({**NO_MEMORY, "least": F(19, 20)},)), {"quick": 400},
                ),
            ),
        ),
        Part(
            "table, from below",
            "mean Δ at least the figure of the table less 1/20",
            (mean_gain(">=", lambda values: values["stated"] - F(1, 20), TABLE, {"quick": 600}),),
            beside=True,
        ),
        Part(
            "table, from above",
            "mean Δ at most the figure of the table plus 1/20",
            (mean_gain("<=", lambda values: values["stated"] + F(1, 20), TABLE, {"quick": 600}),),
            beside=True,
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)


def game(name: str, **changes: Any) -> dict[str, Any]:
    """Learners of C46 in a game."""
    return {**GAME, "game": name, **changes}


def share(event: str, batch: q.BatchOfEvents, relation: Any, bound: Fraction, *settings: Values, **counts: int) -> Experiment:
    """The share of sessions with an event, against a number."""
    return Experiment(
        event=event, batch=batch, relation=relation, probability=lambda values: bound, trials=counts or {"quick": 300, "full": 1000}, family=FAMILY,
        settings=Settings(settings), argument="Each trial is one session from its own seed; what counts is its final greedy cycle.",
    )


def strangers(relation: Any, bound: Callable[[Values], Fraction]) -> Experiment:
    """How often learners of different sessions match, against a number."""
    return Experiment(
        event="two strangers match", batch=q.strangers_match, relation=relation, probability=bound, trials={"quick": 500}, family=FAMILY,
        settings=Settings(CONVENTIONS[:1], CONVENTIONS[1:]), argument="A trial pairs two sessions of its own.",
    )


CONVENTIONS = (game("coordination"), game("coordination", m=3))

PLAY = claim(
    "C46",
    "Learners fall into each mode",
    "Q-learners without memory defect in the Prisoner's Dilemma, mostly end at DD in the Stag Hunt (all on ranks), at a pure equilibrium in Chicken, and "
    "always at one convention in pure coordination, where strangers match only by chance; with memory 1 and δ = 0.9 they defect although cooperation "
    "could be sustained.",
    Source("§2.1–2.3, the failure modes", "reconstructed"),
    ">=",
    None,
    (
        Part("Prisoner's Dilemma", "sessions end at DD", (share("DD", q.ends_at("DD"), ">=", F(19, 20), game("pd")),)),
        Part("Stag Hunt", "most sessions end at DD", (share("DD", q.ends_at("DD"), ">=", F(1, 2), game("stag_hunt")),)),
        Part("Chicken", "sessions end at a pure equilibrium", (share("CD or DC", q.ends_at("CD", "DC"), ">=", F(19, 20), game("chicken")),)),
        Part("self-play", "learners that grew up together agree on a convention", (share("a match", q.ends_well, ">=", F(19, 20), *CONVENTIONS),)),
        Part(
            "cross-play",
            "learners of different sessions match only by chance: 1/m, within 3/20",
            (
                strangers("<=", lambda values: F(1, values["m"]) + F(3, 20)),
            ),
        ),
        Part(
            "cross-play, from below",
            "strangers match no more rarely than 1/m − 3/20",
            (
                strangers(">=", lambda values: F(1, values["m"]) - F(3, 20)),
            ),
        ),
        Part(
            "Prisoner's Dilemma with memory",
            "sessions end at DD, although δ >= 1/2 permits cooperation (C12)",
            (share("DD", q.ends_at("DD"), ">=", F(3, 4), game("pd", memory=1, delta=F(9, 10), beta=F(1, 100_000)), quick=60, standard=300),),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (PRICES, PLAY)
