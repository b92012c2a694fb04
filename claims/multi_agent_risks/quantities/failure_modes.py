"""C2 to C10 on the ordinal 2×2 games: what is counted in a census, and what is asked of each game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from claims.multi_agent_risks.models.failure_modes import (
    INTENTS,
    LABELS,
    Frontier,
    Intent,
    Label,
    alignment,
    classify,
    equilibrium_payoffs,
    incentive_class,
    is_dominated,
    pure_labels,
    shares_interest,
    summed_up,
)
from claims.parameters import Values
from exact.reals import Real
from instances.equilibria import interior_mixture, mixed_pair
from instances.games import NormalFormGame, Vector, dominates, point_law, pure_dominators
from instances.ordinal_games import (
    NAMED,
    SYMMETRIES,
    all_games,
    classes,
    is_symmetric,
    name_of,
    ranks,
    representative,
    two_by_two,
    weak_orders,
    written,
)

Figures: TypeAlias = Mapping[str, Any]
"""The counts of a census by name."""


def games_of(parameters: Values) -> Sequence[NormalFormGame]:
    """One game for each class of the census named by ``games``."""
    return classes(parameters["games"])


def every_game(parameters: Values) -> Iterator[NormalFormGame]:
    """All strict games, or all with ties."""
    return all_games(parameters["strict"])


def symmetries(parameters: Values) -> Sequence[Callable[[NormalFormGame], NormalFormGame]]:
    """Row swap, column swap, player exchange."""
    return SYMMETRIES


def lines(census: Callable[[Values], Figures]) -> Callable[[Values], Iterable[tuple[str, Any]]]:
    """The figures of a census that are stated, one by one, as the elements of an enumeration."""

    def elements(parameters: Values) -> Iterator[tuple[str, Any]]:
        found = census(parameters)
        for name in parameters["stated"]:
            yield name, found[name]

    return elements


def is_as_stated(element: tuple[str, Any], parameters: Values) -> bool:
    """Whether a figure is the stated one."""
    name, value = element
    return bool(value == parameters["stated"][name])


# C2


def label_census(parameters: Values) -> Figures:
    """How often each label occurs at the pure outcomes."""
    found = Counter(
        label for game in games_of(parameters) for label in pure_labels(game, parameters["intent"], parameters.get("frontier", "pure"))
    )
    return {label: found[label] for label in LABELS}


def has_one_label(game: NormalFormGame, parameters: Values) -> bool:
    """At every pure outcome, for both intents, exactly one label's definition applies, and it is the one that the algorithm gives."""
    return all(
        [label for label, applies in definitions.items() if applies] == [given]
        for intent in INTENTS
        for definitions, given in zip(defining_conditions(game, intent), pure_labels(game, intent), strict=True)
    )


def defining_conditions(game: NormalFormGame, intent: Intent) -> Iterator[dict[Label, bool]]:
    """The definitions M4, read one by one at each pure outcome."""
    disagree = any((a[0] - b[0]) * (a[1] - b[1]) < 0 or (a[0] == b[0]) != (a[1] == b[1]) for a in game.payoffs for b in game.payoffs)
    equilibria = equilibrium_payoffs(game)
    for here in game.payoffs:
        off_frontier = intent == "cooperate" and bool(pure_dominators(game, here))
        gains = intent == "compete" and all(x > y for equilibrium in equilibria for x, y in zip(here, equilibrium, strict=True))
        yield {
            "none": not off_frontier and not gains,
            "conflict": off_frontier and disagree,
            "miscoordination": off_frontier and not disagree,
            "collusion": gains,
        }


_MOVES: tuple[tuple[int, ...], ...] = ((2, 3, 0, 1), (1, 0, 3, 2), (0, 2, 1, 3))
"""For each of the three symmetries: which outcome of the game stands where in its image."""


def labels_move_along(game: NormalFormGame, parameters: Values) -> bool:
    """Renaming actions or players renames the labels' places and changes none."""
    return all(
        pure_labels(symmetry(game), intent) == tuple(labels[place] for place in move)
        for intent, labels in ((intent, pure_labels(game, intent)) for intent in INTENTS)
        for symmetry, move in zip(SYMMETRIES, _MOVES, strict=True)
    )


