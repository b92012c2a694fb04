"""The finite checks behind the theorems: elements, and a predicate that holds for each. Receivers and places are numbered from 0 here.

All of them are statements about signals, patterns, orders or binomials, so they cover every prior, every threshold and every utility at once. Events are
sets of profiles in {0,1}^n.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import comb, lcm
from typing import Any

from claims.leakage_persuasion.algorithms import downstream_schemes, leak_pattern_program, search_tree, symmetric_programs, transformations
from claims.leakage_persuasion.algorithms.downstream import PolicyBounds, TwoReceiverGame
from claims.leakage_persuasion.model import subsets_of_size, view_masses
from claims.leakage_persuasion.named_instances import problem_at
from claims.parameters import Values
from instances import leak_patterns
from instances.leak_patterns import LeakPattern
from instances.persuasion_problems import chain_problem, geometric_thresholds, half_smallest
from instances.set_functions import members, submasks

Element = Any


def event(agents: int, seen: int, ones: int) -> set[int]:
    """The profiles that show exactly ``ones`` on ``seen``."""
    return {profile for profile in range(1 << agents) if profile & seen == ones}


# C1, C14: rows are sums of finer rows


def refinements(parameters: Values) -> Iterator[Element]:
    """(receiver, leaked set, ones seen, one more receiver): every way to add a leak to a view of k leaks."""
    agents, leaks = parameters["n"], parameters["k"]
    for i, leaked, ones in views(agents, leaks):
        for j in range(agents):
            if not (leaked | 1 << i) >> j & 1:
                yield i, leaked, ones, j


def views(agents: int, leaks: int) -> Iterator[tuple[int, int, int]]:
    """(receiver told to adopt, leaked set of that size, ones seen on it)."""
    for i in range(agents):
        for leaked in subsets_of_size(agents, leaks):
            if not leaked >> i & 1:
                yield from ((i, leaked, ones) for ones in submasks(leaked))


def is_sum_of_two(element: Element, parameters: Values) -> bool:
    """The view's event is the disjoint union of the events of the two finer views."""
    i, leaked, ones, j = element
    seen, told = leaked | 1 << i, ones | 1 << i
    whole = event(parameters["n"], seen, told)
    parts = [event(parameters["n"], seen | 1 << j, told | bit << j) for bit in (0, 1)]
    return parts[0] | parts[1] == whole and not parts[0] & parts[1]


def coarse_views(parameters: Values) -> Iterator[Element]:
    """(receiver, leaked set, ones): the views of fewer than k leaks."""
    for size in range(parameters["k"]):
        yield from views(parameters["n"], size)


def is_sum_of_full_views(element: Element, parameters: Values) -> bool:
    """The view's event is the disjoint union of events of views with exactly k leaks, for every larger leaked set."""
    agents, leaks = parameters["n"], parameters["k"]
    i, leaked, ones = element
    whole = event(agents, leaked | 1 << i, ones | 1 << i)
    for larger in subsets_of_size(agents, leaks):
        if larger & leaked == leaked and not larger >> i & 1:
            parts = [event(agents, larger | 1 << i, ones | more | 1 << i) for more in submasks(larger & ~leaked)]
            if set().union(*parts) != whole or sum(map(len, parts)) != len(whole):
                return False
    return True


def adoption_sets(parameters: Values) -> Iterator[Element]:
    """(receiver, leaked set, views in which it adopts): every leaked set of k others, and every set of what the receiver may see."""
    agents, leaks = parameters["n"], parameters["k"]
    for i in range(agents):
        for leaked in subsets_of_size(agents, leaks):
            if not leaked >> i & 1:
                seen = list(submasks(leaked | 1 << i))
                for adopting in product((False, True), repeat=len(seen)):
                    yield i, leaked, tuple(ones for ones, adopts in zip(seen, adopting, strict=True) if adopts)


def adoption_is_a_sum_of_views(element: Element, parameters: Values) -> bool:
    """The event that the receiver adopts is the disjoint union of the views in which it does."""
    i, leaked, adopting = element
    seen = leaked | 1 << i
    parts = [event(parameters["n"], seen, ones) for ones in adopting]
    adopts = {profile for profile in range(1 << parameters["n"]) if profile & seen in adopting}
    return set().union(*parts) == adopts and sum(map(len, parts)) == len(adopts)


def full_views(parameters: Values) -> Iterator[Element]:
    """(receiver, ones seen): the views of a receiver told to adopt that sees all others."""
    agents = parameters["n"]
    for i, _, ones in views(agents, agents - 1):
        yield i, ones


