"""The files in examples/: what is true comes out so, and what is false is refuted by an exact counterexample that is checked here once more."""

from fractions import Fraction
from pathlib import Path

import pytest

import assay
from checkers import kernel
from examples import classify_game

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


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("prisoners_dilemma", ["mixed motives", "equilibrium D D pays (1, 1): conflict, C C pays (3, 3); all together could gain 4", "C C pays (3, 3)"]),
        ("bertrand", ["equilibrium low low pays (2, 2): conflict", "high high pays (3, 3), more to everybody than any equilibrium, and 4 to the third party"]),
    ],
)
def test_a_game_in_a_file_is_classified(name, lines, capsys):
    assert classify_game.main([str(EXAMPLES / "games" / f"{name}.txt")]) == 0
    shown = capsys.readouterr().out
    assert all(line in shown for line in lines)


def test_mixed_equilibria_and_lotteries_are_shown(tmp_path, capsys):
    file = tmp_path / "game.txt"
    file.write_text("actions: a b | a b\n b b -> 0 0\na a -> 0 0\na b -> 7/2 0.5\nb a -> 1/2 3.5\n", encoding="utf-8")
    assert classify_game.main([str(file)]) == 0
    assert "equilibrium a with probability 7/8, a with probability 7/8 pays (7/16, 7/16): conflict, a b pays (7/2, 1/2)" in capsys.readouterr().out
    file.write_text("actions: a b | a b\na a -> 1 3\na b -> 2 4\nb a -> 3 2\nb b -> 4 1\n", encoding="utf-8")
    assert classify_game.main([str(file)]) == 0
    assert "equilibrium b a pays (3, 2): efficient" in capsys.readouterr().out
    assert classify_game.main([str(file), "--hull"]) == 0
    assert "equilibrium b a pays (3, 2): conflict, a lottery over profiles is better" in capsys.readouterr().out


def test_three_players_and_no_equilibrium_that_is_sought(tmp_path, capsys):
    file = tmp_path / "game.txt"
    profiles = [f"{a} {b} x -> {(a == b) - (a != b)} {(a != b) - (a == b)} 0" for a in "pq" for b in "pq"]
    file.write_text("\n".join(["actions: p q | p q | x", *profiles]), encoding="utf-8")
    assert classify_game.main([str(file)]) == 0
    assert "nothing is said about equilibrium play" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the first line must be like 'actions: C D | C D'"),
        ("# nothing\nC C -> 1 1", "line 2: the first line"),
        ("actions: C D", "line 1: at least two players"),
        ("actions: C C | D", "line 1: a player has the action C twice"),
        ("actions: C | D\nC D 1 1", "line 2: 'C D 1 1' has no '->'"),
        ("actions: C | D\nC -> 1 1", "line 2: 1 actions for 2 players"),
        ("actions: C | D\nC X -> 1 1", "line 2: player 2 has no action 'X', but D"),
        ("actions: C | D\nC D -> 1", "line 2: 1 payoffs for 2 players"),
        ("actions: C | D\nC D -> 1 one", "line 2: 'one' is no exact number"),
        ("actions: C | D\nC D -> 1 1 | x", "line 2: 'x' is no exact number"),
        ("actions: C | D\nC D -> 1 1\nC D -> 1 1", "line 3: the profile C D stands twice"),
        ("actions: C D | D\nC D -> 1 1", "line 2: the file ends without the profile D D"),
        ("actions: C D | D\nC D -> 1 1 | 2\nD D -> 1 1", "line 3: the third party's utility is given for 1 of 2 profiles"),
    ],
)
def test_a_bad_payoff_table_names_the_line(text, message, tmp_path, capsys):
    file = tmp_path / "game.txt"
    file.write_text(text, encoding="utf-8")
    assert classify_game.main([str(file)]) == 2
    assert message in capsys.readouterr().err


def test_a_table_whose_profiles_do_not_fit_in_memory_is_refused_at_once(tmp_path, capsys):
    file = tmp_path / "game.txt"
    file.write_text("actions: " + " | ".join(["C D"] * 64) + "\n", encoding="utf-8")
    assert classify_game.main([str(file)]) == 2
    assert f"line 1: the file ends without the profile {' '.join('C' * 64)}" in capsys.readouterr().err


def test_a_byte_order_mark_is_no_part_of_the_table(tmp_path, capsys):
    file = tmp_path / "game.txt"
    file.write_text("actions: C | D\r\nC D -> 1 1\r\n", encoding="utf-8-sig")
    assert classify_game.main([str(file)]) == 0
    assert "equilibrium C D pays (1, 1): efficient" in capsys.readouterr().out


def test_a_payoff_table_that_is_not_there(tmp_path, capsys):
    assert classify_game.main([str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err
