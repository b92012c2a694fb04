"""Other ways to write an inequality, in which interval arithmetic sees its sign: same truth, different program.

A view is a proposition that implies the statement. The difference of the two sides is brought to a normal form (:mod:`exact.normal_forms`): cleared of
denominators, freed of factors of known sign, arranged by exponentials and divided by one of them, nested by Horner's rule. Ends of the domain at which
a function is not defined move to infinity (x = e^t).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

import sympy

from checkers import statements
from checkers.proofs import joined
from checkers.propositions import Proposition, Side
from checkers.statements import Statement, substituted
from claims.formulations import Relation
from exact import intervals as iv
from exact.balls import working_precision
from exact.boxes import BoxFunction, arguments
from exact.intervals import Interval, Undefined
from exact.normal_forms import NormalForms
from exact.polynomials import Polynomial, Quotient, TooLarge, emit_horner, emit_terms
from exact.programs import Builder, NotExpressible, Program, from_sympy

_LARGEST = 400
_SAMPLES = 24
_LARGEST_FACTORED = 80
_LARGEST_NUMBER = 64
_MAX_ARRANGEMENTS = 5


Lemma: TypeAlias = tuple[Proposition, ...]
"""Equivalent propositions, one of which is to be proved by a cover."""


@dataclass(frozen=True)
class View:
    """A proposition that implies the statement once the ``lemmas`` hold."""

    proposition: Proposition
    words: str
    lemmas: tuple[Lemma, ...] = ()


def views(statement: Statement) -> Iterator[View]:
    """Views of the statement, the most faithful first."""
    yield from plain_views(statement, "")
    for substitution in (opened, rooted, inverted, logarithmic):
        try:
            for rewritten, words, lemmas in substitution(statement):
                yield from (replace(view, lemmas=(*view.lemmas, *lemmas)) for view in plain_views(rewritten, words))
        except NotExpressible:  # a substitution may lead to a complex constant: then it gives no view
            continue


def faithful_views(statement: Statement, words: str = "") -> Iterator[View]:
    """The statement as it stands, and with the difference of its sides collected; ``words`` tell where it came from."""
    stated = statements.proposition(statement)
    yield View(stated, words)
    if statement.relation != "!=":
        collected = _collected(statement)
        if collected != stated:
            yield View(collected, words)


def _collected(statement: Statement) -> Proposition:
    return statements.of_expression(statements.without_logarithms(statement.difference), statement)


def plain_views(statement: Statement, words: str) -> Iterator[View]:
    """The views in the statement's own variables."""
    yield from faithful_views(statement, words)
    if statement.relation == "!=" or statement.difference.count_ops() > _LARGEST:
        return
    try:
        yield from arrangements(_collected(statement), words)
    except (TooLarge, ZeroDivisionError):
        return


# Substitutions


Rewritten: TypeAlias = tuple[Statement, str, tuple[Lemma, ...]]
"""An equivalent statement, how it came about in words, and lemmas that the equivalence rests on."""


def opened(statement: Statement) -> Iterator[Rewritten]:
    """The statement in variables that run to infinity where an end of the domain is excluded."""
    for rewritten, _, words in openings(statement):
        yield rewritten, words, ()


def openings(statement: Statement) -> Iterator[tuple[Statement, dict[sympy.Symbol, sympy.Expr], str]]:
    """x = lo + e^t where lo is excluded, x = hi − e^t where hi is, and the logistic function of t where both are; with the images of the variables.

    First all excluded ends move to infinity, then only the upper, then only the lower ones.
    """
    seen: set[Statement] = set()
    for lower, upper in ((True, True), (False, True), (True, False)):
        found = _opened(statement, lower, upper)
        if found is not None and found[0] not in seen:
            seen.add(found[0])
            yield found


