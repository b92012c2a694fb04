"""Straight-line programs: how they are read, and how they run on numbers, enclosures and series."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

from . import intervals as iv
from . import series
from .documents import Field, Rejected
from .intervals import Impossible, Value, picture, proves, rounded
from .series import Series

MAX_POWER = 1_000_000
ARGUMENTS = {"add": 2, "sub": 2, "mul": 2, "div": 2, "neg": 1, "pow": 1, "ipow": 2, "rpow": 2, "exp": 1, "log": 1,
             "sqrt": 1, "tanh": 1, "abs": 1, "min": 2, "max": 2}  # how many nodes each operation takes

T = TypeVar("T")


class Source(NamedTuple):
    """What a program gets from outside: a `var`, an `optimum`, or a component of the root of a system (`unknown`)."""

    kind: str
    number: int
    component: int = 0


class Step(NamedTuple):
    """One step: an operation on earlier nodes (`pow` with its exponent), a constant, or a value from outside."""

    operation: str
    nodes: tuple[int, ...] = ()
    exponent: int = 0
    number: Fraction | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Program:
    """Node k is what step k computes."""

    variables: tuple[str, ...]
    steps: tuple[Step, ...]

    def cone(self, roots: Collection[int]) -> set[int]:
        """The nodes that these nodes are computed from, and they themselves."""
        cone = set(roots)
        for k in range(max(roots, default=-1), -1, -1):
            if k in cone:
                cone.update(self.steps[k].nodes)
        return cone

    def sources(self, node: int) -> set[Source]:
        """The variables (and unknowns and optima) that a node is computed from."""
        steps = (self.steps[k] for k in self.cone([node]))
        return {step.source for step in steps if step.source is not None}


def read_program(field: Field, unknowns: Sequence[int] = (), optima: int = 0) -> Program:
    """A program that may refer to systems with so many unknowns each, and to so many linear programs."""
    fields = field.record("variables", "steps")
    variables = tuple(name.text() for name in fields["variables"].items())
    if len(set(variables)) < len(variables):
        fields["variables"].rejected("a variable appears twice")
    steps = [_read_step(step, k, len(variables), unknowns, optima) for k, step in enumerate(fields["steps"].items())]
    return Program(variables, tuple(steps))


def _read_step(field: Field, k: int, variables: int, unknowns: Sequence[int], optima: int) -> Step:
    head = field.items()[:1] or field.rejected("an empty step")
    outside = ("var",) + ("unknown",) * bool(unknowns) + ("optimum",) * bool(optima)
    name = head[0].choice("num", *outside, *ARGUMENTS)
    if name == "num":
        return Step(name, number=field.items(2)[1].number())
    if name == "unknown":
        _, system, component = field.items(3)
        s = system.index(len(unknowns))
        return Step(name, source=Source(name, s, component.index(unknowns[s])))
    if name in outside:
        return Step(name, source=Source(name, field.items(2)[1].index(variables if name == "var" else optima)))
    arguments = field.items(1 + ARGUMENTS[name] + (name == "pow"))[1:]
    nodes = tuple(argument.index(k) for argument in arguments[:ARGUMENTS[name]])
    if name == "mul" and nodes[0] == nodes[1]:
        return Step("pow", nodes[:1], exponent=2)  # sharper: a square is not negative
    return Step(name, nodes, exponent=arguments[1].integer(-MAX_POWER, MAX_POWER) if name == "pow" else 0)


def evaluate(program: Program, inputs: Mapping[Source, Value], bits: int, place: str,
             needed: Collection[int] | None = None) -> dict[int, Value]:
    """The enclosure of every node (or of the needed ones, a cone)."""
    return run(program, inputs, lambda k, step, arguments: on_values(step, arguments, bits), place, needed)


def expand(program: Program, inputs: Mapping[Source, Series], order: int, bits: int, branches: dict[int, bool],
           place: str, needed: Collection[int] | None = None) -> dict[int, Series]:
    """The Taylor series of every node (or of the needed ones, a cone).

    `abs`, `min` and `max` are smooth only where one branch rules. `branches` remembers which one does: expand on the
    whole piece first, then at a point of it, where a tie could not tell.
    """
    def operation(k: int, step: Step, arguments: list[Series]) -> Series:
        if all(argument.is_constant() for argument in arguments):
            return Series({(): on_values(step, [argument.constant for argument in arguments], bits)}, order, bits)
        if step.operation in ("abs", "min", "max"):
            f, g = (arguments[0], -arguments[0]) if step.operation == "abs" else arguments
            if k not in branches:
                branches[k] = _first_is_larger(f, g)
            return f if branches[k] != (step.operation == "min") else g
        if step.operation == "pow":
            return series.power(arguments[0], step.exponent)
        return _ON_SERIES[step.operation](*arguments)

    return run(program, inputs, operation, place, needed)


def on_values(step: Step, arguments: Sequence[Value], bits: int) -> Value:
    """The result of one step."""
    if step.number is not None:
        return rounded(step.number, bits)
    if step.operation == "pow":
        return rounded(iv.power(arguments[0], step.exponent, bits), bits)
    return _ON_VALUES[step.operation](*arguments, bits)


def run(program: Program, inputs: Mapping[Source, T], operation: Callable[[int, Step, list[T]], T], place: str,
        needed: Collection[int] | None = None) -> dict[int, T]:
    """Every step in turn. An operation that is impossible anywhere on the inputs makes the proof fail."""
    values: dict[int, T] = {}
    for k in range(len(program.steps)) if needed is None else sorted(needed):
        step = program.steps[k]
        try:
            values[k] = inputs[step.source] if step.source else operation(k, step, [values[i] for i in step.nodes])
        except Impossible as failure:
            raise Rejected(place, f"step {k} ({step.operation}) fails: {failure}") from None
    return values


def _first_is_larger(f: Series, g: Series) -> bool:
    if proves(">=", f.constant, g.constant):
        return True
    if proves("<=", f.constant, g.constant):
        return False
    raise Impossible(f"no derivative, {picture(f.constant)} and {picture(g.constant)} overlap")


def _integer_power(a: Value, b: Value, bits: int) -> Value:
    if not isinstance(b, Fraction) or b.denominator != 1 or abs(b) > MAX_POWER:
        raise Impossible(f"the exponent {picture(b)} is not an integer of size at most {MAX_POWER}")
    return rounded(iv.power(a, b.numerator, bits), bits)


_ON_VALUES: dict[str, Callable[..., Value]] = {
    "add": lambda a, b, bits: rounded(a + b, bits),
    "sub": lambda a, b, bits: rounded(a - b, bits),
    "mul": lambda a, b, bits: rounded(a * b, bits),
    "div": lambda a, b, bits: rounded(iv.quotient(a, b), bits),
    "neg": lambda a, bits: -a,
    "ipow": _integer_power,
    "rpow": lambda a, b, bits: rounded(iv.real_power(a, b, bits), bits),
    "exp": lambda a, bits: rounded(iv.exp(a, bits), bits),
    "log": lambda a, bits: rounded(iv.log(a, bits), bits),
    "sqrt": lambda a, bits: rounded(iv.sqrt(a, bits), bits),
    "tanh": lambda a, bits: rounded(iv.tanh(a, bits), bits),
    "abs": lambda a, bits: iv.absolute(a),
    "min": lambda a, b, bits: iv.minimum(a, b),
    "max": lambda a, b, bits: iv.maximum(a, b),
}


def _series_integer_power(f: Series, g: Series) -> Series:
    if not g.is_constant() or not isinstance(g.constant, Fraction) or g.constant.denominator != 1 \
            or abs(g.constant) > MAX_POWER:
        raise Impossible(f"the exponent is not a constant integer of size at most {MAX_POWER}")
    return series.power(f, g.constant.numerator)


_ON_SERIES: dict[str, Callable[..., Series]] = {
    "add": lambda f, g: f + g,
    "sub": lambda f, g: f - g,
    "mul": lambda f, g: f * g,
    "div": lambda f, g: f * series.power(g, -1),
    "neg": lambda f: -f,
    "ipow": _series_integer_power,
    "rpow": series.real_power,
    "exp": series.exp,
    "log": series.log,
    "sqrt": series.sqrt,
    "tanh": series.tanh,
}
