"""Tables that claims state, as settings: what was enumerated or solved, and what comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

F = Fraction
PRECISIONS = ("0", "1/4", "1/2", "3/4", "9/10", "99/100")

_BEST: tuple[tuple[tuple[str, str, str], str], ...] = (
    (("1/4", "1/2", "1/2"), "19/36 155/288 9/16 169/288 433/720 4393/7200"),
    (("1/10", "1/2", "1/2"), "55/108 455/864 79/144 493/864 1261/2160 12781/21600"),
    (("3/4", "1/2", "1/2"), "11/16 11/16 11/16 91/128 47/64 479/640"),
    (("1/10", "1/10", "1/2"), "31/220 31/220 31/220 31/220 629/4400 6389/44000"),
)

BEST_VALUES: tuple[dict[str, Any], ...] = tuple(
    {"gamma": F(gamma), "beta": F(beta), "pi": F(pi), "p": F(p), "stated": F(value)}
    for (gamma, beta, pi), values in _BEST
    for p, value in zip(PRECISIONS, values.split(), strict=True)
)
"""V* by (γ, β, π) and precision."""

_CLASSES: tuple[tuple[str, int, str], ...] = (
    ("tree", 1, "2 1/2 5/8  2 9/16 5/8  2 57/80 5/8  2 3/4 5/8"),
    ("tree", 2, "35 1/2 13/16  29 17/32 13/16  30 49/80 257/320  56 3/4 5/8"),
    ("tree", 3, "135680 1/2 7/8  70400 25/48 7/8  73792 23/40 139/160  285696 3/4 5/8"),
    ("memory1", 0, "10275 1/2 5/8  8449 5/8 23/32  8729 29/40 103/160  24732 3/4 5/8"),
    ("moore2", 0, "2634 1/2 5/8  2143 5/8 23/32  2270 29/40 103/160  7752 3/4 5/8"),
)


def _restricted(name: str, rounds: int, text: str) -> list[dict[str, Any]]:
    numbers = text.split()
    base: dict[str, Any] = {"gamma": F(1, 4), "beta": F(1, 2), "pi": F(1, 2), "strategies": name}
    if rounds:
        base["T"] = rounds
    return [
        {**base, "p": F(p), "count": int(numbers[3 * i]), "u2_max": F(numbers[3 * i + 1]), "u1_min": F(numbers[3 * i + 2])}
        for i, p in enumerate(("0", "1/2", "9/10", "1"))
    ]


RESTRICTED: tuple[dict[str, Any], ...] = tuple(row for name, rounds, text in _CLASSES for row in _restricted(name, rounds, text))
"""All equilibria of restricted meta-games: their number, max Ū_2, min Ū_1."""

FEEDBACK: tuple[dict[str, Any], ...] = tuple(
    {"T": rounds, "rows": rows, "feedback": seen, "payoffs": (F(payoff),), "count": count}
    for rounds, rows, seen, payoff, count in (
        (1, 2, "actions", "0", 4),
        (1, 2, "own_payoff", "0", 4),
        (2, 2, "actions", "0", 32),
        (2, 2, "own_payoff", "1/20", 128),
        (3, 1, "actions", "0", 1),
        (3, 1, "own_payoff", "1/15", 4),
    )
)
"""All equilibria of the game E."""

SCANS: tuple[dict[str, Any], ...] = (
    {"levels1": (F(0), F(1)), "levels2": (F(0), F(1)), "scanned": 1920, "found": ()},
    {
        "levels1": (F(0), F(1)),
        "levels2": (F(0), F(1), F(2)),
        "scanned": 9720,
        "found": ((F(7, 4), F(3, 2), 20), (F(3, 2), F(1), 40), (F(5, 4), F(1), 12)),
    },
)
"""Families of two 2×2 games with R0 < B_2, by (B_2, R0)."""
