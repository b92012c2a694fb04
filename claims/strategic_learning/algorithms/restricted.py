"""A7: every pure equilibrium of the meta-game restricted to a finite class of strategies, by enumeration in exact integers.

Player 1 knows the game and has a strategy for each of two types; player 2 has one for each of two signals. An equilibrium of the restricted game need
not be one of the whole meta-game, where all algorithms are allowed: A6 decides that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import lcm
from typing import Any

from instances.bayesian_games import BayesianGame

Array = Any

MOST_ROUNDS = 3
"""tree(4) has 32768 strategies, 2^60 profiles."""
_CYCLE = 12
"""Two strategies of a recurrent class repeat after 1, 2, 3 or 4 rounds, all of which divide 12."""
_SAFE = 1 << 62


@dataclass(frozen=True)
class StrategyClass:
    """``tree`` (deterministic maps from histories of the other's actions of length < T), ``memory1`` (a first action, and a reply to the last pair
    of actions), or ``moore2`` (machines of two states that read the other's action, one for each behaviour)."""

    name: str
    rounds: int = 0

    @property
    def size(self) -> int:
        """The number of base strategies."""
        return int(frequencies(self).shape[0])


@lru_cache(maxsize=16)
def frequencies(strategies: StrategyClass) -> Array:
    """``counts[m, k, cell]``: how often cell 2a + b occurs when base strategies m and k meet, in a common number of rounds."""
    match strategies.name:
        case "tree":
            return _tree_frequencies(strategies.rounds)
        case "memory1":
            return _recurrent_frequencies(_memory_one())
        case "moore2":
            return _recurrent_frequencies(_two_states())
    raise ValueError(f"{strategies.name!r} is no class of strategies")


def rounds_counted(strategies: StrategyClass) -> int:
    """The number of rounds that the counts add up to."""
    return strategies.rounds if strategies.name == "tree" else _CYCLE


def _tree_frequencies(rounds: int) -> Array:
    import numpy as np

    if not 1 <= rounds <= MOST_ROUNDS:
        raise ValueError(f"tree strategies are enumerated for 1 to {MOST_ROUNDS} rounds")
    nodes = 2**rounds - 1
    size = 2**nodes
    table = np.array([[m >> node & 1 for node in range(nodes)] for m in range(size)])
    one, two = np.meshgrid(np.arange(size), np.arange(size), indexing="ij")
    counts = np.zeros((size, size, 4), dtype=np.int64)
    seen_by_one = np.zeros((size, size), dtype=np.int64)
    seen_by_two = np.zeros((size, size), dtype=np.int64)
    for _ in range(rounds):
        a, b = table[one, seen_by_one], table[two, seen_by_two]
        _count(counts, a, b)
        seen_by_one, seen_by_two = 2 * seen_by_one + 1 + b, 2 * seen_by_two + 1 + a
    return counts


def _count(counts: Array, a: Array, b: Array) -> None:
    for cell in range(4):
        counts[:, :, cell] += 2 * a + b == cell


@dataclass(frozen=True)
class _Machine:
    """A machine with few states: the action in each state, and the next state after (own action, the other's action)."""

    start: int
    actions: tuple[int, ...]
    moves: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def _memory_one() -> list[_Machine]:
    """All 32: bits for the first action and for the replies to (own, other's) = 00, 01, 10, 11. The state is the next action."""
    machines = []
    for first, *replies in product((0, 1), repeat=5):
        after = ((replies[0], replies[1]), (replies[2], replies[3]))
        machines.append(_Machine(first, (0, 1), (after, after)))
    return machines


def _two_states() -> list[_Machine]:
    """The machines of two states that read the other's action, one for each behaviour on inputs of length up to 3, which tells two apart."""
    by_behaviour: dict[tuple[int, ...], _Machine] = {}
    for actions in product((0, 1), repeat=2):
        for low in product((0, 1), repeat=2):
            for high in product((0, 1), repeat=2):
                machine = _Machine(0, actions, ((low, low), (high, high)))
                by_behaviour.setdefault(tuple(_behaviour(machine)), machine)
    return list(by_behaviour.values())


def _behaviour(machine: _Machine) -> Iterator[int]:
    for length in range(4):
        for word in product((0, 1), repeat=length):
            state = machine.start
            for letter in word:
                state = machine.moves[state][machine.actions[state]][letter]
            yield machine.actions[state]


def _recurrent_frequencies(machines: Sequence[_Machine]) -> Array:
    import numpy as np

    size = len(machines)
    starts = np.array([machine.start for machine in machines])
    actions = np.array([machine.actions for machine in machines])
    moves = np.array([machine.moves for machine in machines])
    one, two = np.meshgrid(np.arange(size), np.arange(size), indexing="ij")
    left, right = starts[one], starts[two]
    counts = np.zeros((size, size, 4), dtype=np.int64)
    for step in range(2 * _CYCLE):
        a, b = actions[one, left], actions[two, right]
        if step >= _CYCLE:
            _count(counts, a, b)
        left, right = moves[one, left, a, b], moves[two, right, b, a]
    return counts


@dataclass(frozen=True)
class RestrictedEquilibria:
    """All pure equilibria of a restricted meta-game: how many, and the pairs of both players' payoffs that occur, sorted."""

    size: int
    count: int
    payoffs: tuple[tuple[Fraction, Fraction], ...]

    @property
    def first(self) -> tuple[Fraction, Fraction]:
        """Player 1's least and greatest payoff."""
        return self._range(0)

    @property
    def second(self) -> tuple[Fraction, Fraction]:
        """Player 2's least and greatest payoff."""
        return self._range(1)

    def _range(self, player: int) -> tuple[Fraction, Fraction]:
        values = [pair[player] for pair in self.payoffs]
        return min(values), max(values)


@lru_cache(maxsize=64)
def restricted_equilibria(game: BayesianGame, strategies: StrategyClass) -> RestrictedEquilibria:
    """The equilibria of a game of two types with 2×2 stage games, a common payoff of player 2, and two signals, type by type and signal by signal."""
    import numpy as np

    tables = _Tables.of(game, strategies)
    count, pairs = 0, set[tuple[int, int]]()
    for m1, m2 in product(range(tables.size), repeat=2):
        k1 = np.flatnonzero(tables.reply[0][m1, m2])
        k2 = np.flatnonzero(tables.reply[1][m1, m2])
        cells = np.ix_(k1, k2)
        stable = tables.optimal[0][m1][cells] & tables.optimal[1][m2][cells]
        found = int(stable.sum())
        if found:
            count += found
            first = tables.first[0][m1][cells] + tables.first[1][m2][cells]
            second = int(tables.second[0][m1, m2, k1[0]] + tables.second[1][m1, m2, k2[0]])
            pairs |= {(value, second) for value in first[stable].tolist()}
    if not count:
        raise ValueError("the restricted meta-game has no pure equilibrium")
    return RestrictedEquilibria(
        tables.size,
        count,
        tuple(sorted((Fraction(one, tables.first_scale), Fraction(two, tables.second_scale)) for one, two in pairs)),
    )


@dataclass(frozen=True)
class _Tables:
    """Integer tables: payoffs weighted by prior and signal probabilities, and who plays a best reply.

    ``first[g][m, k1, k2]`` is type g's payoff, ``optimal[g]`` whether m is best against (k1, k2); ``second[s][m1, m2, k]`` is player 2's at signal s,
    ``reply[s]`` whether k is best. All of player 2's best replies to (m1, m2) at a signal earn the same.
    """

    size: int
    first: tuple[Array, Array]
    optimal: tuple[Array, Array]
    second: tuple[Array, Array]
    reply: tuple[Array, Array]
    first_scale: int
    second_scale: int

    @staticmethod
    def of(game: BayesianGame, strategies: StrategyClass) -> _Tables:
        import numpy as np

        q, prior = game.channel.rows, game.prior
        weights = [[prior[g] * q[g][s] for s in (0, 1)] for g in (0, 1)]
        weight_scale = lcm(*(w.denominator for row in weights for w in row))
        scaled = [[int(w * weight_scale) for w in row] for row in weights]
        first_unit = lcm(*(x.denominator for stage in game.games for row in stage.first for x in row))
        second_unit = lcm(*(x.denominator for row in game.games[0].second for x in row))
        rounds = rounds_counted(strategies)
        largest = max([abs(x) for stage in game.games for rows in (stage.first, stage.second) for row in rows for x in row])
        dtype = np.int64 if 4 * weight_scale * rounds * max(first_unit, second_unit) * (int(largest) + 1) < _SAFE else object
        counts = frequencies(strategies).astype(dtype)
        own = [counts @ np.array([int(x * first_unit) for row in stage.first for x in row], dtype=dtype) for stage in game.games]
        hers = counts @ np.array([int(x * second_unit) for row in game.games[0].second for x in row], dtype=dtype)
        first = tuple(own[g][:, :, None] * scaled[g][0] + own[g][:, None, :] * scaled[g][1] for g in (0, 1))
        second = tuple(hers[:, None, :] * scaled[0][s] + hers[None, :, :] * scaled[1][s] for s in (0, 1))
        return _Tables(
            int(counts.shape[0]),
            (first[0], first[1]),
            (first[0] == first[0].max(axis=0)[None], first[1] == first[1].max(axis=0)[None]),
            (second[0], second[1]),
            (second[0] == second[0].max(axis=2)[:, :, None], second[1] == second[1].max(axis=2)[:, :, None]),
            weight_scale * first_unit * rounds,
            weight_scale * second_unit * rounds,
        )
