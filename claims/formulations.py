"""Formulations: machine-checkable forms of a claim, as plain frozen data. None of them solves anything.

Every formulation has

* ``argument``: why it implies the claim (empty when it *is* the claim), one to five sentences;
* ``rests_on``: claim ids and named theorems of the literature that the argument uses;
* ``settings``: the parameter settings at which it is checked, by effort.

Functions in formulations (quantities, bounds, builders) take ``(instance, parameters)`` or ``(parameters)`` and compute with
:mod:`exact.reals`, so that they run on fractions, balls and recording numbers alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from claims.errors import ClaimError
from claims.parameters import Values
from exact.differentiation import derivative
from exact.reals import Real

if TYPE_CHECKING:
    import sympy
    from hypothesis.strategies import SearchStrategy

    from exact.linear_programs import Problem, Solution
    from exact.propositional import Assignment, Formula

Relation: TypeAlias = Literal["<", "<=", ">", ">=", "==", "!="]
Effort: TypeAlias = Literal["quick", "standard", "full"]
EFFORTS: tuple[Effort, ...] = ("quick", "standard", "full")

Instance: TypeAlias = Any
Quantity: TypeAlias = Callable[[Instance, Values], Real]


@dataclass(frozen=True)
class Settings:
    """Parameter settings by effort, each level adding to the one below. The default is one setting without parameters."""

    quick: tuple[Values, ...] = ({},)
    standard: tuple[Values, ...] = ()
    full: tuple[Values, ...] = ()

    def at(self, effort: Effort) -> tuple[Values, ...]:
        """Every setting that this effort checks."""
        return self.quick + (self.standard if effort != "quick" else ()) + (self.full if effort == "full" else ())


@dataclass(frozen=True, kw_only=True)
class Formulation:
    """What all formulations share."""

    argument: str = ""
    rests_on: tuple[str, ...] = ()
    settings: Settings = Settings()

    def cases(self, effort: Effort) -> tuple[Values, ...]:
        """The parameter values of every task that this effort makes of the formulation: one for each setting."""
        return self.settings.at(effort)


@dataclass(frozen=True, kw_only=True)
class Inequality(Formulation):
    """``left relation right`` for all points of ``domain`` where the side conditions ``where`` hold. ``==`` is an identity.

    ``domain``: one ``(symbol, lower, upper)`` per variable, closed, None for unbounded. ``where``: pairs ``(expression,
    relation)``, each in the relation (``>=``, ``>``, ``!=``, ``==``) to 0; a strict side condition opens an end of the
    domain. ``method`` narrows the checkers (``auto`` tries all that accept the expression). Scope: universal.
    """

    left: sympy.Expr
    relation: Relation
    right: sympy.Expr
    domain: tuple[tuple[sympy.Symbol, Any, Any], ...]
    where: tuple[tuple[sympy.Expr, Relation], ...] = ()
    method: Literal["auto", "interval", "polynomial", "identity"] = "auto"

    def __post_init__(self) -> None:
        symbols = {symbol for symbol, _, _ in self.domain}
        free = (self.left - self.right).free_symbols | {s for expr, _ in self.where for s in expr.free_symbols}
        if free - symbols:
            raise ClaimError(f"no domain is given for {', '.join(sorted(map(str, free - symbols)))}")


@dataclass(frozen=True, kw_only=True)
class LinearProgram(Formulation):
    """The optimum of ``build(parameters)`` stands in ``relation`` to ``bound(parameters)``; or the program is infeasible.

    The program stands for the supremum or infimum of ``quantity`` over all instances of a size: ``decode`` carries a
    solution back to an instance, which is measured again exactly. ``family`` (parameters → Hypothesis strategy) draws
    random instances of that size, none of which may beat the program. Scope: parametric.
    """

    build: Callable[[Values], Problem]
    relation: Relation = "<="
    bound: Callable[[Values], Real] | None = None
    infeasible: bool = False
    decode: Callable[[Values, Solution], Instance] | None = None
    quantity: Quantity | None = None
    family: Callable[[Values], SearchStrategy[Instance]] | None = None

    def __post_init__(self) -> None:
        if (self.bound is None) != self.infeasible:
            raise ClaimError("a LinearProgram formulation has either a bound or infeasible=True")


@dataclass(frozen=True, kw_only=True)
class Witness(Formulation):
    """``quantity(instance) relation bound`` for one named instance, by exact evaluation on recording numbers.

    For an existential part it shows the part; for a universal one, a relation that fails is a counterexample. Scope: instance.
    """

    instance: Callable[[Values], Instance]
    quantity: Quantity
    relation: Relation
    bound: Quantity


@dataclass(frozen=True, kw_only=True)
class Grid(Formulation):
    """``quantity relation bound`` at every point of a finite product of rational ranges: an `Enumeration` whose predicate is arithmetic.

    ``ranges(parameters)`` gives name → values; quantity and bound take the point (name → number) as instance. The kernel replays it.
    Scope: parametric.
    """

    ranges: Callable[[Values], Mapping[str, Sequence[Fraction]]]
    quantity: Quantity
    relation: Relation
    bound: Quantity


@dataclass(frozen=True, kw_only=True)
class Enumeration(Formulation):
    """``predicate`` holds for every element of a finite set; the count and a digest of what was enumerated are kept.

    ``elements(parameters)`` yields instances in a fixed order; ``predicate(element, parameters)`` is exact;
    ``statement`` says it in words. Where ``quantity``, ``relation`` and ``bound`` are given, they restate the predicate
    arithmetically, so that a failing element becomes a counterexample that the kernel re-checks. Scope: parametric.

    ``symmetries(parameters)`` generates a group that carries elements to elements and leaves the predicate's answer as it is: then the predicate is run
    on the first element of each orbit and on one image, and on all images of the first orbits, to see that it is invariant. Every element must still be
    enumerated, once: that the set is closed under the group is checked. ``shards`` splits a setting into that many tasks, which run beside each
    other; task i of k takes every k-th orbit (or element), and its parameters say so as ``shard = (i, k)``.
    """

    statement: str
    elements: Callable[[Values], Iterable[Instance]]
    predicate: Callable[[Instance, Values], bool]
    quantity: Quantity | None = None
    relation: Relation = ">="
    bound: Quantity | None = None
    symmetries: Callable[[Values], Sequence[Callable[[Instance], Instance]]] | None = None
    shards: int = 1

    def __post_init__(self) -> None:
        if self.shards < 1:
            raise ClaimError(f"shards = {self.shards}: an enumeration is done in at least one task")
        if any("shard" in values for values in self.settings.at("full")):
            raise ClaimError("a setting names a parameter `shard`: that name says which share of an enumeration a task takes")

    def cases(self, effort: Effort) -> tuple[Values, ...]:
        """One task for each setting and shard."""
        if self.shards == 1:
            return self.settings.at(effort)
        return tuple({**values, "shard": (number, self.shards)} for values in self.settings.at(effort) for number in range(1, self.shards + 1))


@dataclass(frozen=True, kw_only=True)
class Property(Formulation):
    """``quantity relation bound`` for every instance of a family. A search supports it or refutes it; it never proves it.

    ``family(parameters)`` gives a Hypothesis strategy; ``constructions(parameters)`` yields named structured instances
    that are tried first; ``examples`` is the number of random instances by effort. ``coordinates`` /
    ``from_coordinates`` (optional) expose an instance to continuous local search and to minimisation; the latter must give
    an instance of the family at every point, or raise ValueError where there is none. Scope: sample.
    """

    family: Callable[[Values], SearchStrategy[Instance]]
    quantity: Quantity
    relation: Relation
    bound: Quantity
    constructions: Callable[[Values], Iterable[Instance]] | None = None
    examples: Mapping[str, int] = field(default_factory=lambda: {"quick": 200, "standard": 2_000, "full": 20_000})
    coordinates: Callable[[Instance], Sequence[Fraction]] | None = None
    from_coordinates: Callable[[Instance, Sequence[Fraction]], Instance] | None = None


@dataclass(frozen=True, kw_only=True)
class Satisfiability(Formulation):
    """An SMT-LIB 2 script (declarations and assertions, no commands that solve) whose satisfiability is ``expected``.

    Checked by z3 and cvc5, which must agree; a rational model is evaluated again exactly. Scope: universal.
    """

    script: str
    expected: Literal["sat", "unsat"]


@dataclass(frozen=True, kw_only=True)
class PropositionalSatisfiability(Formulation):
    """The clauses ``build(parameters)`` have a model (``expected`` is ``sat``), have none (``unsat``), or have exactly ``models(parameters)`` of them.

    Models are counted over the formula's ``counted`` variables. ``decode`` carries a model to the instance that it stands for, and every model that is
    found must make ``predicate`` true of it: the encoding is tested by what it encodes. Scope: parametric.
    """

    build: Callable[[Values], Formula]
    expected: Literal["sat", "unsat"] | None = None
    models: Callable[[Values], int] | None = None
    decode: Callable[[Values, Assignment], Instance] | None = None
    predicate: Callable[[Instance, Values], bool] | None = None

    def __post_init__(self) -> None:
        if (self.expected is None) == (self.models is None):
            raise ClaimError("a PropositionalSatisfiability formulation has either expected or models")
        if self.predicate is not None and self.decode is None:
            raise ClaimError("a PropositionalSatisfiability formulation with a predicate needs decode")


@dataclass(frozen=True, kw_only=True)
class Root(Formulation):
    """The system ``equations(unknowns, parameters) = 0`` has exactly one root near ``guess(parameters)``, and there ``quantity relation bound``.

    ``quantity`` and ``bound`` take the tuple of unknowns as instance. Scope: instance.
    """

    equations: Callable[[Sequence[Real], Values], Sequence[Real]]
    guess: Callable[[Values], Sequence[Fraction]]
    quantity: Quantity | None = None
    relation: Relation = ">="
    bound: Quantity | None = None


@dataclass(frozen=True)
class Family:
    """Experiments that are read together: all their intervals are right at once with at least ``confidence`` (Bonferroni)."""

    name: str
    experiments: int
    confidence: Fraction

    def __post_init__(self) -> None:
        if self.experiments < 1 or not 0 < self.confidence < 1:
            raise ClaimError(f"the family {self.name} needs at least one experiment, and a confidence between 0 and 1")

    @property
    def each(self) -> Fraction:
        """The confidence of each experiment's interval."""
        return 1 - (1 - self.confidence) / self.experiments


