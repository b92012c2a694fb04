"""Any text as Markdown that shows it: no markup, no HTML, no link, and one line, so that a row of a table stays one."""

from __future__ import annotations

import json
import re
from typing import Any

from reports.safe_text import one_line, visible

_MARKUP = frozenset("\\`*_|<>[]#~$&")
_LINE_START = re.compile(r"^(?:[-+=](?=[\s=-]|$)|\d{1,9}[.)](?=\s|$))")
"""What would begin a list, a rule or a heading at the start of a line."""
_CERTIFICATE = re.compile(r"certificates/[0-9a-f]{8,64}\.json")


def plain(text: object) -> str:
    """The text on one line, with a backslash before everything that Markdown, or GitHub's variety of it, takes for markup."""
    line = one_line(text)
    start = _LINE_START.match(line)
    escaped = "".join(f"\\{letter}" if letter in _MARKUP else letter for letter in line)
    if start:
        place = len(start[0]) - 1
        escaped = f"{escaped[:place]}\\{escaped[place:]}"
    return escaped


def code(text: object) -> str:
    """The text as code on one line, for running text: in a table a ``|`` would end the cell."""
    line = one_line(text)
    fence = "`" * (_longest_run(line) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"`{line}`"


def block(text: object, language: str = "", indent: str = "") -> str:
    """The text as a block of code, fenced by more backticks than it contains in a row."""
    shown = visible(text)
    fence = "`" * max(3, _longest_run(shown) + 1)
    return "\n".join(indent + line for line in [f"{fence}{language}", *shown.splitlines(), fence])


def data(value: Any, longest: int) -> str:
    """Data of the run document as one line of JSON, cut after ``longest`` characters."""
    return one_line(json.dumps(value, ensure_ascii=False), longest)


def certificate(path: object) -> str:
    """A link to a certificate of the run's folder; a dash for everything else."""
    name = str(path or "")
    return f"[{name.rsplit('/', 1)[-1][:12]}]({name})" if _CERTIFICATE.fullmatch(name) else "–"


def digest(path: object) -> str:
    """The beginning of a certificate's name, for where there is no folder of certificates to link to."""
    name = str(path or "")
    return f"`{name.rsplit('/', 1)[-1][:12]}`" if _CERTIFICATE.fullmatch(name) else "–"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
