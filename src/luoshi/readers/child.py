"""The process that reads: ``python -I -m luoshi.readers.child``, started by ``isolated`` and by nothing else.

On stdin a line of JSON (name, encoding, language, limits), then the bytes of the file; on stdout one JSON object: a source, an
error of the tree, or a fault of the reader. The working folder is its scratch.
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from luoshi.readers.jail import enter
from luoshi.readers.limits import Limits, needs_converter
from luoshi.text import LimitExceeded, LuoshiError
from luoshi.text.language import _, set_language


def main() -> None:
    """Read what stdin holds and answer on stdout, whatever happens."""
    # What a library prints must not get into the answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, _stop)
    head = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**head["limits"])
    set_language(head["language"])
    payload = json.dumps(_answer(head, limits), ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(payload) > limits.output:
        payload = json.dumps(_error(_too_long(head["name"]))).encode()
    with os.fdopen(answer, "wb") as pipe:
        pipe.write(payload)


def _answer(head: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        data = sys.stdin.buffer.read()
        enter(limits, Path.cwd(), converter=needs_converter(data))
        from luoshi.readers import read_bytes

        return {"source": read_bytes(data, name=head["name"], encoding=head["encoding"]).to_dict()}
    except LuoshiError as error:
        return _error(error)
    except MemoryError:
        return _error(_too_long(head["name"]))
    except RecursionError:
        hint = _("请确认文件来源，另存后再试。")
        return _error(LimitExceeded(_("{name} 嵌套过深。").format(name=head["name"]), hint=hint))
    except Exception as fault:  # the boundary: the parent makes an IsolationError of it
        traceback.print_exc()
        return {"fault": type(fault).__name__}


def _error(error: LuoshiError) -> dict[str, Any]:
    return {"error": {"code": error.code, "message": error.message, "hint": error.hint}}


def _too_long(name: str) -> LimitExceeded:
    message = _("读取 {name} 需要的内存过多。").format(name=name)
    return LimitExceeded(message, hint=_("请去掉图片等附件，只保留正文，或拆成几个文件后再试。"))


def _stop(_signal: int, _frame: object) -> NoReturn:
    """End by an exception, so that a running LibreOffice is ended too."""
    raise SystemExit(1)


if __name__ == "__main__":
    main()
