"""The state of proof: the last checkpoint, the last verification, the triggers; make a checkpoint, verify with one from outside, take its sheet and file away.

Looking through all records is background work: the page says that it goes on, and what came of it.
"""

from io import BytesIO
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_tasks.base import TaskResultStatus

from luoshi.text import LuoshiError
from luoshi.text.language import _
from luoshi.web.audit import tasks, telling
from luoshi.web.audit.forms import CheckForm, MakeForm
from luoshi.web.audit.guards import broken_guards
from luoshi.web.audit.printing import sheet
from luoshi.web.audit.selectors import Made, checkpoint_file, checkpoint_over, checkpoints, last_verification, number_of_records
from luoshi.web.common import store
from luoshi.web.common.asking import Asking
from luoshi.web.common.downloads import as_download
from luoshi.web.common.once import once

SHOWN = 10
"""Checkpoints in the list."""
LATE = 7
"""Days after which the page asks for a new one."""


@require_safe
def proof(request: Asking) -> HttpResponse:
    """The page."""
    _must_audit(request)
    return _page(request, MakeForm(), CheckForm())


@require_POST
@once
def make(request: Asking) -> HttpResponse:
    """Ask for a checkpoint."""
    _must_audit(request)
    form = MakeForm(request.POST)
    if not form.is_valid() or _is_working():
        return _page(request, form, CheckForm())
    tasks.make_checkpoint.enqueue(form.cleaned_data["algorithm"], request.actor.person, request.actor.name)
    messages.success(request, _("正在核验全部记录并固证，做完会显示在这里。"))
    return redirect("audit_proof")


@require_POST
@once
def check(request: Asking) -> HttpResponse:
    """Ask for a verification."""
    _must_audit(request)
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid() or _is_working():
        return _page(request, MakeForm(), form)
    file = form.cleaned_data["file"]
    try:
        sha256 = store.save(file.chunks()).sha256 if file else ""
    except LuoshiError as error:
        form.add_error("file", str(error))
        return _page(request, MakeForm(), form)
    tasks.verify_records.enqueue(form.cleaned_data["lines"], sha256, request.actor.person, request.actor.name)
    messages.success(request, _("正在核验全部记录，结果会显示在这里。"))
    return redirect("audit_proof")


@require_safe
def paper(request: Asking, size: int) -> FileResponse:
    """The sheet of a checkpoint, to be printed."""
    made = _made(request, size)
    return as_download(BytesIO(sheet(made.head, by=made.by)), f"checkpoint-{size}.pdf", "application/pdf")


@require_safe
def hashes(request: Asking, size: int) -> FileResponse:
    """The file of a checkpoint. It is written whole before it goes out: where the records changed, there is none."""
    made = _made(request, size)
    file = TemporaryFile()  # noqa: SIM115  # closed with the answer
    file.writelines(checkpoint_file(made.head))
    file.seek(0)
    return as_download(file, f"checkpoint-{size}.luoshi")


def _page(request: Asking, make: MakeForm, check: CheckForm) -> HttpResponse:
    kept = list(islice(checkpoints(), SHOWN))
    judged, work, now = last_verification(), tasks.last_work(), timezone.now()
    failed = work is not None and work.status == TaskResultStatus.FAILED and (judged is None or (work.finished_at or now) > judged.at)
    told: dict[str, Any] = {
        "make": make,
        "check": check,
        "records": number_of_records(),
        "guards": broken_guards(),
        "kept": kept,
        "last": kept[0] if kept else None,
        "days": (now - kept[0].head.at).days if kept else None,
        "late": not kept or (now - kept[0].head.at).days >= LATE,
        "judged": judged,
        "verdict": telling.verdict(judged.told) if judged else "",
        "faults": telling.sentences(judged.told) if judged else [],
        "working": work is not None and work.status in tasks.WORKING,
        "failed": failed,
    }
    return render(request, "audit/proof.html", told, status=422 if make.errors or check.errors else 200)


def _must_audit(request: Asking) -> None:
    if request.actor.administers != "audit":
        raise Http404


def _made(request: Asking, size: int) -> Made:
    _must_audit(request)
    made = checkpoint_over(size)
    if made is None:
        raise Http404
    return made


def _is_working() -> bool:
    work = tasks.last_work()
    return work is not None and work.status in tasks.WORKING
