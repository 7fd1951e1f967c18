"""The keys of a page, in a dialog that ? opens."""

from collections.abc import Iterable

from luoshi.text.language import _
from luoshi.writers.html.elements import Html, el, join


def help_dialog(keys: Iterable[tuple[str, str]], note: str) -> Html:
    """Each key with what it does, and a note below."""
    rows = (join([el("dt", el("kbd", key)), el("dd", text)]) for key, text in keys)
    return el(
        "dialog",
        el("h2", _("快捷键"), id="help-title"),
        el("dl", *rows, class_="facts"),
        el("p", note, class_="quiet"),
        el("form", el("button", _("关闭"), class_="primary"), method="dialog"),
        id="help",
        aria_labelledby="help-title",
    )
