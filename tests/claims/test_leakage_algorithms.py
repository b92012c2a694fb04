"""The algorithms of leakage_persuasion against brute force, against each other, and on random instances."""

from __future__ import annotations

import runpy
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.leakage_persuasion import model, pricing
from claims.leakage_persuasion.algorithms import (
    class_program,
    downstream,
    downstream_schemes,
    leak_pattern_program,
    obedience_programs,
    search_tree,
    symmetric_programs,
    transformations,
)
from claims.leakage_persuasion.named_instances import random_instance
from exact.linear_programs import Problem, Row, solve
from instances import leak_patterns, set_functions
from instances.leak_patterns import LeakPattern
from instances.persuasion_problems import (
    PersuasionProblem,
    chain_problem,
    geometric_chain,
    geometric_thresholds,
    half_smallest,
    identical_coverage,
    persuasion_problems,
)
from instances.signalling_schemes import DirectScheme

F = Fraction
KINDS = sorted(set_functions.KINDS)


def problems(least: int = 1, most: int = 3) -> st.SearchStrategy[PersuasionProblem]:
    """Random problems of every kind."""
    return st.tuples(st.integers(least, most), st.sampled_from(KINDS)).flatmap(lambda pair: persuasion_problems(*pair))


# A1 and A2


def naive_optimum(problem: PersuasionProblem, leaks: int, two_sided: bool) -> Fraction:
    """OPT_k from the definition: masses x_S, y_S, unscaled, one row per receiver, leaked set of size <= k, and what is seen there."""
    agents, prior = problem.agents, problem.prior
    size = 1 << agents
    rows = [Row(dict.fromkeys(range(size), 1), prior, prior), Row({size + s: 1 for s in range(size)}, 1 - prior, 1 - prior)]
    for i in range(agents):
        others = [j for j in range(agents) if j != i]
        for count in range(leaks + 1):
            for leaked in combinations(others, count):
                for bits in product((0, 1), repeat=count):
                    for told in (1, 0) if two_sided else (1,):
                        view = [
                            s
                            for s in range(size)
                            if s >> i & 1 == told and all(s >> j & 1 == bit for j, bit in zip(leaked, bits, strict=True))
                        ]
                        theta = problem.thresholds[i]
                        entries = dict.fromkeys(view, 1 - theta) | {size + s: -theta for s in view}
                        rows.append(Row(entries, lower=0) if told else Row(entries, upper=0))
    objective = {s % (2 * size): problem.utility(s % size) for s in range(2 * size)}
    value = solve(Problem(sense="maximise", columns=2 * size, objective=objective, rows=rows)).value
    assert value is not None
    return value


@settings(max_examples=40)
@given(problems(), st.integers(0, 3))
def test_the_scaled_program_is_the_definition(problem: PersuasionProblem, leaks: int) -> None:
    optimum = obedience_programs.worst_case_optimum(problem, leaks)
    assert optimum.value == naive_optimum(problem, min(leaks, problem.agents - 1), two_sided=False)
    assert model.is_persuasive(problem, optimum.scheme, leaks)
    assert model.value(problem, optimum.scheme) == optimum.value


@settings(max_examples=25)
@given(problems(2, 3))
def test_the_two_sided_program_is_the_definition(problem: PersuasionProblem) -> None:
    assert obedience_programs.two_sided_optimum(problem, 1).value == naive_optimum(problem, 1, two_sided=True)


@settings(max_examples=40)
@given(problems(1, 4))
def test_the_sandwich(problem: PersuasionProblem) -> None:
    optima = [obedience_programs.worst_case_optimum(problem, leaks).value for leaks in range(problem.agents)]
    assert optima == sorted(optima, reverse=True)
    assert optima[-1] == model.public_optimum(problem) >= model.full_revelation(problem)
    assert optima[0] <= problem.agents * optima[-1]


@settings(max_examples=40)
@given(st.integers(1, 4).flatmap(lambda agents: persuasion_problems(agents, "supermodular")))
def test_the_closed_form_is_the_private_optimum(problem: PersuasionProblem) -> None:
    comonotone = obedience_programs.comonotone_scheme(problem)
    assert obedience_programs.private_closed_form(problem) == obedience_programs.private_optimum(problem).value
    assert model.is_persuasive(problem, comonotone, 0)
    assert model.value(problem, comonotone) == obedience_programs.private_closed_form(problem)


