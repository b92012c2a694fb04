"""C9 and the Bertrand game of C7: conventions that nobody agreed on, equilibria that do not fit together, and prices with a victim."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from claims.multi_agent_risks.models.failure_modes import classify, is_dominated
from claims.parameters import Values
from exact.reals import Real
from instances.games import NormalFormGame, Profile, point_law


def convention_game(agents: int, conventions: int) -> NormalFormGame:
    """Everybody gets 1 where all chose the same convention, else 0."""
    profiles = product(range(conventions), repeat=agents)
    return NormalFormGame((conventions,) * agents, tuple((Fraction(len(set(profile)) == 1),) * agents for profile in profiles))


def uniform_success(agents: int, conventions: int) -> Fraction:
    """The share of profiles in which all agree, counted agent by agent: a profile of some agents either agrees on one of the conventions or is lost."""
    agreeing, lost = [1] * conventions, 0
    for _ in range(agents - 1):
        lost = lost * conventions + sum(agreeing) * (conventions - 1)
    return Fraction(sum(agreeing), sum(agreeing) + lost)


def uniform_play(game: NormalFormGame) -> list[tuple[Fraction, ...]]:
    """Every action of a player with the same probability."""
    return [(Fraction(1, size),) * size for size in game.actions]


def small_convention_games(parameters: Values) -> Iterator[tuple[int, int]]:
    """Pairs (agents, conventions) with at most so many profiles."""
    for agents, conventions in product(range(1, 7), range(1, 7)):
        if conventions**agents <= parameters["profiles"]:
            yield agents, conventions


def loses_as_stated(element: tuple[int, int], parameters: Values) -> bool:
    """Uniform independent play is an equilibrium of the convention game, and its loss, summed over all profiles, is 1 − m^(1−n)."""
    agents, conventions = element
    game = convention_game(agents, conventions)
    play = uniform_play(game)
    value = game.expected(game.law(play))[0]
    return game.is_mixed_equilibrium(play) and value == uniform_success(agents, conventions) == Fraction(conventions) ** (1 - agents)


def cross_play(game: NormalFormGame) -> list[Profile]:
    """The row of one pure equilibrium with the column of the other, in a game with two."""
    one, two = game.pure_equilibria()
    return [(one[0], two[1]), (two[0], one[1])]


def good_crossings(game: NormalFormGame, parameters: Values) -> Real:
    """How many of the two crossings of a game's two equilibria are not dominated."""
    return Fraction(sum(not is_dominated(game, game.at(profile)) for profile in cross_play(game)))


def fails_unless_chicken(game: NormalFormGame, parameters: Values) -> bool:
    """Both crossings are dominated; only in Chicken (the game given) one is not, and there both get their second best."""
    good = [game.at(profile) for profile in cross_play(game) if not is_dominated(game, game.at(profile))]
    return good == ([(Fraction(3), Fraction(3))] if game == parameters["chicken"] else [])


PRICES = ("H", "L")
BERTRAND = NormalFormGame((2, 2), ((3, 3), (0, 4), (4, 0), (2, 2)))
"""Two firms with prices H = 6 and L = 4, unit demand, no cost; who is cheaper sells, at equal prices they share."""
CONSUMER = tuple(Fraction(x) for x in (4, 6, 6, 6))
"""What the consumer keeps of the value 10."""


def bertrand(high: Fraction, low: Fraction, value: Fraction) -> tuple[tuple[Fraction, Fraction, Fraction], ...]:
    """The firms' profits and the consumer's surplus at HH, HL, LH, LL."""
    return (
        (high / 2, high / 2, value - high),
        (Fraction(0), low, value - low),
        (low, Fraction(0), value - low),
        (low / 2, low / 2, value - low),
    )


def with_consumer() -> NormalFormGame:
    """The same with the consumer as a third player, who has nothing to decide."""
    return NormalFormGame((2, 2, 1), tuple((*firms, left) for firms, left in zip(BERTRAND.payoffs, CONSUMER, strict=True)))


def bertrand_outcomes(parameters: Values) -> Iterator[str]:
    """HH, HL, LH, LL."""
    return (one + two for one, two in product(PRICES, repeat=2))


def bertrand_is_as_stated(name: str, parameters: Values) -> bool:
    """Labels of an outcome under both intents (firms only; the consumer as victim), whether it is efficient with the consumer, and that the total is 10."""
    profile = (PRICES.index(name[0]), PRICES.index(name[1]))
    law = point_law(BERTRAND, profile)
    left = CONSUMER[BERTRAND.place(profile)]
    derived = bertrand(Fraction(6), Fraction(4), Fraction(10))[BERTRAND.place(profile)]
    three = with_consumer()
    return (
        derived == (*BERTRAND.at(profile), left)
        and sum(derived) == 10
        and classify(BERTRAND, "cooperate", law) == ("conflict" if name == "LL" else "none")
        and classify(BERTRAND, "compete", law, third_party=CONSUMER) == ("collusion" if name == "HH" else "none")
        and not is_dominated(three, three.at((*profile, 0)))
    )
