"""Games, equilibria and Markov games against definitions written down a second time, and against nashpy."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.strategic_learning.algorithms import stackelberg
from instances.automata import Automaton, constant, trigger
from instances.equilibria import (
    TooManyVertices,
    components,
    extreme_equilibria,
    interior_mixture,
    is_nondegenerate,
    mixed_pair,
    support_enumeration,
)
from instances.errors import InstanceError
from instances.games import NormalFormGame, dominated_in_plane, dominates, from_bimatrix, hull_gain, pure_dominators, pure_gain
from instances.markov_games import Cell, MarkovGame
from instances.ordinal_games import (
    CENSUSES,
    NAMED,
    SYMMETRIC_ORDERS,
    SYMMETRIES,
    all_games,
    classes,
    images,
    is_strict,
    is_symmetric,
    name_of,
    ranks,
    representative,
    two_by_two,
    weak_orders,
    written,
)
from instances.repeated_games import discounted_payoffs, is_equilibrium
from instances.stage_games import BimatrixGame

F = Fraction
DILEMMA = BimatrixGame(((3, 0), (5, 1)), ((3, 5), (0, 1)))
small = st.integers(-2, 2)
fractions = st.fractions(-4, 4, max_denominator=6)


@st.composite
def games(draw: st.DrawFn, payoffs: st.SearchStrategy = small, players: int | None = None) -> NormalFormGame:
    """Games of two or three players with one to three actions; small integers give many ties."""
    count = draw(st.integers(2, 3)) if players is None else players
    actions = draw(st.tuples(*[st.integers(1, 3)] * count))
    size = len(list(product(*map(range, actions))))
    return NormalFormGame(actions, draw(st.lists(st.tuples(*[payoffs] * count), min_size=size, max_size=size)))


squares = st.builds(two_by_two, st.tuples(*[small] * 4), st.tuples(*[small] * 4))


# Normal form


@given(games(fractions))
@settings(deadline=None)
def test_a_game_survives_json(game: NormalFormGame) -> None:
    assert NormalFormGame.from_json(game.to_json()) == game


@given(games())
@settings(deadline=None)
def test_pure_equilibria_are_the_profiles_that_nobody_leaves(game: NormalFormGame) -> None:
    table = dict(zip(game.profiles(), game.payoffs, strict=True))

    def stays(profile: tuple[int, ...], player: int) -> bool:
        others = [p for p in table if all(p[j] == profile[j] for j in range(game.players) if j != player)]
        return table[profile][player] == max(table[p][player] for p in others)

    assert game.pure_equilibria() == [p for p in table if all(stays(p, i) for i in range(game.players))]


@given(games(), st.data())
@settings(deadline=None)
def test_expected_payoffs_are_sums_over_profiles(game: NormalFormGame, data: st.DataObject) -> None:
    mixtures = []
    for size in game.actions:
        weights = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size).filter(any))
        mixtures.append([F(w, sum(weights)) for w in weights])
    law = game.law(mixtures)
    assert sum(law) == 1
    for player in range(game.players):
        total = F(0)
        for profile in game.profiles():
            chance = F(1)
            for i, action in enumerate(profile):
                chance *= mixtures[i][action]
            total += chance * game.at(profile)[player]
        assert game.expected(law)[player] == total


@given(games())
@settings(deadline=None)
def test_pure_equilibria_are_mixed_equilibria(game: NormalFormGame) -> None:
    for profile in game.profiles():
        mixtures = [tuple(F(int(a == action)) for a in range(size)) for action, size in zip(profile, game.actions, strict=True)]
        assert game.is_mixed_equilibrium(mixtures) == game.is_equilibrium(profile)


@given(games())
@settings(deadline=None)
def test_maximin_actions_guarantee_the_most(game: NormalFormGame) -> None:
    for player in range(game.players):
        worst = {a: min(game.at(p)[player] for p in game.profiles() if p[player] == a) for a in range(game.actions[player])}
        assert set(game.maximin_actions(player)) == {a for a, value in worst.items() if value == max(worst.values())}


@given(games(players=2))
@settings(deadline=None)
def test_a_bimatrix_game_is_the_same_game(game: NormalFormGame) -> None:
    assert from_bimatrix(game.bimatrix()) == game


@pytest.mark.parametrize(
    ("actions", "payoffs", "field"),
    [
        ((), (), "actions"), ((2, 0), (), "actions[1]"), ((2,), ((1,),), "payoffs"), ((1, 1), ((1,),), "payoffs[0]"), ((1, 1), ((1, 0.5),), "payoffs[0][1]"),
        ((True, 1), ((1, 1),), "actions[0]"),
    ],
)
def test_malformed_games_name_the_field(actions: tuple[int, ...], payoffs: tuple[tuple[object, ...], ...], field: str) -> None:
    with pytest.raises(InstanceError) as caught:
        NormalFormGame(actions, payoffs)
    assert caught.value.field == field


def test_a_profile_that_is_not_there_is_refused() -> None:
    with pytest.raises(InstanceError):
        NAMED["Chicken"].place((0, 2))


# Efficiency


@given(games(players=2))
@settings(max_examples=60, deadline=None)
def test_the_plane_and_the_linear_program_agree_about_the_hull(game: NormalFormGame) -> None:
    mean = tuple(sum(game.of(i)) / len(game.payoffs) for i in (0, 1))
    for payoffs in {*game.payoffs, mean}:
        assert dominated_in_plane(game.payoffs, payoffs) == (hull_gain(game, payoffs) > 0)


@given(games())
@settings(max_examples=40, deadline=None)
def test_the_hull_gains_at_least_what_pure_outcomes_gain(game: NormalFormGame) -> None:
    for vector in game.payoffs:
        better = [w for w in game.payoffs if all(x >= y for x, y in zip(w, vector, strict=True)) and w != vector]
        assert (len(pure_dominators(game, vector)) > 0) == bool(better) == any(dominates(w, vector) for w in game.payoffs)
        assert pure_gain(game, vector) == max((sum(w) - sum(vector) for w in better), default=0)
        assert hull_gain(game, vector) >= pure_gain(game, vector)


def test_an_unattainable_vector_has_no_gain() -> None:
    with pytest.raises(InstanceError):
        hull_gain(NAMED["Chicken"], (F(5), F(5)))


# Ordinal games


@pytest.mark.parametrize("census", CENSUSES)
def test_classes_are_orbits(census: int) -> None:
    strict, generators = CENSUSES[census]
    found = classes(census)
    assert len(found) == census
    orbits = [frozenset(images(game, generators)) for game in found]
    assert sum(map(len, orbits)) == len(frozenset().union(*orbits)) == len(weak_orders(strict)) ** 2
    assert all(game == min(orbit, key=written) for game, orbit in zip(found, orbits, strict=True))


def test_orbits_by_matrices() -> None:
    """The eight images of a game, built by hand from its two matrices."""
    for game in (NAMED["Chicken"], two_by_two((1, 3, 2, 4), (1, 4, 3, 2)), two_by_two((1, 2, 2, 1), (3, 1, 1, 2))):
        made = set()
        for flip_rows, flip_columns, exchange in product((False, True), repeat=3):
            rows, columns = ((1, 0) if flip_rows else (0, 1)), ((1, 0) if flip_columns else (0, 1))
            cells = {(i, j): game.at((rows[i], columns[j])) for i, j in product((0, 1), repeat=2)}
            if exchange:
                cells = {(j, i): pair[::-1] for (i, j), pair in cells.items()}
            made.add(NormalFormGame((2, 2), tuple(cells[p] for p in product((0, 1), repeat=2))))
        assert set(images(game, SYMMETRIES)) == made
        assert len({representative(image) for image in made}) == 1


@given(st.lists(fractions, min_size=4, max_size=4))
@settings(deadline=None)
def test_ranks_keep_the_order(payoffs: list[Fraction]) -> None:
    found = ranks(payoffs)
    assert set(found) == set(range(1, len(set(payoffs)) + 1))
    assert all((x < y) == (a < b) for x, a in zip(payoffs, found, strict=True) for y, b in zip(payoffs, found, strict=True))


def test_names_are_found_up_to_symmetry() -> None:
    for name, game in NAMED.items():
        first = "Hero" if name == "Battle of the Sexes" else name
        assert all(name_of(image) == first for image in images(game))
    assert name_of(two_by_two((3, 0, 5, 1), (3, 5, 0, 1))) == "Prisoner's Dilemma"
    assert name_of(two_by_two((1, 3, 2, 4), (1, 4, 3, 2))) == ""
    assert {name_of(game) for game in classes(78) if is_symmetric(game)} == set(SYMMETRIC_ORDERS)


def test_the_named_orders_are_what_they_say() -> None:
    for name, order in SYMMETRIC_ORDERS.items():
        reward, sucker, temptation, punishment = NAMED[name].of(0)
        value = {"R": reward, "S": sucker, "T": temptation, "P": punishment}
        assert sorted("RSTP", key=lambda letter: -value[letter]) == list(order)
        assert is_strict(NAMED[name])
    assert next(all_games(strict=True)) == two_by_two((1, 2, 3, 4), (1, 2, 3, 4))


def test_four_payoffs_are_needed() -> None:
    with pytest.raises(InstanceError, match="column"):
        two_by_two((1, 2, 3, 4), (1, 2, 3))


# Equilibria of 2×2 games


@given(squares)
@settings(deadline=None)
def test_components_hold_every_equilibrium_and_nothing_else(game: NormalFormGame) -> None:
    found = components(game)
    grid = sorted({F(k, 8) for k in range(9)} | {x for one in found for x in (*one.p, *one.q)})
    for p, q in product(grid, repeat=2):
        inside = any(one.p[0] <= p <= one.p[1] and one.q[0] <= q <= one.q[1] for one in found)
        assert inside == game.is_mixed_equilibrium(mixed_pair(p, q)), (p, q)
    assert all(not one.within(two) for one in found for two in found if one != two)


@given(squares)
@settings(deadline=None)
def test_corners_are_the_extreme_equilibria(game: NormalFormGame) -> None:
    extreme = {(e.rows[0], e.columns[0]) for e in extreme_equilibria(game.bimatrix())}
    assert {corner for one in components(game) for corner in one.corners} == extreme


@given(squares)
@settings(deadline=None)
def test_the_interior_mixture_is_the_isolated_one(game: NormalFormGame) -> None:
    inner = [one for one in components(game) if one.p[0] == one.p[1] and one.q[0] == one.q[1] and 0 < one.p[0] < 1 and 0 < one.q[0] < 1]
    mixture = interior_mixture(game)
    assert ([] if mixture is None else [((mixture[0],) * 2, (mixture[1],) * 2)]) == [(one.p, one.q) for one in inner]


def test_a_game_of_ties_is_one_component() -> None:
    (only,) = components(two_by_two((1, 1, 1, 1), (0, 0, 0, 0)))
    assert (only.p, only.q) == ((0, 1), (0, 1))


# Equilibria of larger games


def random_bimatrix(rng: Random, rows: int, columns: int) -> BimatrixGame:
    first, second = ([[F(rng.randint(-30, 30), rng.randint(1, 7)) for _ in range(columns)] for _ in range(rows)] for _ in (0, 1))
    return BimatrixGame(first, second)


def test_equilibria_agree_with_nashpy_on_a_thousand_games() -> None:
    """Random rational games of 2×2 to 4×4; only those that the exact count at the vertices shows to be nondegenerate, so that there are finitely many.

    nashpy enumerates vertices in floats; its support enumeration loses equilibria to rounding (a probability of −1e-17 counts as negative).
    """
    import nashpy
    import numpy

    rng, compared, seen = Random(20), 0, 0
    sizes = [(2, 2)] * 16 + [(2, 3), (3, 2), (3, 3), (2, 4), (4, 2), (3, 4), (4, 3), (4, 4)]
    while compared < 1000:
        game = random_bimatrix(rng, *sizes[seen % len(sizes)])
        seen += 1
        if not is_nondegenerate(game):
            continue
        compared += 1
        found = support_enumeration(game)
        assert len(found) % 2 == 1
        first, second = (numpy.array([[float(x) for x in row] for row in payoffs]) for payoffs in (game.first, game.second))
        theirs = [(*x, *y) for x, y in nashpy.Game(first, second).vertex_enumeration()]
        ours = [tuple(map(float, (*e.rows, *e.columns))) for e in found]
        assert len(ours) == len(theirs), game
        assert all(any(max(abs(a - b) for a, b in zip(one, two, strict=True)) < 1e-7 for two in theirs) for one in ours), game
    assert seen < 1100, "random rational games are hardly ever degenerate"


@pytest.mark.parametrize("seed", range(12))
def test_support_and_vertex_enumeration_agree_on_nondegenerate_games(seed: int) -> None:
    rng = Random(seed)
    game = random_bimatrix(rng, rng.randint(1, 4), rng.randint(1, 4))
    plain = from_bimatrix(game)
    found = extreme_equilibria(game)
    assert all(plain.is_mixed_equilibrium((e.rows, e.columns)) and plain.expected(plain.law((e.rows, e.columns))) == (e.first, e.second) for e in found)
    if is_nondegenerate(game):
        assert {(e.rows, e.columns) for e in found} == {(e.rows, e.columns) for e in support_enumeration(game)}


def test_degenerate_games_are_recognised() -> None:
    assert not is_nondegenerate(BimatrixGame(((1, 1), (1, 0)), ((1, 0), (0, 1))))
    assert not is_nondegenerate(BimatrixGame(((1, 0, 2), (0, 1, 2)), ((1, 1, 0), (0, 0, 1))))
    assert is_nondegenerate(DILEMMA)
    with pytest.raises(TooManyVertices):
        is_nondegenerate(BimatrixGame(((0,) * 12,) * 12, ((0,) * 12,) * 12))


# Repeated games


def test_grim_trigger_pays_and_holds_from_one_half_on() -> None:
    grim = trigger(0, 2, 1, 1)
    for discount, holds in ((F(49, 100), False), (F(1, 2), True), (F(9, 10), True)):
        assert discounted_payoffs(DILEMMA, grim, grim, discount) == (3 / (1 - discount),) * 2
        assert is_equilibrium(DILEMMA, grim, grim, discount) is holds
    assert is_equilibrium(DILEMMA, constant(1, 2), constant(1, 2), F(9, 10))
    with pytest.raises(InstanceError):
        discounted_payoffs(DILEMMA, Automaton((("1/2", "1/2"),), ((0, 0),)), grim, F(1, 2))


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 2)), min_size=6, max_size=6), fractions.map(lambda x: abs(x) / 5))
@settings(deadline=None)
def test_discounted_payoffs_are_sums(states: list[tuple[int, int, int]], discount: Fraction) -> None:
    one, two = (Automaton(tuple(s[0] for s in part), tuple(s[1:] for s in part)) for part in (states[:3], states[3:]))
    value = discounted_payoffs(DILEMMA, one, two, discount)
    p, q, total, weight = 0, 0, F(0), F(1)
    for _ in range(40):
        a, b = one.outputs[p], two.outputs[q]
        total, weight = total + weight * DILEMMA.first[a][b], weight * discount
        p, q = one.moves[p][b], two.moves[q][a]
    assert total <= value[0] <= total + weight * 5 / (1 - discount)


# Markov games


def sending(gamma: Fraction) -> MarkovGame:
    """Zinkevich, Greenwald and Littman's game: the owner of the state keeps the move or sends it to the other."""
    def cell(rewards: tuple[int, int], state: int) -> Cell:
        return Cell(rewards, ((state, 1),))

    return MarkovGame(gamma, (((cell((1, 0), 0),), (cell((0, 3), 1),)), ((cell((3, 1), 1), cell((0, 0), 0)),)))


