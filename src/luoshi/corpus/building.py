"""A folder of files → a dataset. What was read is kept chunk by chunk; an interrupted run goes on from there and ends with the same bytes."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from luoshi.corpus import dataset
from luoshi.corpus.columns import Batch
from luoshi.corpus.dataset import Settings
from luoshi.corpus.engines import Engine, Lost
from luoshi.corpus.merging import merge, runs
from luoshi.corpus.reading import Chunk, FileRecord, Given, Part, failed, identity, pack, read_chunk
from luoshi.readers import MAX_BYTES
from luoshi.text import IsolationError, IsolationUnavailable, LimitExceeded, LuoshiError, ToolMissing, UsageError
from luoshi.text.language import _, set_language
from luoshi.text.system import reason

_FILES, _BYTES = 16, 1 << 18
"""A chunk is full with so many files or bytes: a second of work at most is lost with a process."""
_TRY_AGAIN = frozenset((ToolMissing.code, IsolationError.code, IsolationUnavailable.code))
"""Errors that say something of this machine rather than of the file: the next run tries again."""

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the path of the file that was done last."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a run did: ``read`` files now, ``kept`` from before, ``gone`` that are in the folder no more."""

    files: tuple[FileRecord, ...]
    read: int
    kept: int
    gone: int

    @property
    def errors(self) -> list[FileRecord]:
        """The files that could not be read."""
        return [one for one in self.files if one.status == "error"]


def files_of(folder: Path) -> list[str]:
    """Every file under ``folder`` by its path there, in a fixed order; hidden ones and those of datasets are left out.

    Raises UsageError for what is no folder or has no file in it.
    """
    if not folder.exists():
        raise UsageError(_("找不到文件夹：{name}。").format(name=folder), hint=_("请检查路径。"))
    if not folder.is_dir():
        raise UsageError(_("{name} 是文件，不是文件夹。").format(name=folder), hint=_("单个文件请用 luoshi decompose。"))
    if dataset.is_dataset(folder):
        raise UsageError(_("{name} 是语料数据集，不是原始文件的文件夹。").format(name=folder), hint=_("请给出装有原始文件的文件夹。"))
    found: list[str] = []
    for here, folders, names in os.walk(folder):
        place = Path(here)
        folders[:] = [name for name in folders if not name.startswith(".") and not dataset.is_dataset(place / name)]
        found += [(place / name).relative_to(folder).as_posix() for name in names if not name.startswith(".") and (place / name).is_file()]
    if not found:
        raise UsageError(_("文件夹 {name} 里没有可读的文件。").format(name=folder), hint=_("请给出装有文件的文件夹；名字以点开头的文件不算。"))
    return sorted(found)


def build(folder: Path, target: Path, engine: Engine, *, as_of: date | None = None, isolated: bool = False, progress: Progress | None = None) -> Built:
    """Read every file under ``folder`` into the dataset ``target``; what it holds already of files that have not changed is kept.

    ``as_of`` is the day by which deadlines are judged as past; None leaves that out. ``isolated`` reads every file in a confined child process.
    Raises UsageError where the folders are not what they should be, where writing fails, or where another run writes there.
    """
    if target.resolve() == folder.resolve():
        raise UsageError(_("数据集不能放在原始文件的文件夹本身里。"), hint=_("请用 -o 指定另一个文件夹。"))
    paths = files_of(folder)
    settings = Settings(identity(), as_of)
    with dataset.writing(target, settings):
        return _Run(folder, target, paths, settings, isolated, progress or _silent).finish(engine)


def _silent(done: int, total: int, path: str) -> None:
    """No progress is wanted."""


