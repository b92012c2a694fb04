"""Group preferences: majority cycles, Arrow's rules as clauses, issue-wise majorities and the doctrinal paradox.

Three alternatives 0, 1, 2; a preference is one of their six strict orders; every profile is equally likely (impartial culture).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, permutations, product
from math import comb, factorial, prod

from flint import arb

from exact.balls import Ball
from exact.propositional import Assignment, Clause, Formula, Literal

Order = tuple[int, ...]

ORDERS: tuple[Order, ...] = tuple(permutations(range(3)))
PAIRS = ((0, 1), (1, 2), (2, 0))
"""The pairs of alternatives, each in the direction in which a cycle 0 > 1 > 2 > 0 goes round."""


# Majority cycles


def prefers(order: Order, a: int, b: int) -> bool:
    """Whether the order has a above b."""
    return order.index(a) < order.index(b)


def is_cyclic(profile: Sequence[Order]) -> bool:
    """Whether the strict majorities go round, in one direction or the other."""
    forward = [2 * sum(prefers(order, a, b) for order in profile) > len(profile) for a, b in PAIRS]
    backward = [2 * sum(prefers(order, b, a) for order in profile) > len(profile) for a, b in PAIRS]
    return all(forward) or all(backward)


def anonymous_profiles(voters: int) -> Iterator[tuple[tuple[Order, ...], int]]:
    """Each profile up to the names of the voters, with the number of profiles that it stands for."""
    for profile in combinations_with_replacement(ORDERS, voters):
        yield profile, factorial(voters) // prod(factorial(profile.count(order)) for order in ORDERS)


def cyclic_profiles(voters: int) -> int:
    """How many of the 6^n profiles of an odd number of voters (or two) are cyclic.

    With an odd number there are no ties, so that a profile is cyclic or some alternative beats both others. Alternative 0 beats 1 and 2 when
    more than half of the voters rank it above 1 and more than half above 2: the sum runs over the numbers of voters who rank it first (two orders),
    between 1 below and 2 above (k), and between 2 below and 1 above (l).
    """
    if voters == 2:
        return 0  # a strict majority of two is both, and an order has no cycle
    half = voters // 2
    beats_both = 0
    for first in range(voters + 1):
        missing = max(0, half + 1 - first)
        tails = _tails(voters - first, missing)
        beats_both += comb(voters, first) * 2**first * sum(comb(voters - first, k) * tails[voters - first - k] for k in range(missing, voters - first + 1))
    return int(6**voters - 3 * beats_both)


def _tails(longest: int, least: int) -> list[int]:
    """For each m up to the longest: the sum over l >= least of C(m, l)·2^(m − l)."""
    tails = [int(least <= 0)]
    exact = [int(least - 1 == 0)]  # C(m, least − 1)·2^(m − least + 1), the term just below the tail
    for m in range(1, longest + 1):
        tails.append(3 * tails[-1] + (exact[-1] if least > 0 else 0))
        exact.append(comb(m, least - 1) * 2 ** (m - least + 1) if 0 <= least - 1 <= m else 0)
    return tails


def cycle_probability(voters: int) -> Fraction:
    """The probability of a strict majority cycle."""
    return Fraction(cyclic_profiles(voters), 6**voters)


def cycle_limit() -> Ball:
    """1/4 − 3/(2π)·arcsin(1/3): the probability in the limit of many voters."""
    return Ball(arb(1) / 4 - 3 * (arb(1) / 3).asin() / (2 * arb.pi()))


def comparison_correlation(orders: Sequence[Order]) -> Fraction:
    """The correlation, over equally likely orders, of "0 above 1" and "0 above 2" as signs."""
    signs = [(1 if prefers(order, 0, 1) else -1, 1 if prefers(order, 0, 2) else -1) for order in orders]
    return Fraction(sum(x * y for x, y in signs), len(signs))


def cycles(voters: int) -> Formula:
    """The profiles with a strict majority cycle: each voter's three comparisons, of which neither all nor none go round."""
    def agrees(voter: int, pair: int) -> Literal:
        a, b = PAIRS[pair]
        return Literal(f"voter {voter + 1} has {a}>{b}")

    orders = [clause for voter in range(voters) for round_ in [[agrees(voter, pair) for pair in range(3)]] for clause in (round_, [-x for x in round_])]
    forward = Literal("the cycle is 0>1>2>0")
    directed = []
    for pair in range(3):
        for group in combinations(range(voters), voters // 2 + 1):  # so many do not all disagree with a strict majority
            directed += [[-forward, *(agrees(voter, pair) for voter in group)], [forward, *(-agrees(voter, pair) for voter in group)]]
    return Formula([*orders, *directed], counted=[agrees(voter, pair).variable for voter in range(voters) for pair in range(3)])


def profile_of(voters: int, model: Assignment) -> tuple[Order, ...]:
    """The profile that a model of `cycles` stands for."""
    return tuple(next(order for order in ORDERS if all(model[f"voter {voter + 1} has {a}>{b}"] == prefers(order, a, b) for a, b in PAIRS))
                 for voter in range(voters))


# Arrow


Pattern = tuple[bool, ...]


def opinions(voters: int) -> list[Pattern]:
    """Every pattern of the voters' opinions on one pair."""
    return list(product((False, True), repeat=voters))


def society(pair: int, opinion: Sequence[bool]) -> Literal:
    """Society ranks the first alternative of the pair above the second when the voters' opinions on that are these."""
    a, b = PAIRS[pair]
    return Literal(f"{a}>{b} if {''.join('+' if agrees else '-' for agrees in opinion)}")


def arrow_rules(voters: int) -> Formula:
    """The rules that respect unanimity (Pareto), look at each pair alone (independence), and give an order at every profile (no cycle)."""
    unanimous: list[Clause] = [(literal,) for pair in range(3) for literal in (society(pair, [True] * voters), -society(pair, [False] * voters))]
    transitive: list[Clause] = []
    for profile in product(ORDERS, repeat=voters):
        ranked = [society(pair, [prefers(order, a, b) for order in profile]) for pair, (a, b) in enumerate(PAIRS)]
        transitive += [[-literal for literal in ranked], ranked]
    return Formula(dict.fromkeys(tuple(clause) for clause in (*unanimous, *transitive)))


def non_dictatorial_rules(voters: int) -> Formula:
    """Such rules in which no voter dictates: each disagrees with society somewhere."""
    rules = arrow_rules(voters)
    overruled = [
        [-society(pair, opinion) if opinion[voter] else society(pair, opinion) for pair in range(3) for opinion in opinions(voters)]
        for voter in range(voters)
    ]
    return Formula([*rules.clauses, *overruled], rules.variables)


def count_rules(voters: int) -> tuple[int, int]:
    """How many such rules there are, and in how many of them a voter dictates, by going through the rules on two pairs.

    Once society's view of two pairs is given, a profile at which it would close a cycle fixes its view of the third pair.
    """
    patterns = opinions(voters)
    profiles = {tuple(tuple(prefers(order, a, b) for order in profile) for a, b in PAIRS) for profile in product(ORDERS, repeat=voters)}
    single = [dict(zip(patterns, (False, *values, True), strict=True)) for values in product((False, True), repeat=len(patterns) - 2)]
    rules = dictatorial = 0
    for first, second in product(single, repeat=2):
        third = _third_pair(first, second, profiles)
        if third is None:
            continue
        free = [pattern for pattern in patterns if pattern not in third]
        rules += 2 ** len(free)
        dictatorial += sum(all(view.get(pattern, pattern[voter]) == pattern[voter] for view in (first, second, third) for pattern in patterns)
                           for voter in range(voters))
    return rules, dictatorial


def _third_pair(first: Mapping[Pattern, bool], second: Mapping[Pattern, bool], profiles: Iterable[tuple[Pattern, ...]]) -> dict[Pattern, bool] | None:
    """Society's view of the third pair as far as it is fixed; None where two profiles contradict each other."""
    third = {pattern: value for pattern, value in first.items() if len(set(pattern)) == 1}  # unanimity
    for one, two, three in profiles:
        if first[one] == second[two] and third.setdefault(three, not first[one]) == first[one]:
            return None
    return third


def dictators(voters: int, rule: Assignment) -> list[int]:
    """The voters, from 1, with whom society always agrees."""
    return [voter + 1 for voter in range(voters)
            if all(rule[society(pair, opinion).variable] == opinion[voter] for pair in range(3) for opinion in opinions(voters))]


# Issue by issue


Top = tuple[int, ...]


def majority(profile: Sequence[Top]) -> Top:
    """What more than half of an odd number of voters want, issue by issue."""
    return tuple(int(2 * sum(votes) > len(profile)) for votes in zip(*profile, strict=True))


def unvoted_profiles(voters: int, issues: int) -> int:
    """How many of the (2^issues)^voters profiles of an odd number of voters have an issue-wise majority that is nobody's top.

    Issue by issue 0 and 1 can be exchanged, so it is 2^issues times the number with majority 1 everywhere; there, inclusion and exclusion over
    the voters whose top is 1 everywhere.
    """
    needed = voters // 2 + 1
    total = 0
    for whole in range(voters + 1):
        columns = sum(comb(voters - whole, ones) for ones in range(max(0, needed - whole), voters - whole + 1))
        total += (-1) ** whole * comb(voters, whole) * columns**issues
    return int(2**issues * total)


def wants(voter: int, issue: int) -> Literal:
    """The voter is for the issue."""
    return Literal(f"voter {voter + 1} is for {issue + 1}")


def carried(issue: int) -> Literal:
    """The majority is for the issue."""
    return Literal(f"the majority is for {issue + 1}")


def _majorities(voters: int, issues: Sequence[int], vote: Callable[[int, int], Literal]) -> list[Clause]:
    """What the majorities of an odd number of voters are: any larger half decides."""
    return [clause for issue in issues for group in combinations(range(voters), voters // 2 + 1)
            for clause in ([*(-vote(voter, issue) for voter in group), carried(issue)], [*(vote(voter, issue) for voter in group), -carried(issue)])]


def unvoted(voters: int, issues: int) -> Formula:
    """The profiles of tops in which the issue-wise majority is nobody's top: each voter loses some issue."""
    def loses(voter: int, issue: int) -> Literal:
        return Literal(f"voter {voter + 1} loses {issue + 1}")

    clauses = _majorities(voters, range(issues), wants)
    for voter in range(voters):
        clauses.append([loses(voter, issue) for issue in range(issues)])
        for issue in range(issues):
            w, m = wants(voter, issue), carried(issue)
            clauses += [[-loses(voter, issue), w, m], [-loses(voter, issue), -w, -m]]
    return Formula(clauses, counted=[wants(voter, issue).variable for voter in range(voters) for issue in range(issues)])


def doctrinal(judges: int) -> Formula:
    """The profiles in which the judges uphold both premises (1 and 2), issue by issue, and reject the conclusion (3)."""
    clauses = _majorities(judges, range(3), wants)
    for judge in range(judges):
        p, q, both = (wants(judge, issue) for issue in range(3))
        clauses += [[-both, p], [-both, q], [-p, -q, both]]
    clauses += [[carried(0)], [carried(1)], [-carried(2)]]
    return Formula(clauses, counted=[wants(judge, issue).variable for judge in range(judges) for issue in range(2)])


def tops(voters: int, issues: int, model: Assignment) -> tuple[Top, ...]:
    """The profile of tops that a model of `unvoted` or `doctrinal` stands for."""
    return tuple(tuple(int(model[wants(voter, issue).variable]) for issue in range(issues)) for voter in range(voters))


def is_doctrinal(profile: Sequence[tuple[int, int]]) -> bool:
    """Whether an odd number of judges upholds both premises, issue by issue, and rejects the conclusion p ∧ q."""
    (conclusion,) = majority([(p * q,) for p, q in profile])
    return majority(profile) == (1, 1) and conclusion == 0


def doctrinal_profiles(judges: int) -> int:
    """How many of the 4^judges profiles are doctrinal: over the numbers that hold both premises, the first only, the second only, neither."""
    half = judges // 2
    total = 0
    for both in range(half + 1):
        for first in range(half + 1 - both, judges - both + 1):
            for second in range(half + 1 - both, judges - both - first + 1):
                total += comb(judges, both) * comb(judges - both, first) * comb(judges - both - first, second)
    return total
