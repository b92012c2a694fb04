"""Finite sets that claims go through one by one, with their predicates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from claims.parameters import Values
from claims.user_disengagement import named_instances as named
from claims.user_disengagement.algorithms import hedge, ladders
from claims.user_disengagement.model import DisengagementMDP, LadderUser, free_moves
from exact import reals
from instances import loss_sequences
from instances.loss_sequences import GainSequence


def random_tables(parameters: Values) -> Iterator[DisengagementMDP]:
    """Tables with seeds ``from`` … ``to`` − 1."""
    yield from (named.random_table(seed) for seed in range(parameters["from"], parameters["to"]))


def random_ladders(parameters: Values) -> Iterator[LadderUser]:
    """Ladders with any reflexive relation."""
    yield from (named.random_ladder(seed) for seed in range(parameters["from"], parameters["to"]))


def nearest_ladders(parameters: Values) -> Iterator[LadderUser]:
    """The same with nearest-neighbour moves."""
    yield from (named.random_ladder(seed, nearest=True) for seed in range(parameters["from"], parameters["to"]))


def ladder_grid(parameters: Values) -> Iterator[LadderUser]:
    """All ladders of the grid with that many levels."""
    yield from named.ladder_grid(parameters["k"])


# C1, C3, C14


def reduction_is_exact(table: DisengagementMDP, parameters: Values) -> bool:
    """Every policy is worth the same on the two-status chain and in the reduced problem, and V_D = γρ/(1 − γ + γρ)·V_E."""
    chain, reduced, n = table.chain(), table.reduced(), len(table.demand)
    for policy in reduced.policies():
        whole, part = chain.value_of(policy + (0,) * n), reduced.value_of(policy)
        factors = [table.gamma * rho / (1 - table.gamma + table.gamma * rho) for rho in table.rho]
        if whole[:n] != part or any(whole[n + x] != factors[x] * part[x] for x in range(n)):
            return False
    return True


def optimum_is_best_policy(table: DisengagementMDP, parameters: Values) -> bool:
    """Policy iteration on the chain and on the reduced problem agree, keep the Bellman certificate, and equal the best of all policies."""
    reduced, n = table.reduced(), len(table.demand)
    found, whole = reduced.optimum(), table.chain().optimum()
    every = [reduced.value_of(policy) for policy in reduced.policies()]
    best = tuple(max(values[x] for values in every) for x in range(n))
    return found.values == best == whole.values[:n] and reduced.is_optimal(found.values, found.policy)


def friction_lowers_every_policy(table: DisengagementMDP, parameters: Values) -> bool:
    """Halving every ρ raises no policy's value, and not the optimum."""
    more = replace(table, rho=tuple(rho / 2 for rho in table.rho))
    few, many = more.reduced(), table.reduced()
    pairs = [(few.value_of(policy), many.value_of(policy)) for policy in many.policies()]
    pairs.append((few.optimum().values, many.optimum().values))
    return all(a <= b for low, high in pairs for a, b in zip(low, high, strict=True))


# C4, C5, C7, C8


def target_rule_is_exact(ladder: LadderUser, parameters: Values) -> bool:
    """With free moves V* = βδb + max J on the two-status chain."""
    freed = replace(ladder, moves=free_moves(ladder.count))
    best = max(ladder.indices)
    return freed.table().chain().optimum().values[: ladder.count] == tuple(ladder.base(i) + best for i in range(ladder.count))


def killing_is_exact(ladder: LadderUser, parameters: Values) -> bool:
    """For three policies (the smallest, the largest and the next reachable level) V = βδb + E[J at the killing time] <= βδb + max J."""
    reach = [list(ladder.moves.reach(i)) for i in range(ladder.count)]
    policies = [[row[0] for row in reach], [row[-1] for row in reach], [next((j for j in row if j > i), row[0]) for i, row in enumerate(reach)]]
    for policy in policies:
        worth, killed = ladders.policy_values(ladder, policy), ladders.killing_sum(ladder, policy)
        if any(v != ladder.base(i) + w or w > max(ladder.indices) for i, (v, w) in enumerate(zip(worth, killed, strict=True))):
            return False
    return True


def label_setting_is_exact(ladder: LadderUser, parameters: Values) -> bool:
    """Label setting's value and policy keep the Bellman certificate, in at most k² steps."""
    found = ladders.label_setting(ladder)
    return found.steps <= ladder.count**2 and ladders.is_optimal(ladder, found.values, found.successors)


