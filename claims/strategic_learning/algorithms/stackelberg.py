"""Stackelberg values by multiple programs (A1) and by one (A2), with a certificate for every column.

V. Conitzer, T. Sandholm, "Computing the optimal strategy to commit to", EC 2006; V. Conitzer, D. Korzhyk, "Commitment to correlated
strategies", AAAI 2011.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from claims.strategic_learning.model import plain_game
from exact.linear_programs import Problem, Row, Solution, solve
from exact.reals import Real
from exact.recording import active
from instances.stage_games import BimatrixGame


@dataclass(frozen=True)
class Commitment:
    """Player 1's optimal commitment: the value, the column that it induces (ties: the smallest, listed in ``columns``) and the mixture.

    ``per_column`` has, for every column, the exact solution of its program: optimal with its dual, or infeasible with a Farkas proof.
    """

    value: Fraction
    column: int
    mixture: tuple[Fraction, ...]
    columns: tuple[int, ...]
    per_column: tuple[Solution, ...]


def noted(solution: Solution) -> Real:
    """The value of a solved program as a number; inside a recording, with the program and its proof."""
    recorder = active()
    if solution.value is None:
        raise ValueError(f"a program that is {solution.outcome} has no value")
    return solution.value if recorder is None else recorder.optimum(solution)


def column_program(game: BimatrixGame, column: int) -> Problem:
    """The best mixture of rows against which the column is a best reply."""
    return Problem(
        sense="maximise",
        columns=game.rows,
        objective={a: game.first[a][column] for a in range(game.rows)},
        rows=[_mixture_row(game.rows), *_incentive_rows(game, column)],
    )


def _mixture_row(size: int) -> Row:
    return Row(dict.fromkeys(range(size), 1), lower=1, upper=1)


def _incentive_rows(game: BimatrixGame, column: int) -> list[Row]:
    return [
        Row({a: game.second[a][k] - game.second[a][column] for a in range(game.rows)}, upper=0) for k in range(game.columns) if k != column
    ]


def commit(game: BimatrixGame) -> Commitment:
    """A1 for player 1 (for player 2, give the swapped game). Ties: the smallest column, then the lexicographically largest mixture."""
    return _commit(plain_game(game))


@lru_cache(maxsize=4096)
def _commit(game: BimatrixGame) -> Commitment:
    solutions = tuple(solve(column_program(game, b)) for b in range(game.columns))
    value = max(s.value for s in solutions if s.value is not None)
    columns = tuple(b for b, s in enumerate(solutions) if s.value == value)
    mixture = lexicographically_largest(column_program(game, columns[0]), value, game.rows)
    return Commitment(value, columns[0], mixture, columns, solutions)


def lexicographically_largest(problem: Problem, value: Fraction, coordinates: int) -> tuple[Fraction, ...]:
    """Among the optimal points, the one whose first coordinate is largest, then the second, and so on."""
    rows = [*problem.rows, Row(problem.objective, lower=value, upper=value)]
    point: list[Fraction] = []
    for j in range(coordinates):
        found = solve(Problem(sense="maximise", columns=problem.columns, objective={j: 1}, rows=rows, column_bounds=problem.column_bounds))
        if found.value is None:
            raise ValueError(f"coordinate {j} of the optimal points is {found.outcome}")
        point.append(found.value)
        rows.append(Row({j: 1}, lower=found.value, upper=found.value))
    return tuple(point)


def stackelberg_value(game: BimatrixGame) -> Real:
    """StackVal of player 1 by A1, recorded (with the programs of the columns that are inducible) where a recording is on."""
    if active() is None:
        return commit(game).value
    from exact import reals

    return reals.maximum(noted(solution) for solution in commit(game).per_column if solution.value is not None)


def correlated_program(game: BimatrixGame) -> Problem:
    """A2: the best distribution over cells that tells player 2 her action and that she obeys."""
    rows = [_mixture_row(game.rows * game.columns)]
    for b in range(game.columns):
        for k in range(game.columns):
            if k != b:
                rows.append(Row({cell(game, a, b): game.second[a][k] - game.second[a][b] for a in range(game.rows)}, upper=0))
    return Problem(sense="maximise", columns=game.rows * game.columns, objective=first_objective(game), rows=rows)


def cell(game: BimatrixGame, a: int, b: int) -> int:
    """The column of the program that stands for cell (a, b)."""
    return a * game.columns + b


def first_objective(game: BimatrixGame) -> Mapping[int, Fraction]:
    """Player 1's payoff as an objective over cells."""
    return {cell(game, a, b): game.first[a][b] for a in range(game.rows) for b in range(game.columns)}


