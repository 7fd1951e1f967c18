"""Keeping and forgetting a view of the ledger table."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from luoshi.text import REFUSALS
from luoshi.text.language import _
from luoshi.web.common.asking import Asking
from luoshi.web.common.once import once
from luoshi.web.ledger.models import SavedView
from luoshi.web.ledger.services.viewing import delete_view, save_view


@require_POST
@once
def save(request: Asking) -> HttpResponse:
    """Keep the query that the table stands on, under a name."""
    query = request.POST.get("query", "")
    try:
        view = save_view(name=request.POST.get("name", ""), query=query, actor=request.actor, at=timezone.now())
    except REFUSALS as error:
        messages.error(request, f"{error.message}{error.hint}")
        return redirect(f"{reverse('matters')}?{query}")
    messages.success(request, _("已存为视图“{name}”。").format(name=view.name))
    return redirect(f"{reverse('matters')}?{view.query}")


@require_POST
@once
def delete(request: Asking, pk: int) -> HttpResponse:
    """Forget a view of one's own."""
    view = get_object_or_404(SavedView, pk=pk, user=request.actor.user_id)
    delete_view(view_id=view.pk, actor=request.actor, at=timezone.now())
    messages.success(request, _("视图“{name}”已删去。").format(name=view.name))
    return redirect("matters")
