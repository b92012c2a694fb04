"""Which failure modes does a game of yours have? Reads a payoff table from a file and shows the outcomes that fail.

    python -m examples.classify_game examples/games/bertrand.txt [--hull]        (from the project's root)

The file is text, with one line for the actions and one for each profile:

    # a comment
    actions: C D | C D              the actions of each player, separated by |; two players or more
    C C -> 3 3                      one action per player, then one payoff per player: 3, -1, 7/2 or 0.25, read exactly
    C D -> 0 5 | 2                  after a bar, if you like: the utility of a third party (in every line, or in none)

Every profile stands in exactly one line, in any order. With --hull an outcome counts as inefficient when a lottery over profiles is better for somebody and
worse for nobody; otherwise only profiles are compared with.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path

from claims.multi_agent_risks.models.failure_modes import (
    Frontier,
    classify,
    conflict_severity,
    equilibrium_laws,
    game_verdict,
    incentive_class,
    pure_labels,
)
from exact.numerals import numeral, read_rational
from instances.equilibria import interior_mixture
from instances.games import Law, NormalFormGame, Profile, pure_dominators

CLASSES = {"CI": "common interest", "OP": "opposed interests", "MM": "mixed motives"}


class TableError(ValueError):
    """A payoff table that cannot be read; the message begins with the line's number."""


@dataclass(frozen=True)
class Table:
    """A game, the names of the actions, and a third party's utility for each profile if the file gives one."""

    names: tuple[tuple[str, ...], ...]
    game: NormalFormGame
    third_party: tuple[Fraction, ...] | None

    def name(self, profile: Profile) -> str:
        """The profile in the file's words."""
        return " ".join(names[action] for names, action in zip(self.names, profile, strict=True))