def outcome_of(game: BimatrixGame, solution: Solution) -> tuple[tuple[Fraction, ...], ...]:
    """The distribution over cells that a solution stands for."""
    if solution.primal is None:
        raise ValueError("a program without an optimum has no outcome")
    point = solution.primal
    return tuple(tuple(Fraction(point.get(cell(game, a, b), 0)) for b in range(game.columns)) for a in range(game.rows))


def cap_program(game: BimatrixGame, eps: Fraction) -> Problem:
    """W(ε): the most that player 1 can get at an outcome with swap regret at most ε."""
    game = plain_game(game)
    cells = game.rows * game.columns
    rows = [_mixture_row(cells)]
    for b in range(game.columns):
        for k in range(game.columns):
            if k != b:
                entries: dict[int, Fraction | int] = {cell(game, a, b): game.second[a][k] - game.second[a][b] for a in range(game.rows)}
                entries[cells + b] = -1
                rows.append(Row(entries, upper=0))
    rows.append(Row(dict.fromkeys(range(cells, cells + game.columns), 1), upper=eps))
    return Problem(sense="maximise", columns=cells + game.columns, objective=first_objective(game), rows=rows)


def external_cap_program(game: BimatrixGame, eps: Fraction) -> Problem:
    """W_ext(ε): the same with external regret."""
    game = plain_game(game)
    cells = [(a, b) for a in range(game.rows) for b in range(game.columns)]
    rows = [_mixture_row(len(cells))]
    for k in range(game.columns):
        rows.append(Row({cell(game, a, b): game.second[a][k] - game.second[a][b] for a, b in cells}, upper=eps))
    return Problem(sense="maximise", columns=len(cells), objective=first_objective(game), rows=rows)


def slope_program(game: BimatrixGame, eps: Fraction) -> Problem:
    """The least y with W(ε') <= W(ε) + y(ε' − ε) for all ε': the right derivative of W at ε.

    Variables: y, the multiplier θ of the total mass, and one multiplier for each incentive row; y is minimised over the optimal duals.
    """
    game = plain_game(game)
    level = solve(cap_program(game, eps)).value
    pairs = [(b, k) for b in range(game.columns) for k in range(game.columns) if k != b]
    place = {pair: 2 + i for i, pair in enumerate(pairs)}
    rows = [Row({0: eps, 1: Fraction(1)}, upper=level)]
    for b in range(game.columns):
        others = [k for k in range(game.columns) if k != b]
        rows.append(Row({0: 1, **{place[b, k]: -1 for k in others}}, lower=0))
        for a in range(game.rows):
            differences = {place[b, k]: Fraction(game.second[a][k] - game.second[a][b]) for k in others}
            rows.append(Row({1: Fraction(1), **differences}, lower=game.first[a][b]))
    return Problem(sense="minimise", columns=2 + len(pairs), objective={0: 1}, rows=rows, column_bounds={1: (None, None)})


def value_of(problem: Problem) -> Fraction:
    """The optimum of a program that has one."""
    value = solve(problem).value
    if value is None:
        raise ValueError("the program has no optimum")
    return value


def _above_value(payoffs: Sequence[Fraction]) -> Row:
    """The mixture earns at least the value, which stands in the column after it."""
    return Row({**dict(enumerate(payoffs)), len(payoffs): Fraction(-1)}, lower=0)


def margin_program(game: BimatrixGame, column: int) -> Problem:
    """The mixture that makes the column a best reply by the greatest margin g; variables: the mixture, then g (free)."""
    game = plain_game(game)
    rows = [_mixture_row(game.rows)]
    for k in range(game.columns):
        if k != column:
            rows.append(_above_value([game.second[a][column] - game.second[a][k] for a in range(game.rows)]))
    return Problem(sense="maximise", columns=game.rows + 1, objective={game.rows: 1}, rows=rows, column_bounds={game.rows: (None, None)})


