"""What `assay evaluate` computes for C33 and C34."""

from __future__ import annotations

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks import model_commitment_bargaining as model
from claims.multi_agent_risks.sections.common import Evaluations
from claims.parameters import Lists, Parameter, Rationals, Values

UNIT = Rationals(0, 1)


def war(values: Values) -> Measurement:
    """The shift of power against the threshold, beside what backward induction does."""
    rivalry = model.Rivalry(values["p1"], values["p2"], values["cR"], values["cD"], values["delta"])
    if not rivalry.is_valid():
        raise ParameterError("p1, p2, cR: they must be: rationals with 0 <= p1 <= p2 <= 1 and 0 <= cR <= p2 (R rises, and can afford its war)")
    gain = model.gain_from_war(rivalry)
    shift, threshold = model.shift_of_power(rivalry), model.war_threshold(rivalry)
    fights = bool(gain > 0)
    return Measurement(shift, threshold, {"war": fights, "gain_from_war": gain}, ">" if shift > threshold else "<=", holds=fights == (shift > threshold))


def extortion(values: Values) -> Measurement:
    """What the strategy enforces against an opponent."""
    if len(values["payoffs"]) != 4 or len(values["q"]) != 4:
        raise ParameterError("payoffs and q: they must be: lists of four numbers ([T, R, P, S]; Y's cooperation after CC, CD, DC, DD from its own side)")
    game, chi = model.Dilemma(*values["payoffs"]), values["chi"]
    if not game.is_valid():
        raise ParameterError("payoffs: they must be: [T, R, P, S] with T > R > P > S")
    strategy = model.extortion(game, chi, values["phi"])
    if not model.is_strategy(strategy):
        shown = ", ".join(str(entry) for entry in strategy)
        raise ParameterError(f"phi: it must be: rational, 0 < value, so small that the strategy lies in [0, 1]^4, where it is now ({shown})")
    law = model.stationary_law(strategy, values["q"])
    if law is None:
        told = {"strategy": list(strategy), "s_X": None, "s_Y": None, "stationary": None}
        return Measurement(None, None, told, "==", hypothesis="the stationary law is unique")
    own, others = model.average(law, game.own), model.average(law, game.others)
    told = {"strategy": list(strategy), "s_X": own, "s_Y": others, "stationary": list(law)}
    return Measurement(own - game.punishment, chi * (others - game.punishment), told, "==")


EVALUATIONS: Evaluations = {
    "C33": (
        (
            Parameter("p1", UNIT, "the probability that R wins a war in period 1, at most p2", "1/10"),
            Parameter("p2", UNIT, "the probability that R wins a war in period 2", "9/10"),
            Parameter("cR", UNIT, "R's cost of war, at most p2", "1/20"),
            Parameter("cD", Rationals(lower=0), "D's cost of war", "1/20"),
            Parameter("delta", UNIT, "the discount factor", "9/10"),
        ),
        war,
    ),
    "C34": (
        (
            Parameter("payoffs", Lists(Rationals(), least=4), "[T, R, P, S] with T > R > P > S", (5, 3, 1, 0)),
            Parameter("chi", Rationals(lower=1), "the extortion factor χ", 3),
            Parameter("phi", Rationals(lower=0, without=(0,)), "the scale φ, so small that the strategy lies in [0, 1]^4", "1/26"),
            Parameter("q", Lists(UNIT, least=4), "Y's probabilities of cooperation after CC, CD, DC, DD from Y's own side", (1, 1, 1, 1)),
        ),
        extortion,
    ),
}