def shows_one_profile(element: Element, parameters: Values) -> bool:
    """With all signals seen a view is one profile."""
    i, ones = element
    return event(parameters["n"], (1 << parameters["n"]) - 1, ones | 1 << i) == {ones | 1 << i}


# C2: supermodularity as a sum of second differences


def nonempty_profiles(parameters: Values) -> Iterator[Element]:
    """Every nonempty set of receivers."""
    yield from range(1, 1 << parameters["n"])


def second_differences_of(profile: int) -> Iterator[tuple[int, int, int]]:
    """(T, i, j): second differences whose sum is Σ_{i∈S}(V([i]) − V([i−1])) − V(S), for S = ``profile``."""
    for i in members(profile):
        below = profile & ((1 << i) - 1)
        for j in range(i):
            if not below >> j & 1:
                yield below, i, j
                below |= 1 << j


def is_sum_of_second_differences(element: Element, parameters: Values) -> bool:
    """The identity holds coefficient by coefficient, with every second difference once."""
    difference: Counter[int] = Counter()
    for i in members(element):
        difference[(1 << i + 1) - 1] += 1
        difference[(1 << i) - 1] -= 1
    difference[element] -= 1
    difference[0] += 1
    for below, i, j in second_differences_of(element):
        difference[below | 1 << i | 1 << j] -= 1
        difference[below | 1 << i] += 1
        difference[below | 1 << j] += 1
        difference[below] -= 1
    return not any(difference.values())


# C3: the identity behind PoWR <= n


def receivers(parameters: Values) -> Iterator[Element]:
    """1 … n."""
    yield from range(1, parameters["n"] + 1)


def is_term_of_the_identity(element: Element, parameters: Values) -> bool:
    """Term i of nP − [λW_n + Σ(q_i − λ)W_i] is (P − q_iW_i) + λW_i for i < n, and P − q_nW_n for i = n, as linear forms."""
    i, last = element, element == parameters["n"]
    left = Counter({"P": 1})
    left.subtract({f"q_{i} W_{i}": 1, f"lambda W_{i}": -1})
    if last:
        left.subtract({f"lambda W_{i}": 1})
    right = Counter({"P": 1})
    right.subtract({f"q_{i} W_{i}": 1})
    if not last:
        right.update({f"lambda W_{i}": 1})
    return {k: v for k, v in left.items() if v} == {k: v for k, v in right.items() if v}


# C5: the masks of A8


def sorted_views(parameters: Values) -> Iterator[Element]:
    """(Q, A) for all (k+1)-sets Q of sorted receivers and nonempty A ⊆ Q."""
    for seen in subsets_of_size(parameters["n"], parameters["k"] + 1):
        yield from ((seen, ones) for ones in submasks(seen) if ones)


@lru_cache(maxsize=32)
def _mask_views(agents: int, leaks: int) -> dict[tuple[int, int], Fraction]:
    """The probability with which ORDERED-MASK shows a view in state 1, for sorted receivers (it depends on their order only)."""
    thresholds = geometric_thresholds(agents, 2)
    problem = chain_problem(half_smallest(thresholds), thresholds)
    scheme = transformations.ordered_mask(problem, leak_pattern_program.best_spread(agents, leaks))
    shown = {}
    for seen in subsets_of_size(agents, leaks + 1):
        shown.update({(seen, ones): Fraction(one / problem.prior) for ones, (one, _) in view_masses(scheme, seen).items()})
    return shown


def mask_weighs_enough(element: Element, parameters: Values) -> bool:
    """A prefix never shows the view (a receiver is told 0 below one that is told 1), or state 1 shows it with probability at least τ."""
    agents, leaks = parameters["n"], parameters["k"]
    seen, ones = element
    if any(j < i for i in members(ones) for j in members(seen & ~ones)):
        return True
    share = leak_pattern_program.kept_share(leak_pattern_program.best_spread(agents, leaks))
    return _mask_views(agents, leaks).get((seen, ones), Fraction(0)) >= share


# C6: the search tree


def tree_checks(parameters: Values) -> Iterator[Element]:
    """Every leaf (its leaks), every pair of leaves (their events), every prefix (its cover)."""
    agents = parameters["n"]
    yield from (("leaf", j) for j in range(1, agents + 1))
    yield from (("pair", a, b) for a, b in combinations(range(1, agents + 1), 2))
    yield from (("prefix", ell) for ell in range(1, agents + 1))


@lru_cache(maxsize=64)
def _events(agents: int) -> tuple[search_tree.LeafEvent, ...]:
    return tuple(search_tree.leaf_events(agents))


