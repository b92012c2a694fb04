"""What the experiments of C45 and C46 observe, batch by batch, and the exact quantities that their mutants get wrong.

Every batch is a function of the setting, a seed, and the numbers of its trials: a trial is one session (for cross-play, two sessions; for the audit,
one session in which the deviation differs from the price that firm 1 charges).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count as numbers
from itertools import islice
from typing import Any

from claims.multi_agent_risks.algorithms import logit_duopoly
from claims.multi_agent_risks.algorithms.game_sessions import (
    GameSetting,
    cross_play,
    ends_at_equilibrium,
    is_equilibrium,
    play_game,
    profile_name,
    shares_of_profiles,
)
from claims.multi_agent_risks.algorithms.learning_sessions import Session
from claims.multi_agent_risks.algorithms.pricing_sessions import Audit, Setting, audit, grid_gains, market, pricing
from claims.parameters import Values
from exact import reals
from exact.reals import Real

BatchOfMeans = Callable[[Values, int, int, int], list[Fraction]]
BatchOfEvents = Callable[[Values, int, int, int], list[bool]]


# C45


def setting_of(values: Values, **changes: Any) -> Setting:
    """The row of the experiment that the parameters name."""
    chosen = {**values, **changes}
    return Setting(**{name: chosen[name] for name in ("m", "alpha", "beta", "delta", "memory", "patience")})


def gains(values: Values, seed: int, first: int, count: int) -> list[Fraction]:
    """Δ of each session's final cycle."""
    return [market(values["m"]).mean_gain(session.cycle) for session in pricing(setting_of(values), seed, first, count)]


def gains_with_less_patience(values: Values, seed: int, first: int, count: int) -> list[Fraction]:
    """Δ at the lower discount factor ``delta_below``."""
    lower = setting_of(values, delta=values["delta_below"])
    return [market(values["m"]).mean_gain(session.cycle) for session in pricing(lower, seed, first, count)]


def gains_with_memory(values: Values, seed: int, first: int, count: int) -> list[Fraction]:
    """Δ of learners with memory 1."""
    return [market(values["m"]).mean_gain(session.cycle) for session in pricing(setting_of(values, memory=1), seed, first, count)]


def surpluses(values: Values, seed: int, first: int, count: int) -> list[Fraction]:
    """Consumer surplus in each session's final cycle."""
    return [market(values["m"]).mean_surplus(session.cycle) for session in pricing(setting_of(values), seed, first, count)]


def gain_range(values: Values) -> tuple[Fraction, Fraction]:
    """What Δ can be on the grid."""
    return market(values["m"]).gain_range


def surplus_range(values: Values) -> tuple[Fraction, Fraction]:
    """What the consumer surplus can be on the grid."""
    return market(values["m"]).surplus_range


def largest_grid_gain(values: Values) -> Real:
    """The largest Δ of an equilibrium of the one-shot game on the grid."""
    return grid_gains(values["m"])[-1]


def nash_surplus(values: Values) -> Real:
    """The consumer surplus at the Nash price."""
    price = logit_duopoly.nash_price()
    return logit_duopoly.consumer_surplus(price, price)


def audits(setting: Setting, seed: int) -> Iterator[Audit]:
    """The audits of the sessions 0, 1, 2, … in which the deviation differs from firm 1's own price."""
    size = 100
    for block in numbers():
        for session in pricing(setting, seed, block * size, size):
            answer = audit(setting, session)
            if answer is not None:
                yield answer


def rival_cuts(values: Values, seed: int, first: int, count: int) -> list[bool]:
    """Whether the rival charges less after the deviation."""
    return [answer.rival_cuts for answer in islice(audits(setting_of(values), seed), first, first + count)]


def deviation_is_unprofitable(values: Values, seed: int, first: int, count: int) -> list[bool]:
    """Whether the deviation does not raise discounted profit."""
    return [not answer.pays for answer in islice(audits(setting_of(values), seed), first, first + count)]


def deviation_goes_unpunished(values: Values, seed: int, first: int, count: int) -> list[bool]:
    """Whether the deviation pays and the rival does not charge less."""
    return [answer.pays and not answer.rival_cuts for answer in islice(audits(setting_of(values), seed), first, first + count)]


# exact quantities for the mutants of C45


