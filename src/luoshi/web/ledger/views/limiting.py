"""The time limits of an office: what they are, what they were, and the page where its head sets them."""

import json
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.text import LuoshiError, RuleBroken
from luoshi.text.language import _
from luoshi.web.audit.selectors import broken_links, history
from luoshi.web.common.acting import ActPage, Words, act_view
from luoshi.web.common.actor import Actor
from luoshi.web.common.asking import Asking
from luoshi.web.ledger.forms.limiting import LimitsForm
from luoshi.web.ledger.limits import EDITABLE, figure, limit_of, worded
from luoshi.web.ledger.models import OwnLimits
from luoshi.web.ledger.selectors.history import Line
from luoshi.web.ledger.services.limiting import may_set_limits, set_limits
from luoshi.web.orgs.roles import HEAD, LEADER, SUPERVISOR


def _limits(actor: Actor, pk: int | None = None) -> OwnLimits:
    """Those of the actor's unit; begun where none were ever set."""
    if actor.unit_id is None or not actor.has(HEAD, SUPERVISOR, LEADER):
        raise Http404
    return OwnLimits.objects.filter(unit=actor.unit_id).first() or OwnLimits(unit_id=actor.unit_id)


@require_safe
def limits(request: Asking) -> HttpResponse:
    """The limits as they are proposed now, the templates beside them, and who changed them when."""
    own = _limits(request.actor)
    rows = [(limit_of(code, own.days), limit_of(code, {}), code in own.days) for code in EDITABLE]
    told = {"rows": [(one.label, figure(one), figure(template), changed) for one, template, changed in rows], "may": may_set_limits(request.actor)}
    return render(request, "ledger/limits.html", told | {"lines": _lines(own)})


def _lines(own: OwnLimits) -> list[Line]:
    records = list(history(f"ownlimits:{own.pk}").order_by("-seq")[:20])
    broken = set(broken_links(records))
    return [Line(one, _sentence(one), one.seq in broken) for one in records]


def _sentence(record: Any) -> str:
    days = json.loads(record.after)["days"]
    return _("改了办理时限：{days}").format(days=_("、").join(worded(limit_of(code, days)) for code in EDITABLE if code in days) or _("全部按参考时限"))


def _called(row: OwnLimits, told: dict[str, Any], actor: Actor, at: datetime) -> OwnLimits:
    days = {code: (told[f"{code}-n"], told[f"{code}-by"]) for code in EDITABLE}
    return set_limits(days=days, expected=told.get("expected"), actor=actor, at=at)


def _refused(row: OwnLimits, actor: Actor) -> LuoshiError | None:
    return None if may_set_limits(actor) else RuleBroken(_("办理时限由本单位负责人定。"), hint=_("请由负责人来改。"))


limits_edit = act_view(
    ActPage(
        find=_limits,
        form=LimitsForm,
        back=lambda row: reverse("limits"),
        about=lambda row: _("办理时限"),
        words=lambda row: Words(_("改办理时限"), _("保存"), _("已保存，以后拟稿按新的时限建议。"), _("只管以后的建议，已经定了的时限一件都不动。")),
        call=_called,
        lock="changes",
        refused=_refused,
        template="ledger/limits_edit.html",
    )
)
