"""Bilateral trade with finitely many types (C14): grids of types, mechanisms, and the programs for the best of them.

A mechanism says for every pair of types with which probability they trade, what the buyer pays and what the seller gets. All incentive constraints are
interim: only a type's expected trade and expected transfer count, so the programs have one transfer for every type. A mechanism whose payments balance in
expectation can be balanced in every state: with interim transfers T_i, R_j of common mean t, the transfer T_i + R_j − t has both as its interim means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from exact.linear_programs import Problem, Row, Solution, solve
from exact.reals import Real

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Ties = Literal["none", "forced"]
Table = tuple[tuple[Real, ...], ...]


@dataclass(frozen=True)
class TypeGrid:
    """Independent types, both lists ascending: the buyer's values and the seller's costs, with their probabilities."""

    values: tuple[Fraction, ...]
    value_chances: tuple[Fraction, ...]
    costs: tuple[Fraction, ...]
    cost_chances: tuple[Fraction, ...]

    def gain(self, i: int, j: int) -> Fraction:
        """v_i − c_j."""
        return self.values[i] - self.costs[j]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """All pairs of types (buyer's, seller's)."""
        return [(i, j) for i in range(len(self.values)) for j in range(len(self.costs))]

    @property
    def first_best(self) -> Fraction:
        """The expected gains from trade when every pair with v > c trades."""
        return sum((self.value_chances[i] * self.cost_chances[j] * max(self.gain(i, j), Fraction(0)) for i, j in self.pairs), Fraction(0))


def uniform_grid(values: Sequence[Fraction], costs: Sequence[Fraction]) -> TypeGrid:
    """All types of a trader equally likely."""
    return TypeGrid(
        tuple(values), (Fraction(1, len(values)),) * len(values), tuple(costs), (Fraction(1, len(costs)),) * len(costs)
    )


def midpoint_grid(n: int) -> TypeGrid:
    """Values and costs (2i − 1)/2n, i = 1..n."""
    points = [Fraction(2 * i - 1, 2 * n) for i in range(1, n + 1)]
    return uniform_grid(points, points)


def interleaved_grid(n: int) -> TypeGrid:
    """Values i/n and costs (2i − 1)/2n, i = 1..n: no ties."""
    return uniform_grid([Fraction(i, n) for i in range(1, n + 1)], [Fraction(2 * i - 1, 2 * n) for i in range(1, n + 1)])


def two_type_grid(beta: Fraction, gamma: Fraction, values: tuple[Fraction, Fraction], costs: tuple[Fraction, Fraction]) -> TypeGrid:
    """The high value with probability β, the low cost with probability γ."""
    return TypeGrid(values, (1 - beta, beta), costs, (gamma, 1 - gamma))


@dataclass(frozen=True)
class Mechanism:
    """For every pair of types (buyer's, seller's): the probability of trade, the buyer's payment and the seller's receipt."""

    grid: TypeGrid
    trade: Table
    pays: Table
    gets: Table

    def faults(self) -> list[str]:
        """Which conditions fail: probabilities, interim incentives, interim participation. Empty for a mechanism that is fit for use."""
        return [*self._improbable(), *self._buyer_faults(), *self._seller_faults()]

    def _improbable(self) -> list[str]:
        return [f"trade probability at {i}, {j}" for i, j in self.grid.pairs if not 0 <= self.trade[i][j] <= 1]

    def _buyer_faults(self) -> list[str]:
        grid = self.grid
        trades = [_mean(row, grid.cost_chances) for row in self.trade]
        transfers = [_mean(row, grid.cost_chances) for row in self.pays]
        utilities = [v * q - t for v, q, t in zip(grid.values, trades, transfers, strict=True)]
        envious = [
            f"buyer {i} poses as {k}"
            for i, v in enumerate(grid.values)
            for k in range(len(grid.values))
            if k != i and utilities[i] < v * trades[k] - transfers[k]
        ]
        return envious + [f"buyer {i} stays away" for i, utility in enumerate(utilities) if utility < 0]

    def _seller_faults(self) -> list[str]:
        grid = self.grid
        trades = [_mean(column, grid.value_chances) for column in zip(*self.trade, strict=True)]
        transfers = [_mean(column, grid.value_chances) for column in zip(*self.gets, strict=True)]
        utilities = [t - c * q for c, q, t in zip(grid.costs, trades, transfers, strict=True)]
        envious = [
            f"seller {j} poses as {k}"
            for j, c in enumerate(grid.costs)
            for k in range(len(grid.costs))
            if k != j and utilities[j] < transfers[k] - c * trades[k]
        ]
        return envious + [f"seller {j} stays away" for j, utility in enumerate(utilities) if utility < 0]

    def is_efficient(self, ties: Ties) -> bool:
        """Whether trade happens where v > c and not where v < c; with forced ties also where v = c."""
        wanted = {(i, j): _efficient_trade(self.grid, i, j, ties) for i, j in self.grid.pairs}
        return all(share is None or self.trade[i][j] == share for (i, j), share in wanted.items())

    @property
    def is_balanced(self) -> bool:
        """Whether the seller gets what the buyer pays, in every state."""
        return all(self.pays[i][j] == self.gets[i][j] for i, j in self.grid.pairs)

    @property
    def surplus(self) -> Real:
        """What the buyer is expected to pay beyond what the seller gets."""
        return self._expected([[p - g for p, g in zip(*rows, strict=True)] for rows in zip(self.pays, self.gets, strict=True)])

    @property
    def gains(self) -> Real:
        """The expected gains from trade."""
        return self._expected([[self.grid.gain(i, j) * share for j, share in enumerate(row)] for i, row in enumerate(self.trade)])

    def _expected(self, table: Sequence[Sequence[Real]]) -> Real:
        return sum(
            (self.grid.value_chances[i] * self.grid.cost_chances[j] * table[i][j] for i, j in self.grid.pairs), Fraction(0)
        )


def _mean(entries: Sequence[Real], chances: Sequence[Fraction]) -> Real:
    return sum((entry * chance for entry, chance in zip(entries, chances, strict=True)), Fraction(0))


def _efficient_trade(grid: TypeGrid, i: int, j: int, ties: Ties) -> int | None:
    """1 or 0 as v_i > c_j or v_i < c_j; at a tie None (free), or 1 where trade at ties is forced."""
    gain = grid.gain(i, j)
    return 1 if gain > 0 else 0 if gain < 0 else 1 if ties == "forced" else None


# Programs. Columns: trade of every pair, interim trade of the buyer's and of the seller's types, their interim transfers.


_PLUS, _MINUS = Fraction(1), Fraction(-1)


@dataclass(frozen=True)
class _Columns:
    grid: TypeGrid

    @property
    def buyers(self) -> int:
        return len(self.grid.values)

    @property
    def sellers(self) -> int:
        return len(self.grid.costs)

    def trade(self, i: int, j: int) -> int:
        return i * self.sellers + j

    def buyer_trade(self, i: int) -> int:
        return self.buyers * self.sellers + i

    def seller_trade(self, j: int) -> int:
        return self.buyer_trade(self.buyers) + j

    def pays(self, i: int) -> int:
        return self.seller_trade(self.sellers) + i

    def gets(self, j: int) -> int:
        return self.pays(self.buyers) + j

    @property
    def count(self) -> int:
        return self.gets(self.sellers)

    def surplus(self) -> dict[int, Fraction]:
        """Expected payment minus expected receipt."""
        receipts = {self.gets(j): -chance for j, chance in enumerate(self.grid.cost_chances)}
        return {self.pays(i): chance for i, chance in enumerate(self.grid.value_chances)} | receipts

    def gains(self) -> dict[int, Fraction]:
        """Expected gains from trade."""
        grid = self.grid
        return {self.trade(i, j): grid.value_chances[i] * grid.cost_chances[j] * grid.gain(i, j) for i, j in grid.pairs}

    def bounds(self, ties: Ties | None) -> list[tuple[Fraction | int | None, Fraction | int | None]]:
        """Probabilities in [0, 1], fixed to efficient trade unless ``ties`` is None; the rest is free."""
        shares = [None if ties is None else _efficient_trade(self.grid, i, j, ties) for i, j in self.grid.pairs]
        return [(0, 1) if share is None else (share, share) for share in shares] + [(None, None)] * (self.count - len(shares))

    def interim(self) -> list[Row]:
        """What the interim trades are."""
        grid = self.grid
        buyers = [
            Row({self.buyer_trade(i): -1} | {self.trade(i, j): chance for j, chance in enumerate(grid.cost_chances)}, 0, 0) for i in range(self.buyers)
        ]
        return buyers + [
            Row({self.seller_trade(j): -1} | {self.trade(i, j): chance for i, chance in enumerate(grid.value_chances)}, 0, 0)
            for j in range(self.sellers)
        ]

    def buyer_rows(self) -> list[Row]:
        """No type of the buyer gains by posing as another or by staying away."""
        rows = [Row({self.buyer_trade(i): v, self.pays(i): _MINUS}, lower=0) for i, v in enumerate(self.grid.values)]
        return rows + [
            Row({self.buyer_trade(i): v, self.buyer_trade(k): -v, self.pays(i): _MINUS, self.pays(k): _PLUS}, lower=0)
            for i, v in enumerate(self.grid.values)
            for k in range(self.buyers)
            if k != i
        ]

    def seller_incentives(self) -> list[Row]:
        """No type of the seller gains by posing as another."""
        return [
            Row({self.seller_trade(j): -c, self.seller_trade(k): c, self.gets(j): _PLUS, self.gets(k): _MINUS}, lower=0)
            for j, c in enumerate(self.grid.costs)
            for k in range(self.sellers)
            if k != j
        ]

    def seller_participation(self) -> list[Row]:
        """No type of the seller gains by staying away."""
        return [Row({self.seller_trade(j): -c, self.gets(j): _PLUS}, lower=0) for j, c in enumerate(self.grid.costs)]

    def rows(self) -> list[Row]:
        """All that a mechanism has to obey."""
        return [*self.interim(), *self.buyer_rows(), *self.seller_incentives(), *self.seller_participation()]

    def balance(self) -> Row:
        """Payments balance in expectation."""
        return Row(self.surplus(), 0, 0)


def surplus_program(grid: TypeGrid, ties: Ties = "none") -> Problem:
    """The largest expected surplus of an efficient mechanism."""
    columns = _Columns(grid)
    return Problem(sense="maximise", columns=columns.count, objective=columns.surplus(), rows=columns.rows(), column_bounds=columns.bounds(ties))


def balanced_program(grid: TypeGrid, seller_may_leave: bool = True) -> Problem:
    """An efficient mechanism whose payments balance; without the seller's participation constraints if the seller may not leave."""
    columns = _Columns(grid)
    rows = [*columns.interim(), *columns.buyer_rows(), *columns.seller_incentives(), columns.balance()]
    if seller_may_leave:
        rows += columns.seller_participation()
    return Problem(columns=columns.count, rows=rows, column_bounds=columns.bounds("none"))


