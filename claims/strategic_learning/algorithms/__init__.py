"""Algorithms of *Is Knowledge Power?*: exact programs, automata, enumerations and learners."""
