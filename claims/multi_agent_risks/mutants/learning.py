"""False variants of C45 and C46, refuted exactly: by the value of the same quantity, or on planted sessions (those of seed 0)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from claims import Mutant, Settings, Witness
from claims.formulations import Quantity, Relation
from claims.multi_agent_risks.quantities import learning as q
from claims.parameters import Values

F = Fraction
ROW: dict[str, Any] = {"m": 5, "alpha": F(3, 20), "beta": F(1, 1000), "delta": F(19, 20), "memory": 1, "patience": 10_000}
"""The quick row of C45."""
IMPATIENT: dict[str, Any] = {**ROW, "m": 7, "beta": F(1, 50_000), "delta": F(0), "patience": 100_000, "sessions": 30}
"""Learners that count the next period for nothing, on a grid of seven prices."""
GAME: dict[str, Any] = {
    "game": "stag_hunt", "m": 2, "memory": 0, "delta": F(0), "alpha": F(1, 10), "beta": F(1, 10_000), "patience": 20_000,
}
"""Learners of C46."""


def _witness(instance: Callable[[Values], Any], quantity: Quantity, relation: Relation, bound: Quantity, setting: Values, argument: str) -> tuple[Witness, ...]:
    return (Witness(instance=instance, quantity=quantity, relation=relation, bound=bound, settings=Settings((setting,)), argument=argument),)


def _zero(instance: Any, values: Values) -> Fraction:
    return F(0)


MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C45": (
        Mutant(
            "Δ > 0 means collusion: where a pair of prices has Δ > 0, no firm gains by a deviation that goes unpunished",
            _witness(q.one_session_without_memory, q.gain_and_temptation, "<=", _zero, {**ROW, "memory": 0},
                     "A session without memory ends at prices with Δ > 0; the rival cannot react, and the deviation pays."),
        ),
        Mutant(
            "the baseline is Δ = 0: no equilibrium of the one-shot game has Δ > 0",
            _witness(q.top_equilibrium, q.gain_at, "<=", _zero, {"m": 5}, "The largest grid equilibrium at m = 5."),
        ),
        Mutant(
            "impatient learners (δ = 0) set supra-competitive prices at m = 7",
            _witness(q.planted_sessions, q.mean_planted_gain, ">=", q.planted_equilibrium_gain, IMPATIENT, "The mean of these recorded sessions, exactly."),
        ),
    ),
    "C46": (
        Mutant(
            "cross-play succeeds as often as self-play",
            _witness(q.recorded_shares, q.share_of("cross-play"), ">=", q.share_of("self-play"), {**GAME, "game": "coordination", "sessions": 100},
                     "All pairs of these recorded sessions, counted."),
        ),
        Mutant(
            "most Stag Hunt sessions end at CC",
            _witness(q.recorded_shares, q.share_of("CC"), ">=", lambda shares, values: F(1, 2), {**GAME, "sessions": 200},
                     "These recorded sessions, counted."),
        ),
        Mutant(
            "Prisoner's Dilemma sessions without memory end at CC (ours)",
            _witness(q.recorded_shares, q.share_of("CC"), ">=", lambda shares, values: F(1), {**GAME, "game": "pd", "sessions": 50},
                     "These recorded sessions, counted."),
        ),
    ),
}