@dataclass(frozen=True, kw_only=True)
class Cycle(Formulation):
    """The map ``x -> map(x, parameters)`` of one real variable has a cycle of exactly this period near ``guess(parameters)``, attracting or repelling.

    ``guess`` gives the points in order of visit. The cycle is the root of the system x_{i+1} = map(x_i); its multiplier, the product of the map's
    derivatives at the points (found from the map's own steps: + − × ÷, integer powers, exp, log, sqrt, tanh), has modulus < 1 when it is
    ``attracting`` and > 1 when it is ``repelling``; the first point does not come back earlier. Scope: instance.
    """

    map: Callable[[Real, Values], Real]
    period: int
    guess: Callable[[Values], Sequence[Fraction]]
    stability: Literal["attracting", "repelling"] = "attracting"

    def __post_init__(self) -> None:
        if self.period < 1:
            raise ClaimError(f"a cycle of period {self.period}: periods start at 1")

    def root(self) -> Root:
        """The cyclic system, with the modulus of the multiplier against 1 at its root."""
        relation: Relation = "<" if self.stability == "attracting" else ">"
        return Root(equations=self.equations, guess=self.points, quantity=self.modulus, relation=relation, bound=lambda points, parameters: Fraction(1))

    def points(self, parameters: Values) -> Sequence[Fraction]:
        """The guess. Raises ClaimError unless it has one point for each step of the period."""
        guess = self.guess(parameters)
        if len(guess) != self.period:
            raise ClaimError(f"a cycle of period {self.period} needs as many points to start from, not {len(guess)}")
        return guess

    def equations(self, points: Sequence[Real], parameters: Values) -> Sequence[Real]:
        """Where each point goes, less the next point."""
        return [self.map(x, parameters) - points[(i + 1) % len(points)] for i, x in enumerate(points)]

    def multiplier(self, points: Sequence[Real], parameters: Values) -> Real:
        """The product of the map's derivatives at the points. Raises exact.differentiation.NotDifferentiable."""
        product: Real = Fraction(1)
        for x in points:
            product = product * derivative(lambda y: self.map(y, parameters), x)
        return product

    def modulus(self, points: Sequence[Real], parameters: Values) -> Real:
        """|multiplier|."""
        return abs(self.multiplier(points, parameters))

    def earlier_returns(self) -> tuple[int, ...]:
        """The times at which the first point must not come back: the proper divisors of the period."""
        return tuple(time for time in range(1, self.period) if self.period % time == 0)