class _Run:
    """One run: what is there already, what is to be read, what came of it."""

    def __init__(self, folder: Path, target: Path, paths: list[str], settings: Settings, isolated: bool, progress: Progress) -> None:
        self.folder, self.target, self.paths, self.settings, self.isolated, self.progress = folder, target, paths, settings, isolated, progress
        self.parts = dataset.parts(target)
        self.where: dict[str, tuple[str, int]] = {}
        self.unopened: dict[str, FileRecord] = {}
        self.done = 0

    def finish(self, engine: Engine) -> Built:
        """Read what is missing, merge, and say so in the manifest."""
        missing, gone = self._missing()
        kept = len(self.paths) - len(missing)
        self.done = kept
        if missing or gone or not self._complete():
            (self.target / dataset.MANIFEST).unlink(missing_ok=True)
            self._read(missing, engine)
            self._merge(threads=max(1, min(engine.slots, os.cpu_count() or 1)))
        return Built(tuple(self._records()), len(missing), kept, gone)

    def _missing(self) -> tuple[list[str], int]:
        """The files that no part holds as they are now, and how many are in parts and in the folder no more."""
        every = [(one, (name, place)) for name, records in self.parts.items() for place, one in enumerate(records)]
        known = {one.path for one, _place in every}
        held = {(one.path, one.sha256): place for one, place in every if one.code not in _TRY_AGAIN}
        missing = []
        for path in self.paths:
            place = held.get((path, self._digest(path))) if path in known else None
            if place is None:
                missing.append(path)
            else:
                self.where[path] = place
        gone = len(known.difference(self.paths))
        if known and gone == len(known):
            raise UsageError(
                _("数据集 {name} 里的文件，在文件夹 {folder} 里一个也没有：很可能选错了文件夹。").format(name=self.target, folder=self.folder), hint=_("请核对；要做新的数据集，请用 -o 指定另一个文件夹。")
            )
        return missing, gone

    def _digest(self, path: str) -> str:
        try:
            with (self.folder / path).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ""  # it is read again, and what is wrong is recorded then

    def _complete(self) -> bool:
        try:
            listed = dataset.manifest(self.target)["files"]
        except UsageError:
            return False
        return [(one["path"], one["sha256"], one["status"]) for one in listed] == [(one.path, one.sha256, one.status) for one in self._records()]

    def _read(self, missing: Sequence[str], engine: Engine) -> None:
        """All that is missing, chunk by chunk; the files of a chunk that was lost one by one, and once more, so that the one to blame is known."""
        lost: list[str] = []
        chunks: list[list[str]] = []
        for place, part in engine.run(read_chunk, self._chunks(missing, chunks)):
            if isinstance(part, Lost):
                lost += chunks[place]
            else:
                self._keep(part)
        for _attempt in range(2):
            alone: list[list[str]] = []
            lost_again: list[str] = []
            for place, part in engine.run(read_chunk, self._chunks(sorted(lost), alone, files=1), one_by_one=True):
                if isinstance(part, Lost):
                    lost_again += alone[place]
                else:
                    self._keep(part)
            lost = lost_again
        for path in lost:
            self._keep(pack([failed(path, self._digest(path), (self.folder / path).stat().st_size, _recorded(_killed, path))], Batch()))

    def _chunks(self, paths: Sequence[str], taken: list[list[str]], *, files: int = _FILES) -> Iterator[Chunk]:
        """The files as chunks, opened when their turn comes; ``taken`` gets the paths of each."""
        held: list[Given] = []
        size = 0
        for path in paths:
            given = self._open(path)
            if given is None:
                continue
            held.append(given)
            size += len(given.data)
            if len(held) >= files or size >= _BYTES:
                taken.append([one.path for one in held])
                yield Chunk(tuple(held), self.settings.as_of, self.isolated)
                held, size = [], 0
        if held:
            taken.append([one.path for one in held])
            yield Chunk(tuple(held), self.settings.as_of, self.isolated)

    def _open(self, path: str) -> Given | None:
        """The bytes of a file; None, with a record, where it cannot be opened, is too large, or has a name that is no text."""
        named = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        try:
            if named != path:
                self._note(path, failed(named, "", 0, _recorded(_no_text, named)))
                return None
            size = (self.folder / path).stat().st_size
            if size > MAX_BYTES:
                self._note(path, failed(named, self._digest(path), size, _recorded(_too_large, path)))
                return None
            data = (self.folder / path).read_bytes()
        except OSError as trouble:
            self._note(path, failed(named, "", 0, _recorded(_unopened, named, trouble)))
            return None
        return Given(path, hashlib.sha256(data).hexdigest(), data)

    def _note(self, path: str, record: FileRecord) -> None:
        self.unopened[path] = record
        self._said(record.path)

    def _keep(self, part: Part) -> None:
        name = dataset.write_part(self.target, part)
        self.parts[name] = list(part.files)
        for place, one in enumerate(part.files):
            self.where[one.path] = (name, place)
            self._said(one.path)

    def _said(self, path: str) -> None:
        self.done += 1
        self.progress(self.done, len(self.paths), path)

    def _records(self) -> list[FileRecord]:
        return [self.unopened[path] if path in self.unopened else self.parts[self.where[path][0]][self.where[path][1]] for path in self.paths]

    def _merge(self, *, threads: int) -> None:
        order = runs([path for path in self.paths if path in self.where], self.where)
        tables = merge(self.target, order, self.parts, threads=threads)
        dataset.write_manifest(self.target, self.settings, self._records(), tables)
        used = {run.part for run in order}
        for name in self.parts.keys() - used:
            dataset.part_path(self.target, name).unlink()


def _recorded(error: Callable[..., LuoshiError], *given: object) -> LuoshiError:
    """An error as a dataset records it: in Chinese, in whatever language the call speaks, as the workers do."""

    def made() -> LuoshiError:
        set_language("zh")
        return error(*given)

    return copy_context().run(made)


def _no_text(named: str) -> LuoshiError:
    return UsageError(_("文件名 {name} 不是 UTF-8 编码。").format(name=named), hint=_("请改名后再试。"))


def _too_large(path: str) -> LuoshiError:
    return LimitExceeded(_("{name} 超过 {n} MiB。").format(name=path, n=MAX_BYTES >> 20), hint=_("请去掉图片等附件，只保留正文后再试。"))


def _unopened(path: str, trouble: OSError) -> LuoshiError:
    return UsageError(_("打不开文件：{name}（{why}）。").format(name=path, why=reason(trouble)), hint=_("请检查路径和权限。"))


def _killed(path: str) -> LuoshiError:
    return IsolationError(_("读取 {name} 的进程意外结束：{reason}。").format(name=path, reason=_("没有说明原因")), hint=_("请用 --isolated 再试，或单独检查这个文件。"))