def tree_check_passes(element: Element, parameters: Values) -> bool:
    """A leaf sees at most ⌈log2(n+1)⌉ − 1 signals; two events exclude each other; the events of leaves j >= ℓ cover the profiles with prefix ℓ."""
    agents = parameters["n"]
    events = _events(agents)
    match element:
        case ("leaf", j):
            return len(events[j - 1].leaked) <= search_tree.leaks_needed(agents)
        case ("pair", a, b):
            return search_tree.exclude_each_other(events[a - 1], events[b - 1])
        case ("prefix", ell):
            return search_tree.covered_share(events, ell) == 1
    raise ValueError(f"no check is called {element!r}")


# C8: dual weights of g_k(n)


def strings(parameters: Values) -> Iterator[Element]:
    """All of {0,1}^n, as masks."""
    yield from range(1 << parameters["n"])


@lru_cache(maxsize=32)
def _dual(agents: int, leaks: int) -> tuple[tuple[tuple[int, int, int], ...], int]:
    """The dual weights as integers, (seen, ones, weight), and their sum."""
    weights = leak_pattern_program.best_spread(agents, leaks).dual_weights()
    scale = lcm(*(weight.denominator for weight in weights.values()))
    triples = tuple((view.seen, view.ones, int(weight * scale)) for view, weight in weights.items())
    return triples, sum(weight for _, _, weight in triples)


def collects_little(element: Element, parameters: Values) -> bool:
    """The ordered views that the string shows have at most the share 1/(price − 1) of all dual weight."""
    triples, total = _dual(parameters["n"], parameters["k"])
    collected = sum(weight for seen, ones, weight in triples if element & seen == ones)
    return bool(collected * (parameters["price"] - 1) <= total)


# C11: binomials


def sample_views(parameters: Values) -> Iterator[Element]:
    """(N, b): sample size, and leaked ones in a view of a receiver in the sample."""
    agents, leaks = parameters["n"], parameters["k"]
    yield from ((sample, b) for sample in range(1, agents + 1) for b in range(min(leaks, sample - 1) + 1))


def damping_is_enough(element: Element, parameters: Values) -> bool:
    """β·C(n−1−b, N−1−b) <= C(n−k−1, N−1−b) with β = C(n−k−1, N−1)/C(n−1, N−1)."""
    (sample, b), agents, leaks = element, parameters["n"], parameters["k"]
    damping = Fraction(comb(agents - leaks - 1, sample - 1), comb(agents - 1, sample - 1))
    return damping * comb(agents - 1 - b, sample - 1 - b) <= comb(agents - leaks - 1, sample - 1 - b)


def sample_sizes(parameters: Values) -> Iterator[Element]:
    """N = 1 … n."""
    yield from range(1, parameters["n"] + 1)


def share_is_damping_times_frequency(element: Element, parameters: Values) -> bool:
    """Of the N-subsets, C(n−1, N−1)/C(n, N) = N/n contain a given receiver, and β·N/n = C(n−k−1, N−1)/C(n, N)."""
    sample, agents, leaks = element, parameters["n"], parameters["k"]
    frequency = Fraction(comb(agents - 1, sample - 1), comb(agents, sample))
    damping = Fraction(comb(agents - leaks - 1, sample - 1), comb(agents - 1, sample - 1))
    return frequency == Fraction(sample, agents) and damping * frequency == symmetric_programs.subsampling_share(agents, leaks, sample)


def budgets(parameters: Values) -> Iterator[Element]:
    """(n, k) for 0 <= k < n <= the parameter ``most``."""
    yield from ((agents, leaks) for agents in range(1, parameters["most"] + 1) for leaks in range(agents))


def share_is_enough(element: Element, parameters: Values) -> bool:
    """φ(n, k) >= 1/n and φ(n, k) >= k^k/(k+1)^(k+1)."""
    agents, leaks = element
    share = symmetric_programs.best_sample(agents, leaks)[0]
    return share * agents >= 1 and share * symmetric_programs.subsampling_limit(leaks) >= 1


def leaked_ones(parameters: Values) -> Iterator[Element]:
    """b = 0 … k."""
    yield from range(parameters["k"] + 1)


def independent_damping_is_enough(element: Element, parameters: Values) -> bool:
    """With r = 1/(k+1): (1−r)^k <= (1−r)^(k−b), and r(1−r)^k = k^k/(k+1)^(k+1)."""
    leaks = parameters["k"]
    rate = Fraction(1, leaks + 1)
    enough = (1 - rate) ** leaks <= (1 - rate) ** (leaks - element)
    return bool(enough and rate * (1 - rate) ** leaks * symmetric_programs.subsampling_limit(leaks) == 1)


# C15, C16, C17, C18: leakage laws