LADDERS: tuple[tuple[Fraction, ...], ...] = tuple(
    tuple(Fraction(x) for x in ladder) for ladder in (("-7", "0", "1/3", "1/2"), ("0", "1", "10", "1000"), ("-1000", "-10", "-1", "0"))
)
"""Payoffs for the ranks 1 to 4, with steps that make the mean large, small or negative."""


def cardinal(game: NormalFormGame, row: Sequence[Fraction], column: Sequence[Fraction]) -> NormalFormGame:
    """The strict ordinal game with payoffs in place of ranks."""
    return two_by_two([row[int(rank) - 1] for rank in game.of(0)], [column[int(rank) - 1] for rank in game.of(1)])


def labels_are_ordinal(game: NormalFormGame, parameters: Values) -> bool:
    """The labels of the pure outcomes (both intents) and of the interior mixed equilibrium are the same for all pairs of the first ladders."""
    return all(_labels(cardinal(game, row, column)) == _labels(game) for row, column in product(LADDERS[: parameters["ladders"]], repeat=2))


def _labels(game: NormalFormGame) -> tuple[Any, ...]:
    mixed = interior_payoffs(game)
    return (*(pure_labels(game, intent) for intent in INTENTS), None if mixed is None else is_dominated(game, mixed))


# C3


def incentive_census(parameters: Values) -> Figures:
    """Incentive classes, symmetric games and pure equilibria."""
    games = games_of(parameters)
    kinds = Counter(incentive_class(game) for game in games)
    symmetric = [game for game in games if is_symmetric(game)]
    equilibria = Counter(len(game.pure_equilibria()) for game in games)
    return {
        "classes": len(games),
        "common_interest": kinds["CI"],
        "opposed": kinds["OP"],
        "mixed_motive": kinds["MM"],
        "symmetric": len(symmetric),
        "symmetric_common_interest": sum(shares_interest(game) for game in symmetric),
        "pure_ne": tuple(equilibria[k] for k in range(5)),
        "pure_equilibria": sum(k * number for k, number in equilibria.items()),
    }


def disagreements(game: NormalFormGame, parameters: Values) -> Real:
    """On how many pairs of outcomes the two players do not have the same preference."""
    return Fraction(sum((a[0] >= b[0]) != (a[1] >= b[1]) for a in game.payoffs for b in game.payoffs))


# C4


def verdict_census(parameters: Values) -> Figures:
    """Incentive class, pure equilibria, and how many of these are dominated."""
    games, frontier = games_of(parameters), parameters.get("frontier", "pure")
    kinds = Counter((incentive_class(game), dominated_equilibria(game, frontier)) for game in games)
    efficient = Counter(sum(not is_dominated(game, vector, frontier) for vector in game.payoffs) for game in games)
    return {
        "classes": len(games),
        "pure_ne": incentive_census(parameters)["pure_ne"],
        "ci_unique_efficient": kinds["CI", (False,)],
        "ci_two_one_dominated": kinds["CI", (False, True)],
        "op_unique_efficient": kinds["OP", (False,)],
        "op_none": kinds["OP", ()],
        "mm_unique_efficient": kinds["MM", (False,)],
        "mm_unique_dominated": kinds["MM", (True,)],
        "mm_two": tuple(kinds["MM", pair] for pair in ((False, False), (False, True), (True, True))),
        "mm_none": kinds["MM", ()],
        "efficient_outcomes": tuple(efficient[k] for k in range(1, 5)),
        "win_win": sum(any(vector == best(game) for vector in game.payoffs) for game in games),
    }


def best(game: NormalFormGame) -> Vector:
    """Each player's best payoff."""
    return tuple(max(game.of(player)) for player in range(game.players))


