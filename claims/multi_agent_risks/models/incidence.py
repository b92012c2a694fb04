"""The 7 × 3 incidence matrix of risk factors and failure modes: for each cell a small model, with the factor on and off (C43).

A cell says what the agents get (and, for collusion, a third party), what else they could get, and what equilibrium play without the factor or the
agreement gives. Its label is that of the report's decision procedure; its ``outcome`` is the number that people look at. Everything is computed by
the models of the other claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from claims.multi_agent_risks.models.failure_modes import Label, classify
from exact.reals import Real
from instances.games import NormalFormGame, point_law

F = Fraction
Factor = Literal["info", "network", "selection", "dynamics", "commitment", "emergent", "security"]
Mode = Literal["miscoordination", "conflict", "collusion"]
Vector: TypeAlias = tuple[Fraction, ...]

FACTORS: tuple[Factor, ...] = ("info", "network", "selection", "dynamics", "commitment", "emergent", "security")
MODES: tuple[Mode, ...] = ("miscoordination", "conflict", "collusion")


@dataclass(frozen=True)
class Cooperation:
    """Agents that are meant to cooperate: what each gets, and the outcomes that the model compares with."""

    payoffs: Vector
    attainable: tuple[Vector, ...]
    outcome: Fraction


@dataclass(frozen=True)
class Competition:
    """Agents that are meant to compete: what each gets and what is left to the third party; and both at every equilibrium of the static game."""

    payoffs: Vector
    left: Fraction
    benchmark: tuple[tuple[Vector, Fraction], ...]
    outcome: Fraction


Situation: TypeAlias = Cooperation | Competition


def label(situation: Situation) -> Label:
    """The failure mode, by the decision procedure (A1)."""
    if isinstance(situation, Competition):
        gains = all(
            situation.left < left and all(mine > usual for mine, usual in zip(situation.payoffs, payoffs, strict=True))
            for payoffs, left in situation.benchmark
        )
        return "collusion" if gains else "none"
    outcomes = (situation.payoffs, *situation.attainable)
    menu = NormalFormGame((len(outcomes), *(1 for _ in situation.payoffs[1:])), outcomes)
    return classify(menu, "cooperate", point_law(menu, (0,) * menu.players))


def severity(situation: Situation, mode: Mode) -> Real:
    """How much of this failure there is: positive where :func:`label` says the mode, else 0. Plain arithmetic, so that it can be recorded.

    Collusion: the least gain of a member, or loss of the third party, against an equilibrium. Else: the most that all agents together would gain from an
    outcome that takes from nobody; of common interest (miscoordination) or not (conflict).
    """
    if isinstance(situation, Competition):
        least = min(
            min([situation_gain - usual for situation_gain, usual in zip(situation.payoffs, payoffs, strict=True)] + [left - situation.left])
            for payoffs, left in situation.benchmark
        )
        return least if mode == "collusion" and least > 0 else F(0)
    outcomes = (situation.payoffs, *situation.attainable)
    if mode != ("miscoordination" if _is_common_interest(outcomes) else "conflict"):
        return F(0)
    better = [outcome for outcome in outcomes if all(theirs >= mine for theirs, mine in zip(outcome, situation.payoffs, strict=True))]
    return max(sum(outcome) - sum(situation.payoffs) for outcome in better)


def _is_common_interest(outcomes: Sequence[Sequence[Real]]) -> bool:
    return all((a[0] >= b[0]) == (mine >= theirs) for a in outcomes for b in outcomes for mine, theirs in zip(a[1:], b[1:], strict=True))
