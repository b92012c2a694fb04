"""False variants of C17 to C21, each refuted by an exact counterexample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from claims import LinearProgram, Mutant, Root, Settings, Witness
from claims.formulations import Formulation, Quantity, Relation
from claims.multi_agent_risks.models import cascades as model_cascades
from claims.multi_agent_risks.models import contagion as model_contagion
from claims.multi_agent_risks.models import errors as model_errors
from claims.multi_agent_risks.models import watts as model_watts
from claims.parameters import Values
from exact.reals import Real
from instances.financial_networks import least_clearing
from instances.networks import Graph

F = Fraction


def constant(value: int | str | Fraction) -> Quantity:
    """The same number everywhere."""
    return lambda instance, parameters: F(value)


def at(
    quantity: Quantity, relation: Relation, bound: Quantity, setting: Values | None = None, instance: Callable[[Values], Any] = lambda parameters: None
) -> tuple[Formulation, ...]:
    """A false statement about one instance."""
    return (Witness(instance=instance, quantity=quantity, relation=relation, bound=bound, settings=Settings((setting or {},))),)


# C17


def change_in_size(pair: tuple[Graph, Graph], parameters: Values) -> Real:
    """How many more nodes become active on the second graph."""
    before, after = (model_cascades.cascade_size(graph, parameters) for graph in pair)
    return after - before


def last_step(parameters: Values) -> tuple[Graph, Graph]:
    """The path with the seed attached, and with 1-3 besides."""
    return model_cascades.STAGES["with 0-1"], model_cascades.STAGES["with 0-1 and 1-3"]


def surplus(instance: None, parameters: Values) -> Real:
    """Pairs that make the cascade full less those that end a full one."""
    census = model_cascades.edge_census(parameters["n"], F(1, 2))
    return F(census.grows) - F(census.shrinks)


# C18


def slope_equation(unknowns: Sequence[Real], parameters: Values) -> Sequence[Real]:
    """e^z·f_K' = 0: the maximum of f_K."""
    return (model_watts.slope_factor(unknowns[0], parameters["K"]),)


def unit_equation(unknowns: Sequence[Real], parameters: Values) -> Sequence[Real]:
    """f_K = 1: an end of the window."""
    return (model_watts.branching(unknowns[0], parameters["K"]) - 1,)


def first_unknown(unknowns: Sequence[Real], parameters: Values) -> Real:
    """z itself."""
    return unknowns[0]


def branching_at(unknowns: Sequence[Real], parameters: Values) -> Real:
    """f_K there."""
    return model_watts.branching(unknowns[0], parameters["K"])


def end(place: str) -> Callable[[Values], Sequence[Fraction]]:
    """The guess at an end of the window."""

    def guess(parameters: Values) -> Sequence[Fraction]:
        ends = model_watts.window(parameters["K"]).ends
        assert ends is not None
        return (ends[0 if place == "lower" else 1].mid,)

    return guess


def golden(parameters: Values) -> Sequence[Fraction]:
    """Near the golden ratio."""
    return (F(1618, 1000),)


def root(
    equations: Any, guess: Any, quantity: Quantity, relation: Relation, bound: Quantity, setting: Mapping[str, Any]
) -> tuple[Formulation, ...]:
    """A false statement about a root."""
    return (Root(equations=equations, guess=guess, quantity=quantity, relation=relation, bound=bound, settings=Settings((setting,))),)


# C19


def power_chain(instance: None, parameters: Values) -> Real:
    """(1 − ε)^n."""
    return (1 - parameters["epsilon"]) ** parameters["n"]


def majority_at(instance: None, parameters: Values) -> Real:
    """B(n, ε)."""
    return model_errors.majority_error(parameters["n"], parameters["epsilon"])


def error_at(instance: None, parameters: Values) -> Real:
    """ε."""
    return parameters["epsilon"]


# C20


