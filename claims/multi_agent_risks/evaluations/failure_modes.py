"""What `assay evaluate` computes for C1 to C5, C7, C9, C10, C31 and C32: a census of ordinal 2×2 games, or one game given by its payoffs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks.algorithms.commitments import mixed_commitment, pure_commitment, race
from claims.multi_agent_risks.models.failure_modes import LABELS, alignment, incentive_class, is_dominated, pure_labels
from claims.multi_agent_risks.quantities import commitment as k
from claims.multi_agent_risks.quantities import conventions
from claims.multi_agent_risks.quantities import failure_modes as q
from claims.multi_agent_risks.registry import registry
from claims.parameters import Choices, Integers, Lists, Parameter, Rationals, Values
from claims.room import Measure
from instances.equilibria import interior_mixture
from instances.games import NormalFormGame
from instances.ordinal_games import CENSUSES, two_by_two

EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {}
F = Fraction


@dataclass(frozen=True)
class Censuses:
    """The classifications of ordinal 2×2 games, by their number of classes."""

    allowed: tuple[int, ...]

    def read(self, data: Any) -> int:
        """The number."""
        value = Integers().read(data)
        if value not in self.allowed:
            raise ValueError(f"{value} is no such classification")
        return value

    def describe(self) -> str:
        """The numbers."""
        return "one of " + ", ".join(map(str, self.allowed))


@dataclass(frozen=True)
class FourPayoffs:
    """Four rationals: a player's payoffs in the flat order CC, CD, DC, DD; all different where the claim is about strict games."""

    strict: bool

    def read(self, data: Any) -> tuple[Fraction, ...]:
        """The payoffs."""
        values: tuple[Fraction, ...] = Lists(Rationals()).read(data)
        if len(values) != 4:
            raise ValueError(f"a list of {len(values)} payoffs, where four are due")
        if self.strict and len(set(values)) < 4:
            raise ValueError("two of the payoffs are equal")
        return values

    def describe(self) -> str:
        """For instance ``list of four different rationals``."""
        return f"list of four {'different ' if self.strict else ''}rationals"


def _census(*allowed: int) -> Parameter:
    return Parameter("games", Censuses(allowed), "classes of ordinal 2×2 games: 144, 78 strict; 1413, 726 with ties", 144, ("u", "v"))


def _one_game(strict: bool) -> tuple[Parameter, Parameter]:
    return (
        Parameter("u", FourPayoffs(strict), "the row player's payoffs at CC, CD, DC, DD; with v: this one game", excludes=("games",)),
        Parameter("v", FourPayoffs(strict), "the column player's payoffs at CC, CD, DC, DD; with u: this one game", excludes=("games",)),
    )


ANY_CENSUS, STRICT_CENSUS = _census(*CENSUSES), _census(*(number for number, (strict, _) in CENSUSES.items() if strict))
ANY_GAME, STRICT_GAME = _one_game(strict=False), _one_game(strict=True)
FRONTIER = Parameter("frontier", Choices(("pure", "hull")), "what may dominate: pure outcomes, or their mixtures too", "pure")
INTENT = Parameter("intent", Choices(("cooperate", "compete")), "what the designer wants the agents to do", "cooperate")


def _evaluates(number: str, *parameters: Parameter) -> Callable[[Measure], Measure]:
    """Registers a claim's parameters and measure."""

    def register(measure: Measure) -> Measure:
        EVALUATIONS[number] = (parameters, measure)
        return measure

    return register


def _given(values: Values) -> NormalFormGame | None:
    """The game of u and v, if they are given. Raises ParameterError where one is missing."""
    for name, other in (("u", "v"), ("v", "u")):
        if name in values and other not in values:
            raise ParameterError(f"{other}: is missing; one game needs both u and v, each a {FourPayoffs(False).describe()}")
    return two_by_two(values["u"], values["v"]) if "u" in values else None


def _is_strict_census(values: Values) -> bool:
    return CENSUSES[values["games"]][0]


@_evaluates("C1")
def registry_shape(values: Values) -> Measurement:
    """The number of records in the registry against 43."""
    known = registry()
    told = {"modes": len(known.modes), "factors": len(known.factors), "instances": len(known.instances)}
    return Measurement(F(known.records), F(43), told)


@_evaluates("C2", ANY_CENSUS, INTENT, FRONTIER, *ANY_GAME)
def labelled_outcomes(values: Values) -> Measurement:
    """The number of labelled outcomes against four for each game."""
    game = _given(values)
    if game is None:
        counts, games = dict(q.label_census(values)), values["games"]
        labels = {}
    else:
        found = pure_labels(game, values["intent"], values["frontier"])
        counts, games = {label: Counter(found)[label] for label in LABELS}, 1
        labels = {"labels": list(found)}
    return Measurement(F(sum(counts.values())), F(4 * games), {**counts, **labels})


@_evaluates("C3", ANY_CENSUS)
def incentive_classes(values: Values) -> Measurement:
    """Classes that are symmetric and common-interest."""
    found = q.incentive_census(values)
    names = ("classes", "common_interest", "opposed", "mixed_motive", "symmetric", "pure_ne")
    bound = F(0) if _is_strict_census(values) else None
    return Measurement(F(found["symmetric_common_interest"]), bound, {name: found[name] for name in names})