def _opened(statement: Statement, lower: bool, upper: bool) -> tuple[Statement, dict[sympy.Symbol, sympy.Expr], str] | None:
    images: dict[sympy.Symbol, sympy.Expr] = {}
    domain, symbols, where, words = [], [], list(statement.where), []
    for symbol, (lo, hi) in zip(statement.symbols, statement.domain, strict=True):
        below = [condition for condition in where if lower and lo is not None and excludes(condition, symbol, lo)]
        above = [condition for condition in where if upper and hi is not None and excludes(condition, symbol, hi)]
        if not below and not above:
            domain.append((lo, hi))
            symbols.append(symbol)
            continue
        t = sympy.Symbol(f"t_{symbol}", real=True)
        images[symbol], side = _opened_side(t, lo, hi, bool(below), bool(above))
        domain.append(side)
        symbols.append(t)
        where = [condition for condition in where if condition not in below + above]
        words.append(f"{symbol} = {images[symbol]}")
    if not images:
        return None
    return _substituted(statement, images, symbols, domain, where), images, "with " + ", ".join(words)


def _substituted(statement: Statement, images: Mapping[sympy.Symbol, sympy.Expr], symbols: Sequence[sympy.Symbol], domain: Sequence[Side],
                 where: Sequence[tuple[sympy.Expr, Relation]]) -> Statement:
    """The statement in new variables, with logarithms taken apart."""
    at = interior(symbols, domain)
    left, right = (plain(substituted(side, images), at) for side in (statement.left, statement.right))
    conditions = tuple((plain(substituted(expression, images), at), relation) for expression, relation in where)
    return replace(statement, left=left, right=right, symbols=tuple(symbols), domain=tuple(domain), where=conditions)


def excludes(condition: tuple[sympy.Expr, Relation], symbol: sympy.Symbol, end: Fraction) -> bool:
    """Whether a condition says that a symbol, on one side of ``end``, is not equal to it: c·(symbol − end) > 0 or != 0."""
    expression, relation = condition
    if relation not in (">", "<", "!=") or expression.free_symbols != {symbol}:
        return False
    slope = sympy.diff(expression, symbol)
    return bool(slope.is_Rational and slope != 0 and expression.subs(symbol, sympy.Rational(end.numerator, end.denominator)) == 0)


def _opened_side(t: sympy.Symbol, lo: Fraction | None, hi: Fraction | None, below: bool, above: bool) -> tuple[sympy.Expr, Side]:
    ends = [None if end is None else sympy.Rational(end.numerator, end.denominator) for end in (lo, hi)]
    width = None if ends[0] is None or ends[1] is None else ends[1] - ends[0]
    if below and above:
        return ends[0] + width / (1 + sympy.exp(-t)), (None, None)
    if below:
        return (ends[0] + sympy.exp(t), (None, None)) if width is None else (ends[0] + width * sympy.exp(t), (None, Fraction(0)))
    return (ends[1] - sympy.exp(t), (None, None)) if width is None else (ends[1] - width * sympy.exp(t), (None, Fraction(0)))


Sample: TypeAlias = Mapping[sympy.Symbol, sympy.Expr]


def interior(symbols: Sequence[sympy.Symbol], domain: Sequence[Side]) -> Sample:
    """A point inside the box."""
    rng = Random(3)
    inside = [sample(side, rng) for side in domain]
    return {symbol: sympy.Rational(x.numerator, x.denominator) for symbol, x in zip(symbols, inside, strict=True)}


def plain(expression: sympy.Expr, at: Sample) -> sympy.Expr:
    """The expression with logarithms of products and quotients taken apart, into factors that are positive at the sample point.

    Wherever the parts are defined, the sum of their logarithms is the logarithm of the product.
    """
    return expression.replace(sympy.log, lambda a: _logarithm(a, at))


def _logarithm(argument: sympy.Expr, at: Sample) -> sympy.Expr:
    whole = sympy.log(argument)
    if not isinstance(whole, sympy.log):
        return whole
    total = sympy.Integer(0)
    for part, sign in zip(sympy.fraction(sympy.together(whole.args[0])), (1, -1), strict=True):
        for factor, power in _factors(part):
            positive, negative = _is_positive(factor, at), _is_positive(-factor, at)
            if not positive and not negative:
                return whole
            total += sign * power * sympy.expand_log(sympy.log(factor if positive else -factor), force=True)
    return total


