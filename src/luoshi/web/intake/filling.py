"""A Word template of an office filled with facts, in the child: a language of places, loops over lists and conditions, and nothing else.

    {{ 标题 }}    {%p if 回复期限 %} … {%p endif %}    {%tr for 项 in 事项 %} … {{ 项.名称 }} … {%tr endfor %}

What a template may say is a list of kinds of nodes, checked before anything is evaluated; jinja2's sandbox stands behind it. No call, no
import, no attribute but the places of an entry.
"""

import base64
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from luoshi.text import LimitExceeded, RuleBroken, UnsupportedFormat
from luoshi.text.language import _

MOST_UNPACKED = 64 << 20
SHOWN = 6
FILTERS = ("length", "join", "default")
LOOP = frozenset({"index", "first", "last", "length"})
_SAID = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.For, nodes.If, nodes.Getattr, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Add, nodes.Sub, nodes.Concat, nodes.CondExpr),
)
_ACTIVE = re.compile(rb"DDEAUTO|\bDDE\b|INCLUDETEXT|INCLUDEPICTURE|IMPORT\s")
_LINKED = re.compile(rb"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>")
_TAGS = re.compile(r"<[^>]+>")
_WIDE = re.compile(r"｛｛[^｝]{0,40}｝?｝?")

Known = Mapping[str, list[str] | None]


def filled(request: dict[str, Any]) -> dict[str, Any]:
    """The file in base64, and the places that the template has. Raises UnsupportedFormat, LimitExceeded or RuleBroken."""
    from docxtpl import DocxTemplate

    content, name = base64.b64decode(request["template"]), request["name"]
    content = _plain(content, name)
    places = _Places(request["known"])
    try:
        template = DocxTemplate(io.BytesIO(content))
        template.render(request["facts"], jinja_env=places, autoescape=True)
        made = io.BytesIO()
        template.save(made)
    except _Refused as refused:
        raise _not_known(refused.faults, name) from refused
    except TemplateError as error:
        raise _wrong(error, name) from error
    except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:  # SyntaxError: lxml's, of XML that is none
        raise RuleBroken(_("{name} 填入内容后打不开。").format(name=name), hint=_("多半是一个占位符跨了两段，或者循环没有成对写；请对照默认模板修改。")) from error
    return {"file": base64.b64encode(made.getvalue()).decode(), "used": sorted(places.used), "wide": _WIDE.findall(_TAGS.sub("", template.get_xml()))[:SHOWN]}


def _plain(content: bytes, name: str) -> bytes:
    """The file without its link to another template. Raises where it is no .docx, is too large, or has something in it that acts by itself."""
    not_word = UnsupportedFormat(_("{name} 不是 Word 文件（.docx）。").format(name=name), hint=_("请用 Word 或 WPS 另存为 docx 格式后再上传。"))
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise not_word from error
    if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
        raise LimitExceeded(_("{name} 解开后太大。").format(name=name), hint=_("请去掉模板里的大图片后再上传。"))
    members = {one.filename: packed.read(one) for one in packed.infolist()}
    if b"wordprocessingml.document.main+xml" not in members.get("[Content_Types].xml", b""):
        raise not_word
    _nothing_active(members, name)
    link, settings = "word/_rels/settings.xml.rels", "word/settings.xml"
    if b"attachedTemplate" not in members.get(link, b""):
        return content
    members[link] = re.sub(rb"<Relationship\b[^>]*attachedTemplate[^>]*/>", b"", members[link])
    members[settings] = re.sub(rb"<w:attachedTemplate\b[^>]*/>", b"", members[settings])
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as repacked:
        for member, data in members.items():
            repacked.writestr(member, data)
    return again.getvalue()


def _nothing_active(members: Mapping[str, bytes], name: str) -> None:
    if any("vbaProject" in member or "activeX" in member or "/embeddings/" in member for member in members):
        raise RuleBroken(_("{name} 里有宏、控件或嵌入的对象。").format(name=name), hint=_("发出的公文不能带这些内容，请删去后另存为 docx 再上传。"))
    for member, data in members.items():
        if member.endswith(".rels"):
            linked = [one for one in _LINKED.findall(data) if b"/hyperlink" not in one and b"/attachedTemplate" not in one]
            if linked:
                raise RuleBroken(_("{name} 链接了文件以外的内容。").format(name=name), hint=_("请把链接的图片改为嵌入文档，再上传。"))
        elif member.startswith("word/") and b"instrText" in data and _ACTIVE.search(data):
            raise RuleBroken(_("{name} 里有会自动取外部内容的域。").format(name=name), hint=_("请删去这个域，或者转为普通文字后再上传。"))


