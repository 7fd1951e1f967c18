"""A checkpoint on paper: one A4 page with the root in groups, the lines as a QR code, and places to sign; and the same code in a terminal."""

import io
from functools import cache
from importlib.resources import files

import segno
from django.conf import settings
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.audit.checkpoint import Checkpoint
from luoshi.web.intake import services as intake

_ROW = 4
"""Groups of the root in a row."""


def sheet(head: Checkpoint, *, by: str) -> bytes:
    """The page as PDF/A. Raises ToolMissing where the system has no Chinese font."""
    digits = head.root.hex()
    groups = [digits[n : n + 8] for n in range(0, len(digits), 8)]
    title = _("审计记录固证单")
    facts = {
        "title": title,
        "facts": [
            (_("系统名称"), head.origin),
            (_("覆盖记录"), _("第 1 号至第 {n} 号").format(n=head.size) if head.size else _("还没有记录")),
            (_("固证时间"), timezone.localtime(head.at).strftime("%Y-%m-%d %H:%M:%S")),
            (_("固证人"), by),
            (_("算法"), {"sha256": "SHA-256", "sm3": "SM3"}[head.algorithm] + _("（RFC 6962 树）")),
        ],
        "root_word": _("根"),
        "root": [groups[n : n + _ROW] for n in range(0, len(groups), _ROW)],
        "qr": _code(head).svg_inline(scale=4, border=2),
        "qr_word": _("二维码里是下面几行"),
        "lines": head.text().strip(),
        "notes": [
            _("此单须存放在系统之外，由审计管理员保管。日后用 luoshi audit verify 或审计页面核验：记录被改动、删除、插入、截断、整库重算或换成旧库，根都对不上。"),
            _("记录编号到第 {n} 号为止；之后的记录由下一次固证覆盖。").format(n=head.size),
        ],
        "blanks": [_("打印人："), _("日期："), _("保管人："), _("存放处：")],
    }
    return intake.typeset(_sources(), facts, name=title, without_namespace=bool(settings.OPTIONS["read_without_namespace"]))


def in_terminal(head: Checkpoint) -> str:
    """The QR code in characters, two rows of it in a line."""
    out = io.StringIO()
    _code(head).terminal(out, compact=True, border=2)
    return out.getvalue()


def _code(head: Checkpoint) -> segno.QRCode:
    return segno.make_qr(head.text(grouped=False), error="m", encoding="utf-8")


@cache
def _sources() -> dict[str, str]:
    return {"main.typ": (files("luoshi.web.audit") / "typst" / "checkpoint.typ").read_text("utf-8")}
