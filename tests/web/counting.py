"""One record per service call, watched during every test: each service is wrapped before anything uses it, and every call that returns is counted.

A call that found nothing to change writes nothing, and so no record; what was written is counted at the database.

After the first calls of each service the facts of lights are those that the rows tell, where they were before.

A service is a public function of a ``services`` module that is a transaction and takes ``actor`` and ``at``. Calls inside a service belong to it.
"""

import importlib
import inspect
import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import wraps
from types import FunctionType
from typing import Any

from django.db import connection

import luoshi.web
from luoshi.web.audit.exempt import EXEMPT

SEEN: Counter[str] = Counter()
SERVICES: dict[str, Any] = {}
KEPT: Counter[str] = Counter()
"""Service → after how many of its calls the facts of lights were compared."""
COMPARED = 3
_records: ContextVar[list[int] | None] = ContextVar("records", default=None)


def watch() -> None:
    """Wrap every service and the writing of a record, wherever they are named."""
    modules = [importlib.import_module(name) for name in _modules()]
    record = importlib.import_module("luoshi.web.audit.services").record
    replaced: dict[Any, Any] = {record: _counted(record)}
    for module in modules:
        for name, function in list(vars(module).items()):
            if _is_service(module.__name__, name, function):
                full = f"{module.__name__.removeprefix('luoshi.web.')}.{name}"
                SERVICES[full] = replaced[function] = _watched(full, function)
    for module in [module for name, module in sys.modules.items() if name.startswith(("luoshi.web", "tests.web"))]:
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value in replaced:
                setattr(module, name, replaced[value])


def _modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(luoshi.web.__path__, "luoshi.web."):
        if not any(part in found.name for part in (".migrations", ".manage", ".wsgi", ".settings")):
            yield found.name


def _is_service(module: str, name: str, function: Any) -> bool:
    if ".services" not in module or name.startswith("_") or not isinstance(function, FunctionType) or function.__module__ != module:
        return False
    if not hasattr(function, "__wrapped__"):  # not a transaction: a part of services, which cannot write a record by itself
        return False
    parameters = inspect.signature(function).parameters
    return {"actor", "at"} <= set(parameters) and all(parameters[one].kind is inspect.Parameter.KEYWORD_ONLY for one in ("actor", "at"))


def _counted(record: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(record)
    def counting(*args: Any, **kwargs: Any) -> Any:
        held = _records.get()
        if held is not None:
            held[0] += 1
        return record(*args, **kwargs)

    return counting


def _writes(written: list[int]) -> Callable[..., Any]:
    def watching(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        written[0] += sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, params, many, context)

    return watching


def stale() -> set[int]:
    """Matters whose facts are not those that reports, steps and curves tell."""
    from luoshi.web.ledger.models import Matter
    from luoshi.web.ledger.services.reckoning import facts

    rows = Matter.objects.order_by()
    told = {f"told_{name}": one for name, one in facts(rows).items()}
    found = rows.annotate(**told).values("pk", *told, *(name.removeprefix("told_") for name in told))
    return {row["pk"] for row in found if any(row[name] != row[name.removeprefix("told_")] for name in told)}


def _watched(name: str, service: Callable[..., Any]) -> Callable[..., Any]:
    exempt = {one.name for one in EXEMPT}

    @wraps(service)
    def watching(*args: Any, **kwargs: Any) -> Any:
        if _records.get() is not None:
            return service(*args, **kwargs)
        held, written = [0], [0]
        compares = name.startswith("ledger.") and KEPT[name] < COMPARED
        wrong = stale() if compares else set()
        token = _records.set(held)
        try:
            with connection.execute_wrapper(_writes(written)):
                made = service(*args, **kwargs)
        finally:
            _records.reset(token)
        SEEN[name] += bool(written[0])
        if compares and written[0]:
            KEPT[name] += 1
            assert stale() <= wrong, f"{name} left facts of a light that are not those of the rows: it has to call reckon"
        wanted = 0 if name in exempt or not written[0] else 1
        assert held[0] == wanted, f"{name} wrote {held[0]} records, not {wanted}"
        return made

    return watching
