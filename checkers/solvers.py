"""z3 and cvc5 on one SMT-LIB script, each with a time limit, and what their answers amount to together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, TypeAlias

Answer: TypeAlias = Literal["sat", "unsat", "unknown"]
Model: TypeAlias = Mapping[str, Fraction | bool]


@dataclass(frozen=True)
class Opinion:
    """What one solver said; ``model`` has rational and Boolean values, ``approximate`` tells that some of them are rounded."""

    solver: str
    answer: Answer
    model: Model = field(default_factory=dict)
    approximate: bool = False


@dataclass(frozen=True)
class Consensus:
    """The answers of both solvers."""

    z3: Opinion
    cvc5: Opinion

    @property
    def conflict(self) -> bool:
        """One says sat, the other unsat: a bug in one of them."""
        return {self.z3.answer, self.cvc5.answer} == {"sat", "unsat"}

    @property
    def answer(self) -> Answer:
        """What both say, or unknown."""
        return self.z3.answer if self.z3.answer == self.cvc5.answer else "unknown"

    @property
    def models(self) -> tuple[Model, ...]:
        """The models found."""
        return tuple(opinion.model for opinion in (self.z3, self.cvc5) if opinion.answer == "sat" and opinion.model)

    def describe(self) -> str:
        """Both answers in a line."""
        return f"z3: {self.z3.answer}, cvc5: {self.cvc5.answer}"


def ask(script: str, seconds: float) -> Consensus:
    """Both solvers, one after the other, with a limit of ``seconds`` each. The script must come from :func:`checkers.smtlib.write`."""
    return Consensus(_ask_z3(script, seconds), _ask_cvc5(script, seconds))


def _ask_z3(script: str, seconds: float) -> Opinion:
    import z3

    context = z3.Context()
    try:
        assertions = z3.parse_smt2_string(script, ctx=context)
    except z3.Z3Exception as error:
        raise ValueError(f"z3 cannot read the script: {_message(error)}") from None
    solver = z3.Solver(ctx=context)
    solver.set("timeout", max(1, int(seconds * 1000)))
    solver.add(assertions)
    try:
        answer = solver.check()
    except z3.Z3Exception:  # z3 reports a resource limit that it met in an unlucky place as an error
        return Opinion("z3", "unknown")
    if answer == z3.unsat:
        return Opinion("z3", "unsat")
    if answer != z3.sat:
        return Opinion("z3", "unknown")
    model = solver.model()
    values = {str(d.name()): _z3_value(model[d]) for d in model.decls() if d.arity() == 0}
    known = {name: value for name, (value, _) in values.items() if value is not None}
    return Opinion("z3", "sat", known, any(approximate for _, approximate in values.values()))


def _message(error: Any) -> str:
    text = error.value if hasattr(error, "value") else str(error)
    return text.decode(errors="replace") if isinstance(text, bytes) else str(text)


def _z3_value(value: Any) -> tuple[Fraction | bool | None, bool]:
    """A model value, and whether it is rounded."""
    import z3

    if isinstance(value, z3.RatNumRef | z3.IntNumRef):
        return Fraction(str(value.as_fraction()) if isinstance(value, z3.RatNumRef) else value.as_long()), False
    if isinstance(value, z3.AlgebraicNumRef):
        return Fraction(str(value.approx(30).as_fraction())), True
    if z3.is_bool(value):
        return z3.is_true(value), False
    return None, True


def _ask_cvc5(script: str, seconds: float) -> Opinion:
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    solver.setOption("tlimit-per", str(max(1, int(seconds * 1000))))
    solver.setOption("produce-models", "true")
    symbols = cvc5.SymbolManager(manager)
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script, "script")
    try:
        while not (command := parser.nextCommand()).isNull():
            command.invoke(solver, symbols)
        result = solver.checkSat()
    except RuntimeError as error:
        if "logic" in str(error).lower() or "non-linear" in str(error).lower():
            return Opinion("cvc5", "unknown")
        raise ValueError(f"cvc5 cannot read the script: {error}") from None
    if result.isUnsat():
        return Opinion("cvc5", "unsat")
    if not result.isSat():
        return Opinion("cvc5", "unknown")
    values = {str(term).strip("|"): _cvc5_value(solver.getValue(term)) for term in symbols.getDeclaredTerms() if not term.getSort().isFunction()}
    known = {name: value for name, value in values.items() if value is not None}
    return Opinion("cvc5", "sat", known, len(known) < len(values))


def _cvc5_value(value: Any) -> Fraction | bool | None:
    """A rational or Boolean model value; None for an algebraic number."""
    if value.isRealValue():
        return Fraction(value.getRealValue())
    if value.isIntegerValue():
        return Fraction(value.getIntegerValue())
    if value.isBooleanValue():
        return bool(value.getBooleanValue())
    return None
