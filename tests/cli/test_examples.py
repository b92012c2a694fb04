"""The files in examples/: what is true comes out so, and what is false is refuted by an exact counterexample that is checked here once more."""

from fractions import Fraction
from pathlib import Path

import pytest

import assay
from checkers import kernel

EXAMPLES = Path(assay.__file__).parent / "examples"


@pytest.fixture
def counterexample(typed, tmp_path):
    """Verifies a false example and gives the counterexample's instance, once the kernel has accepted its certificate."""
    def refute(name):
        answer = typed("verify", EXAMPLES / f"{name}.py", "--out", tmp_path / "run", "--json")
        assert answer.code == assay.REFUTED
        claim = answer.document["claims"][0]
        assert (claim["grade"], claim["trust"]) == ("refuted", "kernel")
        example = next(item["counterexample"] for item in claim["evidence"] if item["counterexample"])
        kernel.check(kernel.read(tmp_path / "run" / example["certificate"]))
        return example["instance"]
    return refute


def test_the_true_example_holds_and_its_mutants_do_not(typed, tmp_path):
    answer = typed("verify", EXAMPLES / "classics.py", "--out", tmp_path / "run", "--json")
    assert answer.code == 0
    assert [claim["grade"] for claim in answer.document["claims"]] == ["proved", "proved", "certified"]
    assert [mutant["status"] for claim in answer.document["claims"] for mutant in claim["mutants"]] == ["refuted"] * 3


def test_shapiro_is_refuted_for_14_numbers(counterexample):
    x = [Fraction(number) for number in counterexample("shapiro")]
    assert len(x) == 14
    assert min(x) >= 0
    assert sum(x[i] / (x[(i + 1) % 14] + x[(i + 2) % 14]) for i in range(14)) < 7


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shapiro_is_refuted_whatever_the_seed(typed, tmp_path, seed):
    assert typed("verify", EXAMPLES / "shapiro.py", "--out", tmp_path / "run", "--seed", seed).code == assay.REFUTED


def submodular(f):
    """Whether f (by bit mask) has f(S) + f(T) >= f(S | T) + f(S & T) for all S, T: the other definition than the example's."""
    return all(f[s] + f[t] >= f[s | t] + f[s & t] for s in range(8) for t in range(8))


def test_products_of_submodular_functions_are_refuted(counterexample):
    instance = counterexample("submodular_product")
    f, g = ([Fraction(value) for value in instance[name]] for name in ("f", "g"))
    assert submodular(f)
    assert submodular(g)
    assert not submodular([left * right for left, right in zip(f, g, strict=True)])


def sigma(r, k):
    """The Bradley–Terry probability at a difference of k grid steps: r^k/(1 + r^k)."""
    return Fraction(r) ** k / (1 + Fraction(r) ** k)


def test_a_linear_borda_bound_is_refuted(counterexample):
    """Recomputed from the definitions: the first alternative wins Borda's count, and the second is more than R(4 ln 2) = 1.5711… times as good."""
    instance = counterexample("borda_linear")
    weights = [Fraction(weight) for weight in instance["weights"]]
    types = [[Fraction(utility) for utility in row] for row in instance["utilities"]]
    mu = [Fraction(1, 100), Fraction(1, 100), Fraction(98, 100)]

    def average(x):
        return sum(weight * row[x] for weight, row in zip(weights, types, strict=True))

    def score(x):
        return sum(mu[y] * weight * sigma(2, int(4 * (row[x] - row[y]))) for y in range(3) for weight, row in zip(weights, types, strict=True))

    assert sum(weights) == 1
    assert score(0) == max(score(x) for x in range(3))
    assert average(1) > Fraction("1.5712") * average(0)