def dominated_equilibria(game: NormalFormGame, frontier: Frontier = "pure") -> tuple[bool, ...]:
    """For each pure equilibrium whether it is dominated, those that are not first."""
    return tuple(sorted(is_dominated(game, game.at(profile), frontier) for profile in game.pure_equilibria()))


def pure_verdict(game: NormalFormGame, frontier: Frontier = "pure") -> str | None:
    """The verdict over the pure equilibria where agents are meant to cooperate; None where there are none."""
    labels = [classify(game, "cooperate", point_law(game, profile), frontier=frontier) for profile in game.pure_equilibria()]
    return summed_up(labels) if labels else None


def maximin_payoffs(game: NormalFormGame) -> list[Vector]:
    """The payoffs when every player plays a pure action whose worst payoff is best; several where there are ties."""
    return [game.at(profile) for profile in product(*(game.maximin_actions(player) for player in range(game.players)))]


def dominators(game: NormalFormGame, parameters: Values) -> Real:
    """How many pure outcomes dominate a pure equilibrium, at the one with most of them."""
    return Fraction(max((len(pure_dominators(game, game.at(profile))) for profile in game.pure_equilibria()), default=0))


def unique_equilibrium_games(parameters: Values) -> Iterator[NormalFormGame]:
    """The mixed-motive classes with one pure equilibrium; where ``rho`` is given, with at least this alignment."""
    for game in games_of(parameters):
        if incentive_class(game) == "MM" and len(game.pure_equilibria()) == 1 and (alignment(game) or 0) >= parameters.get("rho", 0):
            yield game


def two_equilibrium_games(parameters: Values) -> Iterator[NormalFormGame]:
    """The classes with two pure equilibria."""
    return (game for game in games_of(parameters) if len(game.pure_equilibria()) == 2)


THE_FOUR = (((1, 3, 2, 4), (1, 4, 3, 2)), ((1, 3, 2, 4), (2, 4, 3, 1)), ((1, 3, 2, 4), (3, 4, 2, 1)), ((1, 3, 2, 4), (4, 3, 2, 1)))
"""The strict classes of 78 whose unique pure equilibrium is dominated; the last is the Prisoner's Dilemma."""


def unique_dominated_classes(parameters: Values) -> Iterator[tuple[int, NormalFormGame]]:
    """The classes whose unique pure equilibrium is dominated, numbered."""
    return enumerate(game for game in unique_equilibrium_games(parameters) if dominated_equilibria(game) == (True,))


def is_one_of_the_four(element: tuple[int, NormalFormGame], parameters: Values) -> bool:
    """Whether the class is the one stated at its place; the last is the Prisoner's Dilemma."""
    number, game = element
    stated = sorted((representative(two_by_two(row, column)) for row, column in THE_FOUR), key=written)
    return game == stated[number] and (name_of(game) == "Prisoner's Dilemma") == (game == representative(two_by_two(*THE_FOUR[-1])))


@dataclass(frozen=True)
class Portrait:
    """What is stated of a named game: payoffs at its pure equilibria, verdict over them, whether maximin play is dominated (None: not stated), and ρ."""

    equilibria: tuple[tuple[int, int], ...]
    verdict: str
    maximin_dominated: bool | None
    rho: Fraction


_TENTHS = {name: Fraction(tenths, 10) for tenths, names in (
    (1, ("Prisoner's Dilemma", "Deadlock")), (6, ("Chicken", "Stag Hunt", "Compromise", "Peace")),
    (9, ("Leader", "Hero", "Assurance", "Coordination", "Harmony", "Concord", "Battle of the Sexes")),
) for name in names}
_PORTRAITS: tuple[tuple[str, tuple[tuple[int, int], ...], str, bool | None], ...] = (
    ("Prisoner's Dilemma", ((2, 2),), "conflict-inevitable", True),
    ("Chicken", ((2, 4), (4, 2)), "robust", False),
    ("Leader", ((3, 4), (4, 3)), "robust", True),
    ("Hero", ((4, 3), (3, 4)), "robust", True),
    ("Stag Hunt", ((4, 4), (2, 2)), "conflict-possible", True),
    ("Assurance", ((4, 4), (3, 3)), "conflict-possible", True),
    ("Coordination", ((4, 4), (3, 3)), "conflict-possible", False),
    ("Deadlock", ((3, 3),), "robust", None),
    ("Compromise", ((3, 3),), "robust", None),
    ("Harmony", ((4, 4),), "robust", None),
    ("Concord", ((4, 4),), "robust", None),
    ("Peace", ((4, 4),), "robust", None),
    ("Battle of the Sexes", ((4, 3), (3, 4)), "robust", True),
)
PORTRAITS = {name: Portrait(equilibria, verdict, maximin, _TENTHS[name]) for name, equilibria, verdict, maximin in _PORTRAITS}


