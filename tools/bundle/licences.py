"""Licences of what Luoshi runs on: none under GPL or AGPL alone; LGPL and MPL are said openly.

A wheel tells by ``License-Expression`` (SPDX), else by a licence or a classifier in words; what it does not tell at all is looked up here.
"""

import re
from collections.abc import Sequence
from email.message import Message
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.bundle.bill import Component

# Words that wheels use, as SPDX calls them.
WORDS = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
# Read in the wheel itself, where what it tells a machine is nothing or not enough.
READ = {
    "altair": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pysqlite3": "Zlib",
    "qrcode": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
}
_SPDX = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_STRONG = re.compile(r"(?<![A-Za-z])A?GPL", re.IGNORECASE)  # LGPL has a letter before it
_WEAK = re.compile(r"LGPL|MPL", re.IGNORECASE)
NOTE = """\
落实自身以 Apache-2.0 发布；安装包里各软件的许可证如下，全文在各自的 wheel 文件里。
没有只以 GPL 或 AGPL 发布的软件。LGPL 的软件以独立的模块使用，未作修改，可以换成别的版本。
numpy、scipy 的 wheel 里带有 GCC 运行库（GPL，附运行库例外，不约束使用它的程序）。
"""


def licence_of(told: Message) -> str:
    """The licence of a wheel as an SPDX expression; ``NOASSERTION`` where nothing is known."""
    name = str(told.get("Name")).lower()
    if name in READ:
        return READ[name]
    if told.get("License-Expression"):
        return str(told.get("License-Expression"))
    words = str(told.get("License") or "").strip()
    if words in WORDS:
        return WORDS[words]
    if _SPDX.fullmatch(words):
        return words
    classes = [str(one).rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if str(one).startswith("License ::")]
    return WORDS.get(classes[0], "NOASSERTION") if len(classes) == 1 else "NOASSERTION"


def is_allowed(expression: str) -> bool:
    """True where the licence, or one of those to choose from, is known and neither GPL nor AGPL."""
    if "(" in expression:
        return not _STRONG.search(expression)
    return any(not _STRONG.search(choice) and "NOASSERTION" not in choice for choice in expression.split(" OR "))


def check(components: Sequence["Component"]) -> None:
    """Raises ValueError with every component whose licence is not allowed."""
    wrong = [f"{one.name} {one.version}: {one.licence}" for one in components if not is_allowed(one.licence)]
    if wrong:
        raise ValueError("licence unknown, GPL or AGPL: " + "; ".join(wrong))


def listed(components: Sequence["Component"]) -> str:
    """The list that goes with the bundle, those with duties for who changes them first."""
    weak = [one for one in components if _WEAK.search(one.licence)]
    rows = [f"{one.name} {one.version}  {one.licence}" for one in components if one not in weak]
    return "\n".join((NOTE, "LGPL、MPL：", *(f"{one.name} {one.version}  {one.licence}" for one in weak), "", "其他：", *rows))
