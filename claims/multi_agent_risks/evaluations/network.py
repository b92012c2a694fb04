"""What `assay evaluate` computes for C17 to C21."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.claim import Measurement
from claims.errors import ParameterError
from claims.multi_agent_risks.models import cascades as model_cascades
from claims.multi_agent_risks.models import contagion as model_contagion
from claims.multi_agent_risks.models import errors as model_errors
from claims.multi_agent_risks.models import watts as model_watts
from claims.parameters import POSITIVE, Integers, Lists, Matrices, Parameter, Rationals, Values
from claims.room import Measure
from exact import reals
from exact.reals import Real
from instances.congestion_networks import equilibrium
from instances.errors import InstanceError
from instances.financial_networks import FinancialNetwork, greatest_clearing
from instances.networks import Graph, fractional_cascade

EVALUATIONS: dict[str, tuple[tuple[Parameter, ...], Measure]] = {}

UNIT = Rationals(lower=0, upper=1)
MOST_CENSUS_NODES, MOST_NODES, MOST_VOTERS = 5, 60, 999
LEAST_THRESHOLD = Fraction(1, 1000)


@dataclass(frozen=True)
class OddIntegers(Integers):
    """Odd integers between ``lower`` and ``upper``."""

    def read(self, data: Any) -> int:
        """The odd integer."""
        value = super().read(data)
        if value % 2 == 0:
            raise ValueError(f"{value} is even, so that a vote can end in a tie")
        return value

    def describe(self) -> str:
        """For instance ``odd integer >= 1``."""
        return f"odd {super().describe()}"


def evaluates(number: str, *parameters: Parameter) -> Callable[[Measure], Measure]:
    """Registers a claim's parameters and measure."""

    def register(measure: Measure) -> Measure:
        EVALUATIONS[number] = (parameters, measure)
        return measure

    return register


@evaluates(
    "C17",
    Parameter("n", Integers(lower=1, upper=MOST_NODES), f"number of agents, at most {MOST_CENSUS_NODES} unless edges are given", 5),
    Parameter("phi", UNIT, "fraction of a node's neighbours that activates it", "1/2"),
    Parameter("edges", Lists(Lists(Integers(lower=0), least=2), least=0), "pairs of nodes, numbered from 0: one graph in place of all"),
    Parameter("seeds", Lists(Integers(lower=0), least=0), "nodes that are active at the start, for one graph (the census starts from node 0)", ["0"]),
)
def cascade_changes(values: Values) -> Measurement:
    """New edges that take a full cascade back to its seeds, over all graphs or over the missing edges of one."""
    nodes, threshold = values["n"], values["phi"]
    told: dict[str, Any] = {}
    if "edges" not in values:
        if nodes > MOST_CENSUS_NODES:
            raise ParameterError(f"n: {nodes} is not in the domain; the census of all graphs is for integers n >= 1 and <= {MOST_CENSUS_NODES}")
        if values["seeds"] != (0,):
            raise ParameterError("seeds: the census of all graphs starts from node 0; give edges to choose the seeds of one graph")
        census = model_cascades.edge_census(nodes, threshold)
    else:
        graph, seeds = _graph(nodes, values["edges"]), values["seeds"]
        for seed in seeds:
            if seed >= nodes:
                raise ParameterError(f"seeds: node {seed} does not exist; seeds are integers >= 0 and <= {nodes - 1} (n = {nodes})")
        census = model_cascades.edge_changes(graph, threshold, tuple(seeds))
        told = {"active": sorted(fractional_cascade(graph, threshold, seeds))}
    counts = {"pairs": census.pairs, "grows": census.grows, "shrinks": census.shrinks}
    return Measurement(Fraction(census.shrinks), Fraction(0), {**counts, **told}, holds=True if census.shrinks else None)


def _graph(nodes: int, edges: Any) -> Graph:
    try:
        return Graph(nodes, edges)
    except InstanceError as error:
        raise ParameterError(f"{error} (edges are pairs of different nodes, numbered from 0 to {nodes - 1}, no pair twice)") from error


@evaluates("C18", Parameter("phi", Rationals(lower=LEAST_THRESHOLD, upper=1), "fraction of a node's neighbours that activates it", "1/5"))
def watts_window(values: Values) -> Measurement:
    """The greatest value of the branching factor, and where it exceeds 1."""
    degree = model_watts.vulnerable_degree(values["phi"])
    found = model_watts.window(degree)
    lower, upper = found.ends or (None, None)
    told = {"K": degree, "window": found.ends is not None, "lower": lower, "upper": upper}
    return Measurement(found.peak, Fraction(1), told, holds=(found.ends is not None) == (degree >= 4))


@evaluates(
    "C19",
    Parameter("n", OddIntegers(lower=1, upper=MOST_VOTERS), "number of voters, and of relays in the chain", 3),
    Parameter("epsilon", UNIT, "probability of an error", "1/10"),
    Parameter("rho", UNIT, "probability that all voters share one draw", "1/5"),
)
def error_floor(values: Values) -> Measurement:
    """The correlated majority's error against its floor ρε."""
    n, error, shared = values["n"], values["epsilon"], values["rho"]
    told = {"majority": model_errors.majority_error(n, error), "chain": model_errors.chain_accuracy(n, error)}
    return Measurement(model_errors.correlated_error(n, error, shared), shared * error, told)


@evaluates("C20")
def braess(values: Values) -> Measurement:
    """Equilibrium costs before and after the shortcut, from the equilibria of both networks."""
    before, after = (network.total_cost(equilibrium(network)) for network in (model_contagion.TWO_ROADS, model_contagion.WITH_SHORTCUT))
    return Measurement(after / before, Fraction(4, 3), {"before": before, "after": after})


@evaluates(
    "C21",
    Parameter("beta", POSITIVE, "chats per unit of time β", 1),
    Parameter("gamma", Rationals(lower=0), "rate of recovery γ", "1/5"),
    Parameter("p0", Rationals(lower=0, upper=1, without=(0,)), "prevalence at the start", "1/1024"),
    Parameter("z", Rationals(lower=0), "mean degree of the random graph", 2),
    Parameter("L", Matrices(Rationals(lower=0), square=True), "liabilities: row i says what bank i owes to each bank", model_contagion.CHAIN.liabilities),
    Parameter("e", Lists(Rationals(lower=0)), "outside assets of the banks", model_contagion.CHAIN.assets),
)
def contagion(values: Values) -> Measurement:
    """Where the infection ends; beside it half time, giant component and clearing payments."""
    beta, gamma, start = values["beta"], values["gamma"], values["p0"]
    network = _debts(values["L"], values["e"])
    payments = greatest_clearing(network)
    told: dict[str, Real] = {
        "half_time": _as_ball(model_contagion.half_time(beta, gamma, start)),
        "giant": _as_ball(model_contagion.giant_component(values["z"])),
        "payments": list(payments),
        "defaults": list(network.defaults(payments)),
    }
    return Measurement(model_contagion.limit_prevalence(beta, gamma, start), model_contagion.limit_formula(beta, gamma), told)


def _as_ball(value: Real | None) -> Real | None:
    return None if value is None else reals.ball(value)


def _debts(liabilities: Any, assets: Any) -> FinancialNetwork:
    try:
        return FinancialNetwork(liabilities, assets)
    except InstanceError as error:
        name = "L" if error.field.startswith("liabilities") else "e"
        raise ParameterError(f"{name}: {error}; L is a square matrix of non-negative rationals with zeros on its diagonal, e has one entry a row") from error
