"""Claims whose code hangs, allocates, loops in C, dies or raises: what the engine must survive."""

import ctypes
import itertools
import os
import signal
import sys
import time
from fractions import Fraction

from claims import Claim, Enumeration, LinearProgram, Paper, Part, Source, Witness
from exact.linear_programs import Problem


def hang(element, parameters):
    while True:
        time.sleep(0.01)


def loop_in_c(element, parameters):
    return sum(itertools.repeat(0)) == 0


def allocate(element, parameters):
    blocks = []
    while True:
        blocks.append(bytearray(1 << 24))


def allocate_in_c(element, parameters):
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes = [ctypes.c_size_t]
    libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
    while True:
        block = libc.malloc(1 << 24)
        if block is None:
            os.write(2, b"GNU MP: Cannot allocate memory (size=16777216)\n")
            os.abort()
        libc.memset(block, 1, 1 << 24)


def killed_from_outside(element, parameters):
    print("the last words", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
    return True


def crash(element, parameters):
    return ctypes.string_at(0) == b""


def leave(element, parameters):
    sys.exit("no more")


def leave_at_once(element, parameters):
    os._exit(7)


def fine(element, parameters):
    return True


def broken_decode(parameters, solution):
    print("about to decode")
    raise LookupError("there is no such instance")


def small_program(parameters):
    return Problem(sense="maximise", columns=1, objective={0: 1}, column_bounds=[(0, 1)])


def claim(number, predicate):
    formulation = Enumeration(statement=number, elements=lambda parameters: range(3), predicate=predicate)
    return Claim(number=number, title=number, statement=number, source=Source("here"), relation="<=", parts=(Part("", number, (formulation,)),))


DECODE = Claim(
    number="Decode", title="decode raises", statement="decode raises", source=Source("here"), relation="<=",
    parts=(Part("", "decode raises", (LinearProgram(
        build=small_program, bound=lambda parameters: Fraction(1), decode=broken_decode, quantity=lambda instance, parameters: Fraction(0)),)),),
)
RAISES = Claim(
    number="Raises", title="raises", statement="raises", source=Source("here"), relation="<=",
    parts=(Part("", "raises", (Witness(
        instance=lambda parameters: Fraction(0), quantity=lambda instance, parameters: 1 / instance, relation="<=",
        bound=lambda instance, parameters: Fraction(1)),)),),
)

PAPER = Paper(
    slug="bad", title="Bad manners", citation="nobody", arxiv="",
    claims=(
        claim("Hang", hang), claim("LoopInC", loop_in_c), claim("Allocate", allocate), claim("AllocateInC", allocate_in_c),
        claim("Killed", killed_from_outside), claim("Crash", crash), claim("Leave", leave),
        claim("LeaveAtOnce", leave_at_once), claim("Fine", fine), DECODE, RAISES,
    ),
)
