"""The folder of a dataset: what marks it as ours, who may write in it, and how a file gets into it whole or not at all.

    DATASET/
    ├── luoshi-corpus.json   which engine writes here, and with what settings; the first file, by which the folder is known
    ├── parts/               what was read so far, one file for each chunk: from here an interrupted run goes on
    ├── documents.parquet    … and the other tables, merged from the parts
    ├── timings.json         seconds for each file: the only thing that differs between two runs
    └── manifest.json        the last file: with it the dataset is complete
"""

import fcntl
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from luoshi.corpus.columns import SCHEMA, TABLES
from luoshi.corpus.reading import RECORDS, FileRecord, Identity, Part
from luoshi.text import UsageError
from luoshi.text.language import _
from luoshi.text.system import reason

MARKER = "luoshi-corpus.json"
MANIFEST = "manifest.json"
TIMINGS = "timings.json"
_LOCK = ".lock"
_PARTS = "parts"
_HALF = ".half"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a dataset is made with: the engine and the day by which deadlines are judged."""

    engine: Identity
    as_of: date | None

    def to_dict(self) -> dict[str, Any]:
        """As the marker says it."""
        return {**self.engine._asdict(), "as_of": self.as_of.isoformat() if self.as_of else None}


def is_dataset(folder: Path) -> bool:
    """True for a folder that a corpus command made."""
    return (folder / MARKER).is_file()


@contextmanager
def writing(folder: Path, settings: Settings) -> Iterator[None]:
    """The folder as ours alone, made if it is not there. The lock ends with the process, however that ends.

    Raises UsageError for a folder that is something else, that another run writes in, or that was made by another engine or for another day.
    """
    _refuse_others(folder)
    with writes(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(_("另一个进程正在写数据集 {name}。").format(name=folder), hint=_("请等它结束；要另做一份，请换一个文件夹。")) from error
        _mark(folder, settings)
        (folder / _PARTS).mkdir(exist_ok=True)
        for half in (*folder.glob(f"*{_HALF}"), *(folder / _PARTS).glob(f"*{_HALF}")):
            half.unlink()
        yield
    finally:
        os.close(lock)


def _refuse_others(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(_("{name} 是文件，不是文件夹。").format(name=folder), hint=_("请用 -o 指定一个文件夹。"))
    if folder.is_dir() and not is_dataset(folder) and any(path.name not in (_LOCK, MARKER + _HALF) for path in folder.iterdir()):
        raise UsageError(_("{name} 里已有别的文件，不是语料数据集，不会覆盖。").format(name=folder), hint=_("请用 -o 指定一个新的或空的文件夹。"))


def _mark(folder: Path, settings: Settings) -> None:
    """Write the marker of a new dataset; compare with that of an old one."""
    if not is_dataset(folder):
        write_whole(folder / MARKER, _json(settings.to_dict()))
        return
    made = _marker(folder)
    if made["schema"] != SCHEMA or Identity(made["schema"], made["version"], made["rules_sha256"]) != settings.engine:
        raise UsageError(
            _("数据集 {name} 是用另一版规则（落实 {version}）做的，不能和现在的结果混在一起。").format(name=folder, version=made["version"]),
            hint=_("请用 -o 指定一个新的文件夹重做；或用原来的版本接着做。"),
        )
    if made["as_of"] != settings.to_dict()["as_of"]:
        raise UsageError(
            _("数据集 {name} 是按 {day} 判断时限的，这次说的是另一天。").format(name=folder, day=made["as_of"] or _("不判断是否已过")),
            hint=_("请用同样的 --as-of，或用 -o 指定一个新的文件夹。"),
        )


def _marker(folder: Path) -> dict[str, Any]:
    try:
        made = json.loads((folder / MARKER).read_text("utf-8"))
        return {key: made[key] for key in ("schema", "version", "rules_sha256", "as_of")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(_("数据集 {name} 的说明文件读不出来。").format(name=folder), hint=_("请用 -o 指定一个新的文件夹重做。")) from error


def write_part(folder: Path, part: Part) -> str:
    """Keep a part: whole and on the disk when this returns. Returns its name."""
    named = hashlib.sha256("\n".join(f"{one.path}\t{one.sha256}" for one in part.files).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    write_whole(folder / _PARTS / named, part.data)
    return named


def parts(folder: Path) -> dict[str, list[FileRecord]]:
    """The parts that are there, by name, with the records of their files; one that is damaged is removed and so read again."""
    found: dict[str, list[FileRecord]] = {}
    for path in sorted((folder / _PARTS).iterdir()):
        try:
            with zipfile.ZipFile(path) as archive:
                found[path.name] = [FileRecord(**one) for one in json.loads(archive.read(RECORDS))]
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError):
            path.unlink()
    return found


def part_path(folder: Path, name: str) -> Path:
    """Where a part is."""
    return folder / _PARTS / name


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` so that whoever looks sees all of it or what was there before, a loss of power included."""
    half = half_of(path)
    with writes(path):
        with half.open("wb") as stream:
            stream.write(data)
        settle(half, path)


def settle(half: Path, path: Path) -> None:
    """Flush a file that was written under another name to the disk, and give it its own."""
    with half.open("rb+") as stream:
        os.fsync(stream.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def writes(path: Path) -> Iterator[None]:
    """What the system says of a write that fails, as an error with a next step; what is half written goes."""
    try:
        yield
    except OSError as error:
        with suppress(OSError):  # where nothing can be written, nothing can be removed
            half_of(path).unlink()
        raise UsageError(
            _("写不了文件：{name}（{why}）。").format(name=path, why=reason(error)), hint=_("请检查路径、权限和磁盘空间；已做完的部分还在，再运行同一条命令就接着做。")
        ) from error


def half_of(path: Path) -> Path:
    """The name under which ``path`` is written until it is whole."""
    return path.with_name(path.name + _HALF)


def write_manifest(folder: Path, settings: Settings, records: list[FileRecord], tables: dict[str, dict[str, Any]]) -> None:
    """The last act: which files, what became of them, and the tables with their digests; the seconds stand in a file of their own."""
    files = [{key: value for key, value in one._asdict().items() if key not in ("seconds", "rows")} for one in records]
    write_whole(folder / TIMINGS, _json({one.path: round(one.seconds, 4) for one in records}))
    write_whole(folder / MANIFEST, _json({**settings.to_dict(), "tables": tables, "files": files}))


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a complete dataset. Raises UsageError for a folder that is none, or that is not complete."""
    if not is_dataset(folder):
        raise UsageError(_("{name} 不是语料数据集。").format(name=folder), hint=_("请先用 luoshi corpus decompose 做一个。"))
    if not (folder / MANIFEST).is_file():
        raise UsageError(_("数据集 {name} 还没有做完。").format(name=folder), hint=_("请再运行一次 luoshi corpus decompose，它会接着做。"))
    try:
        made: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(_("数据集 {name} 的清单读不出来。").format(name=folder), hint=_("请再运行一次 luoshi corpus decompose。")) from error
    if made.get("schema") != SCHEMA or not all((folder / f"{name}.parquet").is_file() for name in TABLES):
        raise UsageError(_("数据集 {name} 不完整，或是另一个版本做的。").format(name=folder), hint=_("请用 luoshi corpus decompose 重做。"))
    return made


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
