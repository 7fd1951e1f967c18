"""``luoshi backup``, ``verify-backup`` and ``restore``."""

import os
from datetime import UTC, datetime
from pathlib import Path

import typer

from luoshi.text.language import _


def back_up(where: Path, *, data: Path | None, with_key: bool) -> int:
    """Make a backup and print what is to be written down; 3 where files of the store are missing from it or the audit is not what it should be."""
    from luoshi.cli.audit_proving import look_at

    look_at(data)
    from luoshi.web.keeping.backup import back_up as make

    made = make(where, at=datetime.now(UTC), with_key=with_key)
    typer.echo(_("备份：{file}（{size} 字节，{n} 个文件）").format(file=made.file, size=made.file.stat().st_size, n=made.manifest["files"]))
    typer.echo(_("校验值：{digest}").format(digest=made.digest))
    typer.echo(_("审计到第 {n} 条。请把校验值抄到别处：只有它能证明备份没有被换过。").format(n=made.manifest["audit"]["size"]))
    missing = made.manifest["missing"]
    if missing:
        typer.echo(_("文件库里有 {n} 个文件缺失或已改变，没有备份进去：{names}").format(n=len(missing), names=_("、").join(one[:12] for one in missing)), err=True)
    if not made.manifest["audit"]["root"]:
        typer.echo(_("审计里有不成样子的记录，备份照原样保存了。请用 luoshi audit verify 核验。"), err=True)
    return 3 if missing or not made.manifest["audit"]["root"] else 0


def verify_backup(file: Path, *, digest: str | None) -> None:
    """Check a backup to the last bit and print what it is."""
    from luoshi.web.keeping.archive import told_digest, verify

    manifest = verify(file, digest or told_digest(file))
    rows = sum(part.get("rows", 0) for part in manifest["parts"])
    typer.echo(_("完好：{file}，{at} 由落实 {version} 做成。").format(file=file, at=manifest["made_at"], version=manifest["luoshi"]))
    typer.echo(_("{rows} 行数据，{files} 个文件，审计到第 {n} 条。").format(rows=rows, files=manifest["files"], n=manifest["audit"]["size"]))


def restore(file: Path, *, data: Path | None, digest: str | None, operator: str, witness: str) -> None:
    """Restore a backup into an empty installation that nobody serves."""
    from luoshi.cli.serving import set_up, settle
    from luoshi.web.config.serving import folder
    from luoshi.web.keeping.archive import told_digest, verify

    wanted = digest or told_digest(file)
    verify(file, wanted)  # before anything is made
    settle(data=data, port=None, address=None)
    place = Path(os.environ["LUOSHI_DATA"])
    with folder.held(place):
        set_up()
        from luoshi.web.config.serving.tables import migrate
        from luoshi.web.keeping.restore import BROUGHT_SETTINGS, bring_back

        with folder.guarded(place):
            migrate()
        manifest = bring_back(file, digest=wanted, operator=operator, witness=witness, at=datetime.now(UTC), say=typer.echo)
    typer.echo(_("已恢复到 {folder}：备份做于 {at}，审计到第 {n} 条，之后一条记着这次恢复。").format(folder=place, at=manifest["made_at"], n=manifest["audit"]["size"]))
    if (place / BROUGHT_SETTINGS).exists():
        typer.echo(_("备份里的设置放在 {name}，没有启用；请核对其中的数据库地址后再改名为 luoshi.toml。").format(name=BROUGHT_SETTINGS))
    if not any(part["name"] == "installation/secret.key" for part in manifest["parts"]):
        typer.echo(_("备份里没有密钥：两步验证要请安全管理员逐人重置，发送渠道的地址和口令要重新填写。"))
