"""XML from strangers: no DOCTYPE, no entities, no network, no bottomless nesting.

Every reader of XML inside a document goes through ``parse_xml``; HTML does not.
"""

from lxml import etree

from luoshi.text import DamagedFile, LimitExceeded
from luoshi.text.language import _

MAX_DEPTH = 256

_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_LIMIT_WORDS = ("Excessive depth", "huge", "too long", "too large", "amplification", "Resource limit")


def parse_xml(data: bytes, where: str) -> etree._Element:
    """The root element of ``data``; ``where`` names the part in messages.

    Raises DamagedFile (malformed, or a DOCTYPE, which no office document has) or LimitExceeded (nesting, giant nodes).
    """
    refuse_doctype(data, where)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if any(word in str(error) for word in _LIMIT_WORDS):
            raise _too_deep(where) from error
        raise DamagedFile(
            _("{where} 不是完整的 XML：{reason}。").format(where=where, reason=" ".join(str(error).split())[:200]),
            hint=_("请用原软件打开并另存一份后再试；仍不行，请向来文单位重新索取。"),
        ) from error
    if root is None:
        raise DamagedFile(_("{where} 是空的。").format(where=where), hint=_("请用原软件打开并另存一份后再试。"))
    # An encoding that hides the word from the search above cannot hide it from the parser.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _forbidden(where)
    if _TOO_DEEP(root.getroottree()):
        raise _too_deep(where)
    return root


def refuse_doctype(data: bytes, where: str) -> None:
    """DamagedFile where ``data`` holds a DOCTYPE: looked for before any parser sees it."""
    # Without its NULs, UTF-16 reads like ASCII.
    if b"<!DOCTYPE" in (data.replace(b"\0", b"") if b"\0" in data else data):
        raise _forbidden(where)


def _forbidden(where: str) -> DamagedFile:
    message = _("{where} 含有 DOCTYPE 声明，办公文档不应有此内容，已拒绝。")
    return DamagedFile(message.format(where=where), hint=_("请确认文件来源，另存后再试。"))


def _too_deep(where: str) -> LimitExceeded:
    return LimitExceeded(_("{where} 嵌套过深或内容过大。").format(where=where), hint=_("请确认文件来源，另存后再试。"))
