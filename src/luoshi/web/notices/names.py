"""What kinds of channels, ways of encrypting and states of a message are called."""

from luoshi.text.language import _
from luoshi.web.notices.models import DINGTALK, FAILED, FEISHU, GIVEN_UP, SENT, SMTP, WAITING, WECOM


def kind_names() -> dict[str, str]:
    """Kind of channel → what it is called."""
    return {SMTP: _("邮件"), DINGTALK: _("钉钉群机器人"), FEISHU: _("飞书群机器人"), WECOM: _("企业微信群机器人")}


def security_names() -> dict[str, str]:
    """How a connection to a mail server is encrypted."""
    return {"tls": _("TLS（多为 465 端口）"), "starttls": _("STARTTLS（多为 587 端口）"), "plain": _("不加密（只限内网转发，不能带口令）")}


def state_names() -> dict[str, tuple[str, str]]:
    """State of a message → the colour of its light, and its word."""
    return {
        WAITING: ("blue", _("待发")),
        FAILED: ("yellow", _("没发成，会再试")),
        SENT: ("green", _("已发出")),
        GIVEN_UP: ("red", _("不再发")),
    }