def gains_program(grid: TypeGrid) -> Problem:
    """The second best: the largest expected gains from trade of a mechanism whose payments balance."""
    columns = _Columns(grid)
    rows = [*columns.rows(), columns.balance()]
    return Problem(sense="maximise", columns=columns.count, objective=columns.gains(), rows=rows, column_bounds=columns.bounds(None))


def optimum(problem: Problem) -> Fraction:
    """The optimal value of a program that has one."""
    value = solve(problem).value
    assert value is not None
    return value


def decoded(grid: TypeGrid, solution: Solution) -> Mechanism:
    """The mechanism of a solution: transfers in every state T_i and R_j, or T_i + R_j − t for both where their means agree."""
    assert solution.primal is not None
    columns, primal = _Columns(grid), solution.primal
    pays = [primal[columns.pays(i)] for i in range(columns.buyers)]
    gets = [primal[columns.gets(j)] for j in range(columns.sellers)]
    trade = tuple(tuple(primal[columns.trade(i, j)] for j in range(columns.sellers)) for i in range(columns.buyers))
    mean = _mean(pays, grid.value_chances)
    if mean == _mean(gets, grid.cost_chances):
        common = tuple(tuple(p + g - mean for g in gets) for p in pays)
        return Mechanism(grid, trade, common, common)
    return Mechanism(grid, trade, tuple((p,) * columns.sellers for p in pays), (tuple(gets),) * columns.buyers)


