"""Which engine a corpus command runs on: what the options say."""

import os

from luoshi.corpus.engines import Engine, LocalEngine
from luoshi.text import UsageError
from luoshi.text.language import _


def engine_of(processes: int | None, scheduler: str | None) -> Engine:
    """Processes of this machine, or the cluster at ``scheduler``. Raises UsageError where both are given."""
    if scheduler is None:
        return LocalEngine(processes or len(os.sched_getaffinity(0)))
    if processes is not None:
        raise UsageError(_("--processes 和 --scheduler 只能用一个。"), hint=_("集群上用几个进程，由集群决定。"))
    from luoshi.corpus.cluster import ClusterEngine

    return ClusterEngine(scheduler)
