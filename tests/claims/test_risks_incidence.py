"""C43: the cells of the matrix, their labels and severities, mutants, evaluation, and the figures of the cross-cutting claims."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import kernel
from checkers.checker import Budget, check
from claims.errors import ParameterError
from claims.multi_agent_risks.algorithms.incidence_cells import CELLS, selected
from claims.multi_agent_risks.algorithms.logit_duopoly import grid_equilibria
from claims.multi_agent_risks.figures import learning as figures_learning
from claims.multi_agent_risks.models.failure_modes import classify, pure_labels
from claims.multi_agent_risks.models.incidence import FACTORS, MODES, Competition, Cooperation, label, severity
from claims.multi_agent_risks.sections.incidence import MATRIX, shows_its_mode
from instances.games import NormalFormGame, point_law

F = Fraction
QUICK = Budget("quick", 20)
CELL_NAMES = [(factor, mode) for factor in FACTORS for mode in MODES]

OUTCOMES = {
    ("info", "miscoordination"): ("1/2", "1"), ("info", "conflict"): ("2/5", "0"), ("info", "collusion"): ("1/2", "0"),
    ("network", "miscoordination"): ("1/5", "1"), ("network", "conflict"): ("2", "3/2"), ("network", "collusion"): ("1/2", "3/4"),
    ("selection", "miscoordination"): ("1", "2"), ("selection", "conflict"): ("0", "2"), ("selection", "collusion"): ("3", "2"),
    ("dynamics", "miscoordination"): ("0", "1"), ("dynamics", "conflict"): ("-1/4", "1/9"),
    ("commitment", "miscoordination"): ("1/2", "1"), ("commitment", "conflict"): ("21/40", "0"), ("commitment", "collusion"): ("3", "2"),
    ("emergent", "miscoordination"): ("0", "1"), ("emergent", "conflict"): ("0", "7"), ("emergent", "collusion"): ("1", "0"),
    ("security", "miscoordination"): ("0", "1"), ("security", "conflict"): ("1", "4"), ("security", "collusion"): ("1", "0"),
}
"""With the factor on and off: the figures of the report's notes (C9, C12, C16, C17, C20, C22, C33, C36, C38, C40), and sums done by hand."""


@pytest.mark.parametrize(("factor", "mode"), CELL_NAMES, ids=[f"{factor}-{mode}" for factor, mode in CELL_NAMES])
def test_each_cell_shows_its_mode(factor: str, mode: str) -> None:
    _, found = MATRIX.evaluate({"factor": factor, "mode": mode})
    assert (found.values["label_on"], found.values["label_off"], found.holds) == (mode, "none", True)
    if (factor, mode) in OUTCOMES:
        assert (found.measured, found.bound) == tuple(map(F, OUTCOMES[factor, mode]))  # type: ignore[index]
    part = next(part for part in MATRIX.parts if part.name == f"{factor}, {mode}")
    evidence = check(part.formulations[0], part.formulations[0].settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("holds", "kernel"), evidence.note


def test_there_are_21_cells_and_the_default_is_an_audited_cartel() -> None:
    assert set(CELLS) == set(product(FACTORS, MODES))
    assert MATRIX.evaluate({})[1].measured == F(1, 2)
    with pytest.raises(ParameterError, match="factor"):
        MATRIX.evaluate({"factor": "weather"})


def test_the_labels_hold_and_can_fail() -> None:
    (formulation,) = MATRIX.parts[-1].formulations
    assert check(formulation, {}, 1, QUICK).status == "holds"
    meaning, situation = CELLS["commitment", "collusion"]
    CELLS["commitment", "collusion"] = (meaning, lambda on: situation(False))
    try:
        assert not shows_its_mode(("commitment", "collusion"), {})
    finally:
        CELLS["commitment", "collusion"] = (meaning, situation)


@pytest.mark.parametrize("number", range(len(MATRIX.mutants)))
def test_mutants_are_refuted(number: int) -> None:
    (formulation,) = MATRIX.mutants[number].formulations
    evidence = check(formulation, formulation.settings.quick[0], 1, QUICK)
    assert (evidence.status, evidence.trust) == ("refuted", "kernel"), evidence.note
    assert evidence.counterexample is not None
    kernel.check(evidence.counterexample["certificate"])


small = st.integers(0, 3).map(F)
vectors = st.tuples(small, small)


@given(st.tuples(vectors, vectors, vectors, vectors), st.tuples(small, small, small, small))
@settings(max_examples=200, deadline=None)
def test_labels_of_situations_are_those_of_the_procedure_on_games(payoffs: tuple[tuple[F, F], ...], third: tuple[F, ...]) -> None:
    game = NormalFormGame((2, 2), payoffs)
    for profile, verdict in zip(game.profiles(), pure_labels(game, "cooperate"), strict=True):
        situation = Cooperation(game.at(profile), game.payoffs, F(0))
        assert label(situation) == verdict
        assert {mode for mode in MODES if severity(situation, mode) > 0} == ({verdict} - {"none"})
    pure = game.pure_equilibria()
    if not pure:
        return
    benchmark = tuple((game.at(profile), third[game.place(profile)]) for profile in pure)
    for profile in game.profiles():
        rival = Competition(game.at(profile), third[game.place(profile)], benchmark, F(0))
        found = label(rival)
        assert {mode for mode in MODES if severity(rival, mode) > 0} == ({found} - {"none"})
        if classify(game, "compete", point_law(game, profile), third) == "collusion":
            assert found == "collusion"


def test_selection_needs_a_clear_winner() -> None:
    assert selected(((F(1), F(1)), (F(0), F(0))), F(1, 2)) == 0
    with pytest.raises(ValueError, match="neither"):
        selected(((F(0), F(2)), (F(2), F(0))), F(1, 4))


def test_the_price_cell_has_the_grid_equilibria() -> None:
    situation = CELLS["dynamics", "collusion"][1](True)
    assert isinstance(situation, Competition)
    assert len(situation.benchmark) == len(grid_equilibria(5)) == 2
    for (payoffs, _), equilibrium in zip(sorted(situation.benchmark), grid_equilibria(5), strict=True):
        assert payoffs[0] == payoffs[1]
        assert equilibrium.indices[0] == equilibrium.indices[1]


def test_figures() -> None:
    witnessed = {"part": "info, conflict", "status": "holds", "measured": "2/25", "parameters": {"factor": "info", "mode": "conflict"}}
    drawn = figures_learning.figures([{"id": "multi_agent_risks/C43", "evidence": [witnessed]}, {"id": "multi_agent_risks/C45", "evidence": [witnessed]}])
    assert [figure.name for figure in drawn] == list(figures_learning.NAMES)
    gains, response, matrix = drawn
    assert all(sum(share for _, share in series.points) == 1 for series in gains.series)  # type: ignore[union-attr]
    assert len(gains.marks) == 2  # type: ignore[union-attr]
    silent = next(series for series in response.series if series.label == "rival, memory 0")  # type: ignore[union-attr]
    assert all(change == 0 for _, change in silent.points)
    reacts = next(series for series in response.series if series.label == "rival, memory 1")  # type: ignore[union-attr]
    assert reacts.points[2][1] < 0
    assert matrix.cells[-1] == (None, F(1), None)  # type: ignore[union-attr]
    assert figures_learning.figures([]) == []
