"""Background work: reading a file, comparing two documents. Each can be run twice without harm.

What follows a reading above this app (marking the sources of matters whose quote changed) is named in ``settings.AFTER_READING`` as dotted
paths of tasks that take the number of the document: documents import nothing above them.
"""

import logging

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from luoshi.text import IsolationError, LuoshiError
from luoshi.text.language import _
from luoshi.web.calendars.selectors import entered_days
from luoshi.web.common import store
from luoshi.web.documents.services import linking, reading
from luoshi.web.intake import services as intake

log = logging.getLogger("luoshi.web")


@task
def read_version(version_id: int) -> None:
    """Read one version in the child and keep what came of it; a fault is kept as a sentence, never raised."""
    version = reading.begin_reading(version_id=version_id, at=timezone.now())
    if version is None:
        return
    try:
        data = store.read_stored(version.file_sha256)
        read = intake.read_document(data, version.file_name, days=entered_days(), without_namespace=settings.OPTIONS["read_without_namespace"])
        reading.keep_reading(version_id=version_id, read=read, at=timezone.now())
    except LuoshiError as error:
        reading.keep_fault(version_id=version_id, error=error, at=timezone.now())
        return
    except Exception:  # the boundary of the task: a version never stays "being read"
        log.exception("version %s cannot be read", version_id)
        fault = IsolationError(_("读取 {name} 时系统出错。").format(name=version.file_name), hint=_("请重试一次；仍不行，请把文件和这条信息交给管理员。"))
        reading.keep_fault(version_id=version_id, error=fault, at=timezone.now())
        return
    for path in settings.AFTER_READING:
        import_string(path).enqueue(version.document_id)


@task
def compare_versions(comparison_id: int) -> None:
    """Align the two versions of a comparison in the child and keep the alignment, or why there is none."""
    comparison = linking.begin_comparison(comparison_id=comparison_id, at=timezone.now())
    if comparison is None:
        return
    try:
        upper, lower = (linking.read_data(one) for one in (comparison.upper, comparison.lower))
        data = intake.compare(upper, lower, days=entered_days(), without_namespace=settings.OPTIONS["read_without_namespace"])
    except LuoshiError as error:
        linking.keep_comparison(comparison_id=comparison_id, error=error, at=timezone.now())
    except Exception:  # the boundary of the task
        log.exception("comparison %s cannot be made", comparison_id)
        fault = IsolationError(_("对标时系统出错。"), hint=_("请重试一次；仍不行，请告诉管理员。"))
        linking.keep_comparison(comparison_id=comparison_id, error=fault, at=timezone.now())
    else:
        linking.keep_comparison(comparison_id=comparison_id, data=data, at=timezone.now())