def one_session_without_memory(values: Values) -> tuple[int, int]:
    """The price numbers in which session 0 ends."""
    (session,) = pricing(setting_of(values), 0, 0, 1)
    return session.cycle[0]


def gain_and_temptation(pair: tuple[int, int], values: Values) -> Real:
    """The smaller of Δ and what a firm gains by its best one-period deviation, at a pair of price numbers."""
    prices = logit_duopoly.prices()
    grid = prices.grid(values["m"])
    own, other = grid[pair[0]], grid[pair[1]]
    profit = logit_duopoly.profit(own, other)
    best = reals.maximum([logit_duopoly.profit(price, other) for price in grid])
    return reals.minimum([prices.gain((profit + logit_duopoly.profit(other, own)) / 2), best - profit])


def top_equilibrium(values: Values) -> tuple[int, int]:
    """The price numbers of the grid equilibrium with the largest Δ."""
    return logit_duopoly.grid_equilibria(values["m"])[-1].indices


def gain_at(pair: tuple[int, int], values: Values) -> Real:
    """Δ at a pair of price numbers."""
    prices = logit_duopoly.prices()
    grid = prices.grid(values["m"])
    one, two = grid[pair[0]], grid[pair[1]]
    return prices.gain((logit_duopoly.profit(one, two) + logit_duopoly.profit(two, one)) / 2)


@dataclass(frozen=True)
class PlantedSessions:
    """Recorded Δ of some sessions, and the price numbers of the grid equilibrium with the largest Δ."""

    gains: tuple[Fraction, ...]
    equilibrium: tuple[int, int]


def planted_sessions(values: Values) -> PlantedSessions:
    """The first sessions from seed 0."""
    return PlantedSessions(tuple(gains(values, 0, 0, values["sessions"])), top_equilibrium(values))


def mean_planted_gain(planted: PlantedSessions, values: Values) -> Real:
    """The mean of the recorded Δ."""
    return sum(planted.gains) / len(planted.gains)


def planted_equilibrium_gain(planted: PlantedSessions, values: Values) -> Real:
    """Δ at the grid equilibrium."""
    return gain_at(planted.equilibrium, values)


# C46


def game_setting(values: Values) -> GameSetting:
    """The game and its learners that the parameters name."""
    return GameSetting(**{name: values[name] for name in ("game", "m", "memory", "alpha", "beta", "delta", "patience")})


def ends_at(*profiles: str) -> BatchOfEvents:
    """Whether a session ends in one of these profiles for good."""
    def batch(values: Values, seed: int, first: int, count: int) -> list[bool]:
        played = play_game(game_setting(values), seed, first, count)
        return [all(profile_name(values["game"], pair) in profiles for pair in session.cycle) for session in played]

    return batch


def ends_well(values: Values, seed: int, first: int, count: int) -> list[bool]:
    """Whether a session ends in equilibria of the stage game."""
    setting = game_setting(values)
    return [ends_at_equilibrium(setting.payoffs, session) for session in play_game(setting, seed, first, count)]


def strangers_match(values: Values, seed: int, first: int, count: int) -> list[bool]:
    """Whether the row learner of session 2k and the column learner of session 2k + 1 are at an equilibrium: disjoint, so independent, pairs."""
    setting = game_setting(values)
    played = play_game(setting, seed, 2 * first, 2 * count)
    return [_together(setting, one, two) for one, two in zip(played[::2], played[1::2], strict=True)]


def _together(setting: GameSetting, one: Session, two: Session) -> bool:
    return is_equilibrium(setting.payoffs, (one.play(0)[0], two.play(0)[1]))


def recorded_shares(values: Values) -> dict[str, Fraction]:
    """The shares of the profiles in the first sessions from seed 0, how many end in equilibrium, and their cross-play: planted trials."""
    setting = game_setting(values)
    played = play_game(setting, 0, 0, values["sessions"])
    shares = {profile_name(values["game"], pair): share for pair, share in shares_of_profiles(played).items()}
    well = Fraction(sum(ends_at_equilibrium(setting.payoffs, session) for session in played), len(played))
    return {**shares, "self-play": well, "cross-play": cross_play(setting.payoffs, played)}


def share_of(name: str) -> Callable[[Any, Values], Real]:
    """One of the recorded shares (0 if no session shows it)."""
    return lambda shares, values: shares.get(name, Fraction(0))