@settings(max_examples=30)
@given(problems(1, 3), st.data())
def test_least_slack_is_the_worst_view(problem: PersuasionProblem, data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.integers(0, 3), min_size=2 << problem.agents, max_size=2 << problem.agents).filter(any))
    total = sum(weights)
    scheme = DirectScheme(
        problem.agents, tuple((s, F(weights[2 * s], total), F(weights[2 * s + 1], total)) for s in range(1 << problem.agents))
    )
    leaks = data.draw(st.integers(0, problem.agents - 1))
    views = [
        model.view_slack(problem, scheme, i, leaked, ones)
        for i in range(problem.agents)
        for leaked in model.subsets_of_size(problem.agents, leaks)
        if not leaked >> i & 1
        for ones in set_functions.submasks(leaked)
    ]
    assert model.least_slack(problem, scheme, leaks) == min([F(0), *views])
    assert model.is_persuasive(problem, scheme, leaks) == (min(views) >= 0)
    assert model.keeps(problem, scheme, model.worst_case_rows(problem.thresholds, leaks)) == (min(views) >= 0)


def test_infinite_odds_and_thresholds_below_the_prior() -> None:
    certain = PersuasionProblem(F(1, 4), (F(1), F(1)), set_functions.at_least_one(2))
    assert obedience_programs.private_optimum(certain).value == F(1, 4)
    easy = PersuasionProblem(F(1, 2), (F(1, 4), F(1, 2)), set_functions.by_size([0, 1, 2]))
    assert obedience_programs.worst_case_optimum(easy, 1).value == 2
    mixed = chain_problem(F(1, 16), geometric_thresholds(4, 2))
    assert obedience_programs.worst_case_optimum(mixed, 3).value == model.public_optimum(mixed)


def test_past_ten_receivers_the_program_is_refused_with_its_size() -> None:
    with pytest.raises(obedience_programs.TooLarge, match="4096 columns"):
        obedience_programs.worst_case_optimum(identical_coverage(11, F(1, 100), F(1, 2)), 1)


def test_the_largest_programs_that_are_promised() -> None:
    """n = 8, k = 2 at ratio 4, and n = 10, k = 1: exact values with their proofs (the solver checks primal and dual)."""
    chain = geometric_chain(8, 4)
    eight = obedience_programs.worst_case_optimum(chain, 2)
    assert eight.value / chain.prior == F(161381227, 149131264)
    assert len(eight.solution.problem.objective) > 0
    assert eight.solution.problem.columns == 512
    ten = geometric_chain(10, 4)
    assert 1 < obedience_programs.worst_case_optimum(ten, 1).value / ten.prior < 10


# A3 and A4