def test_a_markov_game_without_deterministic_equilibrium() -> None:
    game = sending(F(3, 4))
    assert MarkovGame.from_json(game.to_json()) == game
    assert game.deterministic_equilibria() == []
    first, second = ((F(1, 3), F(2, 3)), (F(1),)), ((F(1),), (F(7, 12), F(5, 12)))
    assert game.values(first, second) == ((4, F(16, 3)), (F(16, 3), 4))
    assert game.is_equilibrium(first, second)
    assert not game.is_equilibrium(((F(7, 12), F(5, 12)), (F(1),)), ((F(1),), (F(1, 3), F(2, 3))))
    assert len(sending(F(1, 4)).deterministic_equilibria()) == 1


@given(st.lists(st.tuples(small, small, st.integers(0, 1), st.integers(0, 3)), min_size=8, max_size=8))
@settings(max_examples=40, deadline=None)
def test_values_of_markov_policies_are_discounted_sums(entries: list[tuple[int, int, int, int]]) -> None:
    cells = [Cell(rewards=(a, b), transitions=((s, F(k, 3)),) if k else ()) for a, b, s, k in entries]
    game = MarkovGame(F(1, 2), ((cells[0:2], cells[2:4]), (cells[4:6], cells[6:8])))
    first, second = ((F(1, 2), F(1, 2)), (F(1), F(0))), ((F(1, 3), F(2, 3)), (F(0), F(1)))
    values = game.values(first, second)
    for player in (0, 1):
        for s in (0, 1):
            expected = F(0)
            for a, b in product((0, 1), repeat=2):
                cell = game.cells[s][a][b]
                later = sum((chance * values[player][state] for state, chance in cell.transitions), F(0))
                expected += first[s][a] * second[s][b] * (cell.rewards[player] + later / 2)
            assert values[player][s] == expected
    brute = []
    policies = list(product((0, 1), repeat=2))
    worth = {(x, y): game.values(game.deterministic(0, x), game.deterministic(1, y)) for x, y in product(policies, repeat=2)}
    for (x, y), (mine, theirs) in worth.items():
        best = all(mine[s] >= worth[z, y][0][s] and theirs[s] >= worth[x, z][1][s] for z in policies for s in (0, 1))
        brute += [(x, y)] if best else []
    assert game.deterministic_equilibria() == brute


@pytest.mark.parametrize(
    ("discount", "cells", "field"),
    [
        (1, (((Cell((0, 0), ()),),),), "discount"),
        (0, (), "cells"),
        (0, ((),), "cells[0]"),
        (0, (((Cell((0, 0), ((1, 1),)),),),), "cells[0]"),
        (0, (((Cell((0, 0), ()),), (Cell((0, 0), ()), Cell((0, 0), ()))),), "cells[0][1]"),
    ],
)
def test_malformed_markov_games_name_the_field(discount: int, cells: tuple[object, ...], field: str) -> None:
    with pytest.raises(InstanceError) as caught:
        MarkovGame(discount, cells)
    assert caught.value.field == field


# Commitment, by another algorithm


@pytest.mark.parametrize("number", range(0, 144, 16))
def test_mixed_commitment_agrees_with_the_linear_programs(number: int) -> None:
    from claims.multi_agent_risks.algorithms.commitments import mixed_commitment

    game = classes(144)[number]
    for leader in (0, 1):
        matrices = game.bimatrix() if leader == 0 else game.bimatrix().swapped()
        assert mixed_commitment(game, leader).payoffs[leader] == stackelberg.commit(matrices).value