def _factors(expression: sympy.Expr) -> list[tuple[sympy.Expr, sympy.Expr]]:
    """Factors with their exponents; signs of factors do not matter."""
    constant, rest = (sympy.factor(expression) if _is_modest(expression) else expression).as_coeff_Mul()
    found = [] if abs(constant) == 1 else [(abs(constant), sympy.Integer(1))]
    for factor in sympy.Mul.make_args(rest):
        if factor == 1:
            continue
        base, exponent = (factor, sympy.Integer(1)) if isinstance(factor, sympy.exp) else factor.as_base_exp()
        found.append((factor, sympy.Integer(1)) if base == sympy.E else (base, exponent))
    return found


def _is_modest(expression: sympy.Expr) -> bool:
    """Whether factoring will not take long: exponents such as 67/1000 make sympy factor polynomials of degree 1000."""
    numbers = expression.atoms(sympy.Rational)
    return bool(expression.free_symbols) and expression.count_ops() <= _LARGEST_FACTORED and all(max(abs(x.p), x.q) <= _LARGEST_NUMBER for x in numbers)


def rooted(statement: Statement) -> Iterator[Rewritten]:
    """x = u² for variables x >= 0 under a square root."""
    images: dict[sympy.Symbol, sympy.Expr] = {}
    domain, symbols, words = [], [], []
    for symbol, (lo, hi) in zip(statement.symbols, statement.domain, strict=True):
        roots = {power for power in statement.difference.atoms(sympy.Pow) if power.exp.is_Rational and power.exp.q == 2 and symbol in power.base.free_symbols}
        ends = [_root(end) for end in (lo, hi)]
        if lo is None or lo < 0 or not roots or (ends[0] is None) or (hi is not None and ends[1] is None):
            domain.append((lo, hi))
            symbols.append(symbol)
            continue
        u = sympy.Symbol(f"sqrt_{symbol}", nonnegative=True)
        images[symbol] = u**2
        domain.append((ends[0], ends[1]))
        symbols.append(u)
        words.append(f"{symbol} = {u}**2")
    if not images:
        return
    where = tuple((substituted(expression, images), relation) for expression, relation in statement.where)
    left, right = (substituted(side, images) for side in (statement.left, statement.right))
    rewritten = replace(statement, left=left, right=right, symbols=tuple(symbols), domain=tuple(domain), where=where)
    yield rewritten, "with " + ", ".join(words), ()


def inverted(statement: Statement) -> Iterator[Rewritten]:
    """x = lo − 1 + 1/u, or x = hi + 1 − 1/u, with 0 < u <= 1, for variables on a half-line: what happens far out then happens near u = 0."""
    images: dict[sympy.Symbol, sympy.Expr] = {}
    domain, symbols, words = [], [], []
    where: list[tuple[sympy.Expr, Relation]] = []
    for symbol, (lo, hi) in zip(statement.symbols, statement.domain, strict=True):
        if (lo is None) == (hi is None):
            domain.append((lo, hi))
            symbols.append(symbol)
            continue
        u = sympy.Symbol(f"u_{symbol}", positive=True)
        end = lo if lo is not None else hi
        assert end is not None
        whole = sympy.Rational(end.numerator, end.denominator)
        inverse = lo is not None and lo > 0
        images[symbol] = 1 / u if inverse else whole - 1 + 1 / u if lo is not None else whole + 1 - 1 / u
        domain.append((Fraction(0), 1 / end if inverse else Fraction(1)))
        symbols.append(u)
        where.append((u, ">"))
        words.append(f"{symbol} = {images[symbol]}")
    if images:
        yield _substituted(statement, images, symbols, domain, (*statement.where, *where)), "with " + ", ".join(words), ()