def read_table(text: str) -> Table:
    """The table in a file's text. Raises TableError."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.strip().startswith("#")]
    if not lines or not lines[0][1].startswith("actions:"):
        raise TableError(f"line {lines[0][0] if lines else 1}: the first line must be like 'actions: C D | C D'")
    names = _read_actions(*lines[0])
    found: dict[tuple[str, ...], tuple[tuple[Fraction, ...], Fraction | None]] = {}
    for number, line in lines[1:]:
        profile, payoffs, other = _read_profile(number, line, names)
        if profile in found:
            raise TableError(f"line {number}: the profile {' '.join(profile)} stands twice")
        found[profile] = (payoffs, other)
    missing = next((profile for profile in product(*names) if profile not in found), None)  # one by one: there may be more than fit in memory
    if missing is not None:
        raise TableError(f"line {lines[-1][0]}: the file ends without the profile {' '.join(missing)}")
    profiles = list(product(*names))
    others = [found[profile][1] for profile in profiles]
    known = [other for other in others if other is not None]
    if known and len(known) < len(others):
        raise TableError(f"line {lines[-1][0]}: the third party's utility is given for {len(known)} of {len(others)} profiles")
    game = NormalFormGame(tuple(len(actions) for actions in names), tuple(found[profile][0] for profile in profiles))
    return Table(names, game, tuple(known) if known else None)


def _read_actions(number: int, line: str) -> tuple[tuple[str, ...], ...]:
    names = tuple(tuple(part.split()) for part in line.removeprefix("actions:").split("|"))
    if len(names) < 2 or not all(names):
        raise TableError(f"line {number}: at least two players with at least one action each are due, separated by |")
    for actions in names:
        for action in actions:
            if actions.count(action) > 1:
                raise TableError(f"line {number}: a player has the action {action} twice")
    return names


def _read_profile(number: int, line: str, names: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], tuple[Fraction, ...], Fraction | None]:
    left, arrow, right = line.partition("->")
    if not arrow:
        raise TableError(f"line {number}: {line!r} has no '->' between a profile and its payoffs")
    profile = tuple(left.split())
    if len(profile) != len(names):
        raise TableError(f"line {number}: {len(profile)} actions for {len(names)} players")
    for player, (action, actions) in enumerate(zip(profile, names, strict=True), 1):
        if action not in actions:
            raise TableError(f"line {number}: player {player} has no action {action!r}, but {', '.join(actions)}")
    payoffs, bar, other = right.partition("|")
    numbers = tuple(_read_number(number, word) for word in payoffs.split())
    if len(numbers) != len(names):
        raise TableError(f"line {number}: {len(numbers)} payoffs for {len(names)} players")
    return profile, numbers, _read_number(number, other.strip()) if bar else None


def _read_number(number: int, word: str) -> Fraction:
    try:
        return read_rational(word)
    except ValueError:
        raise TableError(f"line {number}: {word!r} is no exact number; write 3, -1, 7/2 or 0.25") from None


# Telling


def describe(table: Table, frontier: Frontier) -> list[str]:
    """What there is to say about the game, in lines."""
    game = table.game
    told = [f"Incentives: {CLASSES[incentive_class(game)]}"]
    laws = equilibrium_laws(game)
    if not laws:
        return [*told, "No pure equilibrium; mixed ones are sought in 2×2 games only, so nothing is said about equilibrium play."]
    told += ["", f"Where the agents are meant to cooperate: {game_verdict(game, 'cooperate', frontier)}"]
    told += [f"  equilibrium {_law_name(table, law)} pays {_numbers(game.expected(law))}: {_cooperation(table, law, frontier)}" for law in laws]
    told += ["", f"Where the agents are meant to compete: {game_verdict(game, 'compete', frontier, table.third_party)}"]
    labels = pure_labels(game, "compete", frontier, table.third_party)
    told += [
        f"  {table.name(profile)} pays {_numbers(game.at(profile))}, more to everybody than any equilibrium{_victim(table, profile)}: collusion"
        for profile, label in zip(game.profiles(), labels, strict=True)
        if label == "collusion"
    ]
    return told


def _numbers(values: Sequence[Fraction]) -> str:
    return f"({', '.join(numeral(Fraction(x)) for x in values)})"


def _law_name(table: Table, law: Law) -> str:
    for profile, weight in zip(table.game.profiles(), law, strict=True):
        if weight == 1:
            return table.name(profile)
    mixture = interior_mixture(table.game)
    assert mixture is not None, "an equilibrium that is not pure is the interior one of a 2×2 game"
    return ", ".join(f"{names[0]} with probability {numeral(Fraction(weight))}" for names, weight in zip(table.names, mixture, strict=True))


def _cooperation(table: Table, law: Law, frontier: Frontier) -> str:
    game = table.game
    label = classify(game, "cooperate", law, frontier=frontier)
    if label == "none":
        return "efficient"
    payoffs = [Fraction(x) for x in game.expected(law)]
    better = pure_dominators(game, payoffs)
    by = f"{table.name(better[0])} pays {_numbers(game.at(better[0]))}" if better else "a lottery over profiles is better"
    return f"{label}, {by}; all together could gain {numeral(Fraction(conflict_severity(game, payoffs, frontier)))}"


def _victim(table: Table, profile: Profile) -> str:
    return "" if table.third_party is None else f", and {numeral(table.third_party[table.game.place(profile)])} to the third party, less than at any"


def main(words: Sequence[str] | None = None) -> int:
    """Read the file and print. Gives 0, or 2 for a file that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m examples.classify_game", description="The failure modes of a game in a file.")
    parser.add_argument("file", type=Path, help="the payoff table")
    parser.add_argument("--hull", action="store_true", help="lotteries over profiles may dominate, too")
    options = parser.parse_args(words)
    try:
        table = read_table(options.file.read_text(encoding="utf-8-sig"))
        print("\n".join(describe(table, "hull" if options.hull else "pure")))
    except (TableError, OSError, UnicodeDecodeError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
