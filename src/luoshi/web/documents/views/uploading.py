"""Files come in, many at once; the page works without a script, and with one shows how far each file is."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from luoshi.text import LimitExceeded, LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.common import store
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.documents.models import Document
from luoshi.web.documents.rights import must_edit
from luoshi.web.documents.selectors import same_file, visible_documents, visible_versions
from luoshi.web.documents.services.uploading import add_document, add_version, read_again

MOST_FILES = 50
ENDINGS = ".docx,.pdf,.ofd,.txt,.md,.html,.htm,.xlsx,.doc,.wps,.rtf,.xls,.et"


@once
def upload(request: Asking) -> HttpResponse:
    """Each file becomes a document; one that is there already is offered instead."""
    must_edit(request.actor)
    files = request.FILES.getlist("files")
    if request.method == "POST" and files:
        for file in files[:MOST_FILES]:
            _take(request, file)
        if len(files) > MOST_FILES:
            messages.warning(request, _("一次最多上传 {n} 个文件，后面的没有接收。").format(n=MOST_FILES))
        return redirect("documents")
    told = {"endings": ENDINGS, "mib": settings.OPTIONS["upload_mib"], "nothing": request.method == "POST"}
    return render(request, "documents/upload.html", told)


def _take(request: Asking, file: UploadedFile[Any]) -> Document | None:
    name = file.name or _("未命名")
    try:
        stored = store.save(file.chunks())
    except LimitExceeded as error:
        messages.error(request, name + _("：") + str(error))
        return None
    there = same_file(request.actor, stored.sha256)
    if there is not None:
        told = format_html('{}{}{}<a href="{}">{}</a>', name, _("："), _("已经上传过，"), reverse("document", args=[there.document_id]), there.document.title)
        messages.info(request, told)
        return None
    return add_document(file_name=name, stored=stored, actor=request.actor, at=timezone.now())


@require_POST
@once
def new_version(request: Asking, pk: int) -> HttpResponse:
    """Another file of the same document."""
    document = get_object_or_404(visible_documents(request.actor), pk=pk)
    must_edit(request.actor, document)
    file = request.FILES.get("file")
    if file is None:
        raise RuleBroken(_("没有选择文件。"), hint=_("请返回，选好文件后再上传。"))
    try:
        stored = store.save(file.chunks())
        add_version(document_id=pk, file_name=file.name or _("未命名"), stored=stored, actor=request.actor, at=timezone.now())
        messages.success(request, _("新版已收到，正在读取。没有改动的条款，原来的处理会带过去。"))
    except LuoshiError as error:
        messages.error(request, f"{error.message}{error.hint}")
    return redirect("document", pk=pk)


@require_POST
@once
def again(request: Asking, pk: int) -> HttpResponse:
    """Read a version once more."""
    version = get_object_or_404(visible_versions(request.actor).defer("text", "decomposition"), pk=pk)
    read_again(version_id=pk, actor=request.actor, at=timezone.now())
    return redirect("document", pk=version.document_id)