def settles(ladder: LadderUser, parameters: Values) -> bool:
    """From every level: W does not fall along the way, no level is visited twice, at most k − 1 moves, and W = J where the user settles."""
    found, indices = ladders.label_setting(ladder), ladder.indices
    for start in range(ladder.count):
        path = found.path(start)
        rising = all(found.labels[a] <= found.labels[b] for a, b in pairwise(path))
        if not rising or len(set(path)) != len(path) or len(path) > ladder.count or found.labels[path[-1]] != indices[path[-1]]:
            return False
    return True


def basins_are_intervals(ladder: LadderUser, parameters: Values) -> bool:
    """With nearest-neighbour moves: ways are monotone, and the levels that settle at the same level are an interval."""
    found = ladders.label_setting(ladder)
    paths = [found.path(i) for i in range(ladder.count)]
    monotone = all(list(path) in (sorted(path), sorted(path, reverse=True)) for path in paths)
    ends = [path[-1] for path in paths]
    changes = sum(1 for a, b in pairwise(ends) if a != b)
    return settles(ladder, parameters) and monotone and changes == len(set(ends)) - 1


# C22, C23, C27


def win_profiles(parameters: Values) -> Iterator[Any]:
    """(numbers of wins, least expected gain): every sorted vector of wins that binary gains can reach in T rounds."""
    yield from hedge.win_profiles(parameters["N"], parameters["T"], parameters["eta"])


def earns_its_share(element: Any, parameters: Values) -> bool:
    """ALG >= c·OPT − ln N/η, with c = ln(1 + η)/η."""
    (wins, gain), eta = element, parameters["eta"]
    share = reals.log(1 + eta) / eta
    return bool(gain >= share * max(wins) - reals.log(Fraction(parameters["N"])) / eta)


def earns_half(element: Any, parameters: Values) -> bool:
    """ALG >= OPT/2 − (2/5)ln N, at η = 5/2."""
    wins, gain = element
    return bool(gain >= Fraction(max(wins), 2) - Fraction(2, 5) * reals.log(Fraction(parameters["N"])))


def regrets_little(element: Any, parameters: Values) -> bool:
    """OPT − ALG <= ηT/2 + ln N/η."""
    (wins, gain), eta = element, parameters["eta"]
    return bool(max(wins) - gain <= eta / 2 * parameters["T"] + reals.log(Fraction(parameters["N"])) / eta)


def ternary_sequences(parameters: Values) -> Iterator[GainSequence]:
    """All sequences of gains 0, ½, 1."""
    yield from loss_sequences.all_sequences(parameters["N"], parameters["T"], (Fraction(0), Fraction(1, 2), Fraction(1)))


def earns_half_on(sequence: GainSequence, parameters: Values) -> bool:
    """Prod-Hedge with η = 5/2 earns at least OPT/2 − (2/5)ln N."""
    run = hedge.prod_hedge(sequence, Fraction(5, 2))
    return bool(run.gain >= run.benchmark / 2 - Fraction(2, 5) * reals.log(Fraction(sequence.choices)))


def long_sequences(parameters: Values) -> Iterator[GainSequence]:
    """Long sequences: one winner, winners in turn, the least weighty policy wins (an adaptive adversary), and drifting thresholds by seed."""
    n, rounds = parameters["N"], parameters["T"]
    yield loss_sequences.single_winner(n, rounds)
    yield loss_sequences.round_robin(n, rounds)
    wins, order = [0] * n, []
    for _ in range(rounds):
        order.append(wins.index(min(wins)))
        wins[order[-1]] += 1
    yield loss_sequences.winners(n, tuple(order))
    yield from (loss_sequences.drifting(n, rounds, seed) for seed in range(5))


def earns_half_in_the_long_run(sequence: GainSequence, parameters: Values) -> bool:
    """The same in ball arithmetic, which long sequences need."""
    run = hedge.prod_hedge(sequence, reals.ball(Fraction(5, 2)))
    return bool(run.gain >= run.benchmark / 2 - Fraction(2, 5) * reals.log(Fraction(sequence.choices)))


def binary_sequences(parameters: Values) -> Iterator[GainSequence]:
    """All sequences of gains 0, 1."""
    yield from loss_sequences.all_sequences(parameters["N"], parameters["T"], (Fraction(0), Fraction(1)))


def named_sequences(parameters: Values) -> Iterator[GainSequence]:
    """One winner; winners in turn."""
    n, rounds = parameters["N"], parameters["T"]
    yield loss_sequences.single_winner(n, rounds)
    yield loss_sequences.round_robin(n, rounds)


def explores_enough(sequence: GainSequence, parameters: Values) -> bool:
    """E[ALG] >= OPT/2 − sqrt(2NT ln N), for explore-half Hedge."""
    run, n = hedge.explore_half(sequence), sequence.choices
    return bool(run.gain >= run.benchmark / 2 - reals.sqrt(2 * n * sequence.rounds * reals.log(Fraction(n))))
