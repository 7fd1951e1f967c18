"""The one place of the ledger that speaks to other machines: mail by SMTP, robots of groups by HTTP. Only the clock's process calls it, never a page's.

``deliver`` returns when the other side has said that it took the message; else it raises ``NotDelivered`` with a sentence that names no secret:
neither the password nor the address of a robot, whose token stands in it.
"""

import base64
import hashlib
import hmac
import json
import smtplib
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from datetime import datetime
from email.message import EmailMessage
from http.client import HTTPException
from typing import Any, NamedTuple

from luoshi.text.language import _
from luoshi.web.notices.models import DINGTALK, FEISHU, SMTP, WECOM

TIME_LIMIT = 10.0
"""Seconds that the other side has for one answer."""
ANSWER = 1 << 16
"""Bytes of an answer that are read."""
MOST = {DINGTALK: 20_000, FEISHU: 20_000, WECOM: 2_048}
"""Bytes of text that a robot takes."""
TOO_MANY = {DINGTALK: (130101, 90018), FEISHU: (11232, 9499), WECOM: (45009, 45033)}
NUMBER = "X-Luoshi-Number"


class Way(NamedTuple):
    """A channel as the adapters need it."""

    kind: str
    address: str
    security: str = ""
    login: str = ""
    secret: str = ""
    sender: str = ""


class Letter(NamedTuple):
    """What is sent. ``number`` is the same in every repeat: the Message-ID of mail, a line of the text and a header for robots."""

    number: str
    subject: str
    text: str
    receivers: tuple[str, ...] = ()


class NotDelivered(Exception):
    """The other side did not take it, or did not say so. ``too_many``: it asks for a rest."""

    def __init__(self, sentence: str, *, too_many: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.too_many = sentence, too_many


Deliver = Callable[[Way, Letter, datetime], str]


def deliver(way: Way, letter: Letter, at: datetime) -> str:
    """Send it, and return what is to be noted besides (an address that was refused); empty where all is well. Raises NotDelivered."""
    if way.kind == SMTP:
        return _by_mail(way, letter, at)
    _by_robot(way, letter, at)
    return ""


# -- mail
def mail_of(way: Way, letter: Letter, at: datetime) -> EmailMessage:
    """The letter as mail; its Message-ID is made of the number and the sender's domain alone."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{letter.number}@{way.sender.rpartition('@')[2]}>"
    mail["Date"] = at
    mail["From"], mail["To"], mail["Subject"] = way.sender, ", ".join(letter.receivers), letter.subject
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


def _by_mail(way: Way, letter: Letter, at: datetime) -> str:
    if not letter.receivers:
        raise NotDelivered(_("没有收件地址：这个单位的人都没有填邮箱。"))
    try:
        server = _server(way)
        try:
            if way.login:
                server.login(way.login, way.secret)
            refused = server.send_message(mail_of(way, letter, at), way.sender, list(letter.receivers))
        finally:
            server.close()
    except smtplib.SMTPAuthenticationError as error:
        raise NotDelivered(_("邮件服务器不接受用户名或口令（{code}）。").format(code=error.smtp_code)) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise NotDelivered(_("邮件服务器拒收全部收件地址。")) from error
    except smtplib.SMTPResponseException as error:
        raise NotDelivered(_("邮件服务器没有收下（{code}）。").format(code=error.smtp_code)) from error
    except smtplib.SMTPException as error:
        raise NotDelivered(_("与邮件服务器的会话中断（{why}）。").format(why=type(error).__name__)) from error
    except OSError as error:
        raise NotDelivered(_("连不上邮件服务器（{why}）。").format(why=_why(error))) from error
    return _("以下地址被拒收：{names}").format(names=_("、").join(sorted(refused))) if refused else ""


def _server(way: Way) -> smtplib.SMTP:
    host, _colon, port = way.address.rpartition(":")
    context = ssl.create_default_context()
    if way.security == "tls":
        return smtplib.SMTP_SSL(host, int(port), timeout=TIME_LIMIT, context=context)
    server = smtplib.SMTP(host, int(port), timeout=TIME_LIMIT)
    if way.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


# -- robots
class _NoDetour(urllib.request.HTTPRedirectHandler):
    """A robot answers where it is asked: a message is not carried to another address."""

    def redirect_request(self, *told: Any) -> None:
        """Nowhere."""


_OPENER = urllib.request.build_opener(_NoDetour)


def body_of(way: Way, letter: Letter, at: datetime) -> dict[str, Any]:
    """What a robot is sent, in the form of its kind."""
    text = letter.text.encode()[: MOST[way.kind]].decode(errors="ignore")
    if way.kind != FEISHU:
        return {"msgtype": "text", "text": {"content": text}}
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if way.secret:
        seconds = str(int(at.timestamp()))
        body |= {"timestamp": seconds, "sign": _signed(f"{seconds}\n{way.secret}", "")}
    return body


def address_of(way: Way, at: datetime) -> str:
    """Where it is sent: DingTalk has the signature in the address."""
    if way.kind != DINGTALK or not way.secret:
        return way.address
    milliseconds = str(int(at.timestamp() * 1000))
    query = urllib.parse.urlencode({"timestamp": milliseconds, "sign": _signed(way.secret, f"{milliseconds}\n{way.secret}")})
    return f"{way.address}{'&' if '?' in way.address else '?'}{query}"


def _signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _by_robot(way: Way, letter: Letter, at: datetime) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8", NUMBER: letter.number}
    asked = urllib.request.Request(address_of(way, at), json.dumps(body_of(way, letter, at), ensure_ascii=False).encode(), headers, method="POST")
    try:
        with _OPENER.open(asked, timeout=TIME_LIMIT) as answer:
            told = json.loads(answer.read(ANSWER))
    except urllib.error.HTTPError as error:
        raise NotDelivered(_("机器人的服务器没有收下（HTTP {code}）。").format(code=error.code), too_many=error.code == 429) from error
    except (OSError, HTTPException) as error:
        raise NotDelivered(_("连不上机器人的服务器（{why}）。").format(why=_why(error))) from error
    except ValueError as error:
        raise NotDelivered(_("机器人的服务器的答复看不懂，不能确认已收下。")) from error
    code = _code(told)
    if code != 0:
        sentence = _("发得太快，对方要求歇一会儿（{code}）。") if code in TOO_MANY[way.kind] else _("机器人没有收下（{code}）：请核对地址、密钥和安全设置。")
        raise NotDelivered(sentence.format(code=code), too_many=code in TOO_MANY[way.kind])


def _code(told: Any) -> int:
    """0 where the robot took it; DingTalk and WeCom say errcode, Feishu code or StatusCode."""
    found = next((told[key] for key in ("errcode", "code", "StatusCode") if key in told), None) if isinstance(told, Mapping) else None
    return found if isinstance(found, int) else -1


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", "") or type(reason).__name__)
