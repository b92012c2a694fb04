"""What `assay evaluate` computes for C45 and C46: sessions from a seed, and what they end in. Statistical numbers are floats, the rest is exact."""

from __future__ import annotations

from fractions import Fraction
from statistics import mean, stdev

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks.algorithms.game_sessions import GameSetting, cross_play, ends_at_equilibrium, play_game, profile_name, shares_of_profiles
from claims.multi_agent_risks.algorithms.pricing_sessions import Setting, audit, grid_gains, market, pricing
from claims.parameters import Choices, Integers, Parameter, Rationals, Values
from claims.room import Measure
from exact import betting

CONFIDENCE = Fraction(999, 1000)
LARGEST_GRID = 40

_RATE = Rationals(lower=0, upper=1, without=(0,))
_DECAY = Rationals(lower=Fraction(1, 10**7), upper=1)
_DISCOUNT = Rationals(lower=0, upper=1, without=(1,))
_SEED = Parameter("seed", Integers(0, 2**64 - 1), "seed of the sessions", 0)


def _learning(alpha: str, beta: str, delta: str, memory: int, patience: int) -> tuple[Parameter, ...]:
    return (
        Parameter("alpha", _RATE, "learning rate α", alpha),
        Parameter("beta", _DECAY, "decay β of exploration", beta),
        Parameter("delta", _DISCOUNT, "discount factor δ", delta),
        Parameter("memory", Integers(0, 1), "1: the learners see the last pair of actions; 0: nothing", memory),
        Parameter("sessions", Integers(2, 100_000), "number of sessions", 100),
        Parameter("patience", Integers(1, 10_000_000), "steps without a change after which a session ends", patience),
        _SEED,
    )


def learned_prices(values: Values) -> Measurement:
    """Mean Δ of the sessions against the largest grid equilibrium, and the collusion audit. Undecided where the interval contains that equilibrium."""
    setting = Setting(**{name: values[name] for name in ("m", "alpha", "beta", "delta", "memory", "patience")})
    here, played = market(values["m"]), pricing(setting, values["seed"], 0, values["sessions"])
    gains = [here.mean_gain(session.cycle) for session in played]
    low, high = betting.interval(betting.Sample(tuple(gains), *here.gain_range), CONFIDENCE)
    equilibria = grid_gains(values["m"])
    above = low > equilibria[-1]
    undecided = not above and high >= equilibria[-1]
    audits = [answer for session in played if (answer := audit(setting, session)) is not None]
    return Measurement(
        float(mean(gains)),
        equilibria[-1],
        {
            "interval": [low, high], "sd": stdev(map(float, gains)), "supracompetitive": above, "grid_equilibria": list(equilibria),
            "rival_cuts": _share([answer.rival_cuts for answer in audits]),
            "deviation_unprofitable": _share([not answer.pays for answer in audits]),
            "audited": len(audits), "steps": mean(float(session.steps) for session in played), "cut_off": sum(session.cut_off for session in played),
            "consumer_surplus": float(mean(here.mean_surplus(session.cycle) for session in played)),
        },
        holds=above,
        hypothesis="the interval of mean Δ leaves out the largest grid equilibrium (more sessions narrow it)" if undecided else "",
    )


def learned_play(values: Values) -> Measurement:
    """How many sessions end in equilibria of the stage game, and how strangers play together."""
    if values["game"] != "coordination" and values.get("m", 2) != 2:
        raise ParameterError(f"m: {values['game']} has two actions; m is the number of conventions of game=coordination")
    setting = GameSetting(**{name: values[name] for name in ("game", "memory", "alpha", "beta", "delta", "patience")}, m=values.get("m", 2))
    played = play_game(setting, values["seed"], 0, values["sessions"])
    well = float(Fraction(sum(ends_at_equilibrium(setting.payoffs, session) for session in played), len(played)))
    return Measurement(
        well,
        Fraction(1),
        {
            "outcomes": {profile_name(setting.game, pair): float(share) for pair, share in shares_of_profiles(played).items()},
            "self_play": well, "cross_play": None if setting.memory else float(cross_play(setting.payoffs, played)),
            "steps": mean(float(session.steps) for session in played), "cut_off": sum(session.cut_off for session in played),
        },
        relation=">=",
        holds=well == 1,
    )


def _share(answers: list[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None


EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {
    "C45": (
        (Parameter("m", Integers(2, LARGEST_GRID), "prices on the grid", 5), *_learning("3/20", "1/1000", "19/20", 1, 10_000)),
        learned_prices,
    ),
    "C46": (
        (
            Parameter("game", Choices(("pd", "stag_hunt", "chicken", "coordination")), "the stage game (ranks; coordination: 1 for a match)", "pd"),
            Parameter("m", Integers(2, LARGEST_GRID), "conventions (coordination)", lambda read: 2 if read["game"] == "coordination" else None),
            *_learning("1/10", "1/10000", "0", 0, 20_000),
        ),
        learned_play,
    ),
}