def logarithmic(statement: Statement) -> Iterator[Rewritten]:
    """log left against log right, where both sides are products of powers and exponentials; then x = 1/u on half-lines.

    The lemma says that all the logarithms that the sides are taken apart into are defined: then each side has one sign, which is positive as it is at
    the sample point.
    """
    sides = (statement.left, statement.right)
    at = interior(statement.symbols, statement.domain)
    if any(isinstance(side, sympy.Add) or not _is_positive(side, at) for side in sides):
        return
    if not any(isinstance(side, sympy.exp | sympy.Pow | sympy.Mul) and side.free_symbols for side in sides):
        return
    left, right = (plain(sympy.log(side), at) for side in sides)
    rewritten = replace(statement, left=left, right=right)
    lemma = tuple(all_defined(other, (other.left, other.right)) for other in (rewritten, *(other for other, _, _ in openings(rewritten))))
    yield rewritten, "with logarithms taken", (lemma,)
    for further, words, _ in inverted(rewritten):
        yield further, joined("with logarithms taken", words), (lemma,)


def all_defined(statement: Statement, expressions: Sequence[sympy.Expr]) -> Proposition:
    """1 > 0 on the statement's region, beside a computation of the expressions: a cover of it shows that they are defined there. Raises NotExpressible."""
    builder = Builder(statement.symbols)
    at = interior(statement.symbols, statement.domain)
    node = builder.number(1)
    for expression in expressions:
        builder.expression(plain(expression, at))
    return replace(statements.assembled(builder, node, statement), strict=True)


def _is_positive(expression: sympy.Expr, at: Sample) -> bool:
    """Whether an expression is a positive number at the sample point."""
    point = [iv.point(Fraction(int(x.p), int(x.q))) for x in at.values()]
    try:
        program, (node,) = from_sympy([expression], list(at))
        with working_precision(80):
            return BoxFunction(program, [node]).values(point, 64)[node].positive
    except (NotExpressible, Undefined):
        return False


def _root(end: Fraction | None) -> Fraction | None:
    if end is None or end < 0:
        return None
    root = sympy.sqrt(sympy.Rational(end.numerator, end.denominator))
    return Fraction(int(root.p), int(root.q)) if root.is_Rational else None


# Normal forms


def arrangements(proposition: Proposition, words: str) -> Iterator[View]:
    """The proposition in normal form: cleared, without factors of known sign, arranged in several ways."""
    forms = NormalForms(proposition.program)
    form = forms.forms[proposition.node]
    if form.is_zero:
        return
    core, lemmas, removed = _core(forms, proposition)
    words = joined(words, removed)
    for node, builder in _arranged(forms, core):
        yield View(_replaced(proposition, builder, node), words, tuple(_lemma(forms, proposition, lemma) for lemma in lemmas))


@dataclass(frozen=True)
class _Factor:
    """A factor that is to be of one sign, >= 0 or > 0."""

    factor: Polynomial
    strict: bool


def _core(forms: NormalForms, proposition: Proposition) -> tuple[Polynomial, list[_Factor], str]:
    """numerator·denominator without exponentials, squares, and factors that seem to be of one sign, which become lemmas."""
    form, strict = forms.forms[proposition.node], proposition.strict
    constant, factors = form.top.factor()
    unit, divisors = form.bottom.factor()
    exponentials = set(forms.index("exp"))
    odd = [(p, strict, e) for p, e in factors if not _is_generator(p, exponentials) and (e % 2 or strict)]
    odd += [(p, False, e) for p, e in divisors if not _is_generator(p, exponentials) and e % 2]
    signs = _sampled_signs(forms, proposition, [p for p, _, _ in odd])
    core = forms.ring.constant(1 if constant * unit > 0 else -1)
    lemmas: list[_Factor] = []
    for (p, needed, e), sign in sorted(zip(odd, signs, strict=True), key=lambda item: len(item[0][0])):
        if sign is None:
            core = core * p ** (1 if e % 2 else 2)
        else:
            core = core * (sign if e % 2 else 1)
            lemmas.append(_Factor(p * sign, needed))
    if core.is_constant() and core.leading_coefficient() > 0 and lemmas:
        last = lemmas.pop()
        core = last.factor
    changed = lemmas or not form.is_polynomial or len(factors) + len(divisors) > 1 or any(e > 1 for _, e in factors)
    return core, lemmas, "freed of denominators and of factors of one sign" if changed else ""


