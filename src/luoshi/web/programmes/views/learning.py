"""Study sessions and topics of research of a programme: add, edit, take out."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import PageForm
from luoshi.web.common.once import once
from luoshi.web.programmes import forms, selectors
from luoshi.web.programmes.models import ResearchTopic, Study
from luoshi.web.programmes.services import learning
from luoshi.web.programmes.views.acting import Page, act, check_keeps, initial_of
from luoshi.web.programmes.views.containers import kept, page_of


def _session(said: dict[str, Any]) -> learning.Session:
    document = said["document"]
    return learning.Session(said["title"], said["held_on"], document.pk if document else None, said["findings"])


def _topic(said: dict[str, Any]) -> learning.Topic:
    report = said["report"]
    return learning.Topic(said["title"], said["question"], said["lead"], said["due_on"], said["findings"], report.pk if report else None)


@once
def study_new(request: Asking, pk: int) -> HttpResponse:
    """Put down a study session."""
    row = kept(request, pk)

    def do(said: dict[str, Any]) -> None:
        learning.add_study(programme_id=row.pk, session=_session(said), actor=request.actor, at=timezone.now())

    page = Page(_("记一次学习"), *page_of(row), _("记下"), _("已记下。"))
    return act(request, page, forms.StudyForm(request.POST or None, actor=request.actor), do)


def _study(request: Asking, pk: int) -> Study:
    row = get_object_or_404(selectors.visible_studies(request.actor).select_related("programme", "document"), pk=pk)
    check_keeps(request, row.programme.unit_id)
    return row


@once
def study_edit(request: Asking, pk: int) -> HttpResponse:
    """Change it."""
    row = _study(request, pk)
    form = forms.StudyForm(request.POST or None, actor=request.actor, expected=row.changes)
    form.initial = initial_of(row, list(form.fields)) | {"expected": row.changes}

    def do(said: dict[str, Any]) -> None:
        learning.edit_study(study_id=row.pk, session=_session(said), actor=request.actor, at=timezone.now(), expected=form.expected)

    return act(request, Page(_("修改学习记录"), *page_of(row.programme), _("保存"), _("已保存。")), form, do, row=row)


@once
def study_remove(request: Asking, pk: int) -> HttpResponse:
    """Take it out."""
    row = _study(request, pk)
    page = Page(
        _("删除学习记录"), *page_of(row.programme), _("删除"), _("已删除。"), danger=True, consequence=_("将删除：{text}").format(text=row.title)
    )

    def do(said: dict[str, Any]) -> None:
        learning.remove_study(study_id=row.pk, actor=request.actor, at=timezone.now())

    return act(request, page, PageForm(request.POST or None), do)


@once
def topic_new(request: Asking, pk: int) -> HttpResponse:
    """Put down a topic."""
    row = kept(request, pk)

    def do(said: dict[str, Any]) -> None:
        learning.add_topic(programme_id=row.pk, topic=_topic(said), actor=request.actor, at=timezone.now())

    page = Page(_("立调研课题"), *page_of(row), _("记下"), _("已记下。"))
    return act(request, page, forms.TopicForm(request.POST or None, actor=request.actor), do)


def _topic_row(request: Asking, pk: int) -> ResearchTopic:
    row = get_object_or_404(selectors.visible_topics(request.actor).select_related("programme", "lead", "report"), pk=pk)
    check_keeps(request, row.programme.unit_id)
    return row


@once
def topic_edit(request: Asking, pk: int) -> HttpResponse:
    """Change it: what was found, the report."""
    row = _topic_row(request, pk)
    form = forms.TopicForm(request.POST or None, actor=request.actor, expected=row.changes)
    form.initial = initial_of(row, list(form.fields)) | {"expected": row.changes}

    def do(said: dict[str, Any]) -> None:
        learning.edit_topic(topic_id=row.pk, topic=_topic(said), actor=request.actor, at=timezone.now(), expected=form.expected)

    return act(request, Page(_("修改调研课题"), *page_of(row.programme), _("保存"), _("已保存。")), form, do, row=row)


@once
def topic_remove(request: Asking, pk: int) -> HttpResponse:
    """Take it out."""
    row = _topic_row(request, pk)
    page = Page(
        _("删除调研课题"), *page_of(row.programme), _("删除"), _("已删除。"), danger=True, consequence=_("将删除：{text}").format(text=row.title)
    )

    def do(said: dict[str, Any]) -> None:
        learning.remove_topic(topic_id=row.pk, actor=request.actor, at=timezone.now())

    return act(request, page, PageForm(request.POST or None), do)
