"""A later date: asked for on a page of the matter, released, granted, refused or withdrawn on pages of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.text.language import _
from luoshi.web.common.acting import View, Words
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.common.forms import ActForm
from luoshi.web.common.once import once
from luoshi.web.common.templatetags.pages import day
from luoshi.web.ledger.forms.acting import ReasonForm
from luoshi.web.ledger.forms.closing import AskExtensionForm, GrantForm
from luoshi.web.ledger.models import Extension, Matter
from luoshi.web.ledger.selectors.working import extensions_of, visible_extensions
from luoshi.web.ledger.services import extending
from luoshi.web.ledger.views.acting import ActPage, Subject, answer_act
from luoshi.web.ledger.views.deeds import matter_deed
from luoshi.web.ledger.workflow import EXTENSIONS

TEMPLATE = "ledger/act_on_extension.html"


def _ask(matter: Matter, form: AskExtensionForm, actor: Actor, at: datetime) -> Extension:
    told = form.cleaned_data
    return extending.ask_extension(
        matter_id=matter.pk, new_due_on=told["new_due_on"], reason=told["reason"], actor=actor, at=at, expected=form.expected
    )


def _release(row: Extension, form: ActForm, actor: Actor, at: datetime) -> Extension:
    return extending.release_extension(extension_id=row.pk, actor=actor, at=at, expected=form.expected)


def _withdraw(row: Extension, form: ReasonForm, actor: Actor, at: datetime) -> Extension:
    return extending.withdraw_extension(extension_id=row.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _grant(row: Extension, form: GrantForm, actor: Actor, at: datetime) -> Extension:
    told = form.cleaned_data
    return extending.grant_extension(
        extension_id=row.pk, granted_on=told["granted_on"], reason=told["reason"], actor=actor, at=at, expected=form.expected
    )


def _refuse(row: Extension, form: ReasonForm, actor: Actor, at: datetime) -> Extension:
    return extending.refuse_extension(extension_id=row.pk, reason=form.cleaned_data["reason"], actor=actor, at=at, expected=form.expected)


def _of_matter(matter: Matter, actor: Actor) -> Mapping[str, Any]:
    return {"extensions": extensions_of(matter, actor)}


def _of_extension(row: Extension, actor: Actor) -> Mapping[str, Any]:
    return {"extension": row, "extensions": [one for one in extensions_of(row.matter, actor) if one.extension.pk != row.pk]}


def _to_grant(row: Extension, actor: Actor) -> Mapping[str, Any]:
    return {**_of_extension(row, actor), "other": reverse("extension_refuse", args=[row.pk]), "other_words": _("不同意延期")}


def extension_act(page: ActPage) -> View:
    """The view of an act on a request; its address brings ``pk``."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @once
    def view(request: Asking, pk: int) -> HttpResponse:
        row = get_object_or_404(visible_extensions(request.actor).select_related("matter__lead", "matter__issuer", "author"), pk=pk)
        keys = {"asked": row.author_id, "released": row.released_by_id}
        return answer_act(request, page, Subject(row=row, matter=row.matter, table=EXTENSIONS, keys=keys, changes=row.matter.changes))

    return view


ask = matter_deed(
    ActPage(
        acts=("extension",),
        words=lambda matter: Words(
            _("申请延期"),
            _("申请延期"),
            _("延期申请已提交。"),
            _("现在的时限是 {day}。批复之前仍按这个时限亮灯；原来的日期都会保留。").format(day=day(matter.due_on)),
        ),
        form=AskExtensionForm,
        call=_ask,
        template=TEMPLATE,
        told=_of_matter,
    )
)
release = extension_act(
    ActPage(
        acts=("release",),
        words=lambda row: Words(_("审签延期申请"), _("报出"), _("延期申请已报交办单位。"), _("报出后由交办单位批复；批复之前仍按现在的时限亮灯。")),
        call=_release,
        template=TEMPLATE,
        told=_of_extension,
    )
)
withdraw = extension_act(
    ActPage(
        acts=("withdraw",),
        words=lambda row: Words(_("撤回延期申请"), _("撤回"), _("延期申请已撤回。"), _("撤回后仍按原时限办理；到期前可以再申请。")),
        form=ReasonForm,
        call=_withdraw,
        template=TEMPLATE,
        told=_of_extension,
    )
)
grant = extension_act(
    ActPage(
        acts=("grant",),
        words=lambda row: Words(_("批复延期"), _("同意延期"), _("已同意延期，时限已改。"), _("同意后时限立即改为您定的日期，原时限和申请日期都保留。")),
        form=GrantForm,
        call=_grant,
        template=TEMPLATE,
        told=_to_grant,
    )
)
refuse = extension_act(
    ActPage(
        acts=("refuse",),
        words=lambda row: Words(_("不同意延期"), _("不同意"), _("已答复不同意延期。"), _("时限不变，仍为 {day}。").format(day=day(row.matter.due_on))),
        form=ReasonForm,
        call=_refuse,
        template=TEMPLATE,
        told=_of_extension,
        danger=True,
    )
)
