"""A checkpoint: the head of the tree over the first ``size`` records, as it is kept outside of the system. No Django.

As text it is a few lines that a person can copy, compare or scan; as a file the hashes of all leaves follow the text, 32 bytes each. The root
vouches for the hashes, and the hashes name the first record that is no longer what it was; the text alone only tells that there is one.

    luoshi-checkpoint/1
    origin 临江省落实台账
    size 12345
    hash sha256
    root 6e340b9c ffb37a98 9ca544e6 bb780a2c 78901d3f b3373876 8511a306 17afa01d
    at 2026-11-26T01:30:00Z
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from luoshi.text import DamagedFile, UnsupportedFormat
from luoshi.text.language import _
from luoshi.web.audit.tree import ALGORITHMS, LENGTH, root_of

FORM = "luoshi-checkpoint/1"
MOST_TEXT = 2000
"""Bytes that the lines may take."""
_GROUP = 8
_NAMES = ("origin", "size", "hash", "root", "at")
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class Checkpoint(NamedTuple):
    """The head: of whose records, how many, by which hash, the root, and when it was made."""

    origin: str
    size: int
    algorithm: str
    root: bytes
    at: datetime

    def text(self, *, grouped: bool = True) -> str:
        """The lines; the root in groups for people, in one piece for what scans it."""
        digits = self.root.hex()
        root = " ".join(digits[n : n + _GROUP] for n in range(0, len(digits), _GROUP)) if grouped else digits
        told = (self.origin, self.size, self.algorithm, root, self.at.astimezone(UTC).strftime(_TIME))
        return "\n".join([FORM, *(f"{name} {value}" for name, value in zip(_NAMES, told, strict=True))]) + "\n"


class Kept(NamedTuple):
    """A checkpoint as it comes back from outside, with the hashes of its leaves where it is the file and not the lines alone."""

    head: Checkpoint
    leaves: bytes = b""

    def leaf(self, index: int) -> bytes:
        """The hash of a leaf, counted from 0."""
        return self.leaves[index * LENGTH : (index + 1) * LENGTH]

    def holds(self, index: int, leaves: Sequence[bytes]) -> bool:
        """True where these are the hashes of its leaves from ``index`` on, as far as it covers them."""
        return b"".join(leaves).startswith(self.leaves[index * LENGTH : (index + len(leaves)) * LENGTH])

    def must_be_whole(self) -> None:
        """Raises DamagedFile where the root does not vouch for the hashes of the leaves: then they name nothing."""
        if not self.leaves:
            return
        hashes = (self.leaf(index) for index in range(self.head.size))
        if root_of(hashes, self.head.algorithm) != self.head.root:
            message = _("固证文件自身已损坏：里面的校验值与它的根不符（{n} 条）。").format(n=self.head.size)
            raise DamagedFile(message, hint=_("请换一份完好的固证文件，或者只用固证单上的几行文字核验。"))


def parse(content: bytes) -> Kept:
    """A checkpoint, file or lines. Raises UnsupportedFormat for anything else, DamagedFile where a line or a part of the hashes is missing."""
    head, _blank, leaves = content.partition(b"\n\n")
    if not head.lstrip(b"\xef\xbb\xbf \n\t").startswith(FORM.encode()) or len(head) > MOST_TEXT:
        raise UnsupportedFormat(_("这不是固证单或固证文件。"), hint=_("第一行应是 {form}。").format(form=FORM))
    told = _told(head.decode("utf-8-sig", "replace").strip())
    try:
        made = datetime.strptime(told["at"], _TIME).replace(tzinfo=UTC)
        found = Checkpoint(told["origin"], int(told["size"]), told["hash"], bytes.fromhex(told["root"]), made)
    except (KeyError, ValueError) as error:
        raise _incomplete() from error
    if found.algorithm not in ALGORITHMS or len(found.root) != LENGTH or found.size < 0:
        raise _incomplete()
    leaves = leaves if len(leaves) >= LENGTH else b""  # blank lines after a text are no hashes
    if leaves and len(leaves) != found.size * LENGTH:
        message = _("固证文件不完整：应有 {n} 条记录的校验值，实有 {m} 条。").format(n=found.size, m=len(leaves) // LENGTH)
        raise DamagedFile(message, hint=_("请换一份完好的固证文件，或者只用固证单上的几行文字。"))
    return Kept(found, leaves)


def _told(text: str) -> dict[str, str]:
    """Name → value of each line; a root that was broken over several lines is one."""
    told: dict[str, str] = {}
    name = ""
    for one in text.splitlines()[1:]:
        word, _blank, rest = one.strip().partition(" ")
        if name == "root" and word not in _NAMES:
            told[name] += f" {one}"
        else:
            name = word
            told[name] = rest.strip()
    return told


def _incomplete() -> DamagedFile:
    message = _("固证单少了一行，或者有一行抄错了：要有 origin、size、hash、root、at 五行，root 是 64 位十六进制数。")
    return DamagedFile(message, hint=_("请与打印的固证单逐字核对，或者扫描上面的二维码。"))
