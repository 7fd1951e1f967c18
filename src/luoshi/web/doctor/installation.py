"""Looking at the installation: key, folder, settings."""

from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from luoshi.text import DamagedFile
from luoshi.text.language import _
from luoshi.web.config import key
from luoshi.web.doctor.finding import Finding
from luoshi.web.notices.models import Channel

SHORTEST, FEWEST = 50, 12
DEMO = "demo.loaded"
OTHERS = 0o077


def key_is_weak(_at: datetime) -> Finding | None:
    """The key is short, or few characters again and again."""
    text = _key().read_text("utf-8", "replace").strip()
    if len(text) >= SHORTEST and len(set(text)) >= FEWEST:
        return None
    return Finding(_("密钥太短或太简单，登录凭据可能被伪造。"), _("请停止服务，删去 {file}，再启动：会生成新的；两步验证要重新设置。").format(file=_key()))


def key_can_be_read(_at: datetime) -> Finding | None:
    """Other users of the machine read the key."""
    if not _key().stat().st_mode & OTHERS:
        return None
    return Finding(_("本机的其他用户能读密钥文件。"), _("请运行 chmod 600 {file}。").format(file=_key()))


def key_is_another(_at: datetime) -> Finding | None:
    """The key does not open what it sealed: second factors and channels do not work."""
    try:
        for one in Authenticator.objects.filter(type=Authenticator.Type.TOTP)[:1]:
            get_adapter().decrypt(one.data["secret"])
        for channel in Channel.objects.exclude(sealed_address="")[:1]:
            str(channel.address)
    except DamagedFile:
        said = _("密钥与数据库不配：密封的内容打不开。")
        return Finding(said, _("请从同一份备份里取回 {name}；取不回的，请安全管理员逐人重置两步验证，再重新填写发送渠道。").format(name=key.NAME))
    return None


def folder_can_be_read(_at: datetime) -> Finding | None:
    """Other users of the machine look into the data folder."""
    if not Path(settings.DATA).stat().st_mode & OTHERS:
        return None
    return Finding(_("本机的其他用户能进入数据文件夹。"), _("请运行 chmod 700 {folder}。").format(folder=settings.DATA))


def debug_is_on(_at: datetime) -> Finding | None:
    """Errors would show the inside."""
    if not settings.DEBUG:
        return None
    return Finding(_("调试模式开着，出错页面会泄露内部信息。"), _("请去掉改动过的 DEBUG 设置；本系统没有需要打开它的时候。"))


def any_host(_at: datetime) -> Finding | None:
    """Every name is answered, or none."""
    hosts = settings.OPTIONS["hosts"]
    if hosts and "*" not in hosts:
        return None
    return Finding(_("设置 hosts 没有写明主机名，别人可以冒名引导用户。"), _("请在 luoshi.toml 里写上用户在浏览器里输入的主机名。"))


def only_this_machine(_at: datetime) -> Finding | None:
    """Others are let in by address, and turned away by name."""
    if _is_local(settings.OPTIONS["address"]) or not all(_is_local(host) for host in settings.OPTIONS["hosts"]):
        return None
    return Finding(_("服务对外监听，但设置 hosts 里只有本机的名字，别的电脑打不开。"), _("请在 hosts 里加上用户输入的主机名或地址。"))


def passwords_in_the_clear(_at: datetime) -> Finding | None:
    """Pages over plain http to other machines."""
    if settings.OPTIONS["https"] or _is_local(settings.OPTIONS["address"]):
        return None
    return Finding(_("对外用的是不加密的 http，口令会在网上明文传送。"), _("请在前面加一个提供 https 的代理，让服务只监听 127.0.0.1，并设置 https = true。"))


def round_the_proxy(_at: datetime) -> Finding | None:
    """Whoever reaches the server without the proxy writes its header himself."""
    if not settings.OPTIONS["https"] or _is_local(settings.OPTIONS["address"]):
        return None
    return Finding(_("开了 https，服务却对外监听：绕过代理就能冒充加密连接。"), _("请设置 address = \"127.0.0.1\"，只让本机的代理访问；代理要自己写 X-Forwarded-Proto。"))


def read_with_network(_at: datetime) -> Finding | None:
    """Strangers' files are read without isolation."""
    if not settings.OPTIONS["read_without_namespace"]:
        return None
    return Finding(_("上传的文件在没有断网隔离的情况下读取。"), _("请让系统允许非特权的用户命名空间，再去掉设置 read_without_namespace。"))


def demo_is_open(_at: datetime) -> Finding | None:
    """The invented accounts of the demo, on a server that others reach."""
    if not (Path(settings.DATA) / DEMO).exists() or _is_local(settings.OPTIONS["address"]):
        return None
    return Finding(_("对外提供服务的是示例数据和示例账号。"), _("请用 --data 换一个空文件夹正式安装。"))


def _key() -> Path:
    return Path(settings.DATA) / key.NAME


def _is_local(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


