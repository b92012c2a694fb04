"""The floor of exact arithmetic: rationals, balls, polynomials, linear algebra, linear programs.

Nothing here knows of theorems; every room stands on it, and it imports no room.
"""
