"""The largest share ε of non-adjacent pairs at which RLHF still returns the last alternative (Theorem 9), in floating point."""

from __future__ import annotations

from typing import Any

from claims.alignment_distortion.model import Matrix

_RATIO = 0.8
_SMALLEST = 1e-300
_BISECTIONS = 60


def largest_eps_with_last_winner(margins: Matrix) -> float | None:
    """The largest ε in (0, 1) with the last alternative on top, found from above on a geometric grid and by bisection; None if there is none."""
    import numpy as np

    game = np.array([[float(value) for value in row] for row in margins])
    rewards = np.zeros(len(game))
    high, low = 1.0, 1.0 - 1e-12
    while True:
        rewards = _rewards(game, low, rewards)
        if rewards[-1] > rewards[:-1].max():
            break
        high, low = low, low * _RATIO
        if low < _SMALLEST:
            return None
    if high == 1.0:
        return None if low < 1.0 - 1e-9 else low
    for _ in range(_BISECTIONS):
        middle = float(np.sqrt(low * high))
        rewards = _rewards(game, middle, rewards)
        if rewards[-1] > rewards[:-1].max():
            low = middle
        else:
            high = middle
    return float(low)


def _rewards(game: Any, eps: float, start: Any) -> Any:
    """Newton's method for Σ_y ν_xy (M_xy − tanh((r_x − r_y)/2)) = 0, r_1 = 0, step halved while the residual grows."""
    import numpy as np

    m = len(game)
    others = m * (m - 1) // 2 - (m - 1)
    distance = np.abs(np.subtract.outer(np.arange(m), np.arange(m)))
    law = np.where(distance == 1, (1 - eps) / (m - 1), np.where(distance > 1, eps / others, 0.0))
    rewards = start.copy()

    def residual(at: Any) -> Any:
        return (law * (game - np.tanh(np.subtract.outer(at, at) / 2))).sum(axis=1)

    gradient = residual(rewards)
    for _ in range(100):
        curvature = law * (1 - np.tanh(np.subtract.outer(rewards, rewards) / 2) ** 2) / 2
        laplacian = np.diag(curvature.sum(axis=1)) - curvature
        move = np.concatenate([[0.0], np.linalg.solve(laplacian[1:, 1:], gradient[1:])])
        size, step = float(np.abs(gradient).max()), 1.0
        while step > 1e-8 and float(np.abs(residual(rewards + step * move)).max()) > size:
            step /= 2
        rewards = rewards + step * move
        gradient = residual(rewards)
        if float(np.abs(move).max()) <= 1e-14 * (1 + float(np.abs(rewards).max())):
            break
    return rewards
