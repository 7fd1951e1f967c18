"""``luoshi doctor``: what was found, for people or for scripts."""

import json
from datetime import UTC, datetime
from pathlib import Path

import typer

from luoshi.text import UsageError
from luoshi.text.language import _


def examine(*, data: Path | None, as_json: bool, skip: list[str]) -> int:
    """Print what was found; 1 where there is anything."""
    from luoshi.cli.audit_proving import look_at

    look_at(data)
    from luoshi.web.doctor.checks import CHECKS
    from luoshi.web.doctor.checks import examine as look

    unknown = sorted(set(skip) - {check.code for check in CHECKS})
    if unknown:
        raise UsageError(_("没有这种检查：{names}。").format(names=_("、").join(unknown)), hint=_("编号见 luoshi doctor --json 的输出。"))
    found = look(datetime.now(UTC), skip=skip)
    if as_json:
        told = [{"check": code, "said": one.said, "step": one.step} for code, one in found.items()]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for code, one in found.items():
            typer.echo(f"{code}\n  {one.said}\n  → {one.step}")
        typer.echo(_("查了 {n} 项，{m} 项要处理。").format(n=len(CHECKS) - len(set(skip)), m=len(found)))
    return 1 if found else 0
