"""Bradley–Terry rewards by maximum likelihood, certified (algorithm 2), and DPO (algorithm 3).

The log-likelihood Σ ν_xy (p_xy ln σ(r_x − r_y) + p_yx ln σ(r_y − r_x)) is concave; its maximum is unique up to a constant exactly when every alternative is
linked to every other by wins. Newton's method finds it, :func:`exact.roots.certified_root` proves it. The first reward is 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from flint import arb, arb_mat

from claims.alignment_distortion.kl_ball import Reference, regularised_policy
from claims.alignment_distortion.model import Matrix, Vector, borda_difference, sigma, total, win_rate
from claims.errors import ClaimError
from exact import reals
from exact.balls import fraction_of, working_precision
from exact.reals import Real
from exact.recording import recording
from exact.roots import NoRoot, certified_root
from instances import PairLaw, ResponseModel, UserTypes

Wins: TypeAlias = Mapping[tuple[int, int], Real]
"""How often (or with which probability) x beats y, for ordered pairs; a pair that never meets may be absent."""

_GUESS_BITS = 96
_MOST_GUESS_BITS = 1 << 16
_NEWTON_STEPS = 200
_HALVINGS = 2000


class NoMaximumError(ClaimError):
    """The likelihood has no maximum: some alternatives never lose to the rest, so their rewards diverge."""


# The maximum of the likelihood


def maximum_likelihood_rewards(alternatives: int, wins: Wins) -> tuple[Real, ...]:
    """The rewards of greatest likelihood, r_1 = 0. Raises NoMaximumError, which names alternatives that never lose."""
    if alternatives == 1:
        return (Fraction(0),)
    _check_linked(alternatives, wins)
    pairs = [(x, y, wins.get((x, y), Fraction(0)), wins.get((y, x), Fraction(0))) for x, y in combinations(range(alternatives), 2)]
    met = [pair for pair in pairs if not (_absent(pair[2]) and _absent(pair[3]))]
    scales = _exposures(alternatives, met)

    def equations(unknown: Sequence[Real]) -> list[Real]:
        rewards = [Fraction(0), *unknown]
        gradient: list[list[Real]] = [[] for _ in rewards]
        for x, y, won, lost in met:
            odds = reals.exp(rewards[x] - rewards[y])
            term = (won - lost * odds) / (1 + odds)
            gradient[x].append(term)
            gradient[y].append(-term)
        return [total(terms) / scale for terms, scale in zip(gradient[1:], scales[1:], strict=True)]

    return (Fraction(0), *certified_root(equations, _newton(alternatives, met)))


def population_rewards(response: ResponseModel, population: UserTypes, mu: Vector) -> tuple[Real, ...]:
    """The population rewards when both members of a pair are drawn from ``mu`` (full support).

    Alternatives whose Borda scores agree exactly share one unknown: the first-order condition Σ_z μ(z)σ(r_x − r_z) = BC*(x) is then the same for them, so their
    rewards are the same number (C11), and copies of an alternative cost nothing.
    """
    classes = _score_classes(response, population, mu)
    rates = {(x, y): win_rate(response, population, x, y) for x in range(len(mu)) for y in range(len(mu)) if x != y}
    wins = {
        (a, b): total(mu[x] * mu[y] * rates[x, y] for x in first for y in second)
        for a, first in enumerate(classes)
        for b, second in enumerate(classes)
        if a != b
    }
    shared = maximum_likelihood_rewards(len(classes), wins)
    by_alternative = {x: shared[a] for a, members in enumerate(classes) for x in members}
    return tuple(by_alternative[x] for x in range(len(mu)))


def pair_law_rewards(response: ResponseModel, population: UserTypes, law: PairLaw) -> tuple[Real, ...]:
    """The population rewards when pairs are drawn from a general law ν."""
    wins: dict[tuple[int, int], Real] = {}
    for x, y, weight in law.pairs:
        if weight > 0:
            wins[x, y] = weight * win_rate(response, population, x, y)
            wins[y, x] = weight * win_rate(response, population, y, x)
    return maximum_likelihood_rewards(law.alternatives, wins)


def reward_sign(rewards: Vector, x: int, y: int) -> int:
    """The sign of r_x − r_y; 0 for alternatives that share one unknown (see :func:`population_rewards`), so a tie is certain."""
    if rewards[x] is rewards[y]:
        return 0
    difference = rewards[x] - rewards[y]
    return 1 if difference > 0 else 0 if difference == 0 else -1


def wins_of_table(table: Matrix) -> Wins:
    """A square table of counts, ``table[x][y]`` = how often x beat y, as wins; the diagonal says nothing and is left out."""
    return {(x, y): count for x, row in enumerate(table) for y, count in enumerate(row) if x != y}


def _score_classes(response: ResponseModel, population: UserTypes, mu: Vector) -> list[list[int]]:
    classes: list[list[int]] = []
    for x in range(len(mu)):
        for members in classes:
            if reals.is_certain(lambda x=x, y=members[0]: borda_difference(response, population, mu, x, y) == 0):
                members.append(x)
                break
        else:
            classes.append([x])
    return classes


def _absent(value: Real) -> bool:
    return isinstance(value, int | Fraction) and value == 0


def _exposures(alternatives: int, met: Sequence[tuple[int, int, Real, Real]]) -> list[Real]:
    parts: list[list[Real]] = [[] for _ in range(alternatives)]
    for x, y, won, lost in met:
        parts[x].append(won + lost)
        parts[y].append(won + lost)
    return [total(part) for part in parts]


def _check_linked(alternatives: int, wins: Wins) -> None:
    """Whether everyone reaches everyone along wins; if not, those that 0 reaches, or the others, never lose to the rest."""
    beats = {(x, y) for (x, y), value in wins.items() if not _absent(value) and value > 0}
    for edges, side in ((beats, "beaten"), ({(y, x) for x, y in beats}, "unbeaten")):
        reached, fresh = {0}, [0]
        while fresh:
            x = fresh.pop()
            following = {y for a, y in edges if a == x} - reached
            reached |= following
            fresh.extend(following)
        if len(reached) < alternatives:
            left = [str(x + 1) for x in range(alternatives) if x not in reached]
            raise NoMaximumError(f"the likelihood has no maximum: alternatives {', '.join(left)} are never {side} by the others (not even indirectly)"
                                 if side == "beaten" else
                                 f"the likelihood has no maximum: alternatives {', '.join(left)} never beat the others (not even indirectly)")


# Finding the maximum: Newton's method on midpoints; nothing here decides


def _newton(alternatives: int, met: Sequence[tuple[int, int, Real, Real]]) -> list[Fraction]:
    """The maximiser, nearly. The rarest win sets the precision: groups of alternatives may be linked by nothing else."""
    rarest = min(min(reals.ball(share).mid for share in pair[2:] if not _absent(share)) for pair in met)
    smallness = max(0, rarest.denominator.bit_length() - rarest.numerator.bit_length())
    with working_precision(min(_GUESS_BITS + 2 * smallness, _MOST_GUESS_BITS)):
        try:
            return _descend(alternatives, [(x, y, reals.ball(won).arb.mid(), reals.ball(lost).arb.mid()) for x, y, won, lost in met])
        except ZeroDivisionError:
            raise NoRoot("the likelihood is too flat for Newton's method") from None


def _descend(alternatives: int, pairs: Sequence[tuple[int, int, arb, arb]]) -> list[Fraction]:
    starts = (_pool_guess(alternatives, pairs), _tree_guess(alternatives, pairs), [arb(0)] * alternatives)
    rewards = min(starts, key=lambda start: _loss(start, pairs))
    loss = _loss(rewards, pairs)
    for _ in range(_NEWTON_STEPS):
        step = _newton_step(rewards, pairs)
        largest = max(abs(move) for move in step)
        for _ in range(_HALVINGS):
            candidate = [(reward + move).mid() for reward, move in zip(rewards, step, strict=True)]
            candidate_loss = _loss(candidate, pairs)
            if candidate_loss <= loss:
                break
            step = [move / 2 for move in step]
        rewards, loss = candidate, candidate_loss
        if largest < arb(2) ** -36 * (1 + max(abs(reward) for reward in rewards)):
            break
    return [fraction_of(reward) for reward in rewards[1:]]


def _pool_guess(alternatives: int, pairs: Sequence[tuple[int, int, arb, arb]]) -> list[arb]:
    """Log-odds against the alternative that is met most: exact when that one is met almost always."""
    exposure = [arb(0)] * alternatives
    for x, y, won, lost in pairs:
        exposure[x] += won + lost
        exposure[y] += won + lost
    pool = max(range(alternatives), key=lambda x: float(exposure[x]))
    guess = [arb(0)] * alternatives
    for x, y, won, lost in pairs:
        if pool in (x, y) and won > 0 and lost > 0:
            guess[y if x == pool else x] = (lost / won).log() if x == pool else (won / lost).log()
    return [(value - guess[0]).mid() for value in guess]


def _tree_guess(alternatives: int, pairs: Sequence[tuple[int, int, arb, arb]]) -> list[arb]:
    """Log-odds along the spanning tree of the most even pairs: close when groups of alternatives lie far apart."""
    odds = {(x, y): (won / lost).log().mid() for x, y, won, lost in pairs if won > 0 and lost > 0}
    group, guess = list(range(alternatives)), [arb(0)] * alternatives
    for (x, y), lead in sorted(odds.items(), key=lambda item: abs(item[1])):
        if group[x] != group[y]:
            shift, joining, joined = (guess[y] + lead - guess[x]).mid(), group[x], group[y]
            for z in range(alternatives):
                if group[z] == joining:
                    guess[z], group[z] = (guess[z] + shift).mid(), joined
    return [(value - guess[0]).mid() for value in guess]


def _loss(rewards: Sequence[arb], pairs: Sequence[tuple[int, int, arb, arb]]) -> arb:
    """Minus the log-likelihood: ln σ(d) = −ln(1 + e^−|d|) + min(d, 0)."""
    loss = arb(0)
    for x, y, won, lost in pairs:
        difference = rewards[x] - rewards[y]
        size = abs(difference)
        loss += (won + lost) * (-size).exp().log1p() + (lost if difference > 0 else won) * size
    return loss.mid()


def _newton_step(rewards: Sequence[arb], pairs: Sequence[tuple[int, int, arb, arb]]) -> list[arb]:
    n = len(rewards)
    gradient = [arb(0)] * n
    hessian = [[arb(0)] * n for _ in range(n)]
    for x, y, won, lost in pairs:
        odds = (rewards[x] - rewards[y]).exp()
        slope = ((won - lost * odds) / (1 + odds)).mid()
        curvature = ((won + lost) * odds / (1 + odds) ** 2).mid()
        gradient[x] += slope
        gradient[y] -= slope
        hessian[x][x] += curvature
        hessian[y][y] += curvature
        hessian[x][y] -= curvature
        hessian[y][x] -= curvature
    matrix = arb_mat(n - 1, n - 1, [hessian[i][j].mid() for i in range(1, n) for j in range(1, n)])
    solved = matrix.solve(arb_mat(n - 1, 1, [value.mid() for value in gradient[1:]]))
    return [arb(0), *(solved[i, 0].mid() for i in range(n - 1))]


# Direct preference optimisation


def negative_log_likelihood(wins: Wins, rewards: Vector) -> Real:
    """−Σ wins(x, y)·ln σ(r_x − r_y)."""
    return -total(count * reals.log(sigma(rewards[x] - rewards[y])) for (x, y), count in wins.items() if not _absent(count))


def dpo_policy(wins: Wins, ref: Reference, lam: Real) -> tuple[Real, ...]:
    """The minimiser of the DPO loss −Σ wins(x, y)·ln σ(λ ln(π(x)/π_ref(x)) − λ ln(π(y)/π_ref(y))), λ > 0.

    Solved in its own variables, the log-policy: the stationarity of the loss together with Σ π = 1. No reward model is fitted. Raises NoMaximumError.
    """
    n = len(ref)
    _check_linked(n, wins)
    if n == 1:
        return (Fraction(1),)
    with recording(scratch=True):  # a guess leaves no trace in a certificate
        guess = regularised_policy(_guessed_rewards(n, wins), ref, lam).policy
        start = [fraction_of(reals.ball(reals.log(mass)).arb) for mass in guess]

    def equations(log_policy: Sequence[Real]) -> list[Real]:
        implicit = [lam * (value - log) for value, log in zip(log_policy, ref.logs, strict=True)]
        gradient: list[list[Real]] = [[] for _ in implicit]
        for (x, y), count in wins.items():
            if not _absent(count):
                surprise = count * sigma(implicit[y] - implicit[x])
                gradient[x].append(surprise)
                gradient[y].append(-surprise)
        return [total(reals.exp(value) for value in log_policy) - 1, *(total(terms) for terms in gradient[1:])]

    return tuple(reals.exp(value) for value in certified_root(equations, start))


def _guessed_rewards(alternatives: int, wins: Wins) -> list[Fraction]:
    met = [(x, y, wins.get((x, y), Fraction(0)), wins.get((y, x), Fraction(0))) for x, y in combinations(range(alternatives), 2)]
    return [Fraction(0), *_newton(alternatives, [pair for pair in met if not (_absent(pair[2]) and _absent(pair[3]))])]


def implicit_reward_shift(log_normaliser: Real, lam: Real) -> Real:
    """The constant by which DPO's implicit reward λ ln(π/π_ref) exceeds r: −λ ln Σ π_ref e^{r/λ}."""
    return -lam * log_normaliser
