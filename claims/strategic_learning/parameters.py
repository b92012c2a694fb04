"""What `assay evaluate` reads for this paper: the numbers of I(γ, β), player 2's channel, and matrices."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from claims.errors import ParameterError
from claims.parameters import FULL_SUPPORT, SIMPLEX, Choices, Lists, Matrices, Parameter, Rationals, Values
from claims.strategic_learning.algorithms.outcome_programs import ConcedeInsist
from claims.strategic_learning.named_games import COMMITMENT, COMMITMENT_UNIT, concede_insist
from instances.bayesian_games import BayesianGame, SignalChannel, erasure, resample, symmetric
from instances.errors import InstanceError
from instances.stage_games import BimatrixGame

OPEN_UNIT = Rationals(lower=0, upper=1, without=(0, 1))
UNIT = Rationals(lower=0, upper=1)
BELOW_ONE = Rationals(lower=0, upper=1, without=(1,))

CONCEDE_INSIST = (
    Parameter("gamma", OPEN_UNIT, "player 1's safe payoff γ in G_1", "1/4"),
    Parameter("beta", OPEN_UNIT, "player 2's payoff β at (b, r)", "1/2"),
    Parameter("pi", OPEN_UNIT, "probability of G_1", "1/2"),
)
"""I: the game I(γ, β) with prior (π, 1 − π)."""

CHANNEL = (
    Parameter("channel", Choices(("resample", "erasure", "symmetric")), "player 2's signal channel", "resample"),
    Parameter("p", UNIT, "precision (resample, erasure)", lambda values: None if values["channel"] == "symmetric" else 0, ("q",)),
    Parameter("q", UNIT, "probability that the signal is right (symmetric)"),
    Parameter("Q", Lists(SIMPLEX), "rows of signal probabilities, one per game, in place of channel, p and q"),
)
"""Q: player 2's channel."""


def precision(name: str = "p", default: Any = 0, domain: Rationals = UNIT) -> Parameter:
    """A precision."""
    return Parameter(name, domain, "precision of player 2's signal", default)


def matrices(game: BimatrixGame = COMMITMENT) -> tuple[Parameter, Parameter]:
    """U: the two matrices of a game."""
    return (
        Parameter("U1", Matrices(Rationals()), "player 1's payoffs, one row per action of hers", game.first),
        Parameter("U2", Matrices(Rationals()), "player 2's payoffs, one row per action of player 1", game.second),
    )


COMMITMENT_MATRICES = matrices()
UNIT_MATRICES = matrices(COMMITMENT_UNIT)
FOUR_PRIOR = Parameter("prior", FULL_SUPPORT, "probabilities of ss, st, ts, tt (game N)", ("1/4",) * 4)


def game_of(values: Values) -> BimatrixGame:
    """The game of U1 and U2. Raises ParameterError when their shapes differ."""
    try:
        return BimatrixGame(values["U1"], values["U2"])
    except InstanceError as error:
        raise ParameterError(f"{'U2' if error.field == 'second' else 'U1'}: {error}") from error


def channel_of(values: Values) -> SignalChannel:
    """Player 2's channel. Raises ParameterError."""
    if "Q" in values:
        rows = values["Q"]
        if len(rows) != 2 or len(rows[0]) != len(rows[1]):
            raise ParameterError("Q: two rows of equal length are due, one for each game")
        return SignalChannel(rows)
    name = values.get("channel", "resample")
    if name == "symmetric":
        if "q" not in values:
            raise ParameterError("q: the symmetric channel needs q, the probability that the signal is right")
        return symmetric(2, values["q"])
    if "p" not in values:
        raise ParameterError(f"p: the channel {name} needs p, the precision (q is for the symmetric channel)")
    p: Fraction = values["p"]
    return erasure(2, p) if name == "erasure" else resample((values["pi"], 1 - values["pi"]), p)


def numbers_of(values: Values, channel: SignalChannel | None = None) -> ConcedeInsist:
    """γ, β, π and the channel."""
    return ConcedeInsist(values["gamma"], values["beta"], values["pi"], channel_of(values) if channel is None else channel)


def bayesian_game(numbers: ConcedeInsist) -> BayesianGame:
    """I(γ, β) as a Bayesian game."""
    return BayesianGame(concede_insist(numbers.gamma, numbers.beta), (numbers.pi, 1 - numbers.pi), numbers.channel)
