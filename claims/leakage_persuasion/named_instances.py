"""Instances by name: what the settings of formulations say, as small parameter data, and the persuasion problem that it stands for."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from claims.leakage_persuasion.model import unrecorded
from claims.parameters import Values
from exact.numerals import read_rational
from exact.recording import active
from instances import set_functions
from instances.persuasion_problems import (
    PersuasionProblem,
    additive_geometric,
    chain_problem,
    geometric_chain,
    half_smallest,
    identical_coverage,
    random_problem,
    tree_chain,
)
from instances.set_functions import SetFunction


def chain(n: int, M: int | str, **rest: Any) -> Values:
    """θ_i = v_i = M^(i−n), λ = θ_1/2."""
    return {"instance": "chain", "n": n, "M": read_rational(str(M)), **rest}


def coverage(n: int, lam: str, theta: str, **rest: Any) -> Values:
    """Equal thresholds, V(S) = 1 for S ≠ ∅."""
    return {"instance": "coverage", "n": n, "lam": read_rational(lam), "theta": read_rational(theta), **rest}


def chain_at(theta: str, lam: str | None = None, v: str | None = None, **rest: Any) -> Values:
    """A chain at listed thresholds; v is θ and λ is half the least threshold where they are not given."""
    thresholds = rationals(theta)
    prior = half_smallest(thresholds) if lam is None else read_rational(lam)
    return {
        "instance": "chain at",
        "theta": thresholds,
        "lam": prior,
        "v": tuple(sorted(thresholds)) if v is None else rationals(v),
        **rest,
    }


def table(theta: str, lam: str, V: str, **rest: Any) -> Values:
    """A utility given by its 2^n values."""
    return {"instance": "table", "theta": rationals(theta), "lam": read_rational(lam), "V": rationals(V), **rest}


def drawn(kind: str, n: int, seed: int, **rest: Any) -> Values:
    """A random instance on the grid λ ∈ {1..6}/20, θ_i = λ + (1−λ)j/20, V of a kind of `set_functions.KINDS`, fixed by its seed."""
    return {"instance": "drawn", "kind": kind, "n": n, "seed": seed, **rest}


def additive(n: int, M: int, lam: str, **rest: Any) -> Values:
    """θ_i = M^(i−n), every adopter worth its threshold."""
    return {"instance": "additive", "n": n, "M": M, "lam": read_rational(lam), **rest}


def tree(k: int, M: int, **rest: Any) -> Values:
    """The chain on a balanced search tree with 2^(k+1) − 1 nodes."""
    return {"instance": "tree", "k": k, "M": Fraction(M), **rest}


def rationals(text: str) -> tuple[Fraction, ...]:
    """The rationals of a text, separated by blanks."""
    return tuple(read_rational(word) for word in text.split())


def problem_at(parameters: Values) -> PersuasionProblem:
    """The problem that a setting names, in plain fractions (also inside a recording)."""
    values = {name: unrecorded(value) for name, value in parameters.items()}
    match values["instance"]:
        case "chain":
            return geometric_chain(values["n"], values["M"])
        case "coverage":
            return identical_coverage(values["n"], values["lam"], values["theta"])
        case "chain at":
            return chain_problem(values["lam"], values["theta"], values["v"])
        case "table":
            return PersuasionProblem(values["lam"], values["theta"], SetFunction(values["V"]))
        case "drawn":
            return random_instance(values["kind"], values["n"], values["seed"])
        case "additive":
            return additive_geometric(values["n"], values["M"], values["lam"])
        case "tree":
            return tree_chain(values["k"], values["M"])
    raise ValueError(f"no instance is called {values['instance']!r}")


def recorded(problem: PersuasionProblem) -> Any:
    """The problem with its numbers recorded where a recording is on."""
    recorder = active()
    return problem if recorder is None else recorder.lift(problem)


def random_instance(kind: str, agents: int, seed: int) -> PersuasionProblem:
    """The instance of :func:`drawn`; its utility is not 0 everywhere."""
    source = random.Random(f"leakage_persuasion {kind} {agents} {seed}")
    weights = [source.randrange(7) for _ in range(set_functions.weights_needed(kind, agents))]
    weights[-1] = weights[-1] or 1
    return random_problem(
        source.randrange(1, 7), [source.randrange(21) for _ in range(agents)], set_functions.from_weights(kind, agents, weights)
    )


def each(settings: Iterable[Values], **rest: Any) -> tuple[Values, ...]:
    """The settings with further parameters."""
    return tuple({**setting, **rest} for setting in settings)
