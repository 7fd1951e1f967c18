"""Markup built from values: text is escaped unless it is already ``Html``. Not a template language."""

import html
from collections.abc import Iterable

from luoshi.writers.plain import printable

_VOID = frozenset({"input", "meta", "br"})
_CLOSED = frozenset({"rect"})  # of SVG, where an element without an end holds what follows
Attribute = str | int | bool | None


class Html(str):
    """Markup that is safe as it stands; whatever is not of this class is text."""

    __slots__ = ()


def safe(text: str) -> Html:
    """``text`` as it may stand in markup or in a quoted attribute."""
    return text if isinstance(text, Html) else Html(html.escape(printable(text), quote=True))


def join(parts: Iterable[str], between: str = "") -> Html:
    """Parts one after the other, text among them escaped."""
    return Html(safe(between).join(safe(part) for part in parts))


def el(tag: str, *children: str, **attributes: Attribute) -> Html:
    """An element. ``class_`` is ``class``, ``data_x`` is ``data-x``; None and False leave an attribute out, True writes it bare."""
    written = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None and value is not False)
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    if tag in _CLOSED:
        return Html(f"<{tag}{written}/>")
    return Html(f"<{tag}{written}>{join(children)}</{tag}>")


def _attribute(name: str, value: Attribute) -> str:
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{safe(str(value))}"'
