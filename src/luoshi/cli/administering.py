"""``luoshi admin``: what must be done at the machine because nobody is there yet, or nobody can sign in. Recorded as the command line's own act."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from luoshi.text import RuleBroken
from luoshi.text.language import _

app = typer.Typer(name="admin", help="在服务器上办理：第一位管理员、查看管理员、重设口令、解锁。", no_args_is_help=True, rich_markup_mode=None)
Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹：数据库、附件和密钥都在里面；默认是当前文件夹下的 luoshi-data。")]


@app.command()
def first(
    username: Annotated[str, typer.Argument(help="用户名。")],
    name: Annotated[str, typer.Argument(help="姓名。")],
    duty: Annotated[str, typer.Option("--duty", help="哪一种管理员：system 系统，security 安全，audit 审计。")] = "system",
    data: Data = None,
) -> None:
    """开设第一位管理员，打印只能用一次的设置口令链接。"""
    from django.utils import timezone

    told = set_up_in_step(data)
    from luoshi.web.orgs.services.first import first_administrator

    _tell_link(told, first_administrator(username=username, name=name, duty=duty, at=timezone.now()))


@app.command()
def invite(username: Annotated[str, typer.Argument(help="用户名。")], data: Data = None) -> None:
    """忘记口令又没有管理员能登录时：打印只能用一次的重设口令链接。"""
    from django.urls import reverse
    from django.utils import timezone

    told = set_up_in_step(data)
    from luoshi.web.common.actor import SYSTEM
    from luoshi.web.orgs.models import User
    from luoshi.web.orgs.services.invitations import issue_invitation

    user = User.objects.filter(username=username).first()
    if user is None:
        raise RuleBroken(_("没有用户名是{name}的账号。").format(name=username), hint=_("管理员账号可用 luoshi admin list 查看。"))
    _invitation, token = issue_invitation(user_id=user.pk, actor=SYSTEM, at=timezone.now())
    _tell_link(told, reverse("invitation_redeem", args=[token]))


@app.command(name="list")
def list_(data: Data = None) -> None:
    """列出管理员账号。"""
    set_up_in_step(data)
    from luoshi.web.orgs.models import User
    from luoshi.web.orgs.roles import administrator_names

    for user in User.objects.exclude(administers="").order_by("administers", "username"):
        usable = _("已设口令") if user.has_usable_password() else _("未设口令")
        typer.echo(f"{user.username}\t{user.name}\t{administrator_names()[user.administers]}\t{usable if user.is_active else _('停用')}")


@app.command()
def unlock(username: Annotated[str, typer.Argument(help="用户名。")], data: Data = None) -> None:
    """解除口令错误次数过多的锁定。"""
    from django.utils import timezone

    set_up_in_step(data)
    from luoshi.web.common.actor import SYSTEM
    from luoshi.web.orgs.services.sign_in import unlock as unlock_account

    forgotten = unlock_account(username=username, actor=SYSTEM, at=timezone.now())
    typer.echo(_("已解锁 {name}，清除 {n} 次错误。").format(name=username, n=forgotten))


def _tell_link(told: dict[str, Any], path: str) -> None:
    """A link that works once, as a browser on this machine opens it."""
    scheme = "https" if told["https"] else "http"
    where = f"{scheme}://{told['hosts'][0]}" + ("" if told["https"] else f":{told['port']}")
    typer.echo(_("请用浏览器打开下面的链接设置口令（只能用一次）："))
    typer.echo(f"{where}{path}")


def set_up_in_step(data: Path | None) -> dict[str, Any]:
    """The installation of the folder, its database in step; the options."""
    from luoshi.cli.serving import set_up, settle
    from luoshi.web.config.serving.folder import guarded

    told = settle(data=data, port=None, address=None)
    set_up()
    from luoshi.web.config.serving.tables import migrate

    with guarded(Path(os.environ["LUOSHI_DATA"])):
        migrate()
    return told