@dataclass(frozen=True, kw_only=True)
class Experiment(Formulation):
    """P(``event``) ``relation`` ``probability``: a statement about random trials, with a stopping rule that is fixed beforehand.

    Either ``trial(parameters, rng)`` runs one trial with a ``numpy.random.Generator`` and tells whether the event happened, or
    ``batch(parameters, seed, first, count)`` gives the outcomes of the trials numbered first, …, first + count − 1 at once; they depend on seed and
    number only. ``trials`` is their number by effort. With ``look_every`` the experiment is sequential: after so many trials, and again and again,
    it stops if an interval that is valid at all times at once decides, and at ``trials`` at the latest. Supported when the interval at
    ``confidence`` (at ``family.each``, where there is a family) lies on the claimed side; speaking against it leaves the part undecided.
    ``vacuous(parameters)`` tells that the claimed probability says nothing here. Scope: sample.
    """

    event: str
    trial: Callable[[Values, Any], bool] | None = None
    batch: Callable[[Values, int, int, int], Sequence[bool]] | None = None
    relation: Literal["<=", ">="]
    probability: Callable[[Values], Fraction]
    trials: Mapping[str, int] = field(default_factory=lambda: {"quick": 400, "standard": 4_000, "full": 40_000})
    confidence: Fraction = Fraction(99, 100)
    family: Family | None = None
    look_every: int | None = None
    vacuous: Callable[[Values], bool] | None = None

    def __post_init__(self) -> None:
        if (self.trial is None) == (self.batch is None):
            raise ClaimError("an Experiment has either trial or batch")
        _require_rules(self)


