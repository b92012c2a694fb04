"""C43: each risk factor can underpin each failure mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from claims import Enumeration, Mutant, Part, Settings, Source, Witness
from claims.multi_agent_risks.algorithms.incidence_cells import CELLS, in_bertrand
from claims.multi_agent_risks.evaluations.incidence import EVALUATIONS
from claims.multi_agent_risks.models.incidence import FACTORS, MODES, Factor, Mode, Situation, label, severity
from claims.multi_agent_risks.sections.common import claim
from claims.parameters import Values
from exact.reals import Real

F = Fraction
Toggle = tuple[Situation, Situation]


def toggled(values: Values) -> Toggle:
    """A cell with its factor on and off."""
    _, situation = CELLS[values["factor"], values["mode"]]
    return situation(True), situation(False)


def caused(pair: Toggle, values: Values) -> Real:
    """How much of the mode there is with the factor on, if there is none of it with the factor off; else 0."""
    on, off = pair
    return severity(on, values["mode"]) if severity(off, values["mode"]) == 0 else F(0)


def nothing(instance: object, values: Values) -> Real:
    """0."""
    return F(0)


def every_cell(values: Values) -> Iterator[tuple[Factor, Mode]]:
    """All 21 cells, row by row."""
    return ((factor, mode) for factor in FACTORS for mode in MODES)


def shows_its_mode(cell: tuple[Factor, Mode], values: Values) -> bool:
    """Whether the decision procedure says the mode with the factor on, and no failure with it off."""
    _, situation = CELLS[cell]
    return (label(situation(True)), label(situation(False))) == (cell[1], "none")


def cell_part(factor: Factor, mode: Mode) -> Part:
    """One cell."""
    meaning, _ = CELLS[factor, mode]
    return Part(
        f"{factor}, {mode}",
        meaning,
        (Witness(
            instance=toggled, quantity=caused, relation=">", bound=nothing, settings=Settings(({"factor": factor, "mode": mode},)),
            argument="The payoffs of both situations come from the models of the other claims; the failure is measured in them, on and off.",
        ),),
        quantifier="exists",
    )


def unchanged(values: Values) -> Toggle:
    """The donation game under selection, beside itself."""
    _, situation = CELLS["selection", "conflict"]
    return situation(True), situation(True)


def harmless_agreement(values: Values) -> Toggle:
    """Both firms charge H, and the consumer is better off than at every equilibrium; beside the equilibrium."""
    on, off = in_bertrand(True, F(1)), in_bertrand(False, F(0))
    return replace(on, left=max(left for _, left in on.benchmark) + 1), off


def mutant(change: str, instance: Callable[[Values], Toggle], factor: Factor, mode: Mode) -> Mutant:
    """A cell that claims too much."""
    return Mutant(change, (Witness(
        instance=instance, quantity=caused, relation=">", bound=nothing,
        settings=Settings(({"factor": factor, "mode": mode},)), argument="The failure must be there with the factor on, and gone with it off.",
    ),))


MUTANTS = {
    "C43": (
        mutant("a cell counts although its toggle changes nothing (cooperation is driven out with and without selection)", unchanged, "selection", "conflict"),
        mutant("collusion needs no third party that loses", harmless_agreement, "commitment", "collusion"),
    ),
}

MATRIX = claim(
    "C43",
    "Each risk factor can underpin each failure mode",
    "For each of the seven factors and each of the three modes there is a situation in which the mode occurs with the factor on, and no failure with it off.",
    Source("abstract", "restated"),
    "exists",
    None,
    (
        *(cell_part(factor, mode) for factor in FACTORS for mode in MODES),
        Part(
            "labels",
            "the decision procedure says each cell's mode with the factor on, and none with it off",
            (Enumeration(
                statement="label on = the cell's mode, label off = none, in all 21 cells", elements=every_cell, predicate=shows_its_mode,
                argument="A1 on the payoffs of each situation, in exact arithmetic.",
            ),),
        ),
    ),
    MUTANTS,
    EVALUATIONS,
)

CLAIMS = (MATRIX,)