# Mechanisms that are fit for use by construction


def thrifty_mechanism(grid: TypeGrid, rebate: Fraction = Fraction(0), bonus: Fraction = Fraction(0)) -> Mechanism:
    """Efficient trade (none at ties) with every downward constraint of the buyer, and every upward one of the seller, binding.

    The lowest buyer keeps ``rebate`` and the highest seller ``bonus``, both >= 0.
    """
    trade = tuple(tuple(Fraction(int(grid.gain(i, j) > 0)) for j in range(len(grid.costs))) for i in range(len(grid.values)))
    bought = [_mean(row, grid.cost_chances) for row in trade]
    sold = [_mean(column, grid.value_chances) for column in zip(*trade, strict=True)]
    pays = [grid.values[0] * bought[0] - rebate]
    for i in range(1, len(grid.values)):
        pays.append(pays[-1] + grid.values[i] * (bought[i] - bought[i - 1]))
    gets = [grid.costs[-1] * sold[-1] + bonus]
    for j in range(len(grid.costs) - 2, -1, -1):
        gets.insert(0, gets[0] + grid.costs[j] * (sold[j] - sold[j + 1]))
    return Mechanism(grid, trade, tuple((p,) * len(grid.costs) for p in pays), (tuple(gets),) * len(grid.values))


