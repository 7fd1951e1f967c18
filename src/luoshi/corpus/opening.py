"""A dataset opened to be asked: its tables, column by column."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.corpus import dataset
from luoshi.text import UsageError
from luoshi.text.language import _


@dataclass(frozen=True, slots=True)
class Dataset:
    """A complete dataset: its folder and its manifest."""

    folder: Path
    manifest: dict[str, Any]

    def table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """One table, or some of its columns. Raises UsageError where the file is damaged."""
        try:
            return pq.read_table(self.folder / f"{name}.parquet", columns=columns)
        except (OSError, pa.ArrowInvalid) as error:
            raise UsageError(_("数据集 {name} 里的 {table} 表读不出来。").format(name=self.folder, table=name), hint=_("请删掉 manifest.json 后再运行一次 luoshi corpus decompose。")) from error


def opened(folder: Path) -> Dataset:
    """The dataset at ``folder``. Raises UsageError where there is none, or where it is not complete."""
    return Dataset(folder, dataset.manifest(folder))