@settings(max_examples=15)
@given(st.integers(2, 5), st.integers(1, 4), st.integers(1, 6), st.integers(1, 20), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_the_symmetric_program_is_the_full_one(agents: int, leaks: int, prior: int, step: int, steps: list[int]) -> None:
    lam = F(prior, 20)
    theta = lam + (1 - lam) * F(step, 20)
    values = [sum(steps[:size]) for size in range(agents + 1)]
    full = PersuasionProblem(lam, (theta,) * agents, set_functions.by_size(values))
    assert (
        symmetric_programs.symmetric_optimum(agents, leaks, lam, theta, values) == obedience_programs.worst_case_optimum(full, leaks).value
    )


@settings(max_examples=12)
@given(st.integers(1, 2), st.integers(1, 3), st.integers(0, 3), st.booleans())
def test_the_typed_program_is_the_full_one(first: int, second: int, leaks: int, certain: bool) -> None:
    thetas = (F(1, 5), F(1) if certain else F(1, 2))
    types = [symmetric_programs.ReceiverType(first, thetas[0]), symmetric_programs.ReceiverType(second, thetas[1])]

    def worth(adopters: tuple[int, ...]) -> int:
        return adopters[0] * adopters[1] + (adopters[0] > 0)

    table = [worth(((s & ((1 << first) - 1)).bit_count(), (s >> first).bit_count())) for s in range(1 << (first + second))]
    full = PersuasionProblem(F(1, 10), (thetas[0],) * first + (thetas[1],) * second, set_functions.SetFunction(tuple(map(F, table))))
    assert (
        solve(symmetric_programs.typed_program(types, leaks, F(1, 10), worth)).value
        == obedience_programs.worst_case_optimum(full, leaks).value
    )


def test_the_symmetric_program_at_300_receivers() -> None:
    h = symmetric_programs.coverage_limit(300, 2)
    assert symmetric_programs.best_sample(300, 2)[0] * 300 <= h <= 300 * symmetric_programs.best_sample(300, 2)[0] * (1 + F(5, 1200))
    lam, theta = F(1, 10**6), F(1, 100)
    value = symmetric_programs.symmetric_optimum(300, 2, lam, theta, symmetric_programs.coverage_values(300))
    assert value == lam * (1 + h * 99)


def test_pattern_weights_are_a_distribution() -> None:
    for agents, size, adopters in ((5, 3, 2), (6, 2, 6), (4, 4, 1)):
        assert (
            sum(
                symmetric_programs.pattern_weight(agents, size, adopters, a) * len(list(combinations(range(size), a)))
                for a in range(size + 1)
            )
            == 1
        )


# A5


@settings(max_examples=20)
@given(st.lists(st.integers(2, 20), min_size=2, max_size=3), st.integers(1, 2), st.data())
def test_no_supermodular_utility_beats_the_class_program_and_the_worst_chain_attains_it(
    steps: list[int], leaks: int, data: st.DataObject
) -> None:
    thresholds = tuple(F(step, 20) for step in steps)
    prior = half_smallest(thresholds)
    solution = solve(class_program.worst_case_class_program(prior, thresholds, leaks))
    assert solution.value is not None
    worst = class_program.worst_chain(prior, thresholds, solution)
    assert obedience_programs.price(worst, leaks) == 1 / solution.value
    utility = data.draw(set_functions.set_functions(len(steps), "supermodular"))
    assert obedience_programs.price(PersuasionProblem(prior, thresholds, utility), leaks) <= 1 / solution.value


# A6 and A7


@settings(max_examples=25)
@given(problems(2, 4), st.integers(1, 3), st.fractions(F(1, 10), F(9, 10), max_denominator=10))
def test_transformed_schemes_are_persuasive_and_keep_their_share(problem: PersuasionProblem, leaks: int, rate: Fraction) -> None:
    budget = min(leaks, problem.agents - 1)
    private = obedience_programs.private_scheme(problem)
    worth = obedience_programs.private_value(problem)
    masked = transformations.mask(private, leaks, rate)
    assert model.is_persuasive(problem, masked, leaks)
    assert model.value(problem, masked) >= worth * min(1 - rate, rate / 2 ** (budget + 1))
    assert model.is_persuasive(problem, transformations.subsample_independent(private, leaks, rate), leaks)
    for sample in range(1, problem.agents + 1):
        assert model.is_persuasive(problem, transformations.subsample_fixed(private, leaks, sample), leaks)


@settings(max_examples=20)
@given(st.integers(2, 4).flatmap(lambda agents: persuasion_problems(agents, "xos")), st.integers(1, 3))
def test_subsampling_keeps_phi_of_xos(problem: PersuasionProblem, leaks: int) -> None:
    budget = min(leaks, problem.agents - 1)
    share, sample = symmetric_programs.best_sample(problem.agents, budget)
    scheme = transformations.subsample_fixed(obedience_programs.private_scheme(problem), leaks, sample)
    assert model.value(problem, scheme) >= share * obedience_programs.private_value(problem)
    rate = F(1, budget + 1)
    independent = transformations.subsample_independent(obedience_programs.private_scheme(problem), leaks)
    assert model.value(problem, independent) >= rate * (1 - rate) ** budget * obedience_programs.private_value(problem)


@settings(max_examples=20)
@given(st.integers(2, 4).flatmap(lambda agents: persuasion_problems(agents, "supermodular")), st.integers(1, 3))
def test_ordered_masking_keeps_tau_of_supermodular(problem: PersuasionProblem, leaks: int) -> None:
    spread = leak_pattern_program.best_spread(problem.agents, min(leaks, problem.agents - 1))
    scheme = transformations.ordered_mask(problem, spread)
    assert model.is_persuasive(problem, scheme, leaks)
    assert model.value(problem, scheme) >= leak_pattern_program.kept_share(spread) * obedience_programs.private_closed_form(problem)


def test_the_golden_share_of_ordered_masking() -> None:
    problem = geometric_chain(5, 10)
    spread = leak_pattern_program.best_spread(5, 1)
    reached = model.value(problem, transformations.ordered_mask(problem, spread)) / problem.prior
    assert leak_pattern_program.kept_share(spread) == F(2, 7)
    assert F(2, 7) * obedience_programs.private_closed_form(problem) / problem.prior == F(46, 35)
    assert F(23003, 17500) <= reached <= F(46061, 35000)


def test_only_normalised_schemes_are_transformed() -> None:
    with pytest.raises(transformations.NotNormalised):
        transformations.mask(DirectScheme.of(1, {0: F(1, 2)}, {0: F(1, 2)}), 1)


# A8


@pytest.mark.parametrize(("agents", "leaks"), [(4, 1), (6, 2), (8, 1), (9, 2), (10, 1)])
def test_g_is_proved_from_both_sides(agents: int, leaks: int) -> None:
    spread = leak_pattern_program.best_spread(agents, leaks)
    weights = spread.dual_weights()
    assert sum(weights.values()) == 1
    assert sum(spread.distribution().values()) == 1
    assert leak_pattern_program.primal_level(spread) == spread.g == leak_pattern_program.dual_level(spread)
    collected = [sum(weight for view, weight in weights.items() if view.shown_by(string)) for string in range(1 << agents)]
    assert max(collected) == spread.g


def test_column_generation_gives_the_dense_optimum() -> None:
    for agents, leaks in ((6, 1), (7, 2), (8, 3)):
        generated = leak_pattern_program._generated(agents, leaks)
        assert generated.g == leak_pattern_program.best_spread(agents, leaks).g


def test_the_folded_program_has_the_value_of_the_whole_one() -> None:
    for agents, leaks in ((4, 1), (5, 2), (7, 1)):
        share = leak_pattern_program.kept_share(leak_pattern_program.best_spread(agents, leaks))
        whole = leak_pattern_program.ordered_masking_program(agents, leaks, leak_pattern_program.all_strings(agents))
        assert solve(whole).value == share == solve(leak_pattern_program.folded_masking_program(agents, leaks)).value


def test_dual_chains_approach_the_price() -> None:
    spread = leak_pattern_program.best_spread(4, 1)
    prices = [obedience_programs.price(leak_pattern_program.dual_chain(spread, ratio), 1) for ratio in (10, 100, 1000)]
    assert prices == sorted(prices)
    assert F(299, 100) < prices[-1] < 3


def test_reach() -> None:
    with pytest.raises(leak_pattern_program.OutOfReach):
        leak_pattern_program.best_spread(18, 1)
    assert leak_pattern_program.price_by_theorem(100, 6) == 100
    assert leak_pattern_program.price_by_theorem(18, 1) is None
    assert leak_pattern_program.price_by_theorem(5, 0) == 1


# A9


def test_the_tree_of_seven() -> None:
    assert search_tree.leak_paths(7) == {1: (4, 2), 2: (4, 3), 3: (4, 2), 4: (6, 5), 5: (4, 6), 6: (4, 7), 7: (4, 6)}


def test_the_tree_certifies_every_n_up_to_129() -> None:
    assert all(search_tree.certifies(agents) for agents in range(1, 130))


@pytest.mark.parametrize("agents", [1, 2, 3, 4, 7, 9])
def test_events_partition_the_profiles_with_a_prefix(agents: int) -> None:
    """By enumeration of profiles: every profile with s_1 = 1 lies in exactly one event, of a leaf at or after its prefix."""
    events = search_tree.leaf_events(agents)
    for profile in range(1 << agents):
        prefix = next((i for i in range(agents) if not profile >> i & 1), agents)
        inside = [
            event.receiver
            for event in events
            if all(profile >> (m - 1) & 1 for m in event.ones) and not any(profile >> (m - 1) & 1 for m in event.zeros)
        ]
        assert len(inside) <= 1
        assert not prefix or (inside and inside[0] >= prefix)


def test_a_solver_agrees_with_the_tree() -> None:
    """z3 on 31 Boolean signals: no two events overlap, and no profile with a prefix escapes."""
    import z3

    agents = 31
    signals = [z3.Bool(f"s{i}") for i in range(1, agents + 1)]
    inside = [
        z3.And([signals[m - 1] for m in event.ones] + [z3.Not(signals[m - 1]) for m in event.zeros])
        for event in search_tree.leaf_events(agents)
    ]
    solver = z3.Solver()
    overlap = z3.Or([z3.And(a, b) for a, b in combinations(inside, 2)])
    escape = z3.And(signals[0], z3.Not(z3.Or(inside)))
    solver.add(z3.Or(overlap, escape))
    assert solver.check() == z3.unsat


# A10 to A12


@settings(max_examples=25)
@given(problems(2, 3), st.data())
def test_downstream_values_by_enumerating_views(problem: PersuasionProblem, data: st.DataObject) -> None:
    """U_G from the definition, with posteriors by direct summation, against the tabulating evaluator."""
    agents = problem.agents
    pattern = LeakPattern(tuple(data.draw(st.integers(0, (1 << agents) - 1)) & ~(1 << i) for i in range(agents)))
    scheme = obedience_programs.worst_case_optimum(problem, data.draw(st.integers(0, 1))).scheme
    total = F(0)
    for profile, one, zero in scheme.masses:
        adopters = 0
        for i in range(agents):
            seen = pattern.sees[i] | 1 << i
            alike = [(x, y) for other, x, y in scheme.masses if other & seen == profile & seen]
            ones, zeros = sum(x for x, _ in alike), sum(y for _, y in alike)
            adopters |= (ones >= problem.thresholds[i] * (ones + zeros)) << i
        total += (one + zero) * problem.utility(adopters)
    assert downstream.pattern_value(problem, scheme, pattern) == total
    assert downstream.pattern_value(problem, scheme.letters(), pattern) == total


@settings(max_examples=20)
@given(problems(2, 3), st.sampled_from(["broadcast", "clique", "cycle"]))
def test_robust_schemes_keep_their_value_downstream(problem: PersuasionProblem, family: str) -> None:
    agents = problem.agents
    law = {
        "broadcast": leak_patterns.broadcast(agents, 1),
        "clique": leak_patterns.random_clique(agents, 2),
        "cycle": leak_patterns.always(leak_patterns.directed_cycle(agents)),
    }[family]
    robust = obedience_programs.worst_case_optimum(problem, 1)
    assert robust.value <= downstream.downstream_value(problem, robust.scheme, law) <= obedience_programs.private_optimum(problem).value


@pytest.mark.parametrize(("seed", "rho"), [(0, F(0)), (1, F(0)), (2, F(1)), (3, F(1)), (0, F(1, 3)), (3, F(2, 3))])
def test_two_receivers_by_solving_every_policy(seed: int, rho: Fraction) -> None:
    problem = random_instance(KINDS[seed], 2, seed)
    game = downstream.TwoReceiverGame(problem, leak_patterns.bernoulli(2, rho))
    values = (
        {policy: game.solved(policy).value for policy in game.policies()}
        if rho in (0, 1)
        else {p: game.solved(p).value for p in game.orbits()}
    )
    best = max(value for value in values.values() if value is not None)
    assert game.best()[0] == best <= game.ceiling()
    bounds = downstream.PolicyBounds(game)
    assert all(bounds.earns_at_most(policy, best) for policy in game.policies())
    assert not all(downstream.PolicyBounds(game).earns_at_most(policy, best - F(1, 1000)) for policy in game.orbits())
    if rho in (0, 1):
        assert best == obedience_programs.worst_case_optimum(problem, int(rho)).value
        assert all(values[policy] == values[game.representative(policy)] for policy in game.policies())


@settings(max_examples=15)
@given(st.integers(3, 5), st.data())
def test_fewest_classes_by_brute_force(agents: int, data: st.DataObject) -> None:
    pattern = LeakPattern(tuple(data.draw(st.integers(0, (1 << agents) - 1)) & ~(1 << i) for i in range(agents)))
    classes = downstream_schemes.fewest_classes(pattern)
    assert all(downstream_schemes.is_independent(pattern, chosen) for chosen in classes)
    assert sum(classes) == (1 << agents) - 1
    fewer = product(range(len(classes) - 1), repeat=agents)
    assert not any(all(colours[i] != colours[j] for i, j in pattern.edges()) for colours in fewer)


@settings(max_examples=15)
@given(st.integers(3, 4).flatmap(lambda agents: persuasion_problems(agents, "coverage")))
def test_the_pad_attains_the_private_optimum_for_any_utility(problem: PersuasionProblem) -> None:
    scheme = downstream_schemes.pad_scheme(obedience_programs.private_scheme(problem))
    value = downstream.pattern_value(problem, scheme, leak_patterns.directed_cycle(problem.agents))
    assert value == obedience_programs.private_value(problem)


@pytest.mark.parametrize(("agents", "leaks"), [(3, 0), (4, 1), (5, 2), (4, 2), (4, 3)])
@pytest.mark.parametrize(("lam", "theta"), [("1/100", "1/2"), ("3/10", "1/3"), ("1/2", "1/4")])
def test_the_random_clique_formula(agents: int, leaks: int, lam: str, theta: str) -> None:
    problem = identical_coverage(agents, F(lam), F(theta))
    value = downstream.downstream_value(
        problem, downstream_schemes.anticorrelated_scheme(problem), leak_patterns.random_clique(agents, leaks + 1)
    )
    assert value == downstream_schemes.random_clique_value(F(lam), F(theta), agents, leaks)


@pytest.mark.parametrize(("agents", "leaks", "layout"), [(4, 1, "c"), (4, 1, "i"), (6, 2, "c"), (6, 2, "i")])
def test_the_staircase_keeps_its_share(agents: int, leaks: int, layout: str) -> None:
    blocks = (leak_patterns.contiguous_blocks if layout == "c" else leak_patterns.interleaved_blocks)(agents, leaks + 1)
    pattern = leak_patterns.disjoint_cliques(agents, blocks)
    for problem in (geometric_chain(agents, 10), geometric_chain(agents, 2)):
        scheme = downstream_schemes.clique_staircase(problem, blocks)
        assert model.keeps(problem, scheme, model.pattern_rows(problem.thresholds, pattern))
        assert downstream.pattern_value(problem, scheme, pattern) * (leaks + 1) >= obedience_programs.private_closed_form(problem)


def test_too_many_profiles_are_refused() -> None:
    with pytest.raises(downstream_schemes.SchemeTooLarge):
        downstream_schemes.pad_scheme(downstream_schemes.anticorrelated_scheme(identical_coverage(10, F(1, 100), F(1, 2))))
    with pytest.raises(downstream_schemes.SchemeTooLarge):
        downstream_schemes.secret_sharing_scheme(identical_coverage(6, F(1, 100), F(1, 2)), 1, 7)
    with pytest.raises(downstream_schemes.SchemeTooLarge):
        downstream_schemes.matching_scheme(identical_coverage(10, F(1, 100), F(1, 2)))


def test_perfect_matchings_and_primes() -> None:
    assert len(list(downstream_schemes.perfect_matchings(tuple(range(8))))) == 105
    assert [number for number in range(20) if downstream_schemes.is_prime(number)] == [2, 3, 5, 7, 11, 13, 17, 19]
    assert downstream_schemes.least_prime(8) == 11


# The price of a problem of one's own


@settings(max_examples=20)
@given(problems(1, 3), st.integers(0, 3))
def test_prices(problem: PersuasionProblem, leaks: int) -> None:
    answer = pricing.price_of_leaks(problem, leaks)
    assert model.is_persuasive(problem, answer.scheme, leaks)
    assert model.value(problem, answer.scheme) == answer.robust
    assert answer.price == answer.private / answer.robust
    assert answer.public <= answer.robust <= answer.private


def test_the_price_of_a_class() -> None:
    answer = pricing.price_over_supermodular(F(1, 10), (F(1, 5), F(1, 3), F(1, 2)), 1)
    assert answer.price == F(26, 15) == obedience_programs.price(answer.worst, 1)


def test_the_example_answers(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(Path(__file__).parents[2] / "examples" / "persuasion.py"), run_name="__main__")
    told = capsys.readouterr().out
    assert "private 12/5, robust to one leak 9/5, public 9/5; price 4/3" in told
    assert "private 1, robust to one leak 16/25, public 3/5; price 25/16" in told
    assert "the price is 26/15" in told