def posted_prices(grid: TypeGrid, lottery: Sequence[tuple[Fraction, Fraction]]) -> Mechanism:
    """A price is drawn by (price, probability); the two trade at it if both want to."""
    agree = [
        [[(price, chance) for price, chance in lottery if c <= price <= v] for c in grid.costs] for v in grid.values
    ]
    trade = tuple(tuple(sum((chance for _, chance in cell), Fraction(0)) for cell in row) for row in agree)
    pays = tuple(tuple(sum((price * chance for price, chance in cell), Fraction(0)) for cell in row) for row in agree)
    return Mechanism(grid, trade, pays, pays)


def thrifty_family(grid: TypeGrid) -> SearchStrategy[Mechanism]:
    """Efficient mechanisms with random gifts."""
    from hypothesis import strategies as st

    gift = st.fractions(0, 1, max_denominator=8)
    return st.builds(lambda rebate, bonus: thrifty_mechanism(grid, rebate, bonus), gift, gift)


def posted_family(grid: TypeGrid) -> SearchStrategy[Mechanism]:
    """Random lotteries over posted prices at the types."""
    from hypothesis import strategies as st

    prices = sorted({*grid.values, *grid.costs})
    weights = st.lists(st.integers(0, 5), min_size=len(prices), max_size=len(prices)).filter(any)
    return weights.map(lambda drawn: posted_prices(grid, [(p, Fraction(w, sum(drawn))) for p, w in zip(prices, drawn, strict=True)]))


# Closed forms


def midpoint_surplus(n: int, ties: Ties = "none") -> Fraction:
    """(n − 1)(5 − n)/6n²; with forced ties −(n² − 1)/6n²."""
    return Fraction((n - 1) * (5 - n), 6 * n * n) if ties == "none" else Fraction(1 - n * n, 6 * n * n)


def interleaved_surplus(n: int) -> Fraction:
    """(5 − 2n)(n + 1)/12n²."""
    return Fraction((5 - 2 * n) * (n + 1), 12 * n * n)


def two_type_surplus(beta: Real, gamma: Real, values: tuple[Real, Real], costs: tuple[Real, Real]) -> Real:
    """β(1 − γ)(v_H − c_H) + (1 − β)γ(v_L − c_L) − βγ(c_H − v_L)."""
    (low_value, high_value), (low_cost, high_cost) = values, costs
    return (
        beta * (1 - gamma) * (high_value - high_cost) + (1 - beta) * gamma * (low_value - low_cost) - beta * gamma * (high_cost - low_value)
    )