def named_games(parameters: Values) -> Iterator[str]:
    """The named games of which something is stated."""
    return iter(PORTRAITS)


def named_game_is_as_stated(name: str, parameters: Values) -> bool:
    """Whether a named game, mixed-motive, is as its portrait says."""
    game, stated = NAMED[name], PORTRAITS[name]
    maximin = {is_dominated(game, payoffs) for payoffs in maximin_payoffs(game)}
    return (
        incentive_class(game) == "MM"
        and tuple(game.at(profile) for profile in game.pure_equilibria()) == stated.equilibria
        and pure_verdict(game) == stated.verdict
        and (stated.maximin_dominated is None or maximin == {stated.maximin_dominated})
        and alignment(game) == stated.rho
    )


# C5


def interior_payoffs(game: NormalFormGame) -> Vector | None:
    """The payoffs of the equilibrium in which both players mix, if there is exactly one."""
    mixture = interior_mixture(game)
    return None if mixture is None else game.expected(game.law(mixed_pair(*mixture)))


def mixed_census(parameters: Values) -> Figures:
    """Interior mixed equilibria: dominated or not, by the number of pure equilibria and the incentive class."""
    games = [game for game in games_of(parameters) if interior_mixture(game) is not None]
    kinds: Counter[tuple[int, str, bool]] = Counter(
        (len(game.pure_equilibria()), incentive_class(game), is_dominated(game, _mixed(game))) for game in games
    )

    def split(number: int, *classes_: str) -> tuple[int, int]:
        return sum(kinds[number, kind, True] for kind in classes_), sum(kinds[number, kind, False] for kind in classes_)

    return {
        "interior": len(games),
        "two_ne": split(2, "CI", "OP", "MM"),
        "cyclic_mm": split(0, "MM"),
        "cyclic_op": split(0, "OP"),
        "dominated": sum(number for (_, _, dominated), number in kinds.items() if dominated),
        "predicted": sum(has_good_outcome(game) for game in games),
        "middling": sum(_mixed(game) == (Fraction(5, 2), Fraction(5, 2)) for game in games),
    }


def _mixed(game: NormalFormGame) -> Vector:
    payoffs = interior_payoffs(game)
    if payoffs is None:
        raise ValueError("the game has no interior mixed equilibrium")
    return payoffs


def has_good_outcome(game: NormalFormGame) -> bool:
    """Whether some outcome is among the two best for both players: what decides, by ranks, that the interior mixed equilibrium is dominated."""
    return any(x >= 3 and y >= 3 for x, y in zip(ranks(game.of(0)), ranks(game.of(1)), strict=True))


def mixed_value(game: NormalFormGame, parameters: Values) -> Real:
    """The row player's payoff at the interior mixed equilibrium."""
    return _mixed(game)[0]


def worse_equilibrium_value(game: NormalFormGame, parameters: Values) -> Real:
    """The row player's payoff at the pure equilibrium that is worse for her."""
    return min(game.at(profile)[0] for profile in game.pure_equilibria())


def second_best(game: NormalFormGame, parameters: Values) -> Real:
    """The row player's second best payoff."""
    return sorted(game.of(0))[-2]


# C7


def is_doomed(game: NormalFormGame) -> bool:
    """Whether every equilibrium of B(G) is dominated."""
    return all(is_dominated(game, payoffs) for payoffs in equilibrium_payoffs(game))


