"""`inequality`: a function has a sign at every point of a region."""

from .cover import check_cover
from .documents import Field
from .intervals import Impossible
from .positivity import check_shift, check_sos, check_sturm, read_problem
from .region import read_inequality

_ALGEBRAIC = {"shift": check_shift, "sturm": check_sturm, "sos": check_sos}


def check_inequality(proposition: Field, proof: Field) -> str:
    """The proposition, proved by the method that the proof names; the summary of what was proved."""
    inequality = read_inequality(proposition)
    method = proof.member("method").choice("cover", *_ALGEBRAIC)
    if method == "cover":
        return f"{inequality}{check_cover(inequality, proof)}"
    try:
        _ALGEBRAIC[method](read_problem(inequality, f"{proposition.place}.program"), proof)
    except Impossible as failure:
        proof.rejected(str(failure))
    return str(inequality)
