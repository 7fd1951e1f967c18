"""Every setting of an installation in one table: name, kind, default, help. Wrong ones fail at start with a next step.

A value comes from the environment (``LUOSHI_<NAME>``), else from ``luoshi.toml`` in the data folder, else it is the default.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from luoshi.text import UsageError
from luoshi.text.language import _

DATA_FOLDER = "LUOSHI_DATA"
FILE = "luoshi.toml"


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: its ``name`` in the file, the value where nothing is said, how a word becomes a value, and what it is for."""

    name: str
    default: Any
    read: Callable[[str], Any]
    help: str

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"LUOSHI_{self.name.upper()}"


def _switch(word: str) -> bool:
    if word.lower() in ("1", "true", "yes", "on"):
        return True
    if word.lower() in ("0", "false", "no", "off", ""):
        return False
    raise ValueError(word)


def _words(word: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in word.split(",") if part.strip())


def _one_of(*known: str) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in known:
            raise ValueError(word)
        return word

    return read


def _positive(word: str) -> int:
    if int(word) <= 0:
        raise ValueError(word)
    return int(word)


def _hour(word: str) -> time:
    return time.fromisoformat(word)


OPTIONS: tuple[Option, ...] = (
    Option("database", "", str, "PostgreSQL 的连接地址（postgresql://用户:口令@主机:端口/库名，后面可加 ?sslmode=verify-full 等）；不填则用数据文件夹里的 SQLite。"),
    Option("address", "127.0.0.1", str, "网页服务监听的地址。"),
    Option("port", 8000, _positive, "网页服务监听的端口。"),
    Option("hosts", ("127.0.0.1", "localhost"), _words, "用户在浏览器里输入的主机名或地址，逗号分隔。"),
    Option("https", False, _switch, "是否经 https 访问；开启后 Cookie 只经加密连接发送，并启用 HSTS。"),
    Option("gateways", (), _words, "https 网关的地址，逗号分隔；只有从这些地址来的请求，才相信它写的访问者地址（X-Forwarded-For），并记入审计。"),
    Option("workers", 2, _positive, "网页服务的进程数。"),
    Option("language", "zh", _one_of("zh", "en"), "界面的默认语言：zh 中文，en English。"),
    Option("password_profile", "dengbao3", _one_of("dengbao3", "asvs"), "口令规则：dengbao3 要求复杂度和定期更换，asvs 只要求长度和不常见。"),
    Option("second_factor", "administrators", _one_of("administrators", "everybody"), "谁必须开启两步验证：administrators 三员，everybody 所有人。"),
    Option("idle_minutes", 15, _positive, "多少分钟不操作就要重新登录。"),
    Option("session_hours", 8, _positive, "登录后最多多少小时要重新登录。"),
    Option("login_failures", 5, _positive, "连续多少次口令错误后锁定。"),
    Option("lock_minutes", 15, _positive, "锁定多少分钟。"),
    Option("upload_mib", 32, _positive, "单个上传文件的大小上限（MiB）。"),
    Option("evidence_files", 3, _positive, "一次反馈最多附几份佐证。"),
    Option("blue_days", 3, _positive, "到期前多少个工作日亮蓝灯。"),
    Option("digest_at", time(8, 30), _hour, "每个工作日几点生成各单位的今日摘要（时:分）。"),
    Option("links", "", str, "发到邮件和群里的链接以什么开头，如 https://luoshi.example.gov.cn；不填则用第一个主机名和端口。"),
    Option("read_without_namespace", False, _switch, "系统不允许断网隔离时，是否仍然读取上传的文件。"),
    Option("town_accounts", False, _switch, "是否允许乡镇（街道）一级开设账号。"),
    Option("oidc_server", "", str, "单位统一身份认证（OIDC）的地址；不填则只用本系统账号。"),
    Option("oidc_client", "", str, "OIDC 客户端编号。"),
    Option("oidc_secret", "", str, "OIDC 客户端密钥。"),
)


def data_folder() -> Path:
    """Where an installation keeps its database, files and key: ``LUOSHI_DATA``, else ``luoshi-data`` beside where it was started."""
    return Path(os.environ.get(DATA_FOLDER, "luoshi-data")).absolute()


def load(environment: Mapping[str, str], file: Path) -> dict[str, Any]:
    """Every option with its value. Raises UsageError for a name that is not in the table and a value that cannot be read."""
    written = _written(file)
    unknown = sorted(set(written) - {option.name for option in OPTIONS})
    if unknown:
        raise UsageError(_("设置文件里有不认识的名字：{names}。").format(names=_("、").join(unknown)), hint=_("请对照设置说明改正或删去。"))
    return {option.name: _value(option, environment.get(option.variable), written.get(option.name)) for option in OPTIONS}


def _written(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_("设置文件 {file} 读不懂：{why}。").format(file=file, why=error), hint=_("请按 名字 = 值 的格式改正。")) from error


def _value(option: Option, told: str | None, written: Any) -> Any:
    word = told if told is not None else None if written is None else ",".join(map(str, written)) if isinstance(written, list) else str(written)
    if word is None:
        return option.default
    try:
        return option.read(word)
    except ValueError as error:
        message = _("设置 {name} 的值不对：{value}。").format(name=option.name, value=word)
        raise UsageError(message, hint=_("说明：{help}").format(help=_(option.help))) from error


@cache
def options() -> dict[str, Any]:
    """The options of this process."""
    return load(os.environ, data_folder() / FILE)
