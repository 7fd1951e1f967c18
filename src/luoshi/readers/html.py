"""HTML: the main text of a page, government pages first.

Their containers are known by name; where a page has none of them, trafilatura says where its text is. Nothing is fetched.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from lxml import etree, html
from lxml.html import HtmlElement

from luoshi.readers.assembly import Assembly, check_length, empty_document
from luoshi.readers.flow import Block, flow, is_dropped
from luoshi.readers.plain import decode
from luoshi.text import DamagedFile, LimitExceeded, SourceText, UnknownEncoding
from luoshi.text.language import _

# Containers of the main text by id or class, the surest first; each group is tried as a whole.
_CONTAINERS = (
    ("ucap-content",),
    ("zoom",),
    ("trs_editor", "trs_ueditor", "trs_editor_view"),
    ("pages_content",),
    ("article-content", "article_content", "articlecontent", "article-con", "article_con", "art_content", "news_content", "txtcontent"),
    ("content",),
    ("article", "main"),
)
LEAST_TEXT = 40
# The main text of a page is at least this part of all that is no link.
LEAST_SHARE = 0.3

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "hz-gb-2312", "chinese", "csgb2312")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])
_SITE = re.compile(r"\s*(?:[_|｜]|\s[-–—]+\s|--+|>>|»)\s*")
_TITLE_NAMES = ("articletitle", "og:title")


def read_html(data: bytes, *, name: str) -> SourceText:
    """The main text of an HTML page or of a fragment of one.

    Raises UnknownEncoding, EmptyDocument, DamagedFile, or LimitExceeded (nesting past 2,048, endless text).
    """
    text, mended = _decode(data, name)
    root = _parse(text, name)
    blocks = _main(root, text)
    assembly = Assembly()
    for origin, block in _with_title(root, blocks):
        if block.kind == "table":
            assembly.table(block.rows)
        else:
            assembly.block(origin, [(block.text, False)])
    if assembly.is_blank:
        raise empty_document(name)
    check_length(assembly.length)
    if mended:
        assembly.doubt("html.encoding", _("网页中有 {n} 处编码错误，显示为“�”。").format(n=mended), _("请对照原网页核对。"))
    return assembly.source(data, name=name, media_type="text/html")


def _decode(data: bytes, name: str) -> tuple[str, int]:
    """The characters of the page and how many of its bytes made none: BOM, then what its meta element says, then UTF-8, GB18030."""
    found = None if data.startswith(_BOMS) else _CHARSET.search(data[:8192])
    declared = found.group(1).decode("ascii").lower() if found else None
    if declared in _CHINESE:
        declared = "gb18030"
    if declared and not _is_utf8(data):
        try:
            return data.decode(declared), 0
        except (LookupError, UnicodeError):
            pass  # a page that errs about itself is common; the ladder finds what it is
    try:
        return decode(data, name=name), 0
    except UnknownEncoding:
        if declared not in ("utf-8", "utf8", "gb18030"):
            raise
        text = data.decode(declared, "replace")
        return text, text.count("\ufffd")


def _is_utf8(data: bytes) -> bool:
    """True for bytes that no other encoding gives by chance: a fair number of characters beyond ASCII, all valid."""
    try:
        return sum(not character.isascii() for character in data.decode()) >= 6
    except UnicodeDecodeError:
        return False


def _parse(text: str, name: str) -> HtmlElement:
    # ``huge_tree``: past its small limits this parser would drop text without a word. The large ones are checked below.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.translate(_CONTROLS).encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, ValueError) as error:
        raise empty_document(name) from error
    except etree.XMLSyntaxError as error:
        raise DamagedFile(_("{name} 不是完整的网页。").format(name=name), hint=_("请在浏览器中重新保存后再试。")) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise LimitExceeded(_("{name} 嵌套过深或内容过大。").format(name=name), hint=_("请在浏览器中打开，只复制正文另存后再试。"))
    return root


def _main(root: HtmlElement, text: str) -> list[Block]:
    """The blocks of the main text."""
    body = root.find("body")
    whole = root if body is None else body
    weights, links = _weights(whole)
    named = _named(weights)
    for group in _CONTAINERS:
        found = [element for name in group for element in named.get(name, ())]
        most = max((weights[element] for element in found), default=0)
        if most >= max(LEAST_TEXT, LEAST_SHARE * weights[whole]):
            # Of containers in one another the innermost that has it all.
            return flow(min((element for element in found if weights[element] >= 0.98 * most), key=weights.__getitem__))
    blocks = flow(whole)
    return blocks if links < 0.1 * weights[whole] else _as_found(whole, blocks, text)


def _weights(whole: HtmlElement) -> tuple[dict[HtmlElement, int], int]:
    """Characters that each element shows, those of links left out, and the characters of all links."""
    weights: dict[HtmlElement, int] = {}
    links = 0
    stack: list[tuple[HtmlElement, bool]] = [(whole, False)]
    while stack:
        element, done = stack.pop()
        if done:
            shown = sum(weights.get(child, 0) + len((child.tail or "").strip()) for child in element) + len((element.text or "").strip())
            weights[element] = 0 if element.tag == "a" else shown
            links += shown if element.tag == "a" else 0
        elif element is whole or not is_dropped(element):
            stack.append((element, True))
            stack += [(child, False) for child in reversed(element)]
    return weights, links


def _named(elements: Iterable[HtmlElement]) -> dict[str, list[HtmlElement]]:
    """``elements`` by their tag, id and classes, in lower case."""
    named: dict[str, list[HtmlElement]] = defaultdict(list)
    for element in elements:
        for name in {element.tag, *element.get("id", "").lower().split(), *element.get("class", "").lower().split()}:
            named[name].append(element)
    return named


def _as_found(whole: HtmlElement, blocks: list[Block], text: str) -> list[Block]:
    """Those of ``blocks`` that stand in the element where trafilatura sees the main text; all where it sees none."""
    from trafilatura import extract  # slow to import, and few pages need it

    try:
        found = "".join((extract(text, include_comments=False, include_tables=True, favor_recall=True) or "").split())
    except RecursionError:  # its walk is recursive, a page may be deeper
        return blocks
    shares: Counter[HtmlElement] = Counter()
    for block in blocks:
        if "".join(block.text.split()) in found:
            shares[block.element] += len(block.text)
    total = sum(shares.values())
    if total < LEAST_TEXT:
        return blocks
    # From the last element to the first, so that each has all of its own when it is added to its parent.
    inner = whole
    for element in reversed(list(whole.iter())):
        if shares[element] >= 0.95 * total:
            inner = element
            break
        shares[element.getparent()] += shares[element]
    kept = set(inner.iter())
    return [block for block in blocks if block.element in kept]


def _with_title(root: HtmlElement, blocks: list[Block]) -> list[tuple[str, Block]]:
    """``blocks`` with their origins; before them the title of the page where the text does not begin with it."""
    title = _title(root, "".join("".join(block.text.split()) for block in blocks[:40]))
    shown = [*([Block("h1", root, title)] if title else []), *blocks]
    numbered: list[tuple[str, Block]] = []
    paragraphs = 0
    for block in shown:
        paragraphs += block.kind != "table"
        numbered.append((f"{block.kind}:{paragraphs}", block))
    return numbered


def _title(root: HtmlElement, head: str) -> str:
    """The title of the page without the name of the site, or nothing where ``head`` has it."""
    named = [m.get("content", "") for m in root.iter("meta") if (m.get("name") or m.get("property") or "").lower() in _TITLE_NAMES]
    whole = " ".join(next((n for n in (*named, root.findtext(".//title") or "") if n.strip()), "").split())
    parts = [part for part in _SITE.split(whole) if len(part) >= 5]
    if any("".join(part.split()) in head for part in (whole, *parts) if part):
        return ""
    return parts[0] if parts else whole
