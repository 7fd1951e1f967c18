"""What every page stands in: one file that loads nothing and runs nothing but its own style and script."""

import base64
import hashlib
import json

from luoshi.text.language import current_language
from luoshi.theme import asset
from luoshi.writers.html.elements import Html, el


def page(name: str, title: str, *content: str, words: dict[str, str], document: str | None = None) -> str:
    """The whole page as text. ``name`` is that of its style and its script, ``words`` what the script says, ``document`` the hash of the text shown."""
    style, script = f"{asset('theme.css')}\n{asset(f'{name}.css')}", asset(f"{name}.js")
    told = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Html(style)),
    )
    body = el(
        "body",
        *content,
        el("script", Html(told), type="application/json", id="words"),
        el("script", Html(script)),
        class_=name,
        data_document=document,
    )
    lang = "zh-Hans" if current_language() == "zh" else current_language()
    return f"<!doctype html>\n{el('html', head, body, lang=lang)}\n"


def _policy(style: str, script: str) -> str:
    """Nothing may load, nothing may run but this style and this script."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'; base-uri 'none'; form-action 'none'"
    )