def margins(game: BimatrixGame) -> tuple[Fraction | None, ...]:
    """The margins g_b of all columns; None (unbounded) for the only column of a game."""
    if game.columns == 1:
        return (None,)
    return tuple(value_of(margin_program(game, b)) for b in range(game.columns))


def margin_mixture(game: BimatrixGame, column: int) -> tuple[Fraction, ...]:
    """The lexicographically largest mixture of the greatest margin."""
    if game.columns == 1:
        return (Fraction(1),) + (Fraction(0),) * (game.rows - 1)
    problem = margin_program(game, column)
    return lexicographically_largest(problem, value_of(problem), game.rows)


def security_program(game: BimatrixGame) -> Problem:
    """v_1: the payoff that player 1 can secure; variables: her mixture, then the value (free)."""
    game = plain_game(game)
    rows = [_mixture_row(game.rows)]
    rows += [_above_value([game.first[a][b] for a in range(game.rows)]) for b in range(game.columns)]
    return Problem(sense="maximise", columns=game.rows + 1, objective={game.rows: 1}, rows=rows, column_bounds={game.rows: (None, None)})


def security_value(game: BimatrixGame) -> Fraction:
    """v_1 (for v_2, give the swapped game)."""
    return value_of(security_program(game))


def folk_program(game: BimatrixGame) -> Problem:
    """F_1: the most that player 1 can get at an outcome that leaves player 2 what she can secure."""
    game = plain_game(game)
    cells = game.rows * game.columns
    secure = security_value(game.swapped())
    rows = [
        _mixture_row(cells),
        Row({cell(game, a, b): game.second[a][b] for a in range(game.rows) for b in range(game.columns)}, lower=secure),
    ]
    return Problem(sense="maximise", columns=cells, objective=first_objective(game), rows=rows)


def correlated_equilibrium_program(game: BimatrixGame) -> Problem:
    """max over correlated equilibria of player 1's payoff: A2 with player 1's incentives as well."""
    game = plain_game(game)
    base = correlated_program(game)
    rows = list(base.rows)
    for a in range(game.rows):
        for other in range(game.rows):
            if other != a:
                rows.append(Row({cell(game, a, b): game.first[other][b] - game.first[a][b] for b in range(game.columns)}, upper=0))
    return Problem(sense="maximise", columns=base.columns, objective=base.objective, rows=rows)


def commitment_loss_program(game: BimatrixGame, mixture: Sequence[Fraction], rho: Fraction) -> Problem:
    """C4: the least that player 1 gets by playing the mixture when player 2's external regret against it is at most ρ; over column frequencies."""
    game = plain_game(game)

    def replies(payoffs: Sequence[Sequence[Fraction]]) -> list[Fraction]:
        return [sum((x * payoffs[a][b] for a, x in enumerate(mixture)), Fraction(0)) for b in range(game.columns)]

    first, second = replies(game.first), replies(game.second)
    rows = [_mixture_row(game.columns)]
    rows += [Row({b: second[k] - second[b] for b in range(game.columns)}, upper=rho) for k in range(game.columns)]
    return Problem(sense="minimise", columns=game.columns, objective=dict(enumerate(first)), rows=rows)


@dataclass(frozen=True)
class MixedCommitment:
    """A3: the optimal commitment mixed with the margin maximiser of its column, at rate λ."""

    commitment: Commitment
    margin: Fraction | None
    mixture: tuple[Fraction, ...]


def mixed_commitment(game: BimatrixGame, lam: Fraction) -> MixedCommitment:
    """x_λ = (1 − λ)x* + λx'."""
    game = plain_game(game)
    found = commit(game)
    inner = margin_mixture(game, found.column)
    mixture = tuple((1 - lam) * x + lam * y for x, y in zip(found.mixture, inner, strict=True))
    return MixedCommitment(found, margins(game)[found.column], mixture)
