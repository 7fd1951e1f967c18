"""Files of a paper from its facts: Word from the office's own template or ours, PDF by typst. Both are made in the child."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings

from luoshi.text import RuleBroken
from luoshi.text.language import _
from luoshi.web.common.store import read_stored
from luoshi.web.intake import services as intake
from luoshi.web.papers.placeholders import in_places, known
from luoshi.writers.official import template_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def word_file(facts: Mapping[str, Any], *, template_sha256: str = "") -> bytes:
    """The paper as docx. Raises what the child raises: RuleBroken with a sentence where the template cannot be filled in."""
    template = read_stored(template_sha256) if template_sha256 else default_template(facts["shape"])
    name = _("本单位的模板") if template_sha256 else _("默认模板")
    return intake.fill_template(template, in_places(facts), known(), name=name, without_namespace=_without())


def tried(content: bytes, name: str, facts: Mapping[str, Any]) -> list[str]:
    """The places of a template that can be filled in. Raises what the child raises, and RuleBroken where it has none or some that only look like one."""
    found = intake.try_template(content, in_places(facts), known(), name=name, without_namespace=_without())
    if found.wide:
        message = _("{name} 里有全角花括号：{places}。").format(name=name, places=_("、").join(found.wide))
        raise RuleBroken(message, hint=_("占位符要用半角 {{ }}，请改正后再上传。"))
    if not found.used:
        raise RuleBroken(_("{name} 里没有占位符，生成的公文会件件相同。").format(name=name), hint=_("请对照“可用的占位符”写上，再上传。"))
    return found.used


def pdf_file(facts: Mapping[str, Any], *, mark: str = "") -> bytes:
    """The paper as PDF/A; ``mark`` stands in the head of every page (草稿). Raises ToolMissing where the system has no Chinese font."""
    return intake.typeset(_sources(facts["shape"]), dict(facts) | {"mark": mark}, name=facts["title"], without_namespace=_without())


@cache
def default_template(shape: str) -> bytes:
    """Our template of a shape."""
    return template_of(shape)


@cache
def _sources(shape: str) -> dict[str, str]:
    folder = files("luoshi.web.papers") / "typst"
    return {"main.typ": "// SOURCES\n" + (folder / f"{shape}.typ").read_text("utf-8"), "paper.typ": (folder / "paper.typ").read_text("utf-8")}


def _without() -> bool:
    return bool(settings.OPTIONS["read_without_namespace"])
