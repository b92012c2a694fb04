"""Normal forms: a program's nodes as quotients of polynomials in variables and in generators such as exp(w), log(a), sqrt(a).

Exponentials are brought to a lattice basis of their exponents: with w_1, …, w_r linearly independent over the rationals, each exp node is a product of integer
powers of the generators G_k = exp(w_k), and tanh is a quotient in them. Equal arguments share a log or sqrt generator, and the square of a sqrt is replaced.
Two nodes with equal normal forms are equal wherever both are defined; the kernel re-checks this by itself (``identity`` certificates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any, Literal, TypeAlias

from flint import fmpq, fmpz, fmpz_mat

from exact.boxes import arguments
from exact.intervals import fraction
from exact.polynomials import MAX_DEGREE, NotRational, Polynomial, Quotient, Ring, TooLarge, arithmetic
from exact.programs import Program

Kind: TypeAlias = Literal["variable", "exp", "log", "sqrt", "other"]


@dataclass(frozen=True)
class Generator:
    """What a variable of the normal forms' ring stands for.

    ``exponent`` of an exp generator is the quotient w in exp(w), in the program's variables; ``argument`` of a log or sqrt is a quotient in
    the ring; ``node`` is a node of the program with this value (for exp: none, w has to be computed first).
    """

    kind: Kind
    node: int | None = None
    exponent: Quotient | None = None
    argument: Quotient | None = None


@dataclass
class NormalForms:
    """The normal form of every node of a program that has one."""

    program: Program
    plain: dict[int, Quotient] = field(init=False, default_factory=dict)
    exponents: dict[int, tuple[int, ...]] = field(init=False, default_factory=dict)
    generators: list[Generator] = field(init=False, default_factory=list)
    forms: dict[int, Quotient] = field(init=False, default_factory=dict)
    variables: Ring = field(init=False)
    ring: Ring = field(init=False)

    def __post_init__(self) -> None:
        """Raises ZeroDivisionError where a divisor is identically 0, and exact.polynomials.TooLarge."""
        self.variables = Ring(self.program.variables)
        self._read_plain()
        basis = self._read_exponents()
        special = [k for k, step in enumerate(self.program.steps) if step[0] in _SPECIAL]
        names = [*self.program.variables, *(f"G{i}" for i in range(len(basis))), *(f"H{k}" for k in special)]
        self.ring = Ring(names)
        self.generators = [Generator("variable", node=i) for i in range(len(self.program.variables))]
        self.generators += [Generator("exp", exponent=w) for w in basis]
        self._exp_offset = len(self.program.variables)
        self._known: dict[Any, int] = {}
        for k, step in enumerate(self.program.steps):
            self.forms[k] = self._form(k, step)

    def index(self, kind: Kind) -> list[int]:
        """The generators of a kind."""
        return [i for i, generator in enumerate(self.generators) if generator.kind == kind]

    def occurring(self, *polynomials: Polynomial) -> set[int]:
        """The generators that occur in these polynomials."""
        return {i for p in polynomials for i, degree in enumerate(p.degrees()) if degree > 0}

    # Exponents of exponentials

    def _read_plain(self) -> None:
        """The nodes that are quotients of polynomials in the variables alone."""
        one = self.variables.constant(1)
        for k, step in enumerate(self.program.steps):
            if step[0] == "var":
                self.plain[k] = Quotient(self.variables.variable(step[1]), one)
            elif all(i in self.plain for i in arguments(step)):
                try:
                    self.plain[k] = arithmetic(step, [self.plain[i] for i in arguments(step)], self.variables)
                except NotRational:
                    continue

    def _read_exponents(self) -> list[Quotient]:
        """A lattice basis of the arguments of exp and of twice those of tanh, and each in this basis."""
        nodes = [k for k, step in enumerate(self.program.steps) if step[0] in ("exp", "tanh") and step[1] in self.plain]
        two = Quotient(self.variables.constant(2), self.variables.constant(1))
        wanted = [self.plain[self.program.steps[k][1]] * two if self.program.steps[k][0] == "tanh" else self.plain[self.program.steps[k][1]] for k in nodes]
        basis, rows = integer_basis(wanted, self.variables)
        self.exponents = dict(zip(nodes, rows, strict=True))
        return basis

    # Normal forms

    def _form(self, k: int, step: Any) -> Quotient:
        name = step[0]
        one = self.ring.constant(1)
        if name == "var":
            return Quotient(self.ring.variable(step[1]), one)
        if name in _SPECIAL:
            return self._special(k, step)
        return self.reduced(arithmetic(step, [self.forms[i] for i in arguments(step)], self.ring))

    def _special(self, k: int, step: Any) -> Quotient:
        one = Quotient(self.ring.constant(1), self.ring.constant(1))
        if k in self.exponents:
            product = self.exponential(self.exponents[k])
            return product if step[0] == "exp" else (product - one) / (product + one)
        values = [self.forms[i] for i in arguments(step)]
        if step[0] == "log" and (values[0] - one).is_zero:
            return values[0] - one
        if step[0] in ("log", "sqrt", "exp", "tanh") and values[0].is_zero:
            return one if step[0] == "exp" else values[0]
        key = (step[0], *(str(part) for value in values for part in (value.top, value.bottom)))
        if key not in self._known:
            self._known[key] = len(self.generators)
            kind: Kind = step[0] if step[0] in ("log", "sqrt") else "other"
            self.generators.append(Generator(kind, node=k, argument=values[0] if kind != "other" else None))
        return Quotient(self.ring.variable(self._known[key]), self.ring.constant(1))

    def exponential(self, exponents: Sequence[int]) -> Quotient:
        """Π G_k^{n_k}. Raises TooLarge."""
        if any(abs(n) > MAX_DEGREE for n in exponents):
            raise TooLarge("exponentials whose exponents have no common unit of moderate size")
        top, bottom = self.ring.constant(1), self.ring.constant(1)
        for i, n in enumerate(exponents):
            generator = self.ring.variable(self._exp_offset + i)
            top, bottom = (top * generator**n, bottom) if n >= 0 else (top, bottom * generator**-n)
        return Quotient(top, bottom)

    def reduced(self, q: Quotient) -> Quotient:
        """The quotient with squares of sqrt generators replaced by their arguments."""
        for i in self.index("sqrt"):
            argument = self.generators[i].argument
            if argument is not None and max(int(q.top.degrees()[i]), int(q.bottom.degrees()[i])) > 1:
                q = self._without_squares(q.top, i, argument) / self._without_squares(q.bottom, i, argument)
        return q

    def _without_squares(self, p: Polynomial, i: int, argument: Quotient) -> Quotient:
        one = self.ring.constant(1)
        total = Quotient(self.ring.constant(0), one)
        for exponents, c in p.to_dict().items():
            rest = self.ring.from_terms({(*exponents[:i], int(exponents[i]) % 2, *exponents[i + 1:]): c})
            total = total + Quotient(rest, one) * argument.power(int(exponents[i]) // 2)
        return total


_SPECIAL = ("exp", "tanh", "log", "sqrt", "abs", "min", "max", "rpow", "ipow")


def integer_basis(wanted: Sequence[Quotient], ring: Ring) -> tuple[list[Quotient], list[tuple[int, ...]]]:
    """A basis of the lattice that the quotients span over the integers, and the integer coordinates of each in it."""
    if not wanted:
        return [], []
    common = ring.constant(1)
    for q in wanted:
        common = common * q.bottom / common.gcd(q.bottom)
    tops = [(q.top * (common / q.bottom)).to_dict() for q in wanted]
    monomials = sorted({exponents for top in tops for exponents in top}, key=lambda e: (-sum(e), [-x for x in e]))
    if not monomials:
        return [], [() for _ in wanted]
    scale = lcm(*(fraction(c).denominator for top in tops for c in top.values()))
    rows = [[int(fraction(top.get(m, fmpq(0))) * scale) for m in monomials] for top in tops]
    hermite = fmpz_mat(len(rows), len(monomials), [fmpz(x) for row in rows for x in row]).hnf()
    lattice = [[int(hermite[i, j]) for j in range(len(monomials))] for i in range(len(rows))]
    lattice = [row for row in lattice if any(row)]
    basis = [Quotient.of(ring.from_terms({m: fmpq(x, scale) for m, x in zip(monomials, row, strict=True) if x}), common) for row in lattice]
    return basis, [_coordinates(row, lattice) for row in rows]


def _coordinates(row: Sequence[int], lattice: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The integers with row = Σ n_k lattice_k, for a lattice basis in echelon form."""
    rest, found = list(row), []
    for basis in lattice:
        pivot = next(j for j, x in enumerate(basis) if x)
        n = Fraction(rest[pivot], basis[pivot])
        if n.denominator != 1:
            raise ArithmeticError("a vector outside its own lattice")
        found.append(int(n))
        rest = [a - int(n) * b for a, b in zip(rest, basis, strict=True)]
    if any(rest):
        raise ArithmeticError("a vector outside its own lattice")
    return tuple(found)
