"""No part stands better than what it rests on; conflicts and circles are errors; verdicts are held against what was
expected."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.engine import exit_code, plan_run
from checkers.engine.foundations import find_circles, foundations, resolve
from checkers.engine.records import evidence_of
from checkers.evidence import Evidence, part_verdict, strength
from checkers.verdicts import PartCase, agreement, cap, judge_claim, judge_parts
from claims.claim import Claim, Paper, Part, Source
from claims.errors import ClaimError
from claims.formulations import Enumeration
from claims.registry import Entry

SCOPES = ("universal", "parametric", "instance", "sample")
TRUSTS = ("kernel", "exact", "solver", "numeric", "statistical")


def evidence(status="holds", scope="universal", trust="kernel", **rest):
    return Evidence(checker="test", status=status, scope=scope, trust=trust, **rest)


any_evidence = st.builds(
    evidence, status=st.sampled_from(("holds", "refuted", "undecided", "error")), scope=st.sampled_from(SCOPES), trust=st.sampled_from(TRUSTS),
    quantifier=st.sampled_from(("all", "exists")))


@given(any_evidence.filter(lambda item: item.status == "holds"), any_evidence)
def test_nothing_that_holds_stands_better_than_its_support(item, below):
    support = part_verdict("", [below])
    capped = cap(item, "C1", support)
    allowed = support.grade if support.grade != "refuted" else "undecided"
    assert strength(capped.grade) <= min(strength(item.grade), strength(allowed))


@pytest.mark.parametrize(("item", "below", "grade"), [
    (evidence(), evidence(scope="parametric", trust="exact"), "certified"),
    (evidence(), evidence(trust="solver"), "decided"),
    (evidence(), evidence(scope="instance", quantifier="exists"), "witnessed"),
    (evidence(), evidence(scope="instance"), "supported"),
    (evidence(scope="sample", trust="numeric"), evidence(scope="instance", quantifier="exists"), "supported"),
    (evidence(scope="instance", quantifier="exists"), evidence(scope="instance"), "supported"),
    (evidence(), evidence(scope="sample", trust="statistical"), "supported"),
    (evidence(), evidence("undecided"), "undecided"),
    (evidence(), evidence("refuted", "instance"), "undecided"),
    (evidence(), evidence("error"), "error"),
])
def test_what_is_left_of_evidence_with_a_weaker_support(item, below, grade):
    assert cap(item, "C1", part_verdict("", [below])).grade == grade


@given(any_evidence.filter(lambda item: item.status == "holds"))
def test_a_proved_support_costs_nothing(item):
    assert cap(item, "C1", part_verdict("", [evidence()])) == item


def case(name, *found, supports=None, beside=False):
    return PartCase((name, ""), found, beside, supports or {})


def test_the_best_formulation_counts_after_capping():
    proved_on_weak = evidence(rests_on=("weak",), formulation=0)
    certified_alone = evidence(scope="parametric", trust="exact", formulation=1)
    verdicts = judge_parts([
        case("strong", proved_on_weak, certified_alone, supports={"weak": (("weak", ""),)}),
        case("weak", evidence(scope="sample", trust="numeric")),
    ], {})
    assert verdicts["strong", ""].grade == "certified"
    assert verdicts["strong", ""].evidence.formulation == 1


def test_capping_goes_through_chains_whatever_the_order():
    chain = [case(f"C{i}", evidence(rests_on=(f"C{i + 1}",)), supports={f"C{i + 1}": ((f"C{i + 1}", ""),)}) for i in range(5)]
    chain.append(case("C5", evidence("undecided")))
    for cases in (chain, chain[::-1]):
        verdicts = judge_parts(cases, {})
        assert {verdict.grade for verdict in verdicts.values()} == {"undecided"}
        assert "it rests on C1" in verdicts["C0", ""].evidence.note


def test_a_counterexample_needs_no_support():
    verdicts = judge_parts([
        case("C1", evidence("refuted", "instance", rests_on=("C2",)), supports={"C2": (("C2", ""),)}), case("C2", evidence("undecided"))], {})
    assert verdicts["C1", ""].grade == "refuted"


def test_a_circle_is_an_error_and_spreads_to_what_rests_on_it():
    verdicts = judge_parts([
        case("C1", evidence(rests_on=("C2",)), supports={"C2": (("C2", ""),)}), case("C2", evidence(rests_on=("C2",)), supports={"C2": (("C2", ""),)}),
    ], {("C2", ""): "C2 → C2"})
    assert verdicts["C2", ""].grade == "error"
    assert "C2 → C2" in verdicts["C2", ""].evidence.note
    assert verdicts["C1", ""].grade == "error"


@pytest.mark.parametrize(("held", "against", "grade"), [
    (evidence(), evidence("refuted", "instance", parameters={"n": 3}), "error"),
    (evidence(scope="parametric", parameters={"n": 3}), evidence("refuted", "instance", parameters={"n": 3}, formulation=1), "error"),
    (evidence(scope="parametric", parameters={"n": 2}), evidence("refuted", "instance", parameters={"n": 3}), "refuted"),
    (evidence(trust="solver"), evidence("refuted", "instance"), "error"),
    (evidence(scope="sample", trust="numeric"), evidence("refuted", "instance"), "refuted"),
    (evidence(), evidence("refuted", "instance", "numeric"), "proved"),
])
def test_conflicts_are_errors_and_samples_are_none(held, against, grade):
    for order in ([held, against], [against, held]):
        verdict = part_verdict("", [item if item is held else Evidence(**{**vars(against), "formulation": 1}) for item in order])
        assert verdict.grade == grade
        assert verdict.conflict == (grade == "error")


def test_a_formulation_stands_as_well_as_its_weakest_setting():
    settings = [evidence(scope="parametric", parameters={"n": n}) for n in range(3)]
    assert part_verdict("", settings).grade == "certified"
    assert part_verdict("", [*settings, evidence("undecided", parameters={"n": 3})]).grade == "undecided"


def test_parts_beside_do_not_lift_or_lower_but_refute():
    main, beside = part_verdict("a", [evidence()]), part_verdict("b", [evidence("undecided")], beside=True)
    assert judge_claim([main, beside]).grade == "proved"
    refuted = part_verdict("b", [evidence("refuted", "instance")], beside=True)
    assert judge_claim([main, refuted]).grade == "refuted"


@pytest.mark.parametrize(("expected", "grade", "answer"), [
    ("holds", "proved", "expected"), ("holds", "supported", "expected"), ("holds", "refuted", "refuted"), ("holds", "undecided", "undecided"),
    ("holds", "error", "error"), ("refuted", "refuted", "expected"), ("refuted", "supported", "conflict"), ("refuted", "undecided", "undecided"),
    ("undecided", "undecided", "expected"), ("undecided", "supported", "better"), ("undecided", "refuted", "refuted"), ("undecided", "error", "error"),
])
def test_agreement_with_what_was_expected(expected, grade, answer):
    assert agreement(expected, grade) == answer


def mutant(status, checker="search", note=""):
    return {"status": status, "evidence": [{"checker": checker, "note": note}]}


@pytest.mark.parametrize(("agreements", "mutants", "code"), [
    (["expected", "better"], [mutant("refuted")], 0), (["refuted"], [], 1), (["undecided"], [], 3), (["error"], [], 4), (["conflict"], [], 4),
    (["undecided", "refuted", "error"], [], 4), (["undecided", "refuted"], [], 1), (["expected"], [mutant("holds")], 1),
    (["expected"], [mutant("undecided")], 1), (["undecided"], [mutant("undecided", "engine", "not run: interrupted")], 3), ([None], [mutant("refuted")], 0),
    (["expected"], [mutant("error")], 4), (["expected"], [mutant("undecided", "engine", "stopped at the time limit of 60 s")], 1),
])
def test_exit_codes(agreements, mutants, code):
    claims = [{"agreement": word, "mutants": []} for word in agreements]
    assert exit_code({"claims": [*claims, {"agreement": "expected", "mutants": mutants}]}) == code


def paper(**rests_on):
    claims = tuple(
        Claim(number=number, title=number, statement=number, source=Source("here"), relation=">=", parts=tuple(
            Part(name, name, (Enumeration(statement="", elements=lambda p: (), predicate=lambda i, p: True, rests_on=support, argument="so"),))
            for name, support in parts.items()))
        for number, parts in rests_on.items())
    made = Paper(slug="made", title="Made", citation="", arxiv="", claims=claims)
    return tuple(Entry(made, claim, "made") for claim in claims)


def test_references_are_told_from_literature():
    c1, c2 = paper(C1={"(a)": (), "(b)": ()}, C2={"": ()})
    assert resolve("C1", c2).entry.id == "made/C1"
    assert resolve("made/C1", c2).part == ""
    assert resolve("C1(b)", c2).part == "(b)"
    for text in ("Hoeffding 1963, Thm 1", "Brouwer's fixed point theorem", "Euclid"):
        assert resolve(text, c1) is None
    for text in ("C9", "made/C9", "nowhere/C1", "C1(z)"):
        with pytest.raises(ClaimError, match="rests on"):
            resolve(text, c1)


def test_circles_are_found_between_parts():
    entries = paper(C1={"(a)": ("C2",), "(b)": ("C1(a)",)}, C2={"(a)": ("C3(a)",)}, C3={"(a)": (), "(b)": ("C1",)})
    assert find_circles(entries) == {}
    entries = paper(C1={"(a)": ("C2",), "(b)": ("C1(a)",)}, C2={"(a)": ("C3",)}, C3={"(a)": (), "(b)": ("C1(a)",)}, C4={"": ("C1",)})
    assert set(find_circles(entries)) == {("made/C1", "(a)"), ("made/C2", "(a)"), ("made/C3", "(b)")}
    assert find_circles(entries)["made/C1", "(a)"] == "made/C1 (a) → made/C2 (a) → made/C3 (b) → made/C1 (a)"


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.sets(st.integers(1, n)), min_size=n, max_size=n)))
def test_circles_against_transitive_closure(supports):
    n = len(supports)
    reach = {(i + 1, j) for i, targets in enumerate(supports) for j in targets}
    for k, i, j in product(range(1, n + 1), repeat=3):
        if (i, k) in reach and (k, j) in reach:
            reach.add((i, j))
    entries = paper(**{f"C{i + 1}": {"": tuple(f"C{j}" for j in sorted(targets))} for i, targets in enumerate(supports)})
    assert {claim for claim, _ in find_circles(entries)} == {f"made/C{i}" for i in range(1, n + 1) if (i, i) in reach}


def test_what_claims_rest_on_is_planned_without_being_selected(run, plan_of):
    plan = plan_of("plain_claims", "C2")
    assert [entry.id for entry in foundations(plan.entries)] == ["plain/C1"]
    assert {task.claim for task in plan.tasks} == {"plain/C1", "plain/C2"}
    assert not [task for task in plan.tasks if task.claim == "plain/C1" and task.kind == "mutant"]
    document = run("plain_claims", "C2")
    assert [claim["id"] for claim in document["claims"]] == ["plain/C2"]
    assert [claim["id"] for claim in document["foundations"]] == ["plain/C1"]
    parts = {part["name"]: part for part in document["claims"][0]["parts"]}
    assert parts["(a)"]["grade"] == "certified"
    assert parts["(b)"]["grade"] == "witnessed"
    assert parts["(b)"]["rests_on"] == ["C1", "Euclid, Elements, Book II"]
    assert "no better than C1" in parts["(b)"]["note"]
    assert document["totals"]["claims"] == 1


def test_two_files_with_the_same_claim_ids_are_refused(plan_of):
    plan = plan_of("plain_claims", "C1")
    other = Entry(plan.entries[0].paper, plan.entries[0].claim, "elsewhere.py")
    with pytest.raises(ClaimError, match="different slugs"):
        plan_run([plan.entries[0], other], effort="quick")


def test_mutants_alone(run):
    document = run("plain_claims", "C1", plan_options={"verify": False})
    claim = document["claims"][0]
    assert claim["status"] is None
    assert claim["evidence"] == []
    assert claim["mutants"][0]["status"] == "refuted"
    assert claim["mutants"][0]["id"] == "plain/C1/m1"
    assert claim["mutants"][0]["counterexample"]["certificate"].startswith("certificates/")
    assert exit_code(document) == 0


def stored(status, trust, **rest):
    return {"checker": "test", "status": status, "scope": "instance", "trust": trust, "measured": None, "bound": None, "margin": None,
            "certificate": None, "counterexample": None, "note": "found", "details": {}, "seconds": 0.0, **rest}


def test_a_failing_witness_refutes_no_claim_of_existence(plan_of):
    plan = plan_of("plain_claims", "C1", "P1")
    parts = {entry.id: entry.claim.parts[0] for entry in plan.entries}
    tasks = {task.claim: task for task in plan.tasks if task.kind == "part"}
    exists = evidence_of(stored("refuted", "kernel"), tasks["plain/C1"], parts["plain/C1"])
    assert exists.status == "undecided"
    assert exists.note == "this instance does not show it; found"
    assert evidence_of(stored("refuted", "kernel"), tasks["plain/P1"], parts["plain/P1"]).status == "refuted"
    assert evidence_of(stored("refuted", "kernel"), tasks["plain/C1"], None).status == "refuted"


@pytest.mark.parametrize("trust", ["solver", "numeric", "statistical"])
def test_refuted_means_exact(plan_of, trust):
    plan = plan_of("plain_claims", "P1")
    judged = evidence_of(stored("refuted", trust), plan.tasks[0], plan.entries[0].claim.parts[0])
    assert judged.status == "undecided"
    assert judged.grade == "undecided"
    assert "candidate" in judged.note