def cliques_of(parameters: Values) -> list[int]:
    """The disjoint cliques of k + 1 receivers, contiguous or interleaved."""
    layout = leak_patterns.contiguous_blocks if parameters["layout"] == "contiguous" else leak_patterns.interleaved_blocks
    return list(layout(parameters["n"], parameters["k"] + 1))


def transversals(parameters: Values) -> Iterator[Element]:
    """The t-th members of all cliques, t = 0 … k, and last the list of all of them."""
    blocks = [list(members(block)) for block in cliques_of(parameters)]
    masks = [sum(1 << block[t] for block in blocks) for t in range(parameters["k"] + 1)]
    yield from masks
    yield tuple(masks)


def is_transversal_partition(element: Element, parameters: Values) -> bool:
    """No leak inside the transversal; together they contain every receiver once."""
    if isinstance(element, tuple):
        return bool(sum(element) == (1 << parameters["n"]) - 1 and sum(mask.bit_count() for mask in element) == parameters["n"])
    return downstream_schemes.is_independent(leak_patterns.disjoint_cliques(parameters["n"], cliques_of(parameters)), element)


def clique_prefixes(parameters: Values) -> Iterator[Element]:
    """(clique, a): what state 0, a prefix of the sorted receivers, can show inside a clique to a receiver that is told to adopt."""
    for number, block in enumerate(cliques_of(parameters)):
        yield from ((number, a) for a in range(1, block.bit_count() + 1))


def staircase_shows_it(element: Element, parameters: Values) -> bool:
    """State 1 of the staircase shows the clique's first a members told to adopt with probability exactly 1/(k+1)."""
    number, a = element
    agents, leaks = parameters["n"], parameters["k"]
    blocks = cliques_of(parameters)
    thresholds = geometric_thresholds(agents, 2)
    problem = chain_problem(half_smallest(thresholds), thresholds)
    scheme = downstream_schemes.clique_staircase(problem, blocks)
    shown = sum(1 << i for i in list(members(blocks[number]))[:a])
    return bool(view_masses(scheme, blocks[number])[shown][0] * (leaks + 1) == problem.prior)


def all_receivers(parameters: Values) -> Iterator[Element]:
    """0 … n − 1."""
    yield from range(parameters["n"])


def is_outside_often(element: Element, parameters: Values) -> bool:
    """Of the (k+1)-sets, a share of exactly (n−k−1)/n misses the receiver."""
    agents, leaks = parameters["n"], parameters["k"]
    missing = sum(1 for chosen in subsets_of_size(agents, leaks + 1) if not chosen >> element & 1)
    return Fraction(missing, comb(agents, leaks + 1)) == Fraction(agents - leaks - 1, agents)


def leaked_sets(parameters: Values) -> Iterator[Element]:
    """All sets of k + 1 receivers."""
    yield from subsets_of_size(parameters["n"], parameters["k"] + 1)


def has_disjoint_partners(element: Element, parameters: Values) -> bool:
    """The set has C(n−k−1, k+1) >= 1 disjoint sets of its size: the same number for every set, so a random disjoint pair is uniform on both sides."""
    agents, leaks = parameters["n"], parameters["k"]
    partners = sum(1 for other in subsets_of_size(agents, leaks + 1) if not other & element)
    return partners == comb(agents - leaks - 1, leaks + 1) >= 1


def cuts_and_leaks(parameters: Values) -> Iterator[Element]:
    """(j, L): a prefix length, and the k signals that are broadcast; then (j, None), the count over all L."""
    agents = parameters["n"]
    for j in range(1, agents + 1):
        yield from ((j, leaked) for leaked in subsets_of_size(agents, parameters["k"]))
        yield j, None


