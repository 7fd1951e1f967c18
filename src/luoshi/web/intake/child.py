"""The process that decomposes, aligns and makes papers: started by ``services`` and by nothing else, in the jail of the reading child.

On stdin a line of JSON (language, limits, entered holidays), then the request; on stdout one JSON object: the answer, an error of the tree, or a fault.
"""

import json
import os
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any

from luoshi.calendar import count_with
from luoshi.readers.jail import enter
from luoshi.readers.limits import Limits
from luoshi.text import LuoshiError, SourceText
from luoshi.text.language import set_language

LAYOUT = ("tables", "furniture", "wrapped", "doubts")


def main() -> None:
    """Answer what stdin asks on stdout, whatever happens."""
    answer = os.dup(1)
    os.dup2(2, 1)
    head = json.loads(sys.stdin.buffer.readline())
    set_language(head["language"])
    count_with({date.fromisoformat(day): works for day, works in head["days"].items()})
    limits = Limits(
        memory=head["memory"],
        cpu_seconds=int(head["seconds"]),
        wall_seconds=head["seconds"],
        allow_network_without_namespace=head["without_namespace"],
        converter_memory=head["memory"],
        converter_seconds=head["seconds"],
        converter_file=0,
    )
    payload = json.dumps(_answer(limits), ensure_ascii=False).encode("utf-8", "surrogatepass")
    with os.fdopen(answer, "wb") as pipe:
        pipe.write(payload)


def _answer(limits: Limits) -> dict[str, Any]:
    try:
        request = json.load(sys.stdin.buffer)
        # The typesetter is given our own templates alone, and has threads of its own.
        enter(limits, Path.cwd(), converter=request["do"] == "typeset")
        return _TASKS[request["do"]](request)
    except LuoshiError as error:
        return {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
    except Exception as fault:  # the boundary: the parent makes an IsolationError of it
        traceback.print_exc()
        return {"fault": type(fault).__name__}


def _decomposed(request: dict[str, Any]) -> dict[str, Any]:
    from luoshi.decompose import decompose
    from luoshi.writers.decomposition_json import to_json

    source = request["source"]
    return to_json(decompose(SourceText.from_dict(source))) | {"layout": {name: source[name] for name in LAYOUT}}


def _aligned(request: dict[str, Any]) -> dict[str, Any]:
    from luoshi.align import align
    from luoshi.decompose import decompose
    from luoshi.writers.alignment.data import alignment_to_json

    upper, lower = request["upper"], request["lower"]
    above, below = (decompose(_source_of(one)) for one in (upper, lower))
    return alignment_to_json(align(above, below, upper_date=upper.get("entered_date"), lower_date=lower.get("entered_date")))


def _days(request: dict[str, Any]) -> dict[str, Any]:
    """Phrase → the last day and the recurrence that it names, read against a day."""
    from luoshi.decompose.rules.deadlines import find_deadlines

    on = date.fromisoformat(request["on"])
    told: dict[str, Any] = {}
    for phrase in request["phrases"]:
        found = find_deadlines(phrase, base=on, year=on.year) or find_deadlines(f"{phrase}前完成", base=on, year=on.year)
        days = [one.due for one in found if one.due]
        told[phrase] = {"due": max(days).isoformat() if days else "", "period": next((one.period for one in found if one.period), "")}
    return {"days": told}


def _source_of(read: dict[str, Any]) -> SourceText:
    """The source text that a decomposition was made of, from its data: the same text decomposes alike."""
    about, layout = read["source"], read["layout"]
    told = {name: about[name] for name in ("name", "media_type", "file_sha256")} | {name: read[name] for name in ("text", "origins", "generated")}
    return SourceText.from_dict(told | {name: layout[name] for name in LAYOUT})


def _filled(request: dict[str, Any]) -> dict[str, Any]:
    from luoshi.web.intake.filling import filled

    return filled(request)


def _typeset(request: dict[str, Any]) -> dict[str, Any]:
    from luoshi.web.intake.typesetting import typeset

    return typeset(request)


_TASKS = {"decompose": _decomposed, "align": _aligned, "fill": _filled, "typeset": _typeset, "days": _days}