def _sampled_signs(forms: NormalForms, proposition: Proposition, factors: Sequence[Polynomial]) -> list[int | None]:
    """The sign that each factor has at every sampled point of the region; None where both signs, or only 0, occur."""
    builder = _resumed(forms)
    nodes = [emit_terms(builder, p, _generator_nodes(builder, forms)) for p in factors]
    function = BoxFunction(Program(proposition.program.variables, tuple(builder.steps)), [*nodes, *(node for _, node in proposition.where)])
    seen: list[set[int]] = [set() for _ in factors]
    rng = Random(2)
    for _ in range(_SAMPLES):
        point = [iv.point(sample(side, rng)) for side in proposition.domain]
        try:
            with working_precision(80):
                values = function.values(point, 64)
        except Undefined:
            continue
        if all(_may_hold(relation, values[node]) for relation, node in proposition.where):
            for signs, node in zip(seen, nodes, strict=True):
                signs |= {1} if values[node].positive else {-1} if values[node].negative else set()
    return [next(iter(signs)) if len(signs) == 1 else None for signs in seen]


def sample(side: Side, rng: Random) -> Fraction:
    """A rational inside a side, moderate where the side is unbounded."""
    lo, hi = side
    u = Fraction(rng.randrange(1, 64), 64)
    if lo is not None and hi is not None:
        return lo + (hi - lo) * u
    if lo is not None:
        return lo + u / (1 - u)
    return hi - u / (1 - u) if hi is not None else (u - Fraction(1, 2)) / (u * (1 - u))


def _may_hold(relation: str, value: Interval) -> bool:
    return not (value.negative if relation in (">=", ">") else value.is_zero if relation == "!=" else False)


def _is_generator(p: Polynomial, generators: set[int]) -> bool:
    return len(p) == 1 and p.total_degree() == 1 and any(p.degrees()[i] == 1 for i in generators)


def _lemma(forms: NormalForms, proposition: Proposition, lemma: _Factor) -> Lemma:
    """The factor is >= 0, or > 0, in several arrangements."""
    return tuple(replace(_replaced(proposition, builder, node), strict=lemma.strict) for node, builder in _arranged(forms, lemma.factor))


def _replaced(proposition: Proposition, builder: Builder, node: int) -> Proposition:
    """The proposition about a node of the builder, whose program keeps only the steps that are needed."""
    program = Program(proposition.program.variables, tuple(builder.steps))
    return pruned(replace(proposition, program=program, node=node))


def pruned(proposition: Proposition, kept: Sequence[int] = ()) -> Proposition:
    """The proposition without steps that neither its node, nor its conditions, nor the nodes ``kept`` need."""
    steps = proposition.program.steps
    needed = {proposition.node, *kept, *(node for _, node in proposition.where)}
    for k in range(len(steps) - 1, -1, -1):
        if k in needed:
            needed.update(arguments(steps[k]))
    place = {old: new for new, old in enumerate(sorted(needed))}
    moved = [_moved(steps[old], place) for old in sorted(needed)]
    return replace(proposition, program=Program(proposition.program.variables, tuple(moved)), node=place[proposition.node],
                   where=tuple((relation, place[node]) for relation, node in proposition.where))


def _moved(step: Any, place: Mapping[int, int]) -> Any:
    if step[0] in ("num", "var"):
        return step
    if step[0] == "pow":
        return ("pow", place[step[1]], step[2])
    return (step[0], *(place[i] for i in step[1:]))


