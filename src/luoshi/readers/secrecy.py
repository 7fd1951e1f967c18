"""No classified material: a document whose head carries a secrecy mark is refused, before anything is done with it.

A mark stands on a line of its own (GB/T 9704-2012, 7.2.2): 机密★1年, 密级：秘密, 绝 密. The words inside a sentence are no mark.
Internal marks (内部资料 注意保存) refuse nothing; they become a doubt, which blocks export later.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from luoshi.text import ClassifiedDocument, Doubt, SourceText, Span
from luoshi.text.language import _

HEAD_LINES = 30
LONG_LINE = 30
LONGEST_MARK = 80

# Lines are matched with every run of white space made one space.
_WORD = r"(?P<word>[绝絕] ?密|[机機] ?密|[秘祕] ?密)(?: ?级)?"
_COUNTED = r"(?:[\d０-９一二三四五六七八九十百]+ ?(?:年|个?月|天|日)|长期|永久)"
_LABEL = r"(?:密 ?级|[涉保]密等级|保密级别|秘密等级) ?[:：]?"
# What may share the line in the head of an official document: copy number, urgency, term of secrecy.
_NEIGHBOUR = (
    r"(?:(?:份号|编号|№|No\.?)? ?[:：]? ?\d{1,8}|(?:紧急程度|缓急)? ?[:：]? ?(?:特急|加急|急件|特提|平急|平件)|保密期限 ?[:：]?\S{0,8})"
)
_OPEN, _CLOSE = r"[【\[［（(〔《#>*_~`]*", r"[】\]］）)〕》*_~`]*"
_MARK = re.compile(
    rf"(?:{_NEIGHBOUR} )*{_OPEN} ?(?P<label>{_LABEL} ?)?{_WORD}"
    # An asterisk for the star needs a term after it: **秘密** is bold type.
    rf"(?P<star> ?[★☆✩⭐][^。；：:！？]{{0,16}}| ?[*＊] ?[^ *＊。；：:！？]{{1,16}}| ?{_COUNTED})? ?{_CLOSE}(?: {_NEIGHBOUR})*"
)
_INTERNAL = re.compile(
    rf"{_OPEN} ?(?:(?:仅供|仅限|限)?内 ?部(?: ?(?:资料|文件|材料|刊物|使用|参考|参阅|传阅|掌握|交流|发行)){{0,2}}|工作秘密)"
    rf"(?:[ ,，、·★]*(?:请?注意|妥善|请勿|严禁|不得|切勿|严格) ?[^ ，。；]{{1,6}})? ?[!！]?{_CLOSE}"
)
_FIELD = re.compile(
    r"份号|编号|签发人?|密级|保密期限|紧急程度|缓急|主送|抄送|[发来]?文字?号|标题|名称|来源|.{0,4}(?:机关|单位|日期|索引号|分类)"
)


def refuse_classified(source: SourceText) -> SourceText:
    """``source`` unless its head carries a secrecy mark; with a doubt ``document.internal`` where it is marked as internal.

    Raises ClassifiedDocument. A bare word counts before the first sentence or salutation only, and not where several
    levels are listed one below the other; with a label, a star or a term it counts in all of the first 30 lines. In a running
    head it always counts.
    """
    for aside in source.furniture:
        word, _plain = _mark(aside.of(source.text))
        if word:
            raise _classified(source.name, word)
    bare: dict[int, str] = {}
    internal: list[Span] = []
    opening = True
    for i, line in enumerate(_head(source.text)):
        content = line.of(source.text)
        word, plain = _mark(content)
        if word and not plain:
            raise _classified(source.name, word)
        if word and opening:
            bare[i] = word
        if _INTERNAL.fullmatch(" ".join(content.split())):
            internal.append(line)
        opening = opening and not _ends_opening(content)
    for i, word in bare.items():
        if not any(bare.get(beside, word) != word for beside in (i - 1, i + 1)):
            raise _classified(source.name, word)
    return replace(source, doubts=source.doubts + tuple(_internal(line) for line in internal)) if internal else source


def _mark(content: str) -> tuple[str, bool]:
    """The level that a line names, ``""`` for none, and whether it stands there plain: without label, star or term.

    Of a line of a table also each cell counts that has a star, and each pair of cells, label and level.
    """
    line = " ".join(content.split())
    cells = [" ".join(cell.split()) for cell in content.split("\t")]
    pairs = [f"{a} {b}" for a, b in pairwise(cells)]
    for text in (line, *cells, *pairs):
        found = _MARK.fullmatch(text) if len(text) <= LONGEST_MARK else None
        if found is not None and (found["label"] or found["star"] or text == line):
            return found["word"].replace(" ", ""), not (found["label"] or found["star"])
    return "", True


def _head(text: str) -> Iterator[Span]:
    """The first lines that are not empty; a line of a table counts as it stands, its cells set apart by tabs."""
    at = count = 0
    while at <= len(text) and count < HEAD_LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            count += 1
            yield Span(at, end)
        at = end + 1


def _ends_opening(line: str) -> bool:
    """True for the first sentence of the body and for a salutation (各市人民政府：), not for the label of a field (密级：)."""
    line = "".join(line.split())
    if line.endswith(("：", ":")):
        return not _FIELD.fullmatch(line[:-1])
    return len(line) >= LONG_LINE and "。" in line


def _classified(name: str, word: str) -> ClassifiedDocument:
    return ClassifiedDocument(
        _("{name} 的首部标有密级“{word}”，属于涉密文件，不得处理。").format(name=name, word=word),
        hint=_("请立即从本机移除，并按保密规定在涉密设备上办理；如系误标，请由定密单位更正后再试。"),
    )


def _internal(line: Span) -> Doubt:
    return Doubt(
        "document.internal", _("文件首部有“内部”标志。"), _("仅限内部使用：导出和外发前须经审批。"), line.start, line.end
    )
