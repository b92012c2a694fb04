"""The identities and inequalities behind C25 to C30, for all numbers at once; the kernel checks them."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from claims import Inequality
from claims.formulations import Relation
from claims.multi_agent_risks.algorithms import sending_game
from claims.multi_agent_risks.models import dynamics as model

x, y, s, t, eta, a, b, share, growth, p = sp.symbols("x y s t eta a b sigma E p", real=True)
gamma, temperature, n, total, gain, power = sp.symbols("gamma T n S K X", real=True)
trace, determinant, lam, k, l_ = sp.symbols("tau D lambda k l", real=True)
u1, u2, s2 = sp.symbols("u1 u2 s2", real=True)

Domain = tuple[sp.Symbol, object, object]


def relation(left: sp.Expr | int, symbol: Relation, right: sp.Expr | int, *domain: Domain, argument: str = "", rests_on: tuple[str, ...] = (),
             where: tuple[tuple[sp.Expr, Relation], ...] = ()) -> Inequality:
    """``left symbol right`` on the domain."""
    return Inequality(left=sp.S.Zero + left, relation=symbol, right=sp.S.Zero + right, domain=domain, where=where, argument=argument, rests_on=rests_on)


def identity(left: sp.Expr | int, right: sp.Expr | int, symbols: Sequence[sp.Symbol], argument: str = "", rests_on: tuple[str, ...] = ()) -> Inequality:
    """The two sides are equal wherever both are defined."""
    return relation(left, "==", right, *((symbol, None, None) for symbol in symbols), argument=argument, rests_on=rests_on)


# C25


def simultaneous_growth() -> Inequality:
    """The squared distance grows by the factor 1 + η² exactly."""
    u, v = model.simultaneous_step(x, y, eta)
    return identity(u**2 + v**2, (1 + eta**2) * (x**2 + y**2), (x, y, eta), "The step as the model computes it; the identity is the part.")


def alternating_invariant(sign: int = 1) -> Inequality:
    """x² + y² − ηxy is conserved (``sign`` −1: the false variant with +ηxy)."""
    u, v = model.alternating_step(x, y, eta)
    return identity(u**2 + v**2 - sign * eta * u * v, x**2 + y**2 - sign * eta * x * y, (x, y, eta), "The step as the model computes it.")


def schur_cohn() -> Inequality:
    """(1 − |c|²)² − |d − c·d̄|² = η²(1 − 3η²) for λ² + dλ + c, d = −(1 − 2iη), c = −iη."""
    argument = (
        "With w = x + iy, F(w) = −iw, so a step is w′ = (1 + 2iη)w − iη·w₋, whose characteristic roots are the conjugates of those of λ² + dλ + c, "
        "d = −(1 − 2iη), c = −iη. Schur–Cohn: both roots lie inside the unit circle iff |c| < 1 and |d − c·d̄| < 1 − |c|². Here |c| = η, "
        "d − c·d̄ = −(1 − 2η²) + iη, so for η < 1 the second condition is the identity's right side > 0, that is 0 < η < 1/√3; for η >= 1 the "
        "product of the moduli is η >= 1, and for η = 0 nothing moves."
    )
    return identity((1 - eta**2) ** 2 - ((1 - 2 * eta**2) ** 2 + eta**2), eta**2 * (1 - 3 * eta**2), (eta,), argument,
                    ("Schur–Cohn criterion (J. Schur, Über Potenzreihen, die im Innern des Einheitskreises beschränkt sind, 1918)",))


def schur_cohn_terms() -> tuple[Inequality, Inequality]:
    """The real and imaginary part of d − c·d̄, and |c|²: the numbers that go into the criterion."""
    d, c = -(1 - 2 * sp.I * eta), -sp.I * eta
    value = sp.expand(d - c * sp.conjugate(d))
    argument = "Complex arithmetic, part by part."
    return (identity(sp.re(value), -(1 - 2 * eta**2), (eta,), argument), identity(sp.im(value), eta, (eta,), argument))


def conserved_distance() -> Inequality:
    """False: simultaneous play conserves x² + y²."""
    u, v = model.simultaneous_step(x, y, eta)
    return identity(u**2 + v**2, x**2 + y**2, (x, y, eta))


# C26

STEP_ARGUMENT = (
    "V is the sum of ln cosh at s/2 and t/2, so ∇V = (½ tanh(s/2), ½ tanh(t/2)), and the step (2η tanh(t/2), −2η tanh(s/2)) is orthogonal to it. V is "
    "strictly convex (part “convexity”), so it lies strictly above its tangent plane at every other point: V grows by each step that moves, and only at "
    "s = t = 0 does the step not move."
)


def orthogonal_step(argument: str) -> Inequality:
    """∇V · step = 0."""
    u, v = sp.tanh(s / 2), sp.tanh(t / 2)
    return identity(u / 2 * (2 * eta * v) + v / 2 * (-2 * eta * u), 0, (s, t, eta), argument)


def gradient_of_log_cosh() -> Inequality:
    """sinh/cosh = tanh: the derivative of ln cosh."""
    return identity((sp.exp(s) - sp.exp(-s)) / (sp.exp(s) + sp.exp(-s)), sp.tanh(s), (s,), "(ln cosh)′ = sinh/cosh.")


def curvature_of_log_cosh() -> Inequality:
    """1 − tanh² = 4/(e^s + e^−s)²: the second derivative of ln cosh, which is positive."""
    return identity(1 - sp.tanh(s) ** 2, 4 / (sp.exp(s) + sp.exp(-s)) ** 2, (s,),
                    "(ln cosh)″ = tanh′ = 1 − tanh², the square of a number that is not 0: ln cosh is strictly convex, and so is V.")


def divergence_is_log_cosh() -> Inequality:
    """σ(s)(1 − σ(s)) = (e^(s/2) + e^(−s/2))^−2."""
    sigma = sp.exp(s / 2) / (sp.exp(s / 2) + sp.exp(-s / 2))
    return identity(sigma * (1 - sigma), 1 / (sp.exp(s / 2) + sp.exp(-s / 2)) ** 2, (s,),
                    "KL((½, ½) ‖ (σ, 1 − σ)) = −ln 2 − ½ ln(σ(1 − σ)) = −ln 2 + ln(e^(s/2) + e^(−s/2)) = ln cosh(s/2).")


# C27


def logit_form() -> Inequality:
    """x′/(1 − x′) = x/((1 − x)E), E = e^(a(x − b))."""
    moved = x / (x + (1 - x) * growth)
    return identity(moved / (1 - moved), x / ((1 - x) * growth), (x, growth), "Logarithms of both sides: logit x′ = logit x − a(x − b).")


def slope() -> Inequality:
    """The derivative of s − a(σ(s) − b)."""
    sigma = 1 / (1 + sp.exp(-s))
    return identity(sp.diff(s - a * (sigma - b), s), 1 - a * sigma * (1 - sigma), (s, a, b),
                    "At the fixed point σ = b, the only one as a > 0: the multiplier is m = 1 − ab(1 − b), in s as in x.")


def stability() -> Inequality:
    """1 − m² = p(2 − p) for m = 1 − p."""
    return identity(1 - (1 - p) ** 2, p * (2 - p), (p,),
                    "p = ab(1 − b) > 0, so |m| < 1 iff p < 2. Stable means |m| < 1; for p > 2 the fixed point repels.")


def one_step_of_the_mean() -> Inequality:
    """σ(s) − b = (s − s′)/a."""
    sigma = 1 / (1 + sp.exp(-s))
    return relation(sigma - b, "==", (s - (s - a * (sigma - b))) / a, (s, None, None), (a, None, None), (b, None, None),
                    where=((a, "!="),), argument="Summed over N steps the right side telescopes to (s_0 − s_N)/a; divide by N.")


BOUNDED = (
    "A step is −a(σ(s) − b): it leads towards s* = logit b, down by less than a(1 − b) from above s*, up by less than ab from below. So "
    "[min(s_0, s* − a(1 − b)), max(s_0, s* + ab)] is never left, (s_0 − s_N)/(aN) tends to 0, and the mean tends to b."
)


def longest_step_down() -> Inequality:
    """a(1 − b) − a(σ − b) = a/(1 + e^s)."""
    return identity(a * (1 - b) - a * (1 / (1 + sp.exp(-s)) - b), a / (1 + sp.exp(s)), (s, a, b), BOUNDED)


def longest_step_up() -> Inequality:
    """ab + a(σ − b) = a/(1 + e^−s)."""
    return identity(a * b + a * (1 / (1 + sp.exp(-s)) - b), a / (1 + sp.exp(-s)), (s, a, b), BOUNDED)


def no_three_at_one_half() -> Inequality:
    """|s_3| − s_1 = (a/2)(u_2 − u_1) − 2s_2 in a cycle with signs +, +, −."""
    argument = (
        "For b = ½, g(s) = s − (a/2)u, u = tanh(s/2), is odd, and a cycle of period three has Σu = 0, so its signs are +, +, − (or all turned round) and "
        "no point is 0. In order of visit s_2 = s_1 − (a/2)u_1 > 0 and s_3 = s_2 − (a/2)u_2 < 0, so |s_3| is the first bracket and s_1 the second. "
        "s_1 > s_2 gives u_1 > u_2, so the right side is negative; but |u_3| = u_1 + u_2 > u_1 gives |s_3| > s_1, a contradiction."
    )
    return identity((a / 2 * u2 - s2) - (s2 + a / 2 * u1), a / 2 * (u2 - u1) - 2 * s2, (a, u1, u2, s2), argument)


# C28


def incentive(player: int) -> Inequality:
    """A player's advantage of sending over keeping, times the determinant, is (1 − γ) times an affine function of the other's probability."""
    affine = 3 * gamma - 1 - 4 * gamma * y if player == 1 else 2 * gamma * x - 1
    scaled = sending_game.advantage(player, x, y, gamma) * (1 - gamma) * (1 - gamma + gamma * x + gamma * y)
    return relation(
        scaled, "==", (1 - gamma) * affine, (x, 0, 1), (y, 0, 1), (gamma, 0, 1), where=((1 - gamma, ">"),),
        argument="The determinant (1 − γ)(1 − γ + γx + γy) of the values' equations is positive, so the sign of the affine function decides what is "
        "best in the player's only state (one-shot deviation principle). For ½ < γ < 1: y = 0 makes player 1 send, x = 1 makes player 2 send, y = 1 "
        "makes player 1 keep, x = 0 makes player 2 keep: no deterministic equilibrium. A y below (3γ − 1)/(4γ) forces x = 1, hence y = 1; one above "
        "forces x = 0, hence y = 0; so y = (3γ − 1)/(4γ), likewise x = 1/(2γ), and this is an equilibrium.",
        rests_on=("one-shot deviation principle for discounted decision processes (Blackwell 1965)",),
    )


def determinant_of_values() -> Inequality:
    """(1 − γ(1 − x))(1 − γ(1 − y)) − γ²xy = (1 − γ)(1 − γ + γx + γy)."""
    left = (1 - gamma * (1 - x)) * (1 - gamma * (1 - y)) - gamma**2 * x * y
    return identity(left, (1 - gamma) * (1 - gamma + gamma * x + gamma * y), (x, y, gamma), "The determinant of the two equations for the values.")


def value_at_equilibrium(player: int, state: int) -> Inequality:
    """What the mixed equilibrium is worth to a player from a state."""
    x_, y_ = 1 / (2 * gamma), (3 * gamma - 1) / (4 * gamma)
    found = sending_game.values(player, x_, y_, gamma)
    own = player == state
    return relation(
        found.first if state == 1 else found.second, "==", 1 / (1 - gamma) if own else 1 / (gamma * (1 - gamma)), (gamma, sp.Rational(1, 2), 1),
        where=((2 * gamma - 1, ">"), (1 - gamma, ">")),
        argument="The two equations for the values, solved at x = 1/(2γ), y = (3γ − 1)/(4γ).",
    )


# C29


def cournot_constant() -> Inequality:
    """A constant vector: each reply moves by −½(n − 1)."""
    return identity(-(n - 1) * x / 2, -(n - 1) / 2 * x, (n, x), "Each of the n − 1 others moves by x, and a reply by −½ of their sum.")


def cournot_balanced() -> Inequality:
    """A vector with sum 0: each reply moves by half the own entry."""
    return identity(-((0 - x) / 2), x / 2, (x,), "The others' entries add up to 0 − x. These vectors have dimension n − 1, so with the constant one they "
                    "make up all: the eigenvalues are −(n − 1)/2 and ½, of modulus < 1 iff n < 3; at n = 3 one is −1.")


def trend_sum() -> Inequality:
    """(1 − X)/(1 − K) + X = (1 − KX)/(1 − K)."""
    return relation((1 - power) / (1 - gain) + power, "==", (1 - gain * power) / (1 - gain), (power, None, None), (gain, None, None),
                    where=((1 - gain, "!="),),
                    argument="X = K^N: by induction the displacements ε, Kε, K²ε, … add up to ε(1 − K^N)/(1 − K), which tends to ε/(1 − K) for 0 <= K < 1, "
                    "and grows beyond all bounds for K >= 1, where N terms are at least Nε.")


def richardson_determinant() -> Inequality:
    """The characteristic polynomial: (λ + a)(λ + b) − kl = λ² + (a + b)λ + (ab − kl)."""
    return identity((lam + a) * (lam + b) - k * l_, lam**2 + (a + b) * lam + (a * b - k * l_), (lam, a, b, k, l_),
                    "A monic quadratic has both roots in the left half-plane iff both other coefficients are positive (Routh–Hurwitz); a + b "
                    "> 0, so iff kl < ab.",
                    ("Routh–Hurwitz criterion (E. J. Routh, 1877; A. Hurwitz, 1895)",))


# C30


def logit_slope() -> Inequality:
    """The derivative of φ(x) = T·logit(x) − (2x − 1), over 1/(x(1 − x))."""
    phi = temperature * sp.log(x / (1 - x)) - (2 * x - 1)
    right = ((temperature - sp.Rational(1, 2)) + 2 * (x - sp.Rational(1, 2)) ** 2) / (x * (1 - x))
    return identity(sp.simplify(sp.diff(phi, x)), right, (x, temperature),
                    "Equilibria are the zeros of φ. For T >= ½ the derivative is positive except, at T = ½, at x = ½: φ is strictly "
                    "increasing and ½ is its only zero.")


def logit_curvature() -> Inequality:
    """φ″ = T(2x − 1)/(x(1 − x))²."""
    phi = temperature * sp.log(x / (1 - x)) - (2 * x - 1)
    return identity(sp.simplify(sp.diff(phi, x, 2)), temperature * (2 * x - 1) / (x * (1 - x)) ** 2, (x, temperature),
                    "φ is strictly convex on (½, 1), φ(½) = 0, and φ tends to ∞ at 1. For T < ½ it falls at ½ (part “it falls first”), so it "
                    "has exactly one zero in (½, 1). φ(1 − x) = −φ(x), so there is exactly one in (0, ½): three with ½.")


def logit_fall() -> Inequality:
    """φ′(½) = 4T − 2 < 0 for T < ½."""
    return relation(4 * temperature - 2, "<", 0, (temperature, 0, sp.Rational(1, 2)), where=((sp.Rational(1, 2) - temperature, ">"),),
                    argument="φ′(½) = T/(½·½) − 2.")


def logit_fall_between(lowest: sp.Expr, highest: sp.Expr) -> Inequality:
    """False: φ′(½) < 0 also at higher temperatures."""
    return relation(4 * temperature - 2, "<", 0, (temperature, lowest, highest))


def logit_reply_rises() -> Inequality:
    """e^(−(2y − 1)/T) falls in y: the logit reply rises."""
    return relation(2 / temperature, ">", 0, (temperature, 0, None), where=((temperature, ">"),),
                    argument="The reply 1/(1 + e^(−(2y − 1)/T)) has the logit (2y − 1)/T, with slope 2/T > 0. If x = r(y) > y = r(x), then r(y) > r(x) with r "
                    "rising gives y > x; so x = y: no equilibrium is asymmetric.")