STATED_DOMINATED = {(144, "pure"): 7, (78, "pure"): 4, (144, "hull"): 11, (78, "hull"): 6}
"""Mixed-motive classes whose unique pure equilibrium is dominated, by census and frontier."""


@_evaluates("C4", ANY_CENSUS, FRONTIER, *ANY_GAME)
def equilibrium_verdicts(values: Values) -> Measurement:
    """Mixed-motive classes whose unique pure equilibrium is dominated; or the verdict on one game."""
    game = _given(values)
    if game is not None:
        return _verdict_on(game, values)
    found = q.verdict_census(values)
    names = ("classes", "pure_ne", "mm_unique_efficient", "mm_unique_dominated", "mm_two", "mm_none", "efficient_outcomes", "win_win")
    bound = STATED_DOMINATED.get((values["games"], values["frontier"]))
    return Measurement(F(found["mm_unique_dominated"]), None if bound is None else F(bound), {name: found[name] for name in names})


def _verdict_on(game: NormalFormGame, values: Values) -> Measurement:
    frontier = values["frontier"]
    incentive = incentive_class(game)
    told = {
        "incentive": incentive,
        "verdict": q.pure_verdict(game, frontier),
        "equilibria": [game.at(profile) for profile in game.pure_equilibria()],
        "maximin": q.maximin_payoffs(game),
        "rho": alignment(game),
    }
    return Measurement(F(incentive == "MM" and q.dominated_equilibria(game, frontier) == (True,)), None, told)


@_evaluates("C5", STRICT_CENSUS, *STRICT_GAME)
def mixed_equilibria(values: Values) -> Measurement:
    """Interior mixed equilibria that a pure outcome dominates against those predicted from the ranks."""
    game = _given(values)
    if game is None:
        found = q.mixed_census(values)
        names = ("interior", "two_ne", "cyclic_mm", "cyclic_op")
        return Measurement(F(found["dominated"]), F(found["predicted"]), {name: found[name] for name in names})
    payoffs = q.interior_payoffs(game)
    dominated = None if payoffs is None else is_dominated(game, payoffs)
    predicted = payoffs is not None and q.has_good_outcome(game)
    told = {"mixture": interior_mixture(game), "payoffs": payoffs, "dominated": dominated}
    return Measurement(F(bool(dominated)), F(predicted), told)


@_evaluates("C7", STRICT_CENSUS)
def conflict_and_collusion(values: Values) -> Measurement:
    """Classes whose equilibria are all dominated against classes with a collusive outcome."""
    found = q.duality_census(values)
    names = ("via_pure", "via_mixed", "third_party_pairs", "third_party_collusive")
    same = all(q.modes_are_dual(game, {}) for game in q.games_of(values))
    return Measurement(F(found["doomed"]), F(found["collusive"]), {name: found[name] for name in names}, relation="==", holds=same)


@_evaluates(
    "C9",
    Parameter("m", Integers(1, 1000), "conventions", 2),
    Parameter("n", Integers(1, 1000), "agents", 2),
)
def convention_loss(values: Values) -> Measurement:
    """The loss of uniform independent play, counted, against 1 − m^(1−n)."""
    m, n = values["m"], values["n"]
    success = conventions.uniform_success(n, m)
    return Measurement(1 - success, 1 - F(m) ** (1 - n), {"success": success})


@_evaluates("C10", STRICT_CENSUS)
def aligned_agents(values: Values) -> Measurement:
    """Classes without an equilibrium that is efficient for the principals against the classes with a collusive outcome."""
    found = q.principals_census(values)
    bound = q.duality_census(values)["collusive"]
    return Measurement(F(found["without"]), F(bound), {"pure_only": found["pure_only"], "rho": list(found["rho"])})


@_evaluates("C31", STRICT_CENSUS, *ANY_GAME)
def value_of_commitment(values: Values) -> Measurement:
    """Games in which the row player's mixed commitment beats her best equilibrium."""
    game = _given(values)
    if game is None:
        found = k.commitment_census(values)
        holds = all(k.commitment_never_hurts(one, {}) for one in q.games_of(values))
        told = {name: found[name] for name in ("pure_better", "pure_equal", "pure_worse")}
        return Measurement(F(found["mixed_better"]), None, told, holds=holds)
    mixed, pure, usual = mixed_commitment(game).payoffs[0], game.at(pure_commitment(game))[0], k.best_nash(game)
    told = {"stackelberg": mixed, "pure": pure, "best_nash": usual}
    return Measurement(F(mixed > usual), None, told, holds=mixed >= usual)


@_evaluates("C32", STRICT_CENSUS, *STRICT_GAME)
def repair_by_commitment(values: Values) -> Measurement:
    """Conflict-inevitable games that one player's pure commitment repairs against all such games less the Prisoner's Dilemma."""
    game = _given(values)
    found = k.repair_figures(q.games_of(values) if game is None else (game,))
    told: dict[str, Any] = {name: found[name] for name in ("inevitable", "race_dominated", "race_worst")}
    if game is not None:
        told["race"] = game.at(race(game))
    return Measurement(F(found["repaired"]), F(found["inevitable"] - found["dilemmas"]), told)