def product(instance: tuple[Fraction, Fraction], parameters: Values) -> Real:
    """xy."""
    return instance[0] * instance[1]


def fifth(instance: tuple[Fraction, Fraction], parameters: Values) -> Real:
    """x² + y²/5."""
    return instance[0] ** 2 + instance[1] ** 2 / F(5)


def routes(parameters: Values) -> tuple[model_contagion.Routed, model_contagion.Routed]:
    """Both networks with their equilibria."""
    return model_contagion.routed({"network": "before"}), model_contagion.routed({"network": "after"})


def cost_before(instance: Any, parameters: Values) -> Real:
    """What the equilibrium costs without the shortcut."""
    return model_contagion.routed_cost(instance[0], parameters)


def cost_after(instance: Any, parameters: Values) -> Real:
    """What the equilibrium costs with the shortcut."""
    return model_contagion.routed_cost(instance[1], parameters)


# C21


def limit_at(instance: None, parameters: Values) -> Real:
    """Where the infection ends, from prevalence 1/2."""
    return model_contagion.limit_prevalence(parameters["beta"], parameters["gamma"], F(1, 2))


def simple_limit(instance: None, parameters: Values) -> Real:
    """1 − γ/β."""
    return 1 - parameters["gamma"] / parameters["beta"]


def least_total(parameters: Values) -> Real:
    """What the least clearing payments add up to."""
    return sum(least_clearing(model_contagion.DEBTS[parameters["network"]]), F(0))


MUTANTS: dict[str, tuple[Mutant, ...]] = {
    "C17": (
        Mutant("adding a link never shrinks a fractional cascade", at(change_in_size, ">=", constant(0), {"phi": F(1, 2)}, last_step)),
        Mutant("a new edge creates more full cascades than it destroys (φ = 1/2, n = 5)", at(surplus, ">", constant(0), {"n": 5})),
    ),
    "C18": (
        Mutant(
            "there is a window at K = 3: the maximum of f_3 exceeds 1",
            root(slope_equation, golden, branching_at, ">", constant(1), {"K": 3}),
        ),
        Mutant("the lower end is 1", root(unit_equation, end("lower"), first_unknown, "==", constant(1), {"K": 5})),
        Mutant(
            "the sum goes to K − 1: at K = 5 the upper end is the upper root of f_6 = 1, where f_5 = 1",
            root(unit_equation, end("upper"), lambda unknowns, p: model_watts.branching(unknowns[0], p["K"] - 1), "==", constant(1), {"K": 6}),
        ),
    ),
    "C19": (
        Mutant("the chain's accuracy is (1 − ε)^n", at(model_errors.chain_at, "==", power_chain, {"n": 3, "epsilon": F(1, 10)})),
        Mutant(
            "enough voters bring the correlated error below any bound (below 1/100 with 101 voters)",
            at(model_errors.correlated_at, "<", constant(F(1, 100)), {"n": 101, "epsilon": F(1, 10), "rho": F(1, 5)}),
        ),
        Mutant("ours: a majority of three always errs less than one voter", at(majority_at, "<=", error_at, {"n": 3, "epsilon": F(3, 5)})),
    ),
    "C20": (
        Mutant("xy <= x² + y²/5", at(product, "<=", fifth, instance=lambda p: (F(1), F(5, 2)))),
        Mutant("a free link never raises the equilibrium's cost", at(cost_after, "<=", cost_before, instance=routes)),
    ),
    "C21": (
        Mutant("the infection persists as soon as β > γ", at(limit_at, ">", constant(0), {"beta": F(1), "gamma": F(3, 4)})),
        Mutant(
            "the least clearing payments are the optimum of the program",
            (LinearProgram(build=model_contagion.debts_program, relation="==", bound=least_total, settings=Settings(({"network": "mutual"},))),),
        ),
        Mutant("ours: the limit is 1 − γ/β", at(limit_at, "==", simple_limit, {"beta": F(1), "gamma": F(1, 5)})),
    ),
}