def can_collude(game: NormalFormGame) -> bool:
    """Whether some pure outcome is a collusion where agents are meant to compete."""
    return "collusion" in pure_labels(game, "compete")


def modes_are_dual(game: NormalFormGame, parameters: Values) -> bool:
    """Every equilibrium is dominated exactly when a collusion is possible."""
    return is_doomed(game) == can_collude(game)


def beats_some_equilibrium(game: NormalFormGame, only_pure: bool) -> bool:
    """Whether some pure outcome is strictly better for both than some equilibrium."""
    known = [game.at(profile) for profile in game.pure_equilibria()] if only_pure else equilibrium_payoffs(game)
    return any(all(x > y for x, y in zip(vector, equilibrium, strict=True)) for vector in game.payoffs for equilibrium in known)


def doom_against_some(game: NormalFormGame, parameters: Values) -> Real:
    """1 where only one holds of: every equilibrium is dominated; some outcome strictly beats some equilibrium."""
    return Fraction(is_doomed(game) != beats_some_equilibrium(game, only_pure=False))


def duality_census(parameters: Values) -> Figures:
    """Games whose equilibria are all dominated, games with a collusive outcome, and third parties that lose by one."""
    games = games_of(parameters)
    doomed = [game for game in games if is_doomed(game)]
    unique = [game for game in games if len(game.pure_equilibria()) == 1]
    return {
        "doomed": len(doomed),
        "collusive": sum(map(can_collude, games)),
        "via_pure": sum(bool(game.pure_equilibria()) for game in doomed),
        "via_mixed": sum(not game.pure_equilibria() for game in doomed),
        "third_party_pairs": len(unique) * len(weak_orders(True)),
        "third_party_collusive": sum(
            "collusion" in pure_labels(game, "compete", third_party=[Fraction(x) for x in order])
            for game in unique
            if can_collude(game)
            for order in weak_orders(True)
        ),
        "beats_some": sum(beats_some_equilibrium(game, only_pure=False) for game in games),
        "beats_some_pure": sum(beats_some_equilibrium(game, only_pure=True) for game in games),
    }


def game_equilibrium_pairs(parameters: Values) -> Iterator[tuple[NormalFormGame, int]]:
    """All games (with ties), each with every pure equilibrium, given by its place."""
    for game in all_games(parameters["strict"]):
        for profile in game.pure_equilibria():
            yield game, game.place(profile)


def gap_between_gains(pair: tuple[NormalFormGame, int], parameters: Values) -> Real:
    """1 where an equilibrium is dominated although no outcome is strictly better for both (or the other way round), else 0."""
    game, place = pair
    here = game.payoffs[place]
    strictly = any(all(x > y for x, y in zip(vector, here, strict=True)) for vector in game.payoffs)
    return Fraction(any(dominates(vector, here) for vector in game.payoffs) != strictly)


def weak_pair_census(parameters: Values) -> Figures:
    """The pairs of a game and a pure equilibrium, and those at which domination needs a tie."""
    gaps = [gap_between_gains(pair, parameters) for pair in game_equilibrium_pairs(parameters)]
    return {"pairs": len(gaps), "failing": int(sum(gaps, Fraction(0)))}


# C10


def principals_census(parameters: Values) -> Figures:
    """Games without an equilibrium that is efficient for the principals, and the alignment of those with a single, dominated one."""
    games = games_of(parameters)
    dominated = [game for game in games if dominated_equilibria(game) == (True,)]
    found = {alignment(game) for game in dominated}
    return {
        "without": sum(map(is_doomed, games)),
        "pure_only": sum(bool(pairs) and all(pairs) for pairs in map(dominated_equilibria, games)),
        "rho": tuple(sorted(rho for rho in found if rho is not None)),
    }


def shares_alignment(element: tuple[str, str], parameters: Values) -> bool:
    """Whether a named game has the stated ρ and its pure equilibria the stated verdict."""
    name, verdict = element
    return alignment(NAMED[name]) == parameters["rho"] and pure_verdict(NAMED[name]) == verdict
