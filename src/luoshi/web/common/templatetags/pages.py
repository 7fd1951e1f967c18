"""What templates say and show: words in the reader's language, the key of a form, lights, dates. Built in, so that no page loads it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from luoshi.text.language import _, current_language
from luoshi.web.common.addresses import row_address
from luoshi.web.common.once import FIELD, fresh_key

register = template.Library()

SHAPES = {"green": "●", "blue": "◆", "yellow": "▲", "red": "■", "grey": "○"}


@register.simple_tag(name="t")
def translated(message: str, *, about: str = "", **values: Any) -> str:
    """``{% t "还有 {n} 句" n=count %}``: a message of the code in the reader's language; ``about="columns"`` where the columns on the left say it in the plural."""
    told = _(message, about)
    return format_html(told, **values) if values else conditional_escape(told)


@register.simple_tag
def once() -> SafeString:
    """The hidden field by which a form takes effect once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, fresh_key())


@register.simple_tag
def light(colour: str, word: str) -> SafeString:
    """A light: a shape, a word and a colour; nothing where there is none."""
    if not colour:
        return SafeString("")
    return format_html('<span class="light {}" data-shape="{}">{}</span>', colour, SHAPES[colour], word)


@register.filter
def at(pk: int, name: str) -> str:
    """``{{ row.pk|at:"matter" }}``: the address of a row; ``url`` does the same at a price that shows in lists."""
    return row_address(name, pk)


@register.filter
def shape(colour: str) -> str:
    """The shape of a colour, for figures whose word stands beside them."""
    return SHAPES.get(colour, "")


@register.filter
def day(value: date | datetime | None) -> str:
    """2026年11月20日, the one form of a date; a dash where there is none."""
    if value is None:
        return "—"
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return on.isoformat() if current_language() == "en" else f"{on.year}年{on.month}月{on.day}日"


@register.filter
def weekday(value: date) -> str:
    """周五."""
    return value.strftime("%a") if current_language() == "en" else f"周{'一二三四五六日'[value.weekday()]}"


@register.filter
def moment(value: datetime | None) -> str:
    """11月20日 09:05, with the year where it is not this one."""
    if value is None:
        return "—"
    at = timezone.localtime(value)
    if current_language() == "en":
        return at.strftime("%Y-%m-%d %H:%M")
    year = "" if at.year == timezone.localdate().year else f"{at.year}年"
    return f"{year}{at.month}月{at.day}日 {at:%H:%M}"


@register.filter
def listed(words: Iterable[Any]) -> str:
    """甲、乙、丙."""
    return _("、").join(str(word) for word in words)


@register.filter
def clauses(parts: Iterable[Any]) -> str:
    """Statements in one line: 改名；换代码."""
    return _("；").join(str(part) for part in parts)


@register.filter
def number(value: Any) -> str:
    """A figure as people write it: 4000, 66.5, without a tail of zeros."""
    return "" if value is None else f"{float(value):,.4f}".rstrip("0").rstrip(".")


@register.filter
@stringfilter
def brief(text: str, most: int = 60) -> str:
    """The first ``most`` characters, with an ellipsis where there are more."""
    return text if len(text) <= most else text[: most - 1] + "…"


@register.filter(name="of")
def entry_of(entries: Any, key: Any) -> Any:
    """``{{ lights|of:matter.pk }}``: the entry of a mapping, nothing where there is none."""
    return entries.get(key, "") if hasattr(entries, "get") else ""
