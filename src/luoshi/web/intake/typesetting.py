"""PDF by typst, in the child: our own templates, the data beside them as JSON and never as text of the template; the fonts are those of the system."""

import base64
import json
from pathlib import Path
from typing import Any

from luoshi.text import ToolMissing
from luoshi.text.language import _

# By names that typst finds them under: the faces an office has first, then those of a plain Linux.
BODY = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋", "FZFangSong-Z02", "FZFangSong-Z02S", "Zhuque Fangsong (technical preview)")
TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "FZXBSJW--GB1-0", "STZhongsong", "华文中宋")
BLACK = ("SimHei", "黑体", "STHeiti", "华文黑体", "FZHei-B01S", "FZHei-B01")
KAI = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "华文楷体", "FZKai-Z03S", "FZKai-Z03", "AR PL UKai CN", "LXGW WenKai")
SONG = ("Source Han Serif SC", "思源宋体", "Source Han Serif CN", "Noto Serif CJK SC", "Noto Serif SC", "SimSun", "宋体", "STSong", "华文宋体", "FZShuSong-Z01S", "AR PL UMing CN")
SANS = ("Source Han Sans SC", "思源黑体", "Source Han Sans CN", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback")


def typeset(request: dict[str, Any]) -> dict[str, Any]:
    """The file, in base64. Raises ToolMissing where no font has Chinese."""
    import typst

    fonts = chosen(set(typst.Fonts().families()))
    sources = {name: text.encode() for name, text in request["sources"].items()}
    told = {"data": json.dumps(request["facts"], ensure_ascii=False), "fonts": json.dumps(fonts, ensure_ascii=False)}
    main = sources["main.typ"].replace(b"// SOURCES", b"\n".join(text for name, text in sources.items() if name != "main.typ"), 1)
    made = typst.compile(main, root=str(Path.cwd()), sys_inputs=told, pdf_standards="a-2b")
    return {"file": base64.b64encode(made).decode()}


def chosen(there: set[str]) -> dict[str, list[str]]:
    """Use → the families to try, best first, out of those that are there. Raises ToolMissing where none has Chinese."""
    found = {use: [name for name in names if name in there] for use, names in (("body", BODY), ("title", TITLE), ("black", BLACK), ("kai", KAI), ("song", SONG), ("sans", SANS))}
    if not any(found.values()):
        raise ToolMissing(_("本机没有装中文字体，不能生成 PDF。"), hint=_("请管理员安装一种中文字体（如 fonts-noto-cjk、思源宋体、方正或华文字体）后再试；Word 文件不受影响。"))
    serif, sans = found["song"] or found["body"] or found["sans"] or found["black"] or found["kai"] or found["title"], found["sans"] or found["black"]
    return {
        "body": [*found["body"], *serif],
        "title": [*found["title"], *serif],
        "black": [*found["black"], *sans, *serif],
        "kai": [*found["kai"], *serif],
        "song": [*serif],
    }