def boundary_hides_the_cut(element: Element, parameters: Values) -> bool:
    """If L misses the gap between j and the next boundary b, then every i <= j sees in prefix [b] what it sees in prefix [j]; C(n−g+1, k) sets do."""
    j, leaked = element
    agents, leaks, grid = parameters["n"], parameters["k"], parameters["B"]
    boundary = next(length for length in downstream_schemes.boundaries(agents, grid) if length >= j)
    gap = sum(1 << i for i in range(j, boundary))
    if leaked is None:
        missing = sum(1 for chosen in subsets_of_size(agents, leaks) if not chosen & gap)
        return missing >= comb(agents - -(-agents // grid) + 1, leaks)
    if leaked & gap:
        return True
    short, long = (1 << j) - 1, (1 << boundary) - 1
    return all(short & (leaked | 1 << i) == long & (leaked | 1 << i) for i in range(j))


def digraphs(parameters: Values) -> Iterator[LeakPattern]:
    """All leak patterns with in-degree at most k."""
    agents, leaks = parameters["n"], parameters["k"]
    choices = [
        [sum(1 << j for j in chosen) for size in range(leaks + 1) for chosen in combinations([j for j in range(agents) if j != i], size)]
        for i in range(agents)
    ]
    yield from (LeakPattern(sees) for sees in product(*choices))


def splits_into_few_classes(element: LeakPattern, parameters: Values) -> bool:
    """The receivers split into at most 2k + 1 classes without a leak inside."""
    classes = downstream_schemes.fewest_classes(element)
    proper = all(downstream_schemes.is_independent(element, chosen) for chosen in classes)
    return proper and sum(classes) == (1 << element.agents) - 1 and len(classes) <= 2 * parameters["k"] + 1


# C19: the tree


def action_vectors(parameters: Values) -> Iterator[Element]:
    """All action vectors of the 2^(k+1) − 1 nodes, as masks."""
    yield from range(1 << (2 ** (parameters["k"] + 1) - 1))


def search_path(depth: int, actions: int) -> list[int]:
    """The nodes (from 0) that the search visits: right after action 1, left after action 0, from the root to a leaf."""
    low, high, path = 0, 2 ** (depth + 1) - 2, []
    while True:
        middle = (low + high) // 2
        path.append(middle)
        if low == high:
            return path
        low, high = (middle + 1, high) if actions >> middle & 1 else (low, middle - 1)


def value_is_covered(element: Element, parameters: Values) -> bool:
    """V(a) <= Σ_j θ_j·1[search ends at j, a_j = 1] + (1/M) Σ_m θ_m·1[search visits the inner node m, a_m = 1]."""
    depth, ratio = parameters["k"], parameters["M"]
    agents = 2 ** (depth + 1) - 1
    *inner, leaf = search_path(depth, element)
    prefix = next((i for i in range(agents) if not element >> i & 1), agents)
    last_odd = prefix if prefix % 2 else prefix - 1
    worth = Fraction(ratio) ** (last_odd - agents) if prefix else Fraction(0)
    covered = sum((Fraction(ratio) ** (m + 1 - agents) / ratio for m in inner if element >> m & 1), Fraction(0))
    if element >> leaf & 1:
        covered += Fraction(ratio) ** (leaf + 1 - agents)
    return worth <= covered


# C21: action policies of two receivers


def game_of(parameters: Values) -> TwoReceiverGame:
    """The downstream problem of a setting."""
    return TwoReceiverGame(problem_at(parameters), leak_patterns.bernoulli(2, parameters["rho"]))


def policies(parameters: Values) -> Iterator[Element]:
    """All action policies (which views to adopt in)."""
    yield from game_of(parameters).policies()


@lru_cache(maxsize=32)
def _bounds(setting: tuple[tuple[str, Any], ...]) -> tuple[TwoReceiverGame, PolicyBounds, dict[int, bool]]:
    """A setting's game, its prover, and what is known of every orbit of policies."""
    game = game_of(dict(setting))
    return game, PolicyBounds(game), {}


def policy_earns_at_most(element: Element, parameters: Values) -> bool:
    """The best scheme that the policy's adopters follow earns at most the stated optimum, by an exact dual; or none does follow."""
    game, bounds, known = _bounds(tuple(parameters.items()))
    orbit = game.representative(element)
    if orbit not in known:
        known[orbit] = bounds.earns_at_most(orbit, parameters["best"])
    return known[orbit]


# C22: two-sided obedience


def all_profiles(parameters: Values) -> Iterator[Element]:
    """Every profile of receivers sorted by (distinct) thresholds."""
    yield from range(1 << parameters["n"])


def is_prefix_or_killed(element: Element, parameters: Values) -> bool:
    """Profiles that are no prefix lie in an event {s_i = 0, s_j = 1}, i < j, that two rows kill; prefix [ℓ] is what ℓ sees with ℓ + 1 leaked.

    The second half: among prefixes, s_ℓ = 1 and s_{ℓ+1} = 0 single out [ℓ].
    """
    agents = parameters["n"]
    inverted = [(i, j) for i, j in combinations(range(agents), 2) if not element >> i & 1 and element >> j & 1]
    prefix = element.bit_count()
    if element != (1 << prefix) - 1:
        return any(element in event(agents, 1 << i | 1 << j, 1 << j) for i, j in inverted)
    if inverted or prefix == 0:
        return not inverted
    seen = 1 << (prefix - 1) | (1 << prefix if prefix < agents else 0)
    alike = [m for m in range(agents + 1) if ((1 << m) - 1) & seen == element & seen]
    return alike == [prefix]
