"""Measures of C12 to C21: revenue against engagement, friction, elasticity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.claim import Measurement
from claims.parameters import Integers, Lists, Parameter, Values
from claims.user_disengagement import model
from claims.user_disengagement.algorithms import prices
from claims.user_disengagement.evaluation import evaluates, from_one
from claims.user_disengagement.parameters import (
    ANY,
    POSITIVE,
    UNIT,
    UPTO_ONE,
    arm_parameters,
    gamma,
    low_high,
    rate_of,
    rates,
    rates_of,
    refuse,
    scalar,
    table_of,
    table_parameters,
)
from exact import reals
from exact.reals import Real


@dataclass(frozen=True)
class Arms:
    """Content without memory: rewards, and the demand after each arm, at one re-engagement."""

    gamma: Fraction
    rewards: tuple[Fraction, ...]
    demand: tuple[Fraction, ...]
    rho: tuple[Fraction, ...]

    @property
    def engagement(self) -> tuple[Fraction, ...]:
        """D̃ of always showing the arm."""
        return tuple(model.effective_demand(self.gamma, f, rho) for f, rho in zip(self.demand, self.rho, strict=True))

    @property
    def values(self) -> tuple[Fraction, ...]:
        """V of always showing the arm."""
        return tuple(r * d for r, d in zip(self.rewards, self.engagement, strict=True))


def maximisers(values: Sequence[Fraction]) -> tuple[int, ...]:
    """All positions of the largest value."""
    best = max(values)
    return tuple(i for i, value in enumerate(values) if value == best)


def arms_of(values: Values, suffix: str = "") -> Arms:
    """The arms that A describes, at the re-engagement with the suffix."""
    rewards, demand = values["r"], values["f"]
    refuse(len(rewards) != len(demand), f"f: {len(demand)} entries, where r has {len(rewards)}")
    return Arms(values["gamma"], rewards, demand, rates_of(values, demand, suffix))


def sign(number: Real) -> int:
    """−1, 0 or 1."""
    return int(number > 0) - int(number < 0)


@evaluates("C12", *arm_parameters((1, "9/10"), (0, 1)), *rates(each=True))
def myopia(values: Values) -> Measurement:
    """The value of the worst arm of largest reward against (1 − γ)V*."""
    arms = arms_of(values)
    refuse(min(arms.rewards) < 0, "r: a reward is negative; the claim needs rewards >= 0")
    worth = arms.values
    myopic, best = maximisers(arms.rewards), max(worth)
    measured = min(worth[i] for i in myopic)
    told = {
        "V": worth,
        "ratio": measured / best if best else None,
        "arms_myopic": from_one(myopic),
        "arms_optimal": from_one(maximisers(worth)),
        "arms_engaging": from_one(maximisers(arms.demand)),
    }
    return Measurement(measured, (1 - arms.gamma) * best, told)


@evaluates(
    "C13",
    gamma(),
    *rates("11/225"),
    scalar("p", "price", "2/3", POSITIVE),
    scalar("f", "demand at the price", "11/15"),
    scalar("df", "slope of the demand at the price", "-16/25", ANY),
)
def modified_elasticity(values: Values) -> Measurement:
    """The modified elasticity from its definition (by the product and quotient rules) against its closed form."""
    g, p, f, df, rho = values["gamma"], values["p"], values["f"], values["df"], rate_of(values)
    q = values.get("q")
    drho = q * df if q is not None else Fraction(0)
    waiting = 1 - g + g * rho
    away, daway = g**2 * rho / waiting, g**2 * drho * (1 - g) / waiting**2
    discount, slope = g * f + (1 - f) * away, g * df - df * away + (1 - f) * daway
    elasticity_d = -p * slope / (1 - discount)
    elasticity_n = -p * slope / (discount * (1 - discount)) if discount else None
    classical = -p * df / f if f else None
    friction = None if q is None else 1 - q
    told = {
        "elasticity_D": elasticity_d,
        "elasticity_N": elasticity_n,
        "elasticity": classical,
        "multiplier": elasticity_n / classical if classical and elasticity_n is not None else None,
        "elasticity_average": _average_elasticity(p, f, df, rho, friction),
    }
    if friction is None:
        return Measurement(elasticity_d, -p * df / (1 / g + rho - f), told)
    return Measurement(elasticity_n, classical / (1 - g * friction * f) if classical is not None else None, told)


def _average_elasticity(p: Fraction, f: Fraction, df: Fraction, rho: Fraction, friction: Fraction | None) -> Fraction | None:
    """The elasticity of the long-run fraction; None where nobody comes back: that fraction is 0 then, or 1."""
    if rho == 0:
        return None
    return -p * df / (1 + rho - f) if friction is None else -p * df / f / (1 - friction * f)


# Friction


def two_frictions(low: Any, high: Any, each: bool = False) -> tuple[Parameter, ...]:
    """rho_low, rho_high (with defaults) or q_low, q_high."""
    qs, rhos = ("q_low", "q_high"), ("rho_low", "rho_high")
    return (*low_high("rho", low, high, qs, each), *low_high("q", None, None, rhos))


def check_order(values: Values) -> None:
    """Raises a usage error unless both values of one convention are given, low at most high in every state."""
    name = "q" if "q_low" in values or "q_high" in values else "rho"
    for suffix in ("low", "high"):
        refuse(f"{name}_{suffix}" not in values, f"{name}_{suffix}: give both {name}_low and {name}_high")
    low, high = values[f"{name}_low"], values[f"{name}_high"]
    pairs = [(low, high)] if not isinstance(low, tuple) and not isinstance(high, tuple) else None
    if pairs is None:
        size = len(low) if isinstance(low, tuple) else len(high)
        lows, highs = (x if isinstance(x, tuple) else (x,) * size for x in (low, high))
        refuse(len(lows) != len(highs), f"{name}_high: {len(highs)} entries, where {name}_low has {len(lows)}")
        pairs = list(zip(lows, highs, strict=True))
    refuse(any(a > b for a, b in pairs), f"{name}_low: exceeds {name}_high; low means more friction")


@evaluates("C14", *table_parameters(*two_frictions(0, "1/2", each=True)))
def friction_lowers_revenue(values: Values) -> Measurement:
    """max (V*_low − V*_high) against 0."""
    check_order(values)
    low, high = table_of(values, "_low"), table_of(values, "_high")
    refuse(any(reward < 0 for menu in low.moves for reward, _ in menu), "moves: a reward is negative; the claim needs rewards >= 0")
    worth_low, worth_high = low.reduced().optimum().values, high.reduced().optimum().values
    return Measurement(max(a - b for a, b in zip(worth_low, worth_high, strict=True)), 0, {"V_low": worth_low, "V_high": worth_high})


def _two_arm_threshold(g: Fraction, rewards: Sequence[Fraction], demand: Sequence[Fraction]) -> Fraction | None:
    if len(rewards) != 2:
        return None
    (f1, r1), (f2, r2) = sorted(zip(demand, rewards, strict=True))
    return (r1 * f2 - r2 * f1) / (r1 - r2) - 1 / g if r1 > r2 and f1 < f2 else None


@evaluates("C15", *arm_parameters(), *low_high("rho", 0, 1))
def retention_rises(values: Values) -> Measurement:
    """The largest optimal retention at more friction against less; the smallest too."""
    check_order(values)
    low, high = arms_of(values, "_low"), arms_of(values, "_high")
    refuse(max(low.rewards) <= 0, "r: no reward is positive; the claim needs one")
    told = {"rho_star": _two_arm_threshold(low.gamma, low.rewards, low.demand)}
    return _compare_retention(low.demand, low.values, high.values, told)


def _compare_retention(demand: Sequence[Fraction], low: Sequence[Fraction], high: Sequence[Fraction], told: dict[str, Any]) -> Measurement:
    at_low, at_high = maximisers(low), maximisers(high)
    kept_low, kept_high = sorted(demand[i] for i in at_low), sorted(demand[i] for i in at_high)
    told |= {"V_low": tuple(low), "V_high": tuple(high), "arms_low": from_one(at_low), "arms_high": from_one(at_high)}
    holds = kept_low[-1] >= kept_high[-1] and kept_low[0] >= kept_high[0]
    return Measurement(kept_low[-1], kept_high[-1], told, holds=holds)


@evaluates("C16", *arm_parameters(patience=Parameter("gamma", UPTO_ONE, "discount factor; 1 for the long-run average", "9/10")), *low_high("q", 0, 1))
def door_retention(values: Values) -> Measurement:
    """The same from the door, or for the long-run average, where friction scales demand."""
    check_order(values)
    g, rewards, demand = values["gamma"], values["r"], values["f"]
    refuse(len(rewards) != len(demand), f"f: {len(demand)} entries, where r has {len(rewards)}")
    refuse(all(r * f <= 0 for r, f in zip(rewards, demand, strict=True)), "r: no r·f is positive; the claim needs one")
    refuse(g == 1 and values["q_low"] == 0, "q_low: must be positive for the long-run average")
    low, high = ([r * _door(g, f, q) for r, f in zip(rewards, demand, strict=True)] for q in (values["q_low"], values["q_high"]))
    return _compare_retention(demand, low, high, {})


def _door(g: Fraction, f: Fraction, q: Fraction) -> Fraction:
    rho = q * f
    number: Fraction = model.engaged_fraction(f, rho) if g == 1 else model.door_demand(g, f, rho)
    return number


@evaluates("C17", gamma("3/4"), scalar("q", "demand scale of re-engagement", "1/2"), scalar("f", "retention", "1/2"))
def engaged_threshold(values: Values) -> Measurement:
    """The sign of ∂²ln D̃/∂φ∂f against that of f − f*(q)."""
    g, q, f = values["gamma"], values["q"], values["f"]
    effect = g * (1 / (1 - g * (1 - q) * f) ** 2 - (1 - g) / (1 - g + g * q * f) ** 2)
    root = reals.sqrt(1 - g)
    threshold = root / ((1 + root) * (q + (1 - q) * root))
    return Measurement(sign(effect), sign(f - threshold), {"f_star": threshold, "effect": effect})


@evaluates(
    "C18",
    gamma(),
    *rates("1/10"),
    scalar("f", "retention", "1/2"),
    Parameter("levels", Lists(UNIT, least=2), "two retentions, low then high", (0, "3/4")),
)
def cumulative_boundary(values: Values) -> Measurement:
    """The sign of ∂²D̃/∂φ∂f against that of f − boundary."""
    g, f, levels = values["gamma"], values["f"], values["levels"]
    refuse(len(levels) != 2 or not levels[0] < levels[1], "levels: give two retentions, low then high")
    demand = [model.effective_demand(g, level, rate) for level, rate in zip(levels, rates_of(values, levels), strict=True)]
    gain = demand[1] - demand[0]
    if "q" in values:
        friction = 1 - values["q"]
        boundary = 1 / (2 - g * friction)
        effect = g**2 * (f * (2 - g * friction) - 1) / ((1 - g) * (1 - g * friction * f) ** 3)
        return Measurement(sign(effect), sign(f - boundary), {"boundary": boundary, "effect": effect, "gain": gain})
    z, u = prices.patience(g, values["rho"]), 1 - f
    boundary = 1 - z
    effect = (z - u) / ((1 - g) * (z + u) ** 3)
    high_churn, low_churn = 1 - levels[0], 1 - levels[1]
    peak = reals.sqrt(high_churn * low_churn)
    at_peak = peak * (high_churn - low_churn) / ((1 - g) * (peak + high_churn) * (peak + low_churn)) if low_churn else 1 / (1 - g)
    told = {"boundary": boundary, "effect": effect, "gain": gain, "z": z, "z_peak": peak, "gain_peak": at_peak}
    return Measurement(sign(effect), sign(f - boundary), told)


@evaluates("C19", *arm_parameters(), *low_high("rho", "1/2", 1))
def counterintuitive(values: Values) -> Measurement:
    """D̃ of the optimal arm at more friction and at less: a witness if revenue falls while retention, D̃ and e3 all rise."""
    check_order(values)
    told: dict[str, Any] = {}
    for suffix in ("low", "high"):
        arms = arms_of(values, f"_{suffix}")
        best = max(maximisers(arms.values), key=lambda i: arms.demand[i])
        told |= {
            f"revenue_{suffix}": arms.values[best],
            f"retention_{suffix}": arms.demand[best],
            f"D_tilde_{suffix}": arms.engagement[best],
            f"engaged_fraction_{suffix}": model.engaged_fraction(arms.demand[best], arms.rho[best]),
            f"V_{suffix}": arms.values,
        }
    rises = all(told[f"{name}_low"] > told[f"{name}_high"] for name in ("retention", "D_tilde", "engaged_fraction"))
    witness = rises and told["revenue_low"] < told["revenue_high"]
    return Measurement(told["D_tilde_low"], told["D_tilde_high"], told, holds=True if witness else None)


@evaluates(
    "C20",
    Parameter("gamma", UPTO_ONE, "discount factor; 1 for the long-run average", "9/10"),
    scalar("rho", "re-engagement", "11/225"),
    scalar("c", "factor of the churn c·p^m·(1+p)^n", 1, POSITIVE),
    Parameter("m", Integers(lower=2), "power of p in the churn", 2),
    Parameter("n", Integers(lower=-1), "power of 1 + p in the churn", -1),
    scalar("p_max", "largest price", 1, POSITIVE),
)
def churn_criterion(values: Values) -> Measurement:
    """D̃ at the optimal price against (1 − 1/ε_h)/(1 − γ); the long-run fraction against 1 − 1/ε_h where γ = 1.

    The two agree because the price solves h(ε_h − 1) = z: exactly where it is rational; as balls they overlap, and the identity decides.
    """
    g, churn = values["gamma"], prices.Churn(values["c"], values["m"], values["n"])
    z = prices.patience(g, values["rho"])
    refuse(z == 0, "rho: 0 makes the long-run average 0 at every price")
    refuse(churn.at(values["p_max"]) > 1, "p_max: the churn exceeds 1 there")
    try:
        price = prices.optimal_price(churn, z, values["p_max"])
    except prices.NoInteriorPrice as error:
        refuse(True, str(error))
    leaving, elasticity = churn.at(price), churn.elasticity(price)
    years = 1 / (1 - g) if g != 1 else Fraction(1)
    demand = years * z / (z + leaving)
    bound = years * (1 - 1 / elasticity)
    told = {"p": price, "V": price * demand, "D_tilde": demand, "retention": 1 - leaving, "churn_elasticity": elasticity}
    exact = isinstance(price, Fraction)
    return Measurement(demand, bound, told, holds=None if exact else bool(demand.arb.overlaps(bound.arb)))


@evaluates(
    "C21",
    gamma(),
    *rates("11/225"),
    scalar("f", "retention", "11/15"),
    scalar("s", "satisfaction effect of the content", "1/3", ANY),
    scalar("alpha", "reward of neutral content", 1, ANY),
    scalar("beta", "exchange rate", 1, ANY),
)
def welfare(values: Values) -> Measurement:
    """V + βU against αD̃, where V is the value of the one arm on the two-status chain."""
    g, f, s, alpha, beta = (values[name] for name in ("gamma", "f", "s", "alpha", "beta"))
    rho = rate_of(values)
    revenue = model.chain_value(g, f, rho, alpha - beta * s)[0]
    user = model.chain_value(g, f, rho, s)[0]
    demand = model.effective_demand(g, f, rho)
    return Measurement(revenue + beta * user, alpha * demand, {"V": revenue, "U": user, "D_tilde": demand})