class _Refused(TemplateError):
    """A template says what it may not say."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("refused")
        self.faults = faults


class _Places(SandboxedEnvironment):
    """The language of templates; what is parsed by it is checked against ``known``, and noted."""

    def __init__(self, known: Known) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.known, self.used = known, set[str]()
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        lines = source.splitlines()
        faults = [(said, _TAGS.sub("", lines[line - 1]).strip() if line <= len(lines) else "") for said, line in self._faults(tree, {})]
        if faults:
            raise _Refused(faults)
        return tree

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is called."""
        return False

    def _faults(self, node: nodes.Node, entries: Mapping[str, list[str] | None]) -> Iterator[tuple[str, int]]:
        """What is not known, with its line; ``entries``: the names of loops around → the places of what they go through."""
        if not isinstance(node, _SAID) or (isinstance(node, nodes.Filter) and node.name not in FILTERS):
            yield f"{{{{ {_source_of(node)} }}}}", node.lineno
        elif isinstance(node, nodes.For):
            yield from self._loop(node, entries)
        elif isinstance(node, nodes.Getattr):
            yield from self._entry(node, entries)
        elif isinstance(node, nodes.Name):
            if node.name not in entries and node.name not in self.known:
                yield node.name, node.lineno
            if node.name in self.known:
                self.used.add(node.name)
        else:
            for child in node.iter_child_nodes():
                yield from self._faults(child, entries)

    def _loop(self, node: nodes.For, entries: Mapping[str, list[str] | None]) -> Iterator[tuple[str, int]]:
        listed = node.iter.name if isinstance(node.iter, nodes.Name) else ""
        if self.known.get(listed) is None or not isinstance(node.target, nodes.Name) or node.test or node.else_ or node.recursive:
            yield listed or "for", node.lineno
            return
        self.used.add(listed)
        inside = {**entries, node.target.name: self.known[listed], "loop": sorted(LOOP)}
        for child in node.body:
            yield from self._faults(child, inside)

    def _entry(self, node: nodes.Getattr, entries: Mapping[str, list[str] | None]) -> Iterator[tuple[str, int]]:
        of = node.node.name if isinstance(node.node, nodes.Name) else ""
        if node.attr not in (entries.get(of) or ()):
            yield _source_of(node), node.lineno
        elif of != "loop":
            self.used.add(f"{of}.{node.attr}")


def _source_of(node: nodes.Node) -> str:
    """How a refused piece is named: 项.名, or its kind."""
    if isinstance(node, nodes.Getattr):
        return f"{_source_of(node.node)}.{node.attr}"
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Const):
        return repr(node.value)
    return f"{node.name}" if isinstance(node, nodes.Filter) else type(node).__name__.lower()


def _not_known(faults: list[tuple[str, str]], name: str) -> RuleBroken:
    told = [_("“{place}”（在“{text}”一段）").format(place=place, text=text[:40]) if text else _("“{place}”").format(place=place) for place, text in faults[:SHOWN]]
    message = _("{name} 里有不认识的占位符或写法：{places}。").format(name=name, places=_("、").join(dict.fromkeys(told)))
    return RuleBroken(message, hint=_("请对照“可用的占位符”改正；只能写占位符、循环和条件。"))


def _wrong(error: TemplateError, name: str) -> RuleBroken:
    lines = [line.strip() for line in getattr(error, "docx_context", ()) if line.strip()]
    near = next((line for line in lines if "{" in line), "")[:60]
    message = _("{name} 的占位符写法不对：{why}。").format(name=name, why=error.message or type(error).__name__)
    return RuleBroken(message, hint=_("在“{text}”附近；循环和条件要成对写，括号用半角。").format(text=near) if near else _("循环和条件要成对写，括号用半角。"))
