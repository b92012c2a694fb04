"""Stage games, Bayesian games, signal channels and automata: what they refuse, and their exact JSON round trip."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from instances.automata import Automaton, average, constant, limit_cycle, trigger
from instances.bayesian_games import BayesianGame, SignalChannel, erasure, resample, symmetric
from instances.errors import InstanceError
from instances.stage_games import BimatrixGame, common_interest, zero_sum

F = Fraction
GAME = BimatrixGame((("1/2", 1), (0, 2)), ((1, 0), (0, 1)))


def test_games_are_exact_and_travel() -> None:
    assert GAME.first == ((F(1, 2), F(1)), (F(0), F(2)))
    assert BimatrixGame.from_json(json.loads(json.dumps(GAME.to_json()))) == GAME
    assert GAME.swapped().swapped() == GAME
    assert GAME.swapped().first == ((F(1), F(0)), (F(0), F(1)))
    assert zero_sum(((F(1),),)).second == ((F(-1),),)
    assert common_interest(((F(1),),)).second == ((F(1),),)


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [((), ((1,),), "first"), (((1, 2), (3,)), ((1, 2), (3, 4)), "first"), (((1, 2),), ((1,),), "second"), (((0.5,),), ((1,),), "first")],
)
def test_malformed_games_are_refused(first: object, second: object, field: str) -> None:
    with pytest.raises(InstanceError, match=field):
        BimatrixGame(first, second)  # type: ignore[arg-type]


def test_channels() -> None:
    half = (F(1, 2), F(1, 2))
    assert resample(half, F(1, 2)) == symmetric(2, F(3, 4))
    assert erasure(2, F(1, 3)).rows == ((F(1, 3), F(0), F(2, 3)), (F(0), F(1, 3), F(2, 3)))
    assert resample(half, F(9, 10)).has_full_support
    assert not resample(half, F(1)).has_full_support
    with pytest.raises(InstanceError, match="rows"):
        SignalChannel(((F(1, 2), F(1, 3)),))
    with pytest.raises(InstanceError, match="games"):
        symmetric(1, F(1))


def test_bayesian_games() -> None:
    game = BayesianGame((GAME, GAME.scaled(F(2))), (F(1, 3), F(2, 3)), resample((F(1, 3), F(2, 3)), F(1, 2)))
    assert game.has_common_second
    assert BayesianGame.from_json(json.loads(json.dumps(game.to_json()))) == game
    with pytest.raises(InstanceError, match="channel"):
        BayesianGame((GAME,), (F(1),), game.channel)
    with pytest.raises(InstanceError, match="prior"):
        BayesianGame((GAME, GAME), (F(1), F(0)), game.channel)


def test_automata() -> None:
    machine = trigger(0, 2, on=1, then=1)
    assert Automaton.from_json(json.loads(json.dumps(machine.to_json()))) == machine
    assert limit_cycle(machine, constant(0, 2)) == [(0, 0)]
    assert limit_cycle(machine, constant(1, 2)) == [(1, 1)]
    punished = Automaton(((F(1, 2), F(1, 2)),), ((0, 0),))
    assert average(limit_cycle(punished, constant(0, 2)), GAME.first) == F(1, 4)
    with pytest.raises(InstanceError, match="absorbing"):
        Automaton(((F(1, 2), F(1, 2)), 0), ((1, 0), (1, 1)))
    with pytest.raises(InstanceError, match="moves"):
        Automaton((0,), ((1, 0),))
    with pytest.raises(InstanceError, match="mixes"):
        limit_cycle(punished, machine)