def _arranged(forms: NormalForms, core: Polynomial) -> Iterator[tuple[int, Builder]]:
    """Programs that compute the polynomial, up to a positive factor: divided by each exponential term in turn, and nested."""
    groups = _by_exponentials(forms, core)
    if len(groups) == 1:
        builder = _resumed(forms)
        yield _nested(builder, forms, next(iter(groups.values()))), builder
        builder = _resumed(forms)
        yield emit_terms(builder, next(iter(groups.values())), _generator_nodes(builder, forms)), builder
        return
    chosen = sorted(groups, key=lambda e: -sum(map(abs, e)))
    for divisor in list(dict.fromkeys([chosen[0], chosen[-1], *chosen]))[:_MAX_ARRANGEMENTS]:
        builder = _resumed(forms)
        yield _quotient_of_exponentials(builder, forms, groups, divisor), builder
    builder = _resumed(forms)
    yield emit_terms(builder, core, _generator_nodes(builder, forms)), builder


def _by_exponentials(forms: NormalForms, core: Polynomial) -> dict[tuple[int, ...], Polynomial]:
    """Coefficients, free of exponentials, by the powers of the exponential generators."""
    exponentials = forms.index("exp")
    groups: dict[tuple[int, ...], dict[Any, Any]] = {}
    for exponents, c in core.to_dict().items():
        key = tuple(int(exponents[i]) for i in exponentials)
        rest = tuple(0 if i in exponentials else int(e) for i, e in enumerate(exponents))
        groups.setdefault(key, {})[rest] = c
    return {key: forms.ring.from_terms(terms) for key, terms in groups.items()}


def _resumed(forms: NormalForms) -> Builder:
    """A builder that goes on where the program ends."""
    builder = Builder(())
    for step in forms.program.steps:
        builder.step(*step)
    return builder


def _generator_nodes(builder: Builder, forms: NormalForms) -> list[int]:
    nodes = []
    for i, generator in enumerate(forms.generators):
        if generator.kind == "variable":
            nodes.append(builder.step("var", i))
        elif generator.exponent is not None:
            nodes.append(builder.step("exp", _exponent(builder, forms, generator.exponent)))
        else:
            assert generator.node is not None
            nodes.append(generator.node)
    return nodes


def _nested(builder: Builder, forms: NormalForms, p: Polynomial) -> int:
    """A polynomial without exponentials, by Horner's rule: other generators outermost, then the variables."""
    nodes = [builder.step("var", i) if g.kind == "variable" else -1 if g.kind == "exp" else g.node for i, g in enumerate(forms.generators)]
    order = [i for i, g in enumerate(forms.generators) if g.kind not in ("variable", "exp")] + forms.index("variable")
    return emit_horner(builder, p, [-1 if node is None else node for node in nodes], order)


def _exponent(builder: Builder, forms: NormalForms, w: Quotient) -> int:
    """An exponent, by Horner's rule in the variables."""
    nodes = [builder.step("var", i) for i in range(len(forms.program.variables))]
    order = list(range(len(nodes)))
    top = emit_horner(builder, w.top, nodes, order)
    return top if w.is_polynomial else builder.step("div", top, emit_horner(builder, w.bottom, nodes, order))


def _quotient_of_exponentials(builder: Builder, forms: NormalForms, groups: Mapping[tuple[int, ...], Polynomial], divisor: tuple[int, ...]) -> int:
    """Σ coefficient·exp(exponent − exponent of the divisor)."""
    bases = [forms.generators[i].exponent for i in forms.index("exp")]
    total: int | None = None
    for key in sorted(groups, key=lambda e: e != divisor):
        node = _nested(builder, forms, groups[key])
        if key != divisor:
            exponent = Quotient(forms.variables.constant(0), forms.variables.constant(1))
            for n, m, w in zip(key, divisor, bases, strict=True):
                assert w is not None
                exponent = exponent + w * Quotient(forms.variables.constant(n - m), forms.variables.constant(1))
            node = builder.step("mul", node, builder.step("exp", _exponent(builder, forms, exponent)))
        total = node if total is None else builder.step("add", total, node)
    assert total is not None
    return total