@dataclass(frozen=True, kw_only=True)
class MeanExperiment(Formulation):
    """mean(``outcome``) ``relation`` ``bound``: a statement about the mean of random outcomes in a bounded range. Scope: sample.

    ``batch(parameters, seed, first, count)`` gives the outcomes of the trials numbered first, …, first + count − 1 as rationals between the two ends
    of ``outcome_range(parameters)``; they depend on seed and number only. With ``versus``, a second arm of independent trials in the same range, the
    statement is mean(batch) ``relation`` mean(versus) + ``bound``. ``trials``, ``confidence``, ``family``, ``look_every`` (one arm only) and what
    the data can say are as for `Experiment`.
    """

    outcome: str
    batch: Callable[[Values, int, int, int], Sequence[Fraction]]
    outcome_range: Callable[[Values], tuple[Fraction, Fraction]]
    relation: Literal["<=", ">="]
    bound: Callable[[Values], Real]
    versus: Callable[[Values, int, int, int], Sequence[Fraction]] | None = None
    trials: Mapping[str, int] = field(default_factory=lambda: {"quick": 400, "standard": 4_000, "full": 40_000})
    confidence: Fraction = Fraction(99, 100)
    family: Family | None = None
    look_every: int | None = None

    def __post_init__(self) -> None:
        if self.versus is not None and self.look_every is not None:
            raise ClaimError("two arms have a fixed number of trials: leave look_every out")
        _require_rules(self)


def _require_rules(experiment: Experiment | MeanExperiment) -> None:
    """What is fixed before the first trial makes sense. Raises ClaimError."""
    if not isinstance(experiment.confidence, Fraction) or not 0 < experiment.confidence < 1:
        raise ClaimError(f"the confidence {experiment.confidence!r} is no Fraction between 0 and 1")
    if experiment.look_every is not None and experiment.look_every < 1:
        raise ClaimError(f"look_every = {experiment.look_every}: a look comes after at least one trial")
    settings = len(experiment.settings.at("full"))
    if experiment.family is not None and experiment.family.experiments < settings:
        raise ClaimError(f"the family {experiment.family.name} shares its error among {experiment.family.experiments} experiments, "
                         f"and {settings} settings are as many experiments")


@dataclass(frozen=True, kw_only=True)
class Scaling(Formulation):
    """``quantity(size)`` grows as size^exponent: the fitted log-log slope over ``sizes`` lies within ``band`` of the claimed exponent.

    ``quantity(size, parameters)`` is exact or a ball. ``sizes`` by effort, increasing, at least three. Scope: sample.
    """

    quantity: Callable[[int, Values], Real]
    exponent: Fraction
    band: Fraction
    sizes: Mapping[str, tuple[int, ...]]
